"""Workspaces: made, listed, and deleted with all they hold (docs/contract.md §9.16).

A deletion is begun in one transaction that closes the workspace: its keys go, and its chatflows answer nobody. Then files, rows
and vectors go, and last the workspace itself. Each step can be done again, so a deletion that was cut off is taken up where the
server runs next.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.errors import Conflict, InvalidInput, NotFound, Reason

LONGEST_NAME = 255
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Workspace:
    id: str
    name: str
    created_date: datetime


class Workspaces(Protocol):
    """The repository of workspaces. One whose deletion has begun is listed and found no more."""

    async def list(self, offset: int = 0, limit: int | None = None) -> tuple[list[Workspace], int]:
        """Workspaces by name, and how many there are in all. Bounded by the repository."""
        ...

    async def get(self, workspace_id: str) -> Workspace | None: ...

    async def by_name(self, name: str) -> Workspace | None: ...

    async def create(self, workspace: Workspace) -> bool:
        """Store a workspace. False, and nothing is stored, where its name is taken."""
        ...

    async def begin_deletion(self, workspace_id: str, when: datetime, *, only_empty: bool) -> Mapping[str, int]:
        """Close a workspace for good. With ``only_empty`` nothing happens to one that holds something: the answer is how many
        of each kind it holds, and empty where the deletion has begun."""
        ...

    async def in_deletion(self) -> Sequence[str]:
        """The ids of workspaces whose deletion has begun and not ended."""
        ...

    async def file_owners(self, workspace_id: str) -> Sequence[str]:
        """The ids under which files of the workspace may be kept."""
        ...

    async def remove_rows(self, workspace_id: str) -> None:
        """Delete all rows but those that say what is to be taken out of vector stores."""
        ...

    async def end_deletion(self, workspace_id: str) -> bool:
        """Delete what is left, the workspace itself included. False, and nothing is deleted, while vectors are left."""
        ...


class WorkspaceVectors(Protocol):
    """What the chatflows and document stores of workspaces have left in vector stores."""

    async def prepare(self, workspace_id: str) -> None:
        """Note what only the drawings of the workspace say, before they go."""
        ...

    async def clear(self) -> None:
        """Take out what belongs to nobody any more: now if that is quick, else soon."""
        ...


class WorkspaceService:
    """All workspaces of the server. For the admin alone."""

    def __init__(
        self,
        workspaces: Workspaces,
        *,
        delete_files: Callable[[str, str], Awaitable[int]],
        vectors: WorkspaceVectors | None,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        """``delete_files`` takes a workspace and an owner of files. Without ``vectors`` a server takes them out later."""
        self._workspaces = workspaces
        self._delete_files = delete_files
        self._vectors = vectors
        self._new_id = new_id
        self._now = now

    async def create(self, name: Any) -> Workspace:
        """Raises ``InvalidInput``, and ``Conflict(ALREADY_EXISTS)`` for a name that is taken."""
        if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME:
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"name must be a text of 1 to {LONGEST_NAME} characters.")
        workspace = Workspace(self._new_id(), name.strip(), self._now())
        if not await self._workspaces.create(workspace):
            raise Conflict(Reason.ALREADY_EXISTS, f"There is a workspace {workspace.name} already; take another name.")
        return workspace

    async def list(self, offset: int = 0, limit: int | None = None) -> tuple[list[Workspace], int]:
        return await self._workspaces.list(offset, limit)

    async def get(self, name_or_id: str) -> Workspace:
        """The workspace of that id, else the one of that name. Raises ``NotFound(WORKSPACE_NOT_FOUND)``."""
        by_id = await self._workspaces.get(name_or_id.lower()) if UUID.fullmatch(name_or_id) else None
        workspace = by_id or await self._workspaces.by_name(name_or_id)
        if workspace is None:
            raise NotFound(Reason.WORKSPACE_NOT_FOUND, f"Workspace {name_or_id[:60]} not found")
        return workspace

    async def delete(self, workspace_id: str, *, force: bool) -> int:
        """Delete a workspace; how many there were. Vectors of a store that is away go later, in the background.

        Raises ``InvalidInput`` for a text that is no UUID, and ``Conflict`` for the default workspace and, without ``force``,
        for one that holds something.
        """
        if not UUID.fullmatch(workspace_id):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "The id of a workspace must be a UUID.")
        if workspace_id.lower() == DEFAULT_WORKSPACE:
            raise Conflict(Reason.CONFLICT, "The default workspace cannot be deleted.")
        workspace = await self._workspaces.get(workspace_id.lower())
        if workspace is None:
            return 0
        if force and self._vectors is not None:
            await self._vectors.prepare(workspace.id)
        contents = await self._workspaces.begin_deletion(workspace.id, self._now(), only_empty=not force)
        if contents:
            what = ", ".join(f"{kind}: {count}" for kind, count in contents.items())
            raise Conflict(
                Reason.CONFLICT, f"The workspace {workspace.name} holds something ({what}); say force to delete all of it."
            )
        await self._remove(workspace.id)
        if self._vectors is not None:
            await self._vectors.clear()
        await self._workspaces.end_deletion(workspace.id)
        return 1

    async def take_up(self) -> Literal["clear", "held"]:
        """Go on with deletions that have not ended, of whatever server; ``clear`` when all have ended now. Vectors are not
        taken out here: the caller does that before."""
        all_ended = True
        for workspace_id in await self._workspaces.in_deletion():
            await self._remove(workspace_id)
            all_ended &= await self._workspaces.end_deletion(workspace_id)
        return "clear" if all_ended else "held"

    async def _remove(self, workspace_id: str) -> None:
        owners = await self._workspaces.file_owners(workspace_id)
        for owner_id in owners:
            await self._delete_files(workspace_id, owner_id)
        await self._workspaces.remove_rows(workspace_id)
        for owner_id in owners:  # Again: a call that was running may have kept a file meanwhile.
            await self._delete_files(workspace_id, owner_id)
