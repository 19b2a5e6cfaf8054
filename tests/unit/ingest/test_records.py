"""Record managers: what is written, left alone, replaced and removed, and that the counts say so."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from tradewind_server.documents.ports import Document
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.ingest.fills import key_of

from fakes.ingest_world import (
    RECORDED,
    World,
    drawing,
    faiss,
    in_memory,
    plain_text,
    qdrant,
    recorded,
    recorder,
    text_file,
)

ONE = "First words.\n\nSecond words.\n\nThird words."
TWO = "First words.\n\nOther second words.\n\nThird words.\n\nFourth words."


@pytest.mark.parametrize("cleanup", ["none", "incremental", "full"])
async def test_the_same_again_is_skipped_and_not_embedded(world: World, cleanup: str) -> None:
    world.draw(recorded(cleanup))
    assert await world.upload(menu=ONE) == (3, 0, 0, 0)
    assert await world.upload(menu=ONE) == (0, 0, 3, 0)
    assert world.batches == [3]
    assert world.texts() == ONE.split("\n\n")


@pytest.mark.parametrize(("cleanup", "counts"), [("none", (2, 0, 2, 0)), ("incremental", (2, 1, 2, 1)), ("full", (2, 1, 2, 1))])
async def test_a_changed_file(world: World, cleanup: str, counts: Any) -> None:
    """Two chunks are new, one of which took the place of an old one of the same file."""
    world.draw(recorded(cleanup))
    await world.upload(menu=ONE)
    assert await world.upload(menu=TWO) == counts
    old = [] if counts[3] else ["Second words."]
    assert sorted(world.texts()) == sorted(TWO.split("\n\n") + old)


async def test_a_file_that_got_shorter(world: World) -> None:
    world.draw(recorded("incremental"))
    await world.upload(menu=ONE)
    assert await world.upload(menu="First words.") == (0, 0, 1, 2)
    assert world.texts() == ["First words."]


async def test_incremental_leaves_other_files_and_full_does_not(world: World) -> None:
    world.draw(recorded("incremental"))
    await world.upload(menu="Bread.", staff="Mia.")
    assert await world.upload(menu="Cake.") == (1, 1, 0, 1)
    assert sorted(world.texts()) == ["Cake.", "Mia."]
    world.draw(recorded("full"))
    assert await world.upload(menu="Cake.") == (0, 0, 1, 1)
    assert world.texts() == ["Cake."]


async def test_equal_chunks_of_one_file_are_kept_apart_by_their_place(world: World) -> None:
    world.draw(recorded("none"))
    assert await world.upload(menu="Closed today.\n\nClosed today.\n\nClosed today.") == (3, 0, 0, 0)


async def test_equal_chunks_with_equal_metadata_are_one(world: World) -> None:
    loader = text_file(omitMetadataKeys="loc")
    world.draw(drawing(loader, qdrant(loader="textFile_0", **RECORDED), more=[recorder("incremental")]))
    assert await world.upload(menu="Closed today.\n\nClosed today.") == (1, 0, 1, 0)


def test_the_key_covers_nested_metadata_in_any_order() -> None:
    first = Document("text", {"a": 1, "loc": {"lines": {"from": 1, "to": 2}}})
    same = Document("text", {"loc": {"lines": {"to": 2, "from": 1}}, "a": 1})
    other = Document("text", {"a": 1, "loc": {"lines": {"from": 1, "to": 3}}})
    assert key_of(first) == key_of(same) != key_of(other)
    assert key_of(Document("\ud800", {"n": 1 << 80})) != key_of(Document("\ud801", {"n": 1 << 80}))


async def test_incremental_needs_a_source(world: World) -> None:
    world.draw(drawing(plain_text(ONE), qdrant(**RECORDED), more=[recorder("incremental")]))
    with pytest.raises(InvalidInput, match="source") as caught:
        await world.run()
    assert caught.value.reason == Reason.RECORD_SOURCE_MISSING
    assert world.texts() == []
    assert world.runs.left_over() == []


@pytest.mark.parametrize("cleanup", ["none", "full"])
async def test_without_a_source_the_other_ways_work(world: World, cleanup: str) -> None:
    for text, counts in ((ONE, (3, 0, 0)), (TWO, (2, 2, 1 if cleanup == "full" else 0))):
        world.draw(drawing(plain_text(text), qdrant(**RECORDED), more=[recorder(cleanup)]))
        result = await world.run()
        assert (result.num_added, result.num_skipped, result.num_deleted) == counts


async def test_another_key_may_name_the_source(world: World) -> None:
    loader = text_file(metadata=json.dumps({"page": "menu"}))
    flow = drawing(loader, qdrant(loader="textFile_0", **RECORDED), more=[recorder("incremental", sourceIdKey="page")])
    world.draw(flow)
    await world.upload(monday="Bread.")
    assert await world.upload(tuesday="Cake.") == (1, 1, 0, 1)
    assert world.texts() == ["Cake."]


async def test_namespaces_and_tables_keep_records_apart(world: World) -> None:
    for more in ({}, {"namespace": "other"}, {"tableName": "mine"}, {"namespace": "other", "tableName": "mine"}):
        world.draw(recorded("none", **more))
        assert await world.upload(menu=ONE) == (3, 0, 0, 0)
        assert await world.upload(menu=ONE) == (0, 0, 3, 0)


async def test_a_dropped_collection_is_filled_again(world: World) -> None:
    world.draw(recorded("incremental"))
    await world.upload(menu=ONE)
    await world.indexes["shelf0"].drop()
    assert await world.upload(menu=ONE) == (3, 0, 0, 0)
    assert world.texts() == ONE.split("\n\n")


async def test_a_chunk_that_somebody_removed_is_written_again(world: World) -> None:
    world.draw(recorded("incremental"))
    await world.upload(menu=ONE)
    points = world.indexes["shelf0"].points
    points.pop(next(one.id for one in points.values() if one.content == "Second words."))
    assert await world.upload(menu=ONE) == (1, 0, 2, 0)
    assert sorted(world.texts()) == sorted(ONE.split("\n\n"))


async def test_nothing_to_upsert_removes_nothing(world: World) -> None:
    world.draw(recorded("full"))
    await world.upload(menu=ONE)
    with pytest.raises(InvalidInput) as caught:
        await world.upload(menu="  \n ")
    assert caught.value.reason == Reason.NO_DOCUMENTS
    assert world.texts() == ONE.split("\n\n")


async def test_the_same_file_twice_at_once(world: World) -> None:
    world.draw(recorded("incremental"))
    counts = await asyncio.gather(*(world.upload(menu=ONE) for _ in range(4)))
    assert sorted(counts) == [(0, 0, 3, 0)] * 3 + [(3, 0, 0, 0)]
    assert sorted(world.texts()) == sorted(ONE.split("\n\n"))
    assert world.runs.left_over() == []


async def test_two_files_of_one_name_at_once(world: World) -> None:
    """One of them is the file at the end, whole."""
    world.draw(recorded("incremental"))
    texts = ["Bread and butter.\n\nRolls with cheese.", "Cake with cream.\n\nTart with apples.\n\nPie with plums."]
    await asyncio.gather(*(world.upload(menu=text) for text in texts))
    assert sorted(world.texts()) in [sorted(text.split("\n\n")) for text in texts]


async def test_two_files_of_one_name_at_once_without_a_record_manager(world: World) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    await asyncio.gather(world.upload(menu="Bread."), world.upload(menu="Cake."))
    assert sorted(world.texts()) == ["Bread.", "Cake."]


async def test_a_failure_leaves_the_old_chunks_and_the_next_try_is_right(world: World) -> None:
    world.draw(recorded("incremental"))
    long = "\n\n".join(f"paragraph no {number}" for number in range(300))
    await world.upload(menu=ONE)
    world.fail_at = len(world.batches) + 2
    with pytest.raises(Unavailable, match="embedding"):
        await world.upload(menu=long)
    assert sorted(world.texts()) == sorted(ONE.split("\n\n"))
    assert world.runs.left_over() == []
    world.fail_at = 0
    assert await world.upload(menu=long) == (300, 3, 0, 3)
    assert sorted(world.texts()) == sorted(long.split("\n\n"))


async def test_a_caller_who_leaves_after_the_acceptance_does_not_stop_the_cleanup(world: World) -> None:
    world.draw(recorded("incremental"))
    await world.upload(menu=ONE)
    index = world.indexes["shelf0"]
    running = asyncio.create_task(world.upload(menu="Cake."))
    removing, delete = asyncio.Event(), index.delete

    async def slow(ids: Any) -> None:
        removing.set()
        await asyncio.sleep(0)
        await delete(ids)

    index.delete = slow  # type: ignore[method-assign]
    await removing.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert world.texts() == ["Cake."]
    assert world.runs.left_over() == []


async def test_an_in_memory_store_holds_each_chunk_once(world: World) -> None:
    """Upserting again counts all chunks, as Flowise does; the store does not grow."""
    world.draw(drawing(plain_text(ONE), in_memory()))
    name = world.store().collection.name
    for _ in range(2):
        result = await world.run()
        assert (result.num_added, result.num_skipped, len(result.added)) == (3, 0, 3)
    assert sorted(world.texts(name)) == sorted(ONE.split("\n\n"))
    world.draw(drawing(plain_text("Only this."), in_memory()))
    await world.run()
    assert world.texts(name) == ["Only this."]


async def test_uploads_add_to_an_in_memory_store_by_file(world: World) -> None:
    world.draw(drawing(text_file(), in_memory("textFile_0")))
    name = world.store().collection.name
    await world.upload(menu="Bread.")
    await world.upload(staff="Mia.")
    await world.upload(menu="Cake.")
    assert sorted(world.texts(name)) == ["Cake.", "Mia."]


async def test_a_faiss_index_is_replaced(world: World) -> None:
    world.draw(drawing(text_file(), faiss()))
    assert await world.upload(menu=ONE) == (3, 0, 0, 0)
    assert await world.upload(staff="Mia.") == (1, 0, 0, 0)
    (name,) = world.indexes
    assert world.texts(name) == ["Mia."]


async def test_long_uploads_reserve_more_numbers(world: World) -> None:
    """Without records too, all that a failed upload wrote goes, however much it was."""
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    world.fail_at = 40
    with pytest.raises(Unavailable):
        await world.upload(long="\n\n".join(f"paragraph no {number}" for number in range(6000)))
    assert world.texts() == []
    assert world.runs.left_over() == []


@pytest.mark.parametrize("store", [in_memory("textFile_0"), faiss()])
async def test_without_a_record_manager_every_chunk_is_written_and_nothing_else_counted(world: World, store: Any) -> None:
    """Equal chunks too, and those that are there already: what is counted is what is written."""
    world.draw(drawing(text_file(omitMetadataKeys="loc"), store))
    same = "\n\n".join(["Closed on Mondays."] * 50)
    written: dict[str, int] = {}
    for _ in range(2):
        file = await world.received("menu.txt", same)
        result = await world.run(lambda step: written.update({step.stage: step.count}), files=[file])
        counts = (result.num_added, result.num_updated, result.num_skipped, result.num_deleted)
        assert counts == (50, 0, 0, 0) and len(result.added) == written["written"] == 50
        assert world.history[-1].result == {"numAdded": 50, "numUpdated": 0, "numSkipped": 0, "numDeleted": 0}
        (name,) = world.indexes
        assert world.texts(name) == ["Closed on Mondays."] * 50


async def test_what_others_lost_is_no_update_of_chunks_without_a_source(world: World) -> None:
    flow = drawing(text_file(omitMetadataKeys="source"), qdrant(loader="textFile_0", **RECORDED), more=[recorder("full")])
    world.draw(recorded("full"))
    await world.upload(menu=ONE)
    world.draw(flow)
    assert await world.upload(staff="Mia.") == (1, 0, 0, 3)
