"""Upserts: what reaches the store, and that a failed call leaves nothing there."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from tradewind_server.access.ports import ANONYMOUS, Principal
from tradewind_server.documents.jobs import BATCH_CHUNKS
from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import (
    InvalidInput,
    NotFound,
    PermissionDenied,
    Reason,
    TradewindError,
    Unauthenticated,
    Unavailable,
)
from tradewind_server.ingest.ports import Progress
from tradewind_server.ingest.targets import MOST_ADDED_CHARS
from tradewind_server.ingest.upsert import stop_nodes

from fakes.ingest_world import FLOW_ID, NOW, Index, World, drawing, in_memory, plain_text, qdrant, text_file, wire

PARAGRAPHS = "First words here.\n\nSecond words here.\n\nThird words here."


async def run(world: World, report: Callable[[Progress], None] | None = None, **request: Any) -> Any:
    return await world.run(report, **request)


async def received(world: World, name: str, data: bytes) -> SourceFile:
    return await world.received(name, data)


async def test_chunks_are_stored_and_told(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)))
    result = await run(world)
    assert (result.num_added, result.num_updated, result.num_skipped, result.num_deleted) == (3, 0, 0, 0)
    assert result.added == [
        {"pageContent": "First words here.", "metadata": {"loc": {"lines": {"from": 1, "to": 1}}}},
        {"pageContent": "Second words here.", "metadata": {"loc": {"lines": {"from": 3, "to": 3}}}},
        {"pageContent": "Third words here.", "metadata": {"loc": {"lines": {"from": 5, "to": 5}}}},
    ]
    points = list(world.indexes["shelf0"].points.values())
    assert [(point.content, point.metadata) for point in points] == [
        (one["pageContent"], one["metadata"]) for one in result.added
    ]
    assert [list(point.vector) for point in points] == [[17.0, 1.0], [18.0, 1.0], [17.0, 1.0]]


async def test_the_same_upsert_again_adds_again(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)))
    upserter = world.upserter()
    for _ in range(2):
        await upserter.run(await world.prepare(upserter))
    assert len(world.indexes["shelf0"].points) == 6


async def test_long_texts_go_in_bounded_batches(world: World) -> None:
    world.draw(drawing(plain_text("\n\n".join(f"paragraph no {number}" for number in range(700)))))
    seen: list[Progress] = []
    result = await run(world, seen.append)
    assert result.num_added == sum(world.batches) == sum(world.indexes["shelf0"].writes) == 700
    assert max(world.batches) <= BATCH_CHUNKS
    assert max(world.indexes["shelf0"].writes) <= BATCH_CHUNKS
    for stage in ("split", "embedded", "written"):
        counts = [step.count for step in seen if step.stage == stage]
        assert counts == sorted(counts)
        assert counts[-1] == 700
    assert {step.node_id for step in seen} == {"qdrant_0"}
    assert seen[0] == Progress("loaded", 1, "qdrant_0")
    assert seen[-1].stage == "written"


async def test_uploaded_files_are_loaded_and_kept_for_the_flow(world: World) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    file = await received(world, "opening.md", b"We open at seven.")
    result = await run(world, files=[file])
    await world.blobs.discard([file])
    assert result.added[0]["metadata"]["source"] == "opening.md"
    assert await world.blobs.get("w", FLOW_ID, "opening.md") is not None
    world.draw(drawing(text_file('FILE-STORAGE::["opening.md"]'), qdrant(loader="textFile_0")))
    assert (await run(world)).added[0]["pageContent"] == "We open at seven."


async def test_a_file_that_no_loader_takes_is_refused_before_anything_is_written(world: World) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    files = [await received(world, "a.txt", b"words"), await received(world, "sheet.csv", b"a,b\n1,2\n")]
    with pytest.raises(InvalidInput, match=r"sheet\.csv") as caught:
        await run(world, files=files)
    assert caught.value.reason == Reason.FILE_TYPE_NOT_ALLOWED
    assert world.indexes == {}


@pytest.mark.parametrize("text", ["", "  \n\n "])
async def test_nothing_to_upsert_is_an_error(world: World, text: str) -> None:
    world.draw(drawing(plain_text(text)))
    with pytest.raises(InvalidInput) as caught:
        await run(world)
    assert caught.value.reason == Reason.NO_DOCUMENTS
    assert world.history == []


@pytest.mark.parametrize(("embedding", "writing"), [(1, 0), (6, 0), (0, 1), (0, 2)])
async def test_a_failure_in_the_middle_leaves_nothing(world: World, embedding: int, writing: int) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    world.fail_at = embedding
    world.indexes["shelf0"] = Index("shelf0", world, fail_at=writing)
    file = await received(world, "long.txt", b"\n\n".join(b"paragraph number %d" % number for number in range(500)))
    with pytest.raises(Unavailable, match="away"):
        await run(world, files=[file])
    assert world.texts("shelf0") == []
    assert world.history == []
    assert await world.blobs.get("w", FLOW_ID, "long.txt") is None


async def test_a_failure_leaves_what_was_there_before(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)))
    upserter = world.upserter()
    prepared = await world.prepare(upserter)
    await upserter.run(prepared)
    world.indexes["shelf0"].fail_at = 2
    with pytest.raises(Unavailable):
        await upserter.run(prepared)
    assert len(world.texts("shelf0")) == 3


async def test_a_failure_in_the_second_store_empties_the_first(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), qdrant(0), qdrant(1)))
    world.indexes["shelf1"] = Index("shelf1", world, fail_at=1)
    with pytest.raises(Unavailable):
        await run(world, stop_node_ids=["qdrant_0", "qdrant_1"])
    assert world.texts("shelf0") == world.texts("shelf1") == []


async def test_a_caller_who_leaves_leaves_nothing(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), qdrant(0), qdrant(1)))
    upserter = world.upserter()
    prepared = await world.prepare(upserter, stop_node_ids=["qdrant_0", "qdrant_1"])
    first_is_full = asyncio.Event()

    def report(step: Progress) -> None:
        if step.stage == "written":
            first_is_full.set()
            world.hold = asyncio.Event()

    running = asyncio.create_task(upserter.run(prepared, report))
    await first_is_full.wait()
    assert len(world.texts("shelf0")) == 3
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert world.texts("shelf0") == world.texts("shelf1") == []
    assert world.history == []


async def test_several_stores_need_to_be_named(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), qdrant(0), qdrant(1)))
    with pytest.raises(InvalidInput, match="qdrant_0, qdrant_1") as caught:
        await run(world)
    assert caught.value.reason == Reason.STOP_NODE_REQUIRED
    assert (await run(world, stop_node_ids=["qdrant_1"])).num_added == 3
    assert (world.texts("shelf0"), len(world.texts("shelf1"))) == ([], 3)
    both = await run(world, stop_node_ids=["qdrant_0", "qdrant_1", "qdrant_0"])
    assert (both.num_added, len(both.added)) == (6, 6)
    assert len(world.texts("shelf0")) == 3


async def test_an_unknown_store_is_named(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)))
    with pytest.raises(NotFound, match="qdrant_9") as caught:
        await run(world, stop_node_ids=["qdrant_9"])
    assert caught.value.reason == Reason.STOP_NODE_NOT_FOUND


async def test_a_flow_without_a_store_is_refused(world: World) -> None:
    world.draw(json.dumps({"nodes": [plain_text("x")], "edges": []}).replace(wire("recursiveCharacterTextSplitter_0"), ""))
    with pytest.raises(InvalidInput) as caught:
        await run(world)
    assert caught.value.reason == Reason.NO_VECTOR_STORE


@pytest.mark.parametrize(
    ("chatflow_id", "reason"),
    [("11111111-2222-4333-8444-555555555555", Reason.CHATFLOW_NOT_FOUND), ("../x", Reason.INVALID_CHATFLOW_ID)],
)
async def test_unknown_flows(world: World, chatflow_id: str, reason: Reason) -> None:
    with pytest.raises(TradewindError) as caught:
        await world.prepare(world.upserter(), chatflow_id)
    assert caught.value.reason == reason


async def test_a_flow_with_a_key_wants_that_key(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)), apikeyid="k1")
    for who in (ANONYMOUS, Principal("key", "w", "k2", frozenset({"*"}))):
        with pytest.raises(Unauthenticated):
            await run(world, principal=who)
    assert (await run(world, principal=Principal("key", "w", "k1"))).num_added == 3


async def test_pages_of_other_sites_are_refused(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)), chatbot_config='{"allowedOrigins": ["https://shop.example"]}')
    with pytest.raises(PermissionDenied):
        await run(world, origin="https://elsewhere.example")
    assert (await run(world, origin="https://shop.example")).num_added == 3


OPEN = {"recursiveCharacterTextSplitter": [{"name": "chunkSize", "enabled": True}]}


@pytest.mark.parametrize(
    ("api_config", "chunks"),
    [
        (None, 3),
        ({"overrideConfig": {"status": False, "nodes": OPEN}}, 3),
        ({"overrideConfig": {"status": True, "nodes": {}}}, 3),
        ({"overrideConfig": {"status": True, "nodes": OPEN}}, 1),
    ],
)
async def test_overrides_apply_where_the_owner_allows_them(world: World, api_config: Any, chunks: int) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)), api_config=json.dumps(api_config) if api_config else None)
    assert (await run(world, override_config={"chunkSize": "500"})).num_added == chunks


async def test_history_tells_what_ran_without_secrets(world: World) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    await run(world, files=[await received(world, "a.txt", b"words"), await received(world, "b.md", b"more words")])
    (row,) = world.history
    assert row.chatflow_id == FLOW_ID
    assert row.date > NOW
    assert row.result == {"numAdded": 2, "numUpdated": 0, "numSkipped": 0, "numDeleted": 0}
    nodes = {one["id"]: {value["name"]: value for value in one["paramValues"]} for one in row.flow_data}
    size = {"label": "Chunk Size", "name": "chunkSize", "type": "number", "value": 20}
    assert nodes["recursiveCharacterTextSplitter_0"]["chunkSize"] == size
    assert nodes["textFile_0"]["txtFile"]["value"] == "a.txt, b.md"
    assert nodes["qdrant_0"]["qdrantCollection"]["value"] == "shelf0"
    assert "document" not in nodes["qdrant_0"]
    assert nodes["openAIEmbeddings_0"]["modelName"]["value"] == "small"
    assert "sk-canary" not in json.dumps(row.flow_data)


@pytest.mark.parametrize(("given", "ids"), [(None, []), ("", []), ([], []), ("a", ["a"]), (["a", "b"], ["a", "b"])])
def test_stop_nodes_come_as_text_or_list(given: Any, ids: list[str]) -> None:
    assert stop_nodes(given) == ids


@pytest.mark.parametrize("given", [5, {"a": 1}, ["a", 5], ["a", ""], [["a"]]])
def test_other_stop_nodes_are_refused(given: Any) -> None:
    with pytest.raises(InvalidInput, match="stopNodeId"):
        stop_nodes(given)


async def test_an_in_memory_store_fills_itself_once_however_many_ask(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), in_memory()))
    upserter, store = world.upserter(), world.store()
    world.hold = asyncio.Event()
    asking = [asyncio.create_task(upserter.ensure_loaded(store)) for _ in range(5)]
    await world.embedding.wait()
    world.hold.set()
    await asyncio.gather(*asking)
    await upserter.ensure_loaded(store)
    assert len(world.texts(store.collection.name)) == 3
    assert world.batches == [3]


async def test_a_store_that_has_its_chunks_is_left_alone(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), in_memory()))
    await run(world)
    await world.upserter().ensure_loaded(world.store())
    assert world.batches == [3]


async def test_a_first_use_that_fails_is_tried_again(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), in_memory()))
    upserter, store = world.upserter(), world.store()
    world.fail_at = 1
    with pytest.raises(Unavailable):
        await upserter.ensure_loaded(store)
    assert world.texts(store.collection.name) == []
    await upserter.ensure_loaded(store)
    assert len(world.texts(store.collection.name)) == 3


async def test_one_who_asks_and_leaves_does_not_stop_the_filling_for_others(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), in_memory()))
    upserter, store = world.upserter(), world.store()
    world.hold = asyncio.Event()
    leaving, staying = (asyncio.create_task(upserter.ensure_loaded(store)) for _ in range(2))
    await world.embedding.wait()
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    world.hold.set()
    await staying
    assert len(world.texts(store.collection.name)) == 3


async def test_tokens_of_the_collection_name_are_those_of_the_call(world: World) -> None:
    world.variables = {"city": "Rome"}
    world.draw(drawing(plain_text(PARAGRAPHS), qdrant(qdrantCollection="{{$vars.city}}-{{$flow.sessionId}}")))
    await run(world, override_config={"sessionId": "s1"}, chat_id="c1")
    await run(world, chat_id="c2")
    assert set(world.indexes) == {"Rome-s1", "Rome-c2"}
    assert "Rome" not in json.dumps(world.history[0].flow_data)
    world.variables = {}
    with pytest.raises(InvalidInput, match="qdrantCollection"):
        await run(world)


async def test_chunks_are_tied_to_the_chat_that_is_named(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), qdrant(fileUpload=True)))
    result = await run(world, chat_id="chat-1")
    assert {one["metadata"]["flowise_chatId"] for one in result.added} == {"chat-1"}
    assert {point.metadata["flowise_chatId"] for point in world.indexes["shelf0"].points.values()} == {"chat-1"}
    result = await run(world)
    assert not any("flowise_chatId" in one["metadata"] for one in result.added)
    world.draw(drawing(plain_text(PARAGRAPHS), qdrant()))
    result = await run(world, chat_id="chat-1")
    assert not any("flowise_chatId" in one["metadata"] for one in result.added)


async def test_the_store_for_files_of_a_chat_is_meant_where_none_is_named(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), qdrant(0), qdrant(1, fileUpload="true")))
    await run(world)
    assert (world.texts("shelf0"), len(world.texts("shelf1"))) == ([], 3)
    await run(world, stop_node_ids=["qdrant_0"])
    assert len(world.texts("shelf0")) == 3


async def test_two_stores_for_files_of_a_chat_are_one_too_many(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), qdrant(0, fileUpload=True), qdrant(1, fileUpload=True)))
    with pytest.raises(InvalidInput, match="qdrant_0, qdrant_1") as caught:
        await run(world, stop_node_ids=["qdrant_0"])
    assert caught.value.reason == Reason.INVALID_CHATFLOW


@pytest.mark.parametrize("most", [0, 2, 3])
async def test_an_answer_repeats_no_more_chunks_than_it_may(world: World, most: int) -> None:
    world.most_added = most
    world.draw(drawing(plain_text(PARAGRAPHS)))
    result = await run(world)
    assert (result.num_added, len(result.added), result.added_truncated) == (3, most, most < 3)


async def test_an_answer_repeats_no_more_text_than_it_may(world: World) -> None:
    world.draw(drawing(text_file(textSplitter=""), qdrant(loader="textFile_0")))
    files = [await received(world, f"{number}.txt", b"x" * (MOST_ADDED_CHARS // 2)) for number in range(3)]
    result = await run(world, files=files)
    assert (result.num_added, len(result.added), result.added_truncated) == (3, 2, True)


async def test_files_in_an_override_are_loaded_and_not_kept(world: World) -> None:
    opened = {"overrideConfig": {"status": True, "nodes": {"textFile": [{"name": "txtFile", "enabled": True}]}}}
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")), api_config=json.dumps(opened))
    written = "data:text/plain;base64,V2Ugb3BlbiBhdCBzZXZlbi4=,filename:menu.txt"
    result = await run(world, override_config={"txtFile": written})
    assert [(one["pageContent"], one["metadata"]["source"]) for one in result.added] == [("We open at seven.", "menu.txt")]
    (row,) = world.history
    assert "V2Ug" not in json.dumps(row.flow_data)
    assert "menu.txt" in json.dumps(row.flow_data)
    assert os.listdir(world.folder / "files" / "incoming") == []


async def test_stages_overlap_and_none_runs_far_ahead(world: World) -> None:
    """The second batch is embedded while the first one still is; and the loaders wait for the store."""
    world.draw(drawing(plain_text("\n\n".join(f"paragraph no {number}" for number in range(3000)))))
    world.hold = asyncio.Event()
    seen: list[Progress] = []
    running = asyncio.create_task(run(world, seen.append))
    while len(world.batches) < 2:
        world.embedding.clear()
        await world.embedding.wait()
    world.hold.set()
    assert (await running).num_added == 3000
    counts = {"loaded": 0, "split": 0, "embedded": 0, "written": 0}
    for step in seen:
        counts[step.stage] = step.count
        assert counts["split"] - counts["written"] <= 10 * BATCH_CHUNKS


async def test_what_was_guessed_comes_with_the_answer(world: World) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    result = await run(world, files=[await received(world, "prices.txt", "Café “Bleu” – 5 €".encode("cp1252"))])
    assert result.added[0]["pageContent"] == "Café “Bleu” – 5 €"
    assert len(result.warnings) == 1 and "prices.txt is not UTF-8" in result.warnings[0]
    plain = await run(world, files=[await received(world, "plain.txt", b"words")])
    assert plain.warnings == []


async def test_warnings_are_bounded(world: World) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    files = [await received(world, f"{number}{'x' * 200}.txt", "Café".encode("cp1252")) for number in range(40)]
    result = await run(world, files=files)
    assert len(result.warnings) == 21
    assert result.warnings[-1] == "There are more warnings than these."
    result.warn("y" * 10_000)
    assert max(len(one) for one in result.warnings) <= 400


async def test_a_store_without_a_loader_says_so(world: World) -> None:
    world.draw(drawing(plain_text("words"), qdrant(document=[])))
    with pytest.raises(InvalidInput, match="no document loader") as caught:
        await run(world)
    assert caught.value.reason == Reason.NO_DOCUMENTS


async def test_a_file_without_text_is_named(world: World) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    with pytest.raises(InvalidInput, match=r"The file blank\.txt holds no text") as caught:
        await run(world, files=[await received(world, "blank.txt", b" \n ")])
    assert caught.value.reason == Reason.NO_DOCUMENTS
    with pytest.raises(InvalidInput, match="send files"):
        await run(world)
