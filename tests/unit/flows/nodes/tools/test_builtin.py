"""Tools that need nothing from outside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.documents.ports import Document
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Answer, Tool, ToolResult, Turn
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import NodeInputs
from tradewind_server.flows.ports import ChatReply, ToolCall

from fakes.flow_engine import Engine, node, wire

TURN = Turn("w", "f", "c", "s", "the person's question", images=[{"type": "image_url"}])


def build(engine: Engine, name: str, components: dict[str, Any] | None = None, /, **inputs: Any) -> Any:
    drawn = Node(f"{name}_0", name, "My Tool", "Tools", inputs)
    context = engine.context_of(engine.chatflows.flows[engine.put()])
    return builtin_registry().type_of(drawn).build(NodeInputs(drawn, inputs, components or {}), context)


async def called(tool: Any, **arguments: Any) -> ToolResult:
    assert isinstance(tool, Tool)
    return await tool.call(arguments, TURN)


async def test_the_clock_tells_the_time_of_the_server(engine: Engine) -> None:
    tool = build(engine, "currentDateTime")
    assert (tool.spec.name, tool.spec.parameters["properties"]) == ("current_date_time", {})
    told = json.loads((await called(tool)).text)
    assert told == {
        "date": "2025-01-01",
        "time": told["time"],
        "day": "Wednesday",
        "timezone": "UTC",
        "timezoneOffset": "+00:00",
        "iso8601": f"2025-01-01T{told['time']}.000Z",
        "unix_timestamp": told["unix_timestamp"],
    }
    assert told["unix_timestamp"] // 3600 == 1735732800 // 3600


def store(engine: Engine, **inputs: Any) -> Any:
    embedder = build(engine, "openAIEmbeddings", modelName="e")
    drawn = {"embeddings": wire("openAIEmbeddings"), "qdrantCollection": "docs", **inputs}
    return build(engine, "qdrant", {"openAIEmbeddings_0": embedder}, **drawn)


def retriever(engine: Engine, found: Any = None, **inputs: Any) -> Any:
    drawn = {"name": "handbook", "description": "Knows the harbour.", "retriever": wire("qdrant"), **inputs}
    return build(engine, "retrieverTool", {"qdrant_0": found or store(engine)}, **drawn)


async def test_a_retriever_finds_documents(engine: Engine) -> None:
    engine.indexes.hold("one", "two")
    tool = retriever(engine, returnSourceDocuments=True)
    assert (tool.spec.name, tool.spec.description) == ("handbook", "Knows the harbour.")
    result = await called(tool, input="tide")
    assert result.text == "one\n\ntwo"
    assert result.source_documents == [
        Document("one", {"source": "0.txt"}, "chunk-0"),
        Document("two", {"source": "1.txt"}, "chunk-1"),
    ]


async def test_a_retriever_keeps_its_sources_to_itself_unless_told(engine: Engine) -> None:
    engine.indexes.hold("one")
    assert (await called(retriever(engine), input="tide")).source_documents == ()


async def test_a_retriever_says_when_it_finds_nothing(engine: Engine) -> None:
    result = await called(retriever(engine), input="tide")
    assert (result.text, result.error) == ("Nothing was found.", None)


@pytest.mark.parametrize(
    ("given", "condition"),
    [
        ('{"source": "a.txt"}', {"must": [{"key": "metadata.source", "match": {"value": "a.txt"}}]}),
        (
            {"page": [1, 2]},
            {"must": [{"should": [{"key": "metadata.page", "match": {"value": one}} for one in (1, 2)]}]},
        ),
        ({"must": [{"key": "x", "match": {"value": 1}}]}, {"must": [{"key": "x", "match": {"value": 1}}]}),
        ("", None),
        ("{}", None),
        (
            '{"doc": {"$in": ["one", "six"]}}',
            {
                "must": [
                    {
                        "should": [
                            {"key": "metadata.doc", "match": {"value": "one"}},
                            {"key": "metadata.doc", "match": {"value": "six"}},
                        ]
                    }
                ]
            },
        ),
        ({"n": {"$gte": 3}}, {"must": [{"key": "metadata.n", "range": {"gte": 3}}]}),
        ({"n": {"$ne": 3}}, {"must": [{"must_not": [{"key": "metadata.n", "match": {"value": 3}}]}]}),
        ({"a": {"b": True}}, {"must": [{"must": [{"key": "metadata.a.b", "match": {"value": True}}]}]}),
        (
            {"$or": [{"a": 1}, {"b": 1.5}]},
            {
                "must": [
                    {
                        "should": [
                            {"must": [{"key": "metadata.a", "match": {"value": 1}}]},
                            {"must": [{"key": "metadata.b", "range": {"gte": 1.5, "lte": 1.5}}]},
                        ]
                    }
                ]
            },
        ),
    ],
)
async def test_a_filter_narrows_what_is_found(engine: Engine, given: Any, condition: Any) -> None:
    engine.indexes.hold("one")
    await called(retriever(engine, retrieverToolMetadataFilter=given), input="tide")
    assert engine.indexes.searches[0][2] == condition


async def test_a_filter_stands_beside_that_of_the_store(engine: Engine) -> None:
    own = {"must": [{"key": "metadata.lang", "match": {"value": "es"}}]}
    tool = retriever(engine, store(engine, qdrantFilter=own), retrieverToolMetadataFilter={"source": "a.txt"})
    await called(tool, input="tide")
    sought = json.dumps(engine.indexes.searches[0][2])
    assert '"metadata.lang"' in sought and '"metadata.source"' in sought


@pytest.mark.parametrize(
    ("given", "name"),
    [("search the handbook", "search_the_handbook"), ("Buch über Häfen!", "Buch_ber_H_fen"), ("x" * 99, "x" * 64)],
)
def test_names_are_made_fit_for_models(engine: Engine, given: str, name: str) -> None:
    assert retriever(engine, name=given).spec.name == name


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"name": ""}, "name"),
        ({"name": "¿?"}, "name"),
        ({"description": " "}, "description"),
        ({"retriever": ""}, "retriever"),
        ({"retrieverToolMetadataFilter": "[1]"}, "retrieverToolMetadataFilter"),
        ({"retrieverToolMetadataFilter": '{"a": {"$near": 1}}'}, "retrieverToolMetadataFilter"),
        ({"retrieverToolMetadataFilter": "[" * 5000}, "retrieverToolMetadataFilter"),
    ],
)
def test_what_a_retriever_lacks_is_named(engine: Engine, wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        retriever(engine, **wrong)
    assert raised.value.reason is Reason.NODE_INPUT_INVALID
    assert f"The input {named} of the node My Tool" in raised.value.message


class FakeChain:
    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.turns: list[Turn] = []

    async def run(self, turn: Turn) -> Answer:
        self.turns.append(turn)
        return self.answer


async def test_a_chain_is_asked_what_the_model_asks(engine: Engine) -> None:
    chain = FakeChain(Answer("said", source_documents=[Document("d")], artifacts=[{"type": "png"}]))
    tool = build(engine, "chainTool", {"x_0": chain}, name="qa", description="d", baseChain=wire("x"), returnDirect=True)
    assert tool.return_direct is True
    result = await called(tool, input="narrower question")
    assert (result.text, result.source_documents, result.artifacts) == ("said", [Document("d")], [{"type": "png"}])
    [turn] = chain.turns
    assert (turn.question, turn.session_id, turn.images, turn.sink) == ("narrower question", "s", (), None)


async def test_a_chain_that_answers_in_json_is_told_as_json(engine: Engine) -> None:
    tool = build(engine, "chainTool", {"x_0": FakeChain(Answer("", json={"a": "ñ"}))}, name="qa", baseChain=wire("x"))
    assert (await called(tool, input="?")).text == '{"a": "ñ"}'


@pytest.mark.parametrize(
    "given",
    [
        '{"chatId": "{{$flow.chatId}}"}',
        '{"chatId": "$flow.chatId"}',
        '{"chatId": $flow.chatId}',
        {"chatId": "$flow.chatId"},
        '{"chatId": "$vars.chat"}',
    ],
)
async def test_a_filter_may_hold_tokens_of_the_call(engine: Engine, given: Any) -> None:
    engine.indexes.hold("mine")
    engine.variables.set(chat="chat-7")
    engine.model("m", ChatReply("", tool_calls=(ToolCall("1", "notes", {"input": "tide"}),)), "Done.")
    flow = engine.put(
        node("chatOpenAI", modelName="m"),
        node("openAIEmbeddings", modelName="e"),
        node("qdrant", embeddings=wire("openAIEmbeddings"), qdrantCollection="docs"),
        node(
            "retrieverTool",
            name="notes",
            description="Notes of this chat.",
            retriever=wire("qdrant"),
            retrieverToolMetadataFilter=given,
        ),
        node("toolAgent", tools=[wire("retrieverTool")], model=wire("chatOpenAI"), memory=""),
    )
    await engine.ask(flow, "?", chat_id="chat-7")
    assert engine.indexes.searches[0][2] == {"must": [{"key": "metadata.chatId", "match": {"value": "chat-7"}}]}
