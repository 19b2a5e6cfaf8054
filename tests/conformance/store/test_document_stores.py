"""What every adapter of the ports ``DocumentStores``, ``StoreChunks`` and ``StoreUses`` does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tradewind_server.document_stores.ports import (
    ChunkPosition,
    DocumentStore,
    StoreChange,
    StoreChunk,
    StoreComponent,
    StoreLoader,
)
from tradewind_server.document_stores.uses import StoreUse
from tradewind_server.flows.vector_ports import CollectionSpec
from tradewind_server.ingest.journal import Run
from tradewind_server.ingest.ports import UpsertHistoryEntry

from .conftest import MINE, MOMENT, THEIRS, new_id


def store(number: int = 0, workspace: str = MINE, **values: Any) -> DocumentStore:
    moment = MOMENT + timedelta(seconds=number)
    return DocumentStore(new_id(), workspace, "store ü 🏙", None, "EMPTY", MOMENT, moment, **values)


def loader(owner: DocumentStore, position: int = 0, **values: Any) -> StoreLoader:
    plain = {"loader_config": {"text": "a\x00b ü", "metadata": {"n": [1]}}, **values}
    return StoreLoader(new_id(), owner.id, position, "plainText", "Plain Text", **plain)


def chunk(of: StoreLoader, number: int, generation: str | None = None, **values: Any) -> StoreChunk:
    fields = {"page_content": f"text {number}", "metadata": {"source": "a"}, "point_id": new_id(), **values}
    return StoreChunk(new_id(), of.store_id, of.id, generation or of.generation or "", number, **fields)


async def filled(stores: Any, count: int = 3) -> tuple[DocumentStore, StoreLoader, list[StoreChunk]]:
    """A store with one processed loader."""
    owner = store()
    await stores.document_stores.create(owner)
    only = loader(owner, generation=new_id(), status="SYNC", total_chunks=count)
    rows = [chunk(only, number) for number in range(1, count + 1)]
    await stores.store_chunks.add(MINE, rows)
    assert await stores.document_stores.change(MINE, owner.id, StoreChange(loaders=[only]))
    return owner, only, rows


async def test_the_list_begins_with_the_latest_change(stores: Any) -> None:
    rows = [store(number) for number in range(4)]
    for row in rows:
        await stores.document_stores.create(row)
    assert await stores.document_stores.list(MINE) == (rows[::-1], 4)
    assert await stores.document_stores.list(MINE, 1, 2) == ([rows[2], rows[1]], 4)
    assert await stores.document_stores.list(THEIRS) == ([], 0)
    await stores.document_stores.change(MINE, rows[0].id, StoreChange({"status": "UPSERTED"}))
    assert await stores.document_stores.list(MINE, status="UPSERTED") == ([replace(rows[0], status="UPSERTED")], 1)


async def test_lists_are_bounded(open_on: Any) -> None:
    stores = open_on(max_list=2)
    for number in range(4):
        await stores.document_stores.create(store(number))
    rows, total = await stores.document_stores.list(MINE, limit=100)
    assert (len(rows), total) == (2, 4)


async def test_a_store_comes_back_with_its_settings_and_loaders_in_order(stores: Any) -> None:
    row = store(vector_store=StoreComponent("qdrant", {"qdrantCollection": "ü"}), vectors="digest")
    loaders = [loader(row, position, credential="c", files=[{"name": "a"}]) for position in (3, 1)]
    row = replace(row, loaders=tuple(loaders))
    await stores.document_stores.create(row)
    assert await stores.document_stores.get(MINE, row.id) == replace(row, loaders=tuple(loaders[::-1]))
    assert await stores.document_stores.get(THEIRS, row.id) is None


async def test_a_change_is_of_its_workspace_alone(stores: Any) -> None:
    owner, only, rows = await filled(stores)
    change = StoreChange({"name": "x"}, loaders=[replace(only, status="STALE", generation=None)])
    assert not await stores.document_stores.change(THEIRS, owner.id, change)
    assert not await stores.document_stores.change(MINE, new_id(), change)
    assert await stores.document_stores.get(MINE, owner.id) == replace(owner, loaders=(only,))
    assert await stores.store_chunks.page(MINE, [only.generation], None, 10) == rows
    assert await stores.document_stores.delete(THEIRS, owner.id) == 0


async def test_a_loader_has_the_chunks_of_its_generation(stores: Any) -> None:
    owner, only, rows = await filled(stores)
    later = new_id()
    new = [chunk(only, number, later) for number in (1, 2)]
    await stores.store_chunks.add(MINE, new)
    assert await stores.store_chunks.page(MINE, [only.generation], None, 10) == rows
    assert await stores.document_stores.change(MINE, owner.id, StoreChange(loaders=[replace(only, generation=later)]))
    assert await stores.store_chunks.page(MINE, [only.generation], None, 10) == []
    assert await stores.store_chunks.page(MINE, [later], None, 10) == new


async def test_chunks_of_no_loader_are_discarded(stores: Any) -> None:
    owner, only, rows = await filled(stores)
    half, other = new_id(), (await filled(stores))[2]
    await stores.store_chunks.add(MINE, [chunk(only, 1, half)])
    await stores.store_chunks.discard(MINE, owner.id)
    assert await stores.store_chunks.page(MINE, [half], None, 10) == []
    assert await stores.store_chunks.page(MINE, [only.generation], None, 10) == rows
    assert await stores.store_chunks.page(MINE, [other[0].generation], None, 10) == other


async def test_chunks_are_read_in_parts_and_by_number(stores: Any) -> None:
    owner, only, rows = await filled(stores, 5)
    assert await stores.store_chunks.page(MINE, [only.generation], ChunkPosition(only.generation, 2), 2) == rows[2:4]
    assert await stores.store_chunks.numbered_page(MINE, [only.generation], 3, 5) == rows[3:]
    assert await stores.store_chunks.page(THEIRS, [only.generation], None, 9) == []
    assert await stores.store_chunks.get(MINE, only.generation, rows[1].id) == rows[1]
    assert await stores.store_chunks.get(MINE, new_id(), rows[1].id) is None
    assert await stores.store_chunks.at_points(MINE, owner.id, [rows[0].point_id, new_id()]) == [rows[0]]
    assert await stores.store_chunks.at_points(THEIRS, owner.id, [rows[0].point_id]) == []
    assert await stores.store_chunks.at_points(MINE, new_id(), [rows[0].point_id]) == []


async def test_chunks_change_and_go(stores: Any) -> None:
    owner, only, rows = await filled(stores)
    other = replace(rows[1], page_content="other", metadata={"x": 1}, point_id=new_id())
    assert await stores.document_stores.change(MINE, owner.id, StoreChange(chunks=[other], dropped_chunks=[rows[0]]))
    assert await stores.store_chunks.page(MINE, [only.generation], None, 9) == [other, rows[2]]
    assert await stores.document_stores.change(MINE, owner.id, StoreChange(dropped_loaders=[only.id]))
    assert await stores.store_chunks.page(MINE, [only.generation], None, 9) == []
    assert await stores.document_stores.get(MINE, owner.id) == owner


async def test_with_a_store_go_its_loaders_chunks_and_history(stores: Any) -> None:
    owner, only, _ = await filled(stores)
    await stores.upsert_history.add(MINE, UpsertHistoryEntry(new_id(), owner.id, {}, [], MOMENT))
    assert await stores.document_stores.delete(MINE, owner.id) == 1
    assert await stores.document_stores.get(MINE, owner.id) is None
    assert await stores.store_chunks.page(MINE, [only.generation], None, 9) == []
    assert await stores.document_stores.delete(MINE, owner.id) == 0


async def test_a_run_is_accepted_with_the_change_or_not_at_all(stores: Any) -> None:
    owner, only, rows = await filled(stores)
    run = Run(new_id(), "store", MINE, owner.id, CollectionSpec(MINE, "c", ""), holding="chunks")
    await stores.journal.begin(run, 0, MOMENT)
    assert not await stores.document_stores.change(MINE, new_id(), StoreChange(), (run, MOMENT))
    assert [one.accepted_date for one in await stores.journal.open_runs(run.id)] == [None]
    assert await stores.document_stores.change(MINE, owner.id, StoreChange(dropped_chunks=rows), (run, MOMENT))
    assert [one.accepted_date for one in await stores.journal.open_runs(run.id)] == [MOMENT]
    assert await stores.store_chunks.page(MINE, [only.generation], None, 9) == []


async def test_stores_that_are_being_upserted_are_known(stores: Any) -> None:
    mine, theirs, idle = store(), store(workspace=THEIRS), store()
    for row in (mine, theirs, idle):
        await stores.document_stores.create(row)
    for row, status in ((mine, "UPSERTING"), (theirs, "NEW")):
        await stores.document_stores.change(row.workspace_id, row.id, StoreChange({"status": status}))
    assert set(await stores.document_stores.busy(10)) == {(MINE, mine.id), (THEIRS, theirs.id)}
    assert len(await stores.document_stores.busy(1)) == 1


async def test_what_a_store_has_filled_is_an_orphan_once_it_is_gone(stores: Any) -> None:
    owner, *_ = await filled(stores)
    run = Run(new_id(), "store", MINE, owner.id, CollectionSpec(MINE, "c", ""), records=f"{owner.id}/c", holding="chunks")
    await stores.journal.begin(run, 0, MOMENT)
    assert await stores.filled_stores.orphans(10, owner.id) == ([], [])
    await stores.document_stores.delete(MINE, owner.id)
    (orphan,), _ = await stores.filled_stores.orphans(10, owner.id)
    assert (orphan.chatflow_id, orphan.holding, orphan.records) == (owner.id, "chunks", f"{owner.id}/c")


@pytest.mark.parametrize(
    "drawing",
    [
        '{{"nodes":[{{"data":{{"name":"documentStoreVS","inputs":{{"selectedStore":"{id}"}}}}}}]}}',
        '{{"nodes":[{{"data":{{"name":"documentStore","inputs":{{"selectedStore" : "{id}"}}}}}}]}}',
        '{{"nodes":[{{"data":{{"inputs":{{"agentKnowledgeDocumentStores":[{{"documentStore":"{id}:My store"}}]}}}}}}]}}',
        '{{"nodes":[{{"data":{{"inputs":{{"agentKnowledgeDocumentStores":"[{{\\"documentStore\\":\\"{id}:S\\"}}]"}}}}}}]}}',
    ],
)
async def test_chatflows_that_name_a_store_are_found(stores: Any, drawing: str) -> None:
    from .test_chatflows import chatflow

    owner, other = store(), store()
    flow = chatflow(flow_data=drawing.format(id=owner.id))
    await stores.chatflows.create(flow)
    await stores.chatflows.create(chatflow(flow_data='{"nodes":[]}'))
    used = {owner.id: [StoreUse(flow.id, flow.name)]}
    assert await stores.store_uses.by_store(MINE, [owner.id]) == used
    assert await stores.store_uses.by_store(MINE, [owner.id, other.id]) == used
    assert await stores.store_uses.by_store(MINE, [other.id]) == {}
    assert await stores.store_uses.by_store(THEIRS, [owner.id]) == {}
