"""A process that dies at any step of a change leaves the former state or the new one, to be tried again."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from fakes.document_store_world import MINE, StoreWorld
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
    for step in range(1, steps + 1, 2 if happens else 3):
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
