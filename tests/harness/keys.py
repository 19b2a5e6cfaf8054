"""What no call of the contract stores yet, put straight into the stores of a running stack: keys, a second workspace,
variables."""

from __future__ import annotations

import asyncio
import sqlite3
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.administration import open_administration
from tradewind_server.chatflows.variables import Variable
from tradewind_server.settings import Settings

OTHER_WORKSPACE = "00000000-0000-4000-8000-0000000000ff"


@dataclass(frozen=True, slots=True)
class TestKey:
    """A stored key and its text."""

    id: str
    text: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.text}"}


def add_workspace(data_dir: Path, workspace_id: str = OTHER_WORKSPACE) -> None:
    """A second tenant: the server has no call for it yet, the tables have."""
    with sqlite3.connect(data_dir / "tradewind.db", timeout=60) as connection:
        connection.execute(
            "INSERT OR IGNORE INTO workspace (id, name, created_date) VALUES (?, 'Other', '2025-01-01 00:00:00.000000')",
            (workspace_id,),
        )


def create_key(data_dir: Path, *permissions: str, workspace_id: str = DEFAULT_WORKSPACE) -> TestKey:
    async def create() -> TestKey:
        async with open_administration(Settings(_env_file=None, data_dir=data_dir)) as administration:  # type: ignore[call-arg]
            stored, text = await administration.create_key(workspace_id, "test", frozenset(permissions))
            return TestKey(stored.id, text)

    return asyncio.run(create())


def set_variables(data_dir: Path, values: Mapping[str, str]) -> None:
    """Variables of the default workspace, of the type ``static``."""
    now = datetime.now(UTC)
    rows = [Variable(str(uuid.uuid4()), name, value, "static", now, now) for name, value in values.items()]

    async def put() -> None:
        async with open_administration(Settings(_env_file=None, data_dir=data_dir)) as administration:  # type: ignore[call-arg]
            await administration.stores.variables.put(DEFAULT_WORKSPACE, rows)

    asyncio.run(put())
