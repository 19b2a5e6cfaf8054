"""Document stores: the Retriever node, and what agents know."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.documents.ports import Document
from tradewind_server.errors import InvalidInput, NotFound, Reason, TradewindError
from tradewind_server.flows.components import EmbedderHandle, VectorStore
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.ports import ChatReply, EmbedderSpec, ToolCall
from tradewind_server.flows.vector_ports import CollectionSpec

from fakes.agentflow import AgentWorld, agent, reply, start


class Stores:
    """The port ``StoredDocuments``: two stores, which find what the world's index holds, one chunk and two."""

    def __init__(self, context: BuildContext) -> None:
        self._context = context

    async def vector_store(self, workspace_id: str, store_id: str) -> VectorStore:
        if store_id not in ("one", "two"):
            raise NotFound(Reason.DOCUMENT_STORE_NOT_FOUND, "no such store")
        embedder = EmbedderHandle(self._context.models, workspace_id, EmbedderSpec("", "e"))
        collection = CollectionSpec(workspace_id, "stores", store_id)
        return VectorStore("n", store_id, collection, embedder, self._context.indexes, top_k=1 if store_id == "one" else 2)

    async def chunks(self, workspace_id: str, store_id: str) -> AsyncIterator[list[Document]]:
        yield []


class StoreWorld(AgentWorld):
    def context_of(self, chatflow: Chatflow) -> BuildContext:
        context = super().context_of(chatflow)
        return replace(context, document_stores=Stores(context))


@pytest.fixture
def world() -> StoreWorld:
    world = StoreWorld()
    world.indexes.hold("Berlin", "Paris")
    return world


def looks_up(world: AgentWorld, *stores: str, **inputs: Any) -> str:
    chosen = [{"documentStore": one} for one in stores]
    node = agent("retrieverAgentflow", retrieverKnowledgeDocumentStores=chosen, **inputs)
    return world.draw(
        start(),
        node,
        reply("{{ retrieverAgentflow_0 }}"),
        wires=["startAgentflow_0 > retrieverAgentflow_0 > directReplyAgentflow_0"],
    )


async def test_the_documents_of_all_stores_in_their_order(world: StoreWorld) -> None:
    flow = looks_up(world, "two:Towns", "", "one:Other")
    result = await world.ask(flow, "where")
    assert result.text == "Berlin\nParis\nBerlin"
    assert result.trace is not None
    assert result.trace[1]["data"]["input"] == {"question": "where"}
    assert [one["pageContent"] for one in result.trace[1]["data"]["output"]["sourceDocuments"]] == ["Berlin", "Paris", "Berlin"]
    assert world.indexes.vectors[0][0] == len("where")


async def test_documents_with_their_metadata_and_a_query_of_the_drawing(world: StoreWorld) -> None:
    flow = looks_up(world, "one:Towns", retrieverQuery="<p>town: {{ question }}</p>", outputFormat="textWithMetadata")
    text = str((await world.ask(flow, "where")).text)
    assert json.loads(text) == [{"pageContent": "Berlin", "metadata": {"source": "0.txt"}, "id": "chunk-0"}]
    assert world.indexes.vectors[0][0] == len("town: where")


@pytest.mark.parametrize(
    ("stores", "question", "words"),
    [
        ([], "where", "must be a list of document stores; choose one"),
        (["one:Towns"], "", "There is nothing to look up"),
        (["gone:Towns"], "where", "The document store gone of the node .* is not here; choose another"),
    ],
)
async def test_what_a_retriever_lacks(world: StoreWorld, stores: list[str], question: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=f"Error in Retriever node: .*{words}"):
        await world.ask(looks_up(world, *stores), question)


def knows(world: AgentWorld, *stores: str) -> str:
    chosen = [
        {"documentStore": one, "docStoreDescription": "About {{ question }}", "returnSourceDocuments": True} for one in stores
    ]
    node = agent(
        "agentAgentflow", agentModel="chatOpenAI", agentModelConfig={"modelName": "m"}, agentKnowledgeDocumentStores=chosen
    )
    return world.draw(start(), node, wires=["startAgentflow_0 > agentAgentflow_0"])


async def test_an_agent_looks_things_up_in_stores(world: StoreWorld) -> None:
    model = world.model("m", ChatReply("", tool_calls=(ToolCall("c", "big_towns", {"input": "x"}),)), "Done.")
    result = await world.ask(knows(world, "one:Big Towns", "two:Ünï"), "towns")
    assert [(one.name, one.description) for one in model.calls[0].options.tools] == [
        ("big_towns", "About towns"),
        ("n", "About towns"),
    ]
    assert [one["pageContent"] for one in result.source_documents or ()] == ["Berlin"]


async def test_a_store_that_is_gone_is_told_to_the_agent_once(world: StoreWorld) -> None:
    call = ChatReply("", tool_calls=(ToolCall("c", "towns", {"input": "x"}),))
    model = world.model("m", call, call)
    with pytest.raises(TradewindError, match="The tool towns failed again: The document store gone"):
        await world.ask(knows(world, "gone:Towns"), "towns")
    assert "is not here" in str(model.calls[1].messages[-1].content)
