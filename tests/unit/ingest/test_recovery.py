"""A process that is killed at any step leaves the old chunks or the new ones, once its journal has been read."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import pytest
from tradewind_server.errors import Unavailable
from tradewind_server.ingest import recovery
from tradewind_server.ingest.upsert import Upserter

from fakes.ingest_world import (
    Fate,
    Killed,
    World,
    drawing,
    faiss,
    in_memory,
    plain_text,
    qdrant,
    recorded,
    recorder,
    text_file,
    wire,
)

OLD = "Stays as it is.\n\nGoes away.\n\nGoes too."
NEW = "Stays as it is.\n\nIs new.\n\nIs new as well.\n\nThe third new one."
OLD_TEXTS = OLD.split("\n\n")
NEW_TEXTS = NEW.split("\n\n")


async def killed(world: World, at: int, happens: bool, text: str = NEW) -> bool:
    """Upsert a file in a process that dies at a step; whether it came that far."""
    world.fate = Fate(at, happens)
    try:
        await world.upload(menu=text)
    except Killed:
        died = True
    else:
        died = world.fate.dead
    world.fate = Fate()
    return died


async def after_restart(world: World) -> list[str]:
    """What the store holds once another process has read the journal."""
    await world.upserter().take_over()
    assert world.runs.left_over() == []
    return sorted(world.texts())


async def through_every_step(world_of: Callable[[], World], allowed: list[list[str]], prepare: str | None = OLD) -> set[int]:
    """Kill at each step of the upsert in turn; which of the allowed states came about."""
    seen = set()
    for happens in (False, True):
        at = 1
        while True:
            world = world_of()
            if prepare is not None:
                await world.upload(menu=prepare)
            if not await killed(world, at, happens):
                break
            found = await after_restart(world)
            assert found in allowed, f"killed at step {at}"
            seen.add(allowed.index(found))
            # The next upload of the same file is right whatever was left.
            await world.upload(menu=NEW)
            assert set(NEW_TEXTS) <= set(world.texts())
            at += 2
        assert at > 5
    return seen


@pytest.fixture
def world_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], World]:
    def make(flow: str) -> World:
        world = World(tmp_path_factory.mktemp("world"))
        world.draw(flow)
        return world

    return make


@pytest.mark.parametrize("cleanup", ["incremental", "full"])
async def test_with_a_record_manager_all_old_or_all_new(world_of: Callable[[str], World], cleanup: str) -> None:
    states = [sorted(OLD_TEXTS), sorted(NEW_TEXTS)]
    assert await through_every_step(lambda: world_of(recorded(cleanup)), states) == {0, 1}


async def test_records_without_cleanup_keep_the_old_ones(world_of: Callable[[str], World]) -> None:
    states = [sorted(OLD_TEXTS), sorted({*OLD_TEXTS, *NEW_TEXTS})]
    assert await through_every_step(lambda: world_of(recorded("none")), states) == {0, 1}


async def test_without_a_record_manager_all_chunks_or_none(world_of: Callable[[str], World]) -> None:
    flow = drawing(text_file(), qdrant(loader="textFile_0"))
    states = [sorted(OLD_TEXTS), sorted(OLD_TEXTS + NEW_TEXTS)]
    assert await through_every_step(lambda: world_of(flow), states) == {0, 1}


async def test_two_stores_of_one_upsert_change_together(world_of: Callable[[str], World]) -> None:
    flow = drawing(
        text_file(),
        qdrant(0, "textFile_0", recordManager=wire("SQLiteRecordManager_0")),
        qdrant(1, "textFile_0"),
        more=[recorder("incremental")],
    )

    async def upload(world: World, text: str) -> None:
        file = await world.received("menu.txt", text)
        await world.run(files=[file], stop_node_ids=["qdrant_0", "qdrant_1"])

    old, new = (sorted(OLD_TEXTS), sorted(OLD_TEXTS)), (sorted(NEW_TEXTS), sorted(OLD_TEXTS + NEW_TEXTS))
    seen = set()
    for at in range(1, 200, 2):
        world = world_of(flow)
        await upload(world, OLD)
        world.fate = Fate(at)
        try:
            await upload(world, NEW)
        except Killed:
            world.fate = Fate()
        else:
            break
        await after_restart(world)
        seen.add((tuple(sorted(world.texts("shelf0"))), tuple(sorted(world.texts("shelf1")))))
    assert seen == {tuple(map(tuple, old)), tuple(map(tuple, new))}


async def test_a_store_that_fills_itself_is_empty_or_full(world_of: Callable[[str], World]) -> None:
    texts = ["First words.", "Second words."]
    for at in range(1, 200, 2):
        world = world_of(drawing(plain_text("\n\n".join(texts)), in_memory()))
        store, name = world.store(), world.store().collection.name
        world.fate = Fate(at, happens=True)
        try:
            await world.upserter().ensure_loaded(store)
        except Killed:
            world.fate = Fate()
        else:
            if not world.fate.dead:
                return
            world.fate = Fate()
        await world.upserter().take_over()
        assert sorted(world.texts(name)) in ([], texts)
        await world.upserter().ensure_loaded(store)
        assert sorted(world.texts(name)) == texts
    raise AssertionError("the load had no end")


async def test_killed_while_undoing(world_of: Callable[[str], World]) -> None:
    """An embedding fails in the middle, and the process dies while it takes the new chunks out."""
    for at in range(1, 200, 2):
        world = world_of(recorded("incremental"))
        await world.upload(menu=OLD)
        world.fail_at = len(world.batches) + 2
        world.fate = Fate(at)
        try:
            await world.upload(menu="\n\n".join(f"paragraph no {number}" for number in range(300)))
        except (Killed, Unavailable):
            died, world.fate, world.fail_at = world.fate.dead, Fate(), 0
        if not died:
            assert at > 5
            assert sorted(world.texts()) == sorted(OLD_TEXTS)
            return
        assert await after_restart(world) == sorted(OLD_TEXTS)


WRITING: dict[str, int] = {}
"""The step of an upsert behind which new chunks are there, by flow; looked for once."""


async def half_way(world_of: Callable[[str], World], flow: str) -> World:
    """A world whose process died right after it had written new chunks beside the old ones."""
    for at in range(WRITING.get(flow, 1), 200):
        world = world_of(flow)
        await world.upload(menu=OLD)
        assert await killed(world, at, happens=True)
        if not set(world.texts()) <= set(OLD_TEXTS):
            WRITING[flow] = at
            return world
    raise AssertionError("nothing was written")


async def test_killed_while_taking_over(world_of: Callable[[str], World]) -> None:
    for at in range(1, 200, 2):
        world = await half_way(world_of, recorded("incremental"))
        world.fate = Fate(at, happens=True)
        try:
            await world.upserter().take_over()
        except Killed:
            died = True
        else:
            died = world.fate.dead
        world.fate = Fate()
        assert await after_restart(world) == sorted(OLD_TEXTS)
        if not died:
            return
    raise AssertionError("the recovery had no end")


async def test_a_run_that_goes_on_is_left_alone(world: World) -> None:
    world.draw(recorded("incremental"))
    world.hold = asyncio.Event()
    running = asyncio.create_task(world.upload(menu=NEW))
    await world.embedding.wait()
    assert await world.upserter().take_over() == 0
    world.hold.set()
    await running
    assert sorted(world.texts()) == sorted(NEW_TEXTS)
    assert world.runs.left_over() == []


async def test_what_cannot_be_reached_is_left_for_the_next_time(world_of: Callable[[str], World]) -> None:
    world = await half_way(world_of, recorded("incremental"))
    world.indexes["shelf0"].fail_deletions = True
    assert await world.upserter().take_over() == 0
    world.indexes["shelf0"].fail_deletions = False
    assert await after_restart(world) == sorted(OLD_TEXTS)


async def test_an_upsert_does_not_wait_for_what_others_left(world_of: Callable[[str], World]) -> None:
    world = await half_way(world_of, drawing(text_file(), qdrant(loader="textFile_0")))
    asked = world.indexes["shelf0"].asked
    await world.upload(menu=OLD)
    assert world.indexes["shelf0"].asked == asked
    assert await after_restart(world) == sorted(OLD_TEXTS + OLD_TEXTS)


async def test_the_journal_holds_no_secret(world_of: Callable[[str], World]) -> None:
    foreign = {"qdrantServerUrl": "http://q:6333", "qdrantApiKey": "canary-key"}
    world = await half_way(world_of, drawing(text_file(), qdrant(loader="textFile_0", **foreign)))
    assert world.runs.left_over()
    assert "canary-key" not in str(vars(world.runs)["runs"]) + str(world.runs.stores)


async def test_a_replaced_index_is_old_or_new(world_of: Callable[[str], World]) -> None:
    seen = set()
    for at in range(1, 200, 2):
        world = world_of(drawing(text_file(), faiss()))
        await world.upload(menu=OLD)
        (name,) = world.indexes
        assert sorted(world.texts(name)) == sorted(OLD_TEXTS)
        if not await killed(world, at, happens=False):
            break
        await after_restart(world)
        seen.add(tuple(sorted(world.texts(name))))
    assert seen == {tuple(sorted(OLD_TEXTS)), tuple(sorted(NEW_TEXTS))}


async def test_an_upsert_elsewhere_does_not_wait_for_what_cannot_be_reached(world_of: Callable[[str], World]) -> None:
    world = await half_way(world_of, recorded("incremental"))
    away = world.indexes["shelf0"]
    away.fail_deletions = True
    left = world.runs.left_over()
    world.draw(drawing(plain_text("Elsewhere."), qdrant(1)))
    steps = away.asked
    await world.run()
    assert world.texts("shelf1") == ["Elsewhere."]
    assert away.asked == steps and world.runs.left_over() == left


@contextlib.asynccontextmanager
async def in_the_background(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Upserter]:
    """A worker that clears what was left, without the pauses of a real one."""
    for name in ("FIRST_PAUSE", "LONGEST_PAUSE"):
        monkeypatch.setattr(recovery, name, 0.01)
    upserter = world.upserter()
    clearing = asyncio.create_task(upserter.keep_clear())
    yield upserter
    clearing.cancel()
    await asyncio.wait([clearing])
    assert clearing.cancelled()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 (the worker under test gives no sign)
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("flow", [recorded("incremental"), drawing(text_file(), qdrant(loader="textFile_0"))])
async def test_a_failed_upsert_is_undone_once_the_store_is_back(
    world: World, monkeypatch: pytest.MonkeyPatch, flow: str
) -> None:
    """Without another upsert or a restart."""
    world.draw(flow)
    await world.upload(menu=OLD)
    away = world.indexes["shelf0"]
    async with in_the_background(world, monkeypatch) as upserter:
        away.fail_at, away.fail_deletions = len(away.writes) + 1, True
        file = await world.received("menu.txt", NEW)
        with pytest.raises(Unavailable):
            await upserter.run(await world.prepare(upserter, files=[file]))
        assert not set(world.texts()) <= set(OLD_TEXTS)
        asked = away.asked
        await until(lambda: away.asked >= asked + 3)
        away.fail_deletions = False
        await until(lambda: world.runs.left_over() == [])
    assert sorted(world.texts()) == sorted(OLD_TEXTS)


async def test_an_accepted_upsert_is_finished_once_the_store_is_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.draw(recorded("incremental"))
    await world.upload(menu=OLD)
    away = world.indexes["shelf0"]
    async with in_the_background(world, monkeypatch) as upserter:
        away.fail_deletions = True
        file = await world.received("menu.txt", NEW)
        with pytest.raises(Unavailable):
            await upserter.run(await world.prepare(upserter, files=[file]))
        away.fail_deletions = False
        await until(lambda: world.runs.left_over() == [])
    assert sorted(world.texts()) == sorted(NEW_TEXTS)


async def test_every_workspace_is_taken_over(world_of: Callable[[str], World]) -> None:
    world = await half_way(world_of, recorded("incremental"))
    (left,) = world.runs.runs.values()
    assert left[0].workspace_id == "w"
    world.draw(recorded("incremental"), workspace_id="another")
    assert await after_restart(world) == sorted(OLD_TEXTS)


async def test_the_key_of_the_drawing_opens_what_was_left(world_of: Callable[[str], World]) -> None:
    foreign = {"qdrantServerUrl": "http://q:6333", "qdrantApiKey": "its-key"}
    world = await half_way(world_of, drawing(text_file(), qdrant(loader="textFile_0", **foreign)))
    world.specs.clear()
    assert await after_restart(world) == sorted(OLD_TEXTS)
    assert [spec.api_key for spec in world.specs] == ["its-key"]


async def test_what_was_never_written_is_not_undone(world: World) -> None:
    """The embedding model is away, and so is the store: nobody waits for it, and nothing is left to do."""
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    await world.upload(menu=OLD)
    index = world.indexes["shelf0"]
    index.fail_deletions, world.fail_at = True, len(world.batches) + 1
    with pytest.raises(Unavailable, match="embedding"):
        await world.upload(menu=NEW)
    assert index.asked == 0
    assert world.runs.left_over() == []


async def test_only_what_may_have_been_written_is_undone_later(world: World) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    await world.upload(menu=OLD)
    index = world.indexes["shelf0"]
    index.fail_at, index.fail_deletions = len(index.writes) + 1, True
    with pytest.raises(Unavailable):
        await world.upload(menu=NEW)
    (left,) = world.runs.runs.values()
    assert left[1] == len(NEW_TEXTS)
    index.fail_deletions = False
    asked = index.asked
    assert await after_restart(world) == sorted(OLD_TEXTS)
    assert index.asked == asked + 1
