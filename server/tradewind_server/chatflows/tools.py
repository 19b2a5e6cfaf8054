"""The tools of a workspace: what agents may be given to call (docs/contract.md §9.10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from tradewind_server.bounded_json import read_json
from tradewind_server.chatflows.ids import UUID
from tradewind_server.errors import FailedPrecondition, InvalidInput, NotFound, Reason

GREY = "linear-gradient(rgb(120,120,120), rgb(160,160,160))"
"""The color of a tool for which none was sent."""
LONGEST: Mapping[str, int] = {
    "name": 255,
    "description": 10_000,
    "color": 255,
    "iconSrc": 8192,
    "schema": 65_536,
    "func": 65_536,
}
"""Most characters of each field that a caller sets, by its public name."""
COLUMNS = {"iconSrc": "icon_src"}
REQUIRED_FIELDS = ("name", "description")
MOST_TOOLS = 1000
"""Tools of one workspace."""


@dataclass(frozen=True, slots=True)
class StoredTool:
    """One stored tool. ``schema`` is JSON text of its parameters, ``func`` the body of a JavaScript function."""

    id: str
    name: str
    description: str
    color: str
    icon_src: str | None
    schema: str | None
    func: str | None
    created_date: datetime
    updated_date: datetime


class Tools(Protocol):
    """The repository of tools. Each method is scoped to one workspace."""

    async def list(self, workspace_id: str, offset: int = 0, limit: int | None = None) -> tuple[list[StoredTool], int]:
        """Tools, the latest change first, and how many there are in all. Bounded by the repository."""
        ...

    async def get(self, workspace_id: str, tool_id: str) -> StoredTool | None: ...

    async def create(self, workspace_id: str, tool: StoredTool) -> None: ...

    async def replace(self, workspace_id: str, tool: StoredTool) -> bool:
        """Store the fields of a tool by its id. False where there is none."""
        ...

    async def delete(self, workspace_id: str, tool_id: str) -> int:
        """Delete a tool; how many there were."""
        ...


class ToolService:
    """The tools of a workspace. One of another workspace is ``NotFound(TOOL_NOT_FOUND)``, like a missing one.

    Fields are those of the entity, by public name; others are ignored.
    """

    def __init__(self, tools: Tools, *, new_id: Callable[[], str], now: Callable[[], datetime]) -> None:
        self._tools = tools
        self._new_id = new_id
        self._now = now

    async def list(self, workspace_id: str, offset: int = 0, limit: int | None = None) -> tuple[list[StoredTool], int]:
        return await self._tools.list(workspace_id, offset, limit)

    async def get(self, workspace_id: str, tool_id: str) -> StoredTool:
        tool = await self._tools.get(workspace_id, check_tool_id(tool_id))
        if tool is None:
            raise _not_found(tool_id)
        return tool

    async def create(self, workspace_id: str, fields: Mapping[str, Any]) -> StoredTool:
        """Store a new tool. Raises ``InvalidInput``, and ``FailedPrecondition`` where the workspace has ``MOST_TOOLS``."""
        for name in REQUIRED_FIELDS:
            if not fields.get(name):
                raise _invalid(f"{name} is missing; a tool needs a name and a description.")
        now = self._now()
        tool = replace(StoredTool(self._new_id(), "", "", GREY, None, None, None, now, now), **checked_fields(fields))
        _, count = await self._tools.list(workspace_id, limit=1)
        if count >= MOST_TOOLS:
            raise FailedPrecondition(Reason.INVALID_ARGUMENT, f"A workspace has at most {MOST_TOOLS} tools; delete one first.")
        await self._tools.create(workspace_id, tool)
        return tool

    async def update(self, workspace_id: str, tool_id: str, fields: Mapping[str, Any]) -> StoredTool:
        """Change the fields in ``fields`` and leave the others; None empties icon, schema and function, and leaves the rest.

        Raises ``NotFound`` and ``InvalidInput``.
        """
        changes = checked_fields(fields)
        result = replace(await self.get(workspace_id, tool_id), **changes, updated_date=self._now())
        if not await self._tools.replace(workspace_id, result):
            raise _not_found(tool_id)
        return result

    async def delete(self, workspace_id: str, tool_id: str) -> int:
        """Delete a tool; 0 where there is none."""
        return await self._tools.delete(workspace_id, check_tool_id(tool_id))


def checked_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields by column, validated. Raises ``InvalidInput`` naming the field."""
    columns: dict[str, Any] = {}
    for name, most in LONGEST.items():
        value = fields.get(name)
        nullable = name in ("iconSrc", "schema", "func")
        if name not in fields or (value is None and not nullable):
            continue
        if value is not None and (not isinstance(value, str) or len(value) > most):
            raise _invalid(f"{name} must be a text of at most {most} characters.")
        columns[COLUMNS.get(name, name)] = value
    if "name" in columns and not columns["name"].strip():
        raise _invalid("name must have at least one character.")
    if columns.get("schema"):
        _check_schema(columns["schema"])
    return columns


def _check_schema(text: str) -> None:
    if not isinstance(read_json(text, "schema"), list | dict):
        raise _invalid("schema must be JSON text of a list of parameters.")


def check_tool_id(tool_id: str) -> str:
    """The id in lower case. Raises ``InvalidInput`` for a text that is not a UUID."""
    if not UUID.fullmatch(tool_id):
        raise _invalid("The id of a tool must be a UUID.")
    return tool_id.lower()


def _not_found(tool_id: str) -> NotFound:
    return NotFound(Reason.TOOL_NOT_FOUND, f"Tool {tool_id} not found")


def _invalid(sentence: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_ARGUMENT, sentence)
