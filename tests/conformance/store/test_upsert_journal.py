"""What every adapter of the ports ``Journal`` and ``FilledStores`` does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.flows.vector_ports import CollectionSpec
from tradewind_server.ingest.journal import OpenRun, PendingChunk, Run
from tradewind_server.ingest.ports import RecordEntry, namespace_of

from .conftest import MINE, MOMENT, THEIRS, new_id

LATER = MOMENT + timedelta(seconds=1)
HUGE = json.dumps({"hnsw_config": {"m": 16}, "note": "ü" * 20_000})


def run(**changes: Any) -> Run:
    flow = changes.pop("chatflow_id", None) or new_id()
    workspace = changes.get("workspace_id", MINE)
    values: dict[str, Any] = {
        "id": new_id(),
        "node_id": "qdrant_0",
        "workspace_id": workspace,
        "collection": CollectionSpec(workspace, "docs", "small", url="http://q:6333", config=HUGE),
        "records": namespace_of(flow, "docs"),
        "cleanup": "incremental",
        "fills_empty": True,
        "holding": "shared",
        "chat_id": "chat-1",
    }
    return Run(chatflow_id=flow, **{**values, **changes})


async def clear(stores: Any) -> None:
    for left in await stores.journal.open_runs():
        await stores.journal.end(left.run)


async def test_a_run_comes_back_as_it_was_whatever_its_size(stores: Any) -> None:
    """A collection's configuration and a node's id may be of any length."""
    one = run(node_id="n" * 10_000)
    await stores.journal.begin(one, 1000, MOMENT)
    assert await stores.journal.open_runs(one.id) == [OpenRun(one, 1000, None)]
    await stores.journal.reserve(one, 3)
    assert await stores.journal.open_runs(one.id) == [OpenRun(one, 3, None)]
    await stores.journal.accept([(one, 3)], LATER)
    assert await stores.journal.open_runs(one.id) == [OpenRun(one, 3, LATER)]
    await stores.journal.end(one)
    assert await stores.journal.open_runs(one.id) == []


async def test_no_key_is_stored(stores: Any) -> None:
    one = run(collection=CollectionSpec(MINE, "docs", "small", url="http://q:6333", api_key="canary"))
    await stores.journal.begin(one, 0, MOMENT)
    (left,) = await stores.journal.open_runs(one.id)
    assert left.run.collection.api_key is None


async def test_runs_of_all_workspaces_are_found_the_oldest_first(stores: Any) -> None:
    await clear(stores)
    mine, theirs = run(), run(workspace_id=THEIRS)
    await stores.journal.begin(mine, 0, LATER)
    await stores.journal.begin(theirs, 0, MOMENT)
    assert [left.run for left in await stores.journal.open_runs()] == [theirs, mine]


async def test_the_runs_of_one_upsert_are_accepted_together(stores: Any) -> None:
    first = run()
    second = replace(first, node_id="qdrant_1", records=None, chat_id=None)
    for one in (first, second):
        await stores.journal.begin(one, 0, MOMENT)
    await stores.journal.accept([(first, 1), (second, 1)], LATER)
    assert {left.accepted_date for left in await stores.journal.open_runs(first.id)} == {LATER}


async def test_chunks_and_sources_belong_to_their_run_and_go_with_it(stores: Any) -> None:
    one, other = run(), run()
    many = [PendingChunk(f"{number:064}", "g" if number % 2 else None, new_id()) for number in range(2500)]
    for each in (one, other):
        await stores.journal.begin(each, 0, MOMENT)
        await stores.journal.add_pending(each, many)
        await stores.journal.add_sources(each, ["g", "h"])
        await stores.journal.add_sources(each, ["h", "i"])
    await stores.journal.add_pending(one, many[:1])
    assert len(await stores.journal.pending(one, 1000)) == 1000
    assert sorted(await stores.journal.pending(one, 5000)) == sorted(many, key=lambda chunk: chunk.key)
    await stores.journal.drop_pending(one, [chunk.key for chunk in many[1:]])
    assert await stores.journal.pending(one, 10) == many[:1]
    await stores.journal.drop_sources(one, ["h"])
    assert sorted(await stores.journal.sources(one, 10)) == ["g", "i"]
    await stores.journal.end(one)
    assert await stores.journal.pending(one, 10) == await stores.journal.sources(one, 10) == []
    assert len(await stores.journal.pending(other, 5000)) == 2500


async def stored_flow(stores: Any, workspace_id: str = MINE) -> str:
    flow = Chatflow(new_id(), workspace_id, "Flow", "{}", "CHATFLOW", MOMENT, MOMENT)
    await stores.chatflows.create(flow)
    return flow.id


async def test_what_a_deleted_chatflow_filled_is_left_until_it_is_taken_out(stores: Any) -> None:
    flow, other = await stored_flow(stores), await stored_flow(stores)
    mine, theirs = run(chatflow_id=flow), run(chatflow_id=other)
    for one in (mine, theirs):
        await stores.journal.begin(one, 0, MOMENT)
        await stores.journal.begin(replace(one, id=new_id()), 0, MOMENT)
        await stores.records.put(
            MINE, one.records, [RecordEntry("k", None, "p"), RecordEntry("c", None, "q", "chat-1")], MOMENT
        )
        await stores.records.put(MINE, namespace_of(one.chatflow_id, "elsewhere"), [RecordEntry("k", None, "p")], MOMENT)
    assert await stores.filled_stores.orphans(10) == ([], [])
    await stores.chatflows.delete(MINE, flow)
    (left,), uploads = await stores.filled_stores.orphans(10)
    assert (left.chatflow_id, left.holding, left.records, left.collection) == (flow, "shared", mine.records, mine.collection)
    assert uploads == [] and await stores.filled_stores.orphans(10, other) == ([], [])
    assert {one.chatflow_id for one in await stores.filled_stores.fillers(MINE, "docs")} == {flow, other}
    assert [one.key for one in await stores.records.of_chats(MINE, mine.records, 10)] == ["c"]
    assert await stores.records.lookup(MINE, namespace_of(flow, "elsewhere"), ["k"]) == set()
    await stores.filled_stores.forget(left)
    assert await stores.filled_stores.orphans(10) == ([], [])
    assert await stores.records.lookup(MINE, mine.records, ["k", "c"]) == set()
    assert await stores.records.lookup(MINE, theirs.records, ["k"]) == {"k"}


async def test_chunks_of_a_chat_without_records_are_remembered_once_accepted(stores: Any) -> None:
    flow = await stored_flow(stores)
    of_chat = run(chatflow_id=flow, records=None)
    nothing, of_all = replace(of_chat, node_id="a"), replace(of_chat, node_id="b", chat_id=None)
    for one in (of_chat, nothing, of_all):
        await stores.journal.begin(one, 1000, MOMENT)
    await stores.chatflows.delete(MINE, flow)
    assert (await stores.filled_stores.orphans(10))[1] == []
    await stores.journal.accept([(of_chat, 7), (nothing, 0), (of_all, 7)], LATER)
    (upload,) = (await stores.filled_stores.orphans(10))[1]
    assert (upload.id, upload.chunks, upload.collection) == (str(of_chat.base), 7, of_chat.collection)
    await stores.filled_stores.forget_upload(upload)
    assert (await stores.filled_stores.orphans(10))[1] == []


async def test_a_store_knows_which_drawing_it_was_filled_from(stores: Any) -> None:
    own = run(holding="own", collection=CollectionSpec(MINE, "memory", ""))
    assert await stores.filled_stores.version_of(MINE, own.chatflow_id, "memory") is None
    await stores.filled_stores.mark_loaded(MINE, own.chatflow_id, "memory", "d")
    assert await stores.filled_stores.version_of(MINE, own.chatflow_id, "memory") is None
    await stores.journal.begin(own, 0, MOMENT)
    await stores.filled_stores.mark_loaded(MINE, own.chatflow_id, "memory", "d")
    await stores.journal.begin(replace(own, id=new_id()), 0, MOMENT)
    assert await stores.filled_stores.version_of(MINE, own.chatflow_id, "memory") == "d"
    assert await stores.filled_stores.version_of(THEIRS, own.chatflow_id, "memory") is None


async def test_namespaces_of_any_length_are_told_apart(stores: Any) -> None:
    """As a record manager's node may have them."""
    flow = new_id()
    spaces = [namespace_of(flow, "ü" * 4000 + end) for end in "ab"]
    for space in spaces:
        assert space.startswith(flow)
    await stores.records.put(MINE, spaces[0], [RecordEntry("k", None, "p")], MOMENT)
    assert await stores.records.lookup(MINE, spaces[0], ["k"]) == {"k"}
    assert await stores.records.lookup(MINE, spaces[1], ["k"]) == set()
