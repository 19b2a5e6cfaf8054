from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from tradewind_server.store.executor.database import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A database of one table, ``word(text)``, without schema or repositories."""
    database = Database(f"sqlite:///{tmp_path}/words.db", readers=2)

    def create(connection: Any) -> None:
        connection.execute(text("CREATE TABLE word (text VARCHAR PRIMARY KEY)"))

    await database.write(create)
    yield database
    await database.close()
