"""A world of document stores for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tradewind_server.store.migrate import migrate

from fakes.document_store_world import StoreWorld


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the schema and nothing else."""
    path = tmp_path_factory.mktemp("template") / "tradewind.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
async def world(tmp_path: Path, template: Path) -> AsyncIterator[StoreWorld]:
    world = StoreWorld.on(tmp_path, template)
    yield world
    await world.close()
