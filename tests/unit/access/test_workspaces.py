"""Workspaces: a deletion closes at once, and is taken up wherever it broke off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.access.workspaces import Workspace, WorkspaceService
from tradewind_server.errors import Conflict, InvalidInput, NotFound

NOW = datetime(2027, 1, 1, tzinfo=UTC)
ONE = "11111111-1111-4111-8111-111111111111"


class Broken(Exception):
    """The process ends here."""


class WorkspacesInMemory:
    """The port ``Workspaces``, which notes its steps. ``breaks_at`` names one that fails; ``vectors`` are left so often."""

    def __init__(self) -> None:
        self.rows = {DEFAULT_WORKSPACE: Workspace(DEFAULT_WORKSPACE, "default", NOW)}
        self.ending: list[str] = []
        self.contents: dict[str, int] = {}
        self.owners = ["f1", "f2"]
        self.steps: list[str] = []
        self.breaks_at = ""
        self.vectors = 0

    def note(self, step: str) -> None:
        self.steps.append(step)
        if step == self.breaks_at:
            raise Broken

    async def list(self, offset: int = 0, limit: int | None = None) -> tuple[list[Workspace], int]:
        return list(self.rows.values())[offset:][:limit], len(self.rows)

    async def get(self, workspace_id: str) -> Workspace | None:
        return self.rows.get(workspace_id)

    async def by_name(self, name: str) -> Workspace | None:
        return next((row for row in self.rows.values() if row.name == name), None)

    async def create(self, workspace: Workspace) -> bool:
        if await self.by_name(workspace.name):
            return False
        self.rows[workspace.id] = workspace
        return True

    async def begin_deletion(self, workspace_id: str, when: datetime, *, only_empty: bool) -> Mapping[str, int]:
        self.note("begin")
        if only_empty and self.contents:
            return self.contents
        del self.rows[workspace_id]
        self.ending.append(workspace_id)
        return {}

    async def in_deletion(self) -> Sequence[str]:
        return list(self.ending)

    async def file_owners(self, workspace_id: str) -> Sequence[str]:
        return self.owners

    async def remove_rows(self, workspace_id: str) -> None:
        self.note("rows")
        self.owners = []

    async def end_deletion(self, workspace_id: str) -> bool:
        self.note("end")
        if self.vectors:
            self.vectors -= 1
            return False
        self.ending.remove(workspace_id)
        return True


class World:
    def __init__(self) -> None:
        self.stored = WorkspacesInMemory()
        self.files: list[tuple[str, str]] = []
        self.service = WorkspaceService(
            self.stored, delete_files=self.delete_files, vectors=self, new_id=lambda: ONE, now=lambda: NOW
        )

    async def delete_files(self, workspace_id: str, owner_id: str) -> int:
        self.stored.note("files")
        self.files.append((workspace_id, owner_id))
        return 1

    async def prepare(self, workspace_id: str) -> None:
        self.stored.note("prepare")

    async def clear(self) -> None:
        self.stored.note("vectors")


@pytest.fixture
async def world() -> World:
    world = World()
    await world.service.create(" Harbour ")
    return world


async def test_a_workspace_is_known_by_its_id_and_its_name(world: World) -> None:
    assert await world.service.get(ONE.upper()) == await world.service.get("Harbour") == Workspace(ONE, "Harbour", NOW)
    for unknown in ("harbour", "", "22222222-2222-4222-8222-222222222222"):
        with pytest.raises(NotFound, match="not found"):
            await world.service.get(unknown)
    with pytest.raises(Conflict, match="already"):
        await world.service.create("Harbour")
    for name in (None, 7, " ", "x" * 256):
        with pytest.raises(InvalidInput, match="name"):
            await world.service.create(name)


async def test_one_that_holds_something_needs_force(world: World) -> None:
    world.stored.contents = {"chatflow": 3, "api key": 1}
    with pytest.raises(Conflict, match="chatflow: 3, api key: 1"):
        await world.service.delete(ONE, force=False)
    assert world.files == [] and ONE in world.stored.rows
    assert await world.service.delete(ONE, force=True) == 1
    assert (await world.stored.in_deletion(), ONE in world.stored.rows) == ([], False)
    assert set(world.files) == {(ONE, "f1"), (ONE, "f2")}
    assert await world.service.delete(ONE, force=True) == 0


async def test_the_default_workspace_stays(world: World) -> None:
    for force in (False, True):
        with pytest.raises(Conflict, match="default"):
            await world.service.delete(DEFAULT_WORKSPACE, force=force)
    with pytest.raises(InvalidInput, match="UUID"):
        await world.service.delete("Harbour", force=True)
    assert world.stored.steps == []


@pytest.mark.parametrize("step", ["prepare", "begin", "files", "rows", "vectors", "end"])
async def test_a_deletion_that_broke_off_is_taken_up_or_never_began(world: World, step: str) -> None:
    world.stored.breaks_at = step
    with pytest.raises(Broken):
        await world.service.delete(ONE, force=True)
    world.stored.breaks_at = ""
    begun = step not in ("prepare", "begin")
    assert (ONE in world.stored.rows) is not begun
    world.stored.steps.clear()
    assert await world.service.take_up() == "clear"
    assert ("rows" in world.stored.steps) is begun and world.stored.ending == []
    assert "vectors" not in world.stored.steps


async def test_vectors_that_cannot_be_taken_out_now_keep_the_deletion_open(world: World) -> None:
    world.stored.vectors = 2
    assert await world.service.delete(ONE, force=True) == 1
    assert world.stored.ending == [ONE] and ONE not in world.stored.rows
    assert [await world.service.take_up(), await world.service.take_up(), await world.service.take_up()] == [
        "held",
        "clear",
        "clear",
    ]


async def test_without_a_vector_store_the_rest_goes() -> None:
    world = World()
    service = WorkspaceService(world.stored, delete_files=world.delete_files, vectors=None, new_id=lambda: ONE, now=lambda: NOW)
    await service.create("Harbour")
    assert await service.delete(ONE, force=True) == 1
    assert "rows" in world.stored.steps and "vectors" not in world.stored.steps
