"""Chunks: pages, edits, deletions; and loaders before and after they are processed."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from tradewind_server.errors import FailedPrecondition, InvalidInput, NotFound, Unavailable

from fakes.document_store_world import MINE, StoreWorld

UNKNOWN = "11111111-2222-4333-8444-555555555555"
SPLIT = {"splitterId": "characterTextSplitter", "splitterConfig": {"separator": "|", "chunkSize": 7, "chunkOverlap": 0}}


def body(store: str, text: str = "Bread.|Cake.", **fields: Any) -> dict[str, Any]:
    return {"storeId": store, "loaderId": "plainText", "loaderConfig": {"text": text}, **SPLIT, **fields}


async def test_a_preview_stores_nothing_and_counts_all(world: StoreWorld) -> None:
    store = await world.new_store()
    preview = await world.parts.loaders.preview(MINE, body(store, previewChunkCount=1))
    assert ([one.content for one in preview.chunks], preview.total_chunks) == (["Bread."], 2)
    for count in (-1, None):
        assert len((await world.parts.loaders.preview(MINE, body(store, previewChunkCount=count))).chunks) == 2
    whole = await world.parts.loaders.preview(MINE, body(store, splitterConfig={}))
    assert [one.content for one in whole.chunks] == ["Bread.|Cake."]
    assert await world.chunks(store) == {}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"storeId": UNKNOWN}, NotFound),
        ({"loaderId": "nope"}, NotFound),
        ({"loaderId": "confluence"}, InvalidInput),
        ({"loaderId": None}, InvalidInput),
        ({"loaderConfig": 7}, InvalidInput),
        ({"previewChunkCount": "two"}, InvalidInput),
        ({"previewChunkCount": True}, InvalidInput),
    ],
)
async def test_what_cannot_be_previewed_is_refused(world: StoreWorld, fields: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await world.parts.loaders.preview(MINE, {**body(await world.new_store()), **fields})


async def test_a_loader_is_saved_changed_and_processed(world: StoreWorld) -> None:
    store = await world.new_store()
    loader = await world.parts.loaders.save(MINE, body(store))
    assert (loader.status, loader.loader_name, loader.total_chunks) == ("SYNCING", "Plain Text", 0)
    again = await world.parts.loaders.save(MINE, {"storeId": store, "id": loader.id, "loaderName": "Menu"})
    assert (again.id, again.loader_name, again.loader_config) == (loader.id, "Menu", loader.loader_config)
    owner, processed = await world.parts.loaders.process(MINE, store, loader.id, {})
    assert (owner.status, processed.status, processed.total_chunks, processed.total_chars) == ("SYNC", "SYNC", 2, 11)
    page = await world.parts.chunks.page(MINE, store, loader.id, 1)
    assert [(one.number, one.page_content) for one in page.chunks] == [(1, "Bread."), (2, "Cake.")]
    assert (page.count, page.characters) == (2, 11)
    assert (await world.parts.chunks.page(MINE, store, "all", 2)).chunks == []


async def test_chunks_that_stay_keep_their_ids(world: StoreWorld) -> None:
    store = await world.new_store()
    loader = await world.parts.loaders.save(MINE, body(store))
    await world.parts.loaders.process(MINE, store, loader.id, {})
    before = (await world.parts.chunks.page(MINE, store, loader.id, 1)).chunks
    await world.parts.loaders.process(MINE, store, loader.id, {"loaderConfig": {"text": "Pie.|Cake."}})
    after = (await world.parts.chunks.page(MINE, store, loader.id, 1)).chunks
    assert after[1].id == before[1].id and after[0].id != before[0].id


async def test_a_file_in_the_settings_is_kept_and_read_again(world: StoreWorld) -> None:
    store = await world.new_store()
    data = "data:text/plain;base64," + base64.b64encode(b"Alpha.").decode() + ",filename:alpha.txt"
    fields = {"storeId": store, "loaderId": "textFile", "loaderConfig": {"txtFile": data}}
    loader = await world.parts.loaders.save(MINE, fields)
    assert loader.loader_config == {"txtFile": 'FILE-STORAGE::["alpha.txt"]'}
    assert [(one["name"], one["size"], one["mimePrefix"]) for one in loader.files or ()] == [("alpha.txt", 6, "text/plain")]
    await world.parts.loaders.process(MINE, store, loader.id, {})
    assert await world.chunks(store) == {loader.id: ["Alpha."]}
    await world.parts.loaders.delete(MINE, store, loader.id)
    assert await world.blobs.get(MINE, loader.id, "alpha.txt") is None


async def test_an_edited_chunk_has_a_new_vector_and_its_id(world: StoreWorld) -> None:
    store = await world.new_store()
    loader = (await world.upsert(store, "Bread.|Cake.")).loader_id
    chunk = (await world.parts.chunks.page(MINE, store, loader, 1)).chunks[0]
    fields = {"pageContent": "Rolls.", "metadata": {"source": "x"}}
    page = await world.parts.chunks.edit(MINE, store, loader, chunk.id, fields)
    assert (page.chunks[0].id, page.chunks[0].page_content, page.chunks[0].metadata) == (chunk.id, "Rolls.", {"source": "x"})
    assert await world.agree(store)
    asked = len(world.batches)
    await world.parts.chunks.edit(MINE, store, loader, chunk.id, fields)
    assert len(world.batches) == asked, "nothing has changed, so nothing is embedded"


async def test_a_deleted_chunk_leaves_a_gap_and_no_vector(world: StoreWorld) -> None:
    store = await world.new_store()
    loader = (await world.upsert(store, "Bread.|Cake.|Pie.")).loader_id
    chunk = (await world.parts.chunks.page(MINE, store, loader, 1)).chunks[1]
    page = await world.parts.chunks.delete(MINE, store, loader, chunk.id)
    assert [one.number for one in page.chunks] == [1, 3] and page.count == 2
    assert await world.agree(store)
    with pytest.raises(NotFound):
        await world.parts.chunks.delete(MINE, store, loader, chunk.id)


async def test_an_edit_that_cannot_be_embedded_changes_nothing(world: StoreWorld) -> None:
    store = await world.new_store()
    loader = (await world.upsert(store, "Bread.")).loader_id
    chunk = (await world.parts.chunks.page(MINE, store, loader, 1)).chunks[0]
    world.fail_at = len(world.batches) + 1
    with pytest.raises(Unavailable):
        await world.parts.chunks.edit(MINE, store, loader, chunk.id, {"pageContent": "Rolls."})
    assert await world.chunks(store) == {loader: ["Bread."]} and await world.agree(store)


async def test_vectors_go_without_a_record_manager_and_come_back(world: StoreWorld) -> None:
    store = await world.new_store()
    ids = [(await world.upsert(store, text)).loader_id for text in ("Bread.", "Cake.")]
    await world.parts.settings.delete_vectors(MINE, store, ids[0])
    assert world.vectors() == {ids[1]: ["Cake."]} and set(await world.chunks(store)) == set(ids)
    await world.parts.settings.delete_vectors(MINE, store)
    assert world.vectors() == {} and (await world.parts.service.get(MINE, store)).status == "SYNC"
    await world.parts.upserts.insert(MINE, {"storeId": store, "isStrictSave": False})
    assert await world.agree(store)


async def test_a_query_names_the_chunks(world: StoreWorld) -> None:
    store = await world.new_store()
    loader = (await world.upsert(store, "Bread.|Cake.|Pie.")).loader_id
    result = await world.parts.settings.query(MINE, {"storeId": store, "query": "Pies", "inputs": {"topK": 1}})
    page = await world.parts.chunks.page(MINE, store, loader, 1)
    assert [one.content for one in result.documents] == ["Pie."]
    assert (list(result.chunk_ids), list(result.numbers)) == ([page.chunks[2].id], [3])
    with pytest.raises(NotFound):
        await world.parts.settings.query("other", {"storeId": store, "query": "x"})
    plain = await world.new_store(embeddingConfig=None)
    with pytest.raises(FailedPrecondition, match="Embedding"):
        await world.parts.settings.query(MINE, {"storeId": plain, "query": "x"})


async def test_documents_go_by_source_and_by_metadata(world: StoreWorld) -> None:
    store = await world.new_store()
    first = await world.upsert(store, "Bread.|Cake.", metadata={"source": "menu", "n": 1})
    second = await world.upsert(store, "Tea.", metadata={"source": "drinks", "n": 1})
    deletion = await world.parts.chunks.delete_documents(MINE, store, {"source": "menu"})
    assert (deletion.chunks, list(deletion.loaders)) == (2, [first.loader_id])
    assert await world.chunks(store) == {second.loader_id: ["Tea."]} and await world.agree(store)
    assert (await world.parts.chunks.delete_documents(MINE, store, {"n": 2})).chunks == 0
    with pytest.raises(InvalidInput):
        await world.parts.chunks.delete_documents(MINE, store, {})
    assert (await world.parts.chunks.delete_documents(MINE, store, {"n": 1, "source": "drinks"})).chunks == 1
    assert world.vectors() == {}


async def test_with_a_store_go_its_vectors_and_a_named_collection_stays(world: StoreWorld) -> None:
    store, other = await world.new_store(), await world.new_store()
    await world.upsert(store, "Bread.")
    kept = await world.upsert(other, "Cake.")
    assert await world.parts.service.delete(MINE, store) == 1
    assert world.vectors() == {kept.loader_id: ["Cake."]} and world.indexes["shelf"].there
