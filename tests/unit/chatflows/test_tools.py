"""Tools of a workspace: what may be stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tradewind_server.chatflows.tools import LONGEST, MOST_TOOLS, StoredTool, ToolService
from tradewind_server.errors import FailedPrecondition, InvalidInput, NotFound

MINE, MISSING = "w", "11111111-2222-4333-8444-555555555555"
PLAIN = {"name": "add_one", "description": "Adds one."}


class Shelf:
    """The service over a repository in memory, with a clock that moves at each look."""

    def __init__(self) -> None:
        self.rows: dict[str, StoredTool] = {}
        self.ticks = 0
        self.extra = 0
        self.service = ToolService(self, new_id=lambda: f"00000000-0000-4000-a000-{len(self.rows):012}", now=self._now)

    def _now(self) -> datetime:
        self.ticks += 1
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.ticks)

    async def list(self, workspace_id: str, offset: int = 0, limit: int | None = None) -> tuple[list[StoredTool], int]:
        return list(self.rows.values()), len(self.rows) + self.extra

    async def get(self, workspace_id: str, tool_id: str) -> StoredTool | None:
        return self.rows.get(tool_id)

    async def create(self, workspace_id: str, tool: StoredTool) -> None:
        self.rows[tool.id] = tool

    async def replace(self, workspace_id: str, tool: StoredTool) -> bool:
        return tool.id in self.rows and self.rows.update({tool.id: tool}) is None

    async def delete(self, workspace_id: str, tool_id: str) -> int:
        return 1 if self.rows.pop(tool_id, None) else 0


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


async def test_a_tool_has_a_color_and_its_schema_is_kept_byte_for_byte(shelf: Shelf) -> None:
    stored = await shelf.service.create(MINE, {**PLAIN, "schema": "[ ]", "id": MISSING, "workspaceId": "other"})
    assert (stored.id, stored.schema, stored.func) == ("00000000-0000-4000-a000-000000000000", "[ ]", None)
    assert stored.color


async def test_only_what_is_given_changes(shelf: Shelf) -> None:
    stored = await shelf.service.create(MINE, {**PLAIN, "func": "return 1", "iconSrc": "x"})
    changed = await shelf.service.update(MINE, stored.id.upper(), {"name": None, "func": None, "description": "Other."})
    assert (changed.name, changed.func, changed.icon_src, changed.description) == ("add_one", None, "x", "Other.")
    assert changed.created_date == stored.created_date and changed.updated_date > stored.updated_date


async def test_one_that_is_not_there(shelf: Shelf) -> None:
    for call in (shelf.service.get(MINE, MISSING), shelf.service.update(MINE, MISSING, {"func": "x"})):
        with pytest.raises(NotFound, match=MISSING):
            await call
    assert await shelf.service.delete(MINE, MISSING) == 0


async def test_one_that_goes_meanwhile_is_not_there(shelf: Shelf) -> None:
    stored = await shelf.service.create(MINE, PLAIN)

    async def gone(workspace_id: str, tool: StoredTool) -> bool:
        return False

    shelf.replace = gone  # type: ignore[method-assign]
    with pytest.raises(NotFound):
        await shelf.service.update(MINE, stored.id, {"func": "x"})


async def test_a_workspace_holds_so_many(shelf: Shelf) -> None:
    shelf.extra = MOST_TOOLS
    with pytest.raises(FailedPrecondition, match=str(MOST_TOOLS)):
        await shelf.service.create(MINE, PLAIN)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "name"),
        ({"name": "a"}, "description"),
        ({**PLAIN, "name": " "}, "name"),
        ({**PLAIN, "schema": "{"}, "schema"),
        ({**PLAIN, "schema": "7"}, "schema"),
        *(({**PLAIN, name: 7}, name) for name in LONGEST),
        *(({**PLAIN, name: "x" * (most + 1)}, name) for name, most in LONGEST.items()),
    ],
)
async def test_what_cannot_be_is_refused_by_name(shelf: Shelf, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput, match=field):
        await shelf.service.create(MINE, fields)
    assert shelf.rows == {}


@pytest.mark.parametrize("call", ["get", "delete"])
async def test_an_id_is_a_uuid(shelf: Shelf, call: str) -> None:
    with pytest.raises(InvalidInput, match="UUID"):
        await getattr(shelf.service, call)(MINE, "one")
