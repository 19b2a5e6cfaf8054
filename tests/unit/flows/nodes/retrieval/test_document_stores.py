"""Nodes that read document stores."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
from tradewind_server.documents.ports import Document, LoadContext
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.flows.components import VectorStore
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs

STORE = "4203978e-6109-460f-8ceb-9df363c3d8ab"


class Shelf:
    """Stores by id, and what was asked of them."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def vector_store(self, workspace_id: str, store_id: str) -> VectorStore:
        self.asked.append((workspace_id, store_id))
        if store_id != STORE:
            raise NotFound(Reason.DOCUMENT_STORE_NOT_FOUND, "no")
        return cast(VectorStore, self)

    async def search(self, question: str, filters: Any, turn: Any, limit: int | None) -> list[tuple[float, Document]]:
        return [(1.0, Document(f"{question} {limit}"))]

    async def chunks(self, workspace_id: str, store_id: str) -> AsyncIterator[list[Document]]:
        await self.vector_store(workspace_id, store_id)
        yield [Document("a")]
        yield [Document("b")]


def built(name: str, shelf: Shelf | None, selection: str = STORE) -> Any:
    any_part = cast(Any, None)
    context = BuildContext("w", "flow", any_part, any_part, any_part, document_stores=shelf)
    node = Node(f"{name}_0", name, "Store", "", {"selectedStore": selection})
    node_type = builtin_registry().type_of(node)
    return node_type.build(NodeInputs(node, node.inputs), context)


@pytest.mark.parametrize("selection", [STORE, f"{STORE.upper()}:Guide"])
async def test_questions_go_to_the_store_of_the_chatflows_workspace(selection: str) -> None:
    shelf = Shelf()
    store = built("documentStoreVS", shelf, selection)
    assert isinstance(store, VectorStore)
    assert [one.content for one in await store.retrieve("when?")] == ["when? None"]
    assert [one.content for one in await store.retrieve("when?", limit=2)] == ["when? 2"]
    assert shelf.asked == [("w", STORE)] * 2


async def test_a_loader_yields_the_chunks() -> None:
    source = built("documentStore", Shelf())
    pages = [[one.content for one in page] async for page in source.load(LoadContext("w", "flow"))]
    assert pages == [["a"], ["b"]]


async def test_a_store_that_is_not_here_is_named_with_the_node() -> None:
    other = "11111111-2222-4333-8444-555555555555"
    with pytest.raises(InvalidInput, match="is not here") as caught:
        await built("documentStoreVS", Shelf(), other).retrieve("when?")
    assert caught.value.metadata == {"node": "documentStoreVS_0", "input": "selectedStore"}
    with pytest.raises(InvalidInput, match="is not here"):
        [page async for page in built("documentStore", Shelf(), other).load(LoadContext("w", "flow"))]


@pytest.mark.parametrize("name", ["documentStore", "documentStoreVS"])
def test_a_node_without_a_store_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="selectedStore"):
        built(name, Shelf(), "")
    with pytest.raises(InvalidInput, match="selectedStore"):
        built(name, None)
