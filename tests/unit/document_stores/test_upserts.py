"""Upserts, insertions and refreshes: what stands in the database and in the vector store after each."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.document_stores.configs import text_of
from tradewind_server.errors import FailedPrecondition, InvalidInput, NotFound, Unavailable

from fakes.document_store_world import EMBEDDING, MINE, VECTORS, StoreWorld

FULL = {"name": "SQLiteRecordManager", "config": {"cleanup": "full"}}
INCREMENTAL = {"name": "SQLiteRecordManager", "config": {"cleanup": "incremental"}}
UNKNOWN = "11111111-2222-4333-8444-555555555555"


def counts(result: Any) -> tuple[int, int, int]:
    return result.num_added, result.num_skipped, result.num_deleted


async def status(world: StoreWorld, store: str) -> str:
    return (await world.parts.service.get(MINE, store)).status


async def test_an_upsert_makes_a_loader_with_chunks_and_vectors(world: StoreWorld) -> None:
    store = await world.new_store()
    upsert = await world.upsert(store, "Bread.|Cake.")
    assert counts(upsert.result) == (2, 0, 0)
    assert [one["pageContent"] for one in upsert.result.added] == ["Bread.", "Cake."]
    assert upsert.result.added[0]["metadata"]["docId"] == upsert.loader_id
    assert await world.chunks(store) == {upsert.loader_id: ["Bread.", "Cake."]}
    assert await world.agree(store) and await status(world, store) == "UPSERTED"


async def test_a_document_id_gives_the_settings_and_a_new_loader(world: StoreWorld) -> None:
    store = await world.new_store()
    first = await world.upsert(store, "Bread.|Cake.")
    fields = {"docId": first.loader_id, "metadata": {"source": "b"}, "loader": {"config": {"text": "Tea.|Milk."}}}
    second = await world.parts.upserts.upsert(MINE, store, fields)
    assert second.loader_id != first.loader_id
    assert second.result.added[0]["metadata"] == {**second.result.added[0]["metadata"], "source": "b"}
    assert list((await world.chunks(store)).values()) == [["Bread.", "Cake."], ["Tea.", "Milk."]]
    assert await world.agree(store)


async def test_a_replacement_removes_the_former_vectors_without_a_record_manager(world: StoreWorld) -> None:
    store = await world.new_store()
    first = await world.upsert(store, "Bread.|Cake.")
    other = await world.upsert(store, "Tea.")
    fields = {"docId": first.loader_id, "replaceExisting": True, "loader": {"config": {"text": "Cake.|Pie."}}}
    again = await world.parts.upserts.upsert(MINE, store, fields)
    assert again.loader_id == first.loader_id and counts(again.result) == (2, 0, 0)
    assert await world.chunks(store) == {other.loader_id: ["Tea."], first.loader_id: ["Cake.", "Pie."]}
    assert await world.agree(store)


async def test_a_record_manager_counts_what_is_skipped_and_deleted(world: StoreWorld) -> None:
    store = await world.new_store(recordManagerConfig=INCREMENTAL)
    first = await world.upsert(store, "Bread.|Cake.")
    fields = {"docId": first.loader_id, "replaceExisting": "true", "loader": {"config": {"text": "Cake.|Pie."}}}
    again = await world.parts.upserts.upsert(MINE, store, fields)
    assert counts(again.result) == (1, 1, 1)
    assert [one["pageContent"] for one in again.result.added] == ["Pie."]
    assert await world.agree(store)


@pytest.mark.parametrize("manager", [FULL, INCREMENTAL])
async def test_loaders_of_one_source_do_not_delete_each_others_vectors(world: StoreWorld, manager: Any) -> None:
    store = await world.new_store(recordManagerConfig=manager)
    for text in ("Bread.", "Bread.", "Cake."):
        await world.upsert(store, text, metadata={"source": "one"})
    assert await world.agree(store)
    results = [upsert async for upsert in world.parts.upserts.refresh(MINE, store, [])]
    assert [counts(one.result) for one in results] == [(0, 1, 0)] * 3
    assert await world.agree(store)


async def test_a_refresh_reads_all_loaders_in_their_order(world: StoreWorld) -> None:
    store = await world.new_store()
    ids = [(await world.upsert(store, text)).loader_id for text in ("Bread.", "Cake.")]
    results = [upsert async for upsert in world.parts.upserts.refresh(MINE, store, [])]
    assert [one.loader_id for one in results] == ids and [counts(one.result) for one in results] == [(1, 0, 0)] * 2
    assert list(await world.chunks(store)) == ids and await world.agree(store)


async def test_a_new_store_is_made_for_an_upsert_and_not_left_by_a_failed_one(world: StoreWorld) -> None:
    fields = {
        "createNewDocStore": "true",
        "docStore": text_of({"name": "Other", "description": "d"}),
        "loader": text_of({"name": "plainText", "config": {"text": "Bread."}}),
        "embedding": text_of(EMBEDDING),
        "vectorStore": text_of(VECTORS),
    }
    upsert = await world.parts.upserts.upsert(MINE, UNKNOWN, fields)
    assert upsert.in_new_store and (await world.parts.service.get(MINE, upsert.store_id)).name == "Other"
    with pytest.raises(FailedPrecondition, match="Embedding"):
        await world.parts.upserts.upsert(MINE, UNKNOWN, {name: fields[name] for name in ("createNewDocStore", "loader")})
    assert (await world.parts.service.list(MINE))[1] == 1


async def test_a_failed_upsert_leaves_the_former_state_to_be_tried_again(world: StoreWorld) -> None:
    store = await world.new_store()
    first = await world.upsert(store, "Bread.|Cake.")
    before = await world.chunks(store)
    world.fail_at = len(world.batches) + 1
    fields = {"docId": first.loader_id, "replaceExisting": True, "loader": {"config": {"text": "Pie."}}}
    with pytest.raises(Unavailable):
        await world.parts.upserts.upsert(MINE, store, fields)
    assert await world.chunks(store) == before and await world.agree(store)
    assert await status(world, store) == "STALE"
    await world.parts.upserts.upsert(MINE, store, fields)
    assert await world.agree(store) and await status(world, store) == "UPSERTED"


async def test_other_embeddings_replace_all_vectors(world: StoreWorld) -> None:
    store = await world.new_store()
    await world.upsert(store, "Bread.|Cake.")
    await world.upsert(store, "Tea.")
    before = set(world.indexes["shelf"].points)
    await world.upsert(store, "Pie.", embedding={"name": "openAIEmbeddings", "config": {"modelName": "large"}})
    assert await world.agree(store) and not before & set(world.indexes["shelf"].points)


async def test_an_upsert_may_replace_what_metadata_names(world: StoreWorld) -> None:
    store = await world.new_store()
    await world.upsert(store, "Bread.", metadata={"source": "menu"})
    kept = await world.upsert(store, "Tea.", metadata={"source": "drinks"})
    new = await world.upsert(store, "Cake.", metadata={"source": "menu"}, replace={"source": "menu"})
    assert await world.chunks(store) == {kept.loader_id: ["Tea."], new.loader_id: ["Cake."]}
    assert await world.agree(store)


async def test_insertion_takes_all_chunks_or_those_of_one_loader(world: StoreWorld) -> None:
    store = await world.new_store(vectorStoreConfig=None, embeddingConfig=None)
    ids = []
    for text in ("Bread.|Cake.", "Tea."):
        saved = await world.parts.loaders.save(
            MINE,
            {
                "storeId": store,
                "loaderId": "plainText",
                "loaderConfig": {"text": text},
                "splitterId": "characterTextSplitter",
                "splitterConfig": {"separator": "|", "chunkSize": 7, "chunkOverlap": 0},
            },
        )
        await world.parts.loaders.process(MINE, store, saved.id, {})
        ids.append(saved.id)
    assert await status(world, store) == "SYNC" and world.vectors() == {}
    body = {
        "storeId": store,
        "embeddingName": EMBEDDING["name"],
        "embeddingConfig": EMBEDDING["config"],
        "vectorStoreName": "qdrant",
        "vectorStoreConfig": VECTORS["config"],
    }
    with pytest.raises(NotFound):
        await world.parts.upserts.insert(MINE, {**body, "docId": UNKNOWN})
    assert counts(await world.parts.upserts.insert(MINE, {**body, "docId": ids[1]})) == (1, 0, 0)
    assert world.vectors() == {ids[1]: ["Tea."]}
    assert counts(await world.parts.upserts.insert(MINE, body)) == (3, 0, 0)
    assert await world.agree(store) and await status(world, store) == "UPSERTED"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"loader": {"name": "nope"}}, NotFound),
        ({"loader": {"name": "documentStore"}}, NotFound),
        ({"loader": {"name": "qdrant"}}, InvalidInput),
        ({"docId": UNKNOWN}, NotFound),
        ({"loader": "not JSON"}, InvalidInput),
        ({"replaceExisting": 7, "docId": UNKNOWN}, NotFound),
        ({}, InvalidInput),
    ],
)
async def test_what_cannot_be_upserted_is_refused(world: StoreWorld, fields: Any, error: type[Exception]) -> None:
    store = await world.new_store()
    with pytest.raises(error):
        await world.parts.upserts.upsert(MINE, store, fields)
    assert await world.chunks(store) == {} and await status(world, store) in ("EMPTY", "STALE")


async def test_each_upsert_is_in_the_history_of_the_store(world: StoreWorld) -> None:
    from tradewind_server.chats.ports import PageRequest

    store = await world.new_store()
    await world.upsert(store, "Bread.")
    rows, _ = await world.sql.upsert_history.list(MINE, store, PageRequest(10))
    assert [row.result["numAdded"] for row in rows] == [1]
    assert [node["name"] for node in rows[0].flow_data][-2:] == ["openAIEmbeddings", "qdrant"]


@pytest.mark.parametrize("credential", ["x" * 256, 7])
async def test_the_credential_of_a_loader_is_an_id(world: StoreWorld, credential: Any) -> None:
    store = await world.new_store()
    with pytest.raises(InvalidInput, match="credential must be a text of at most 255 characters"):
        await world.parts.loaders.save(
            MINE, {"storeId": store, "loaderId": "plainText", "loaderConfig": {"text": "x"}, "credential": credential}
        )
