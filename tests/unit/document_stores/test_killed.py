"""A process that dies at any step of a change leaves the former state or the new one, to be tried again."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace as dataclass_replace
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.document_stores.shapes import status_of
from tradewind_server.errors import InvalidInput

from fakes.document_store_world import EMBEDDING, MINE, SPLITTER, VECTORS, StoreWorld
from fakes.ingest_world import Fate, Killed

Ids = tuple[str, str, str]
"""A store and its two loaders."""
Change = Callable[[StoreWorld, Ids], Awaitable[Any]]


async def prepared(folder: Path, template: Path) -> tuple[StoreWorld, Ids]:
    world = StoreWorld.on(folder, template)
    store = await world.new_store()
    first = await world.upsert(store, "Bread.|Cake.", metadata={"source": "menu"})
    second = await world.upsert(store, "Tea.|Milk.", metadata={"source": "drinks"})
    return world, (store, first.loader_id, second.loader_id)


async def first_chunk(world: StoreWorld, ids: Ids) -> Any:
    return (await world.parts.chunks.page(MINE, ids[0], ids[1], 1)).chunks[0]


async def add(world: StoreWorld, ids: Ids) -> None:
    await world.upsert(ids[0], "Pie.|Tart.")


async def replace(world: StoreWorld, ids: Ids) -> None:
    fields = {"docId": ids[1], "replaceExisting": True, "loader": {"config": {"text": "Cake.|Pie.|Tart."}}}
    await world.parts.upserts.upsert(MINE, ids[0], fields)


async def replace_by_source(world: StoreWorld, ids: Ids) -> None:
    await world.upsert(ids[0], "Pie.", metadata={"source": "menu"}, replace={"source": "menu"})


async def refresh(world: StoreWorld, ids: Ids) -> None:
    async for _ in world.parts.upserts.refresh(MINE, ids[0], [{"docId": ids[2], "loader": {"config": {"text": "Ale."}}}]):
        pass


async def edit(world: StoreWorld, ids: Ids) -> None:
    chunk = await first_chunk(world, ids)
    await world.parts.chunks.edit(MINE, ids[0], ids[1], chunk.id, {"pageContent": "Buns."})


async def delete_chunk(world: StoreWorld, ids: Ids) -> None:
    await world.parts.chunks.delete(MINE, ids[0], ids[1], (await first_chunk(world, ids)).id)


async def delete_loader(world: StoreWorld, ids: Ids) -> None:
    await world.parts.loaders.delete(MINE, ids[0], ids[1])


async def delete_by_source(world: StoreWorld, ids: Ids) -> None:
    await world.parts.chunks.delete_documents(MINE, ids[0], {"source": "drinks"})


async def other_embeddings(world: StoreWorld, ids: Ids) -> None:
    await world.upsert(ids[0], "Pie.", embedding={"name": "openAIEmbeddings", "config": {"modelName": "large"}})


CHANGES = (add, replace, replace_by_source, refresh, edit, delete_chunk, delete_loader, delete_by_source, other_embeddings)


def texts(chunks: dict[str, list[str]]) -> list[list[str]]:
    return sorted(chunks.values())


@pytest.mark.parametrize("happens", [False, True])
@pytest.mark.parametrize("change", CHANGES)
async def test_a_death_leaves_the_former_state_or_the_new_one(
    tmp_path: Path, template: Path, change: Change, happens: bool
) -> None:
    whole, ids = await prepared(tmp_path / "whole", template)
    former = texts(await whole.chunks(ids[0]))
    await whole.close()
    origin = whole.copy(tmp_path / "origin")
    whole.restart()
    whole.fate = Fate()
    await change(whole, ids)
    steps = whole.fate.steps
    new = texts(await whole.chunks(ids[0]))
    assert former != new and await whole.agree(ids[0])
    await whole.close()
    ends = set()
    for step in range(1, steps + 1, 4 if happens else 6):
        world = origin.copy(tmp_path / f"{step}")
        world.restart()
        world.fate = Fate(step, happens)
        with contextlib.suppress(Killed):
            await change(world, ids)
        await world.close()
        world.restart()
        await world.upserts_of_flows.take_over()
        await world.parts.upkeep.clear()
        now = texts(await world.chunks(ids[0]))
        assert now in (former, new) and await world.agree(ids[0]), f"at step {step} of {steps}"
        status = (await world.parts.service.get(MINE, ids[0])).status
        assert status == "UPSERTED" or (status == "STALE" and now == former), f"{status} at step {step}"
        ends.add(now == new)
        if now == former:
            await change(world, ids)
            assert texts(await world.chunks(ids[0])) == new and await world.agree(ids[0])
        await world.close()
    assert False in ends


async def make(world: StoreWorld) -> Any:
    """A store for an upsert of a file."""
    text = base64.b64encode(b"Pie.|Tart.").decode()
    fields = {
        "createNewDocStore": True,
        "loader": {"name": "textFile", "config": {"txtFile": f"data:text/plain;base64,{text},filename:menu.txt"}},
        "splitter": SPLITTER,
        "embedding": EMBEDDING,
        "vectorStore": VECTORS,
    }
    return await world.parts.upserts.upsert(MINE, "", fields)


def files(world: StoreWorld) -> int:
    """How many are kept."""
    return sum(path.is_file() for path in (world.folder / "files" / "kept").rglob("*"))


@pytest.mark.parametrize("happens", [False, True])
async def test_a_death_leaves_no_store_in_the_making(tmp_path: Path, template: Path, happens: bool) -> None:
    origin = StoreWorld.on(tmp_path / "origin", template)
    await origin.close()
    whole = origin.copy(tmp_path / "whole")
    whole.restart()
    await make(whole)
    steps, kept = whole.fate.steps, files(whole)
    assert kept
    await whole.close()
    ends = set()
    for step in range(1 + happens, steps + 1, 2):
        world = origin.copy(tmp_path / f"{step}")
        world.restart()
        world.fate = Fate(step, happens)
        with contextlib.suppress(Killed):
            await make(world)
        await world.close()
        world.restart()
        await world.upserts_of_flows.take_over()
        await world.parts.upkeep.clear()
        stores, count = await world.parts.service.list(MINE)
        assert await world.sql.journal.open_runs() == []
        if count:
            assert [one.status for one in stores] == ["UPSERTED"] and await world.agree(stores[0].id), f"at step {step}"
            assert texts(await world.chunks(stores[0].id)) == [["Pie.", "Tart."]] and files(world) == kept
        else:
            assert not world.vectors() and not files(world), f"at step {step} of {steps}"
        ends.add(count)
        await world.close()
    assert ends == {0, 1}


def file_fields() -> dict[str, Any]:
    text = base64.b64encode(b"Pie.|Tart.").decode()
    return {"name": "textFile", "config": {"txtFile": f"data:text/plain;base64,{text},filename:menu.txt"}}


async def upsert_file(world: StoreWorld, store: str) -> None:
    await world.parts.upserts.upsert(MINE, store, {"loader": file_fields(), "splitter": SPLITTER})


async def save_file(world: StoreWorld, store: str) -> None:
    await world.parts.loaders.save(MINE, {"storeId": store, "loaderId": "textFile", "loaderConfig": file_fields()["config"]})


@pytest.mark.parametrize("happens", [False, True])
@pytest.mark.parametrize("change", [upsert_file, save_file])
async def test_a_death_leaves_no_file_of_a_loader_in_the_making(
    tmp_path: Path, template: Path, change: Callable[[StoreWorld, str], Awaitable[None]], happens: bool
) -> None:
    whole, (store, *_) = await prepared(tmp_path / "whole", template)
    await whole.close()
    origin = whole.copy(tmp_path / "origin")
    whole.restart()
    whole.fate = Fate()
    await change(whole, store)
    steps, kept = whole.fate.steps, files(whole)
    assert kept == 2
    await whole.close()
    for step in range(1 + 2 * happens, steps + 1, 5):
        world = origin.copy(tmp_path / f"{step}")
        world.restart()
        world.fate = Fate(step, happens)
        with contextlib.suppress(Killed):
            await change(world, store)
        await world.close()
        world.restart()
        await world.upserts_of_flows.take_over()
        await world.parts.upkeep.clear()
        loaders = (await world.parts.service.get(MINE, store)).loaders
        assert files(world) == (kept if len(loaders) == 3 else 0), f"at step {step} of {steps}"
        assert all(loader.status != "NEW" for loader in loaders)
        await world.close()


async def test_a_loader_that_fails_leaves_no_file(world: StoreWorld) -> None:
    store = await world.new_store()
    await world.upsert(store, "Bread.")
    blank = {**file_fields(), "config": {"txtFile": "data:text/plain;base64,IA==,filename:blank.txt"}}
    with pytest.raises(InvalidInput):
        await world.parts.upserts.upsert(MINE, store, {"loader": blank, "splitter": SPLITTER})
    assert len((await world.parts.service.get(MINE, store)).loaders) == 1 and not files(world)


async def test_a_store_in_the_making_is_left_alone(world: StoreWorld) -> None:
    """And one that is never made is told as being upserted until then."""
    store = dataclass_replace(await world.parts.service.draft(MINE, {"name": "New"}), status="NEW")
    async with world.parts.loaders.alone_with_new(store):
        assert await world.parts.upkeep.clear() == "held"
        assert status_of(await world.parts.service.get(MINE, store.id)) == "UPSERTING"
    assert await world.parts.upkeep.clear() == "clear"
    assert (await world.parts.service.list(MINE))[1] == 0
