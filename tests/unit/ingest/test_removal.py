"""What goes with a chatflow from the vector stores, and what stays."""

from __future__ import annotations

import pytest

from fakes.ingest_world import (
    FLOW_ID,
    RECORDED,
    World,
    drawing,
    faiss,
    in_memory,
    plain_text,
    qdrant,
    recorder,
    text_file,
)

OTHER = "7f1c1a52-5c1e-4d53-9d5e-0d6a3d1a7c22"
SHARED = drawing(text_file(), faiss())
CHATS = {"loader": "textFile_0", "fileUpload": True}


async def settled(world: World) -> None:
    assert world.runs.left_over() == []
    assert await world.runs.orphans(10) == ([], [])


def everything(world: World) -> dict[str, list[str]]:
    return {name: sorted(world.texts(name)) for name, index in world.indexes.items() if index.there}


async def test_an_in_memory_store_goes(world: World) -> None:
    world.draw(drawing(plain_text("Bread."), in_memory()))
    await world.upserter().ensure_loaded(world.store())
    await world.undraw()
    assert everything(world) == {}
    assert not any(world.records.rows.values())
    await settled(world)


async def test_a_store_that_a_former_drawing_had_goes_too(world: World) -> None:
    world.draw(drawing(plain_text("Bread."), in_memory()))
    await world.run()
    world.draw(SHARED)
    await world.undraw()
    assert everything(world) == {}


async def test_a_shared_index_loses_what_the_chatflow_added(world: World) -> None:
    world.draw(SHARED)
    world.draw(SHARED, OTHER)
    await world.upload(menu="Bread.")
    await world.upload(OTHER, menu="Bread.", staff="Mia.")
    (name,) = world.indexes
    assert sorted(world.texts(name)) == ["Bread.", "Bread.", "Mia."]
    await world.upload(menu="Cake.")
    assert sorted(world.texts(name)) == ["Bread.", "Cake.", "Mia."]
    await world.undraw()
    assert everything(world) == {name: ["Bread.", "Mia."]}
    await world.undraw(OTHER)
    assert everything(world) == {}
    await settled(world)


async def test_an_index_that_another_chatflow_only_asks_is_kept_without_the_chunks(world: World) -> None:
    world.draw(SHARED)
    world.draw(SHARED, OTHER)
    await world.upload(menu="Bread.")
    await world.undraw()
    assert list(everything(world).values()) == [[]]


@pytest.mark.parametrize("filled", [True, False])
async def test_what_a_qdrant_node_names_is_never_dropped(world: World, filled: bool) -> None:
    """Not even where the name is that of another kind of store."""
    world.draw(SHARED)
    await world.upload(menu="Bread.")
    (name,) = world.indexes
    world.draw(drawing(text_file(), qdrant(loader="textFile_0", qdrantCollection=name)), OTHER)
    if filled:
        await world.upload(OTHER, staff="Mia.")
    await world.undraw()
    assert everything(world) == {name: ["Mia."] if filled else []}
    await world.undraw(OTHER)
    assert everything(world) == {name: ["Mia."] if filled else []}
    await settled(world)


async def test_a_name_with_a_variable_may_be_any(world: World) -> None:
    world.draw(SHARED)
    await world.upload(menu="Bread.")
    world.draw(drawing(text_file(), qdrant(loader="textFile_0", qdrantCollection="{{$vars.shelf}}")), OTHER)
    await world.undraw()
    assert list(everything(world).values()) == [[]]


@pytest.mark.parametrize("records", [{}, RECORDED])
async def test_of_a_qdrant_collection_only_the_chats_uploads_go(world: World, records: dict[str, str]) -> None:
    more = [recorder("none")] if records else []
    for flow_id in (FLOW_ID, OTHER):
        world.draw(drawing(text_file(), qdrant(**CHATS, **records), more=more), flow_id)
    await world.upload(menu="Bread.")
    await world.upload(chat_id="c", menu="What Ada sent.")
    await world.upload(OTHER, chat_id="c", menu="What Bob sent.")
    await world.undraw()
    assert everything(world) == {"shelf0": ["Bread.", "What Bob sent."]}
    await settled(world)


async def test_other_workspaces_do_not_count(world: World) -> None:
    world.draw(SHARED)
    world.draw(SHARED, OTHER, workspace_id="another")
    await world.upload(menu="Bread.")
    await world.undraw()
    assert everything(world) == {}


async def test_what_cannot_be_reached_goes_later(world: World) -> None:
    world.draw(SHARED)
    world.draw(SHARED, OTHER)
    await world.upload(menu="Bread.")
    (index,) = world.indexes.values()
    index.fail_deletions = True
    await world.undraw()
    assert world.texts(index.name) == ["Bread."]
    index.fail_deletions = False
    await world.upserter()._removal.clear()
    assert world.texts(index.name) == []
    await settled(world)
