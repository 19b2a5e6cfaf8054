"""In-memory stores hold what is drawn and what was upserted, in whatever order the two came."""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from tradewind_server.chatflows.versions import ChatflowVersion, at_version
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.ingest.upsert import Upserter

from fakes.ingest_world import FLOW_ID, World, drawing, in_memory, plain_text, text_file

MENU = "data:text/plain;base64," + base64.b64encode(b"Bread from the drawing.").decode() + ",filename:menu.txt"
LOST = 'FILE-STORAGE::["lost.txt"]'


def with_file(value: str = MENU) -> str:
    return drawing(text_file(value), in_memory("textFile_0"))


async def asked(world: World, version: int = 1, upserter: Upserter | None = None) -> list[str]:
    """What a question finds."""
    store = world.store()
    await (upserter or world.upserter()).ensure_loaded(store, dataclasses.replace(world.flows[FLOW_ID], version=version))
    return sorted(world.texts(store.collection.name))


async def in_order(world: World, steps: list[Callable[[], Awaitable[Any]]]) -> list[str]:
    for step in steps:
        await step()
    return await asked(world)


@pytest.mark.parametrize("question_first", [True, False])
async def test_the_drawn_document_and_an_upload_are_both_found(world: World, question_first: bool) -> None:
    world.draw(with_file())
    steps: list[Callable[[], Awaitable[Any]]] = [lambda: asked(world), lambda: world.upload(staff="Mia.")]
    assert await in_order(world, steps[:: 1 if question_first else -1]) == ["Bread from the", "Mia.", "drawing."]


@pytest.mark.parametrize("question_first", [True, False])
async def test_an_upload_takes_the_place_of_the_drawn_document_of_its_name(world: World, question_first: bool) -> None:
    world.draw(with_file())
    steps: list[Callable[[], Awaitable[Any]]] = [lambda: asked(world), lambda: world.upload(menu="Cake.")]
    assert await in_order(world, steps[:: 1 if question_first else -1]) == ["Cake."]


async def test_an_upsert_of_what_is_drawn_is_not_loaded_again(world: World) -> None:
    world.draw(with_file())
    await world.run()
    assert await asked(world) == ["Bread from the", "drawing."]
    assert world.batches == [2]


async def test_a_store_is_loaded_once_by_all_workers(world: World) -> None:
    world.draw(with_file())
    await world.upload(staff="Mia.")
    for _ in range(3):
        await asked(world)
    assert world.batches == [1, 2]


async def test_a_changed_drawing_is_loaded_at_the_next_question(world: World) -> None:
    world.draw(drawing(plain_text("Closed today."), in_memory()))
    upserter = world.upserter()
    assert await asked(world, 1, upserter) == ["Closed today."]
    world.draw(drawing(plain_text("Open again."), in_memory()))
    assert await asked(world, 2, upserter) == ["Open again."]


async def test_what_a_caller_overrides_is_not_taken_for_the_drawing(world: World) -> None:
    """The first question fills the store for everybody."""
    world.draw(drawing(plain_text("From the drawing."), in_memory()))
    store = world.store()
    (source,) = store.sources
    overridden = dataclasses.replace(store, sources=(dataclasses.replace(source, text="From a caller."),))  # type: ignore[type-var]
    await world.upserter().ensure_loaded(overridden)
    assert world.texts(store.collection.name) == ["From the drawing."]


async def test_an_upload_is_found_although_the_drawn_file_is_lost(world: World) -> None:
    """An import brings no stored files; the upload is the cure."""
    world.draw(with_file(LOST))
    with pytest.raises(InvalidInput, match=r"lost\.txt"):
        await asked(world)
    await world.upload(staff="Mia.")
    upserter = world.upserter()
    for _ in range(2):
        assert await asked(world, 1, upserter) == ["Mia."]
    assert world.runs.left_over() == []


async def test_a_store_that_is_away_is_an_error(world: World) -> None:
    world.draw(with_file())
    await world.upload(staff="Mia.")
    index = world.indexes[world.store().collection.name]

    async def away() -> bool:
        raise Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, "The vector store is away.")

    index.exists = away  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        await asked(world)


def text_of(words: str) -> str:
    return with_file("data:text/plain;base64," + base64.b64encode(words.encode()).decode() + ",filename:menu.txt")


async def test_versions_share_a_store_that_the_live_one_says_the_content_of(world: World) -> None:
    world.draw(text_of("A draft."), version_number=2, live_number=1)
    newest = world.flows[FLOW_ID]
    live = ChatflowVersion(1, newest.updated_date, text_of("Live bread."), "CHATFLOW")
    world.versions[FLOW_ID, "1"] = live
    upserter, store = world.upserter(), world.store()
    for asking in (newest, at_version(newest, live), newest):
        await upserter.ensure_loaded(store, asking)
        assert world.texts(store.collection.name) == ["Live bread."]
    assert len(world.batches) == 1, "it is filled once"


async def test_a_store_that_only_the_asking_version_draws_is_filled_from_it(world: World) -> None:
    world.draw(text_of("Of old."), version_number=2)
    store, newest = world.store(), dataclasses.replace(world.flows[FLOW_ID], flow_data=drawing(text_file(MENU)))
    world.flows[FLOW_ID] = newest
    former = ChatflowVersion(1, newest.updated_date, text_of("Of old."), "CHATFLOW")
    await world.upserter().ensure_loaded(store, at_version(newest, former))
    assert world.texts(store.collection.name) == ["Of old."]
