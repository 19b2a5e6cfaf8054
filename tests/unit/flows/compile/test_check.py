"""The check of a drawing: everything that keeps it from running, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.errors import TradewindError
from tradewind_server.flows.compile.check import check_flow, without_adapters
from tradewind_server.flows.drawing import Node, parse_flow
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import NodeInputs

from fakes.flow_engine import conversation, drawing, node, retrieval, wire

REGISTRY = builtin_registry()
MODEL = node("chatOpenAI", modelName="m")
EXAMPLES = Path(__file__).parents[4] / "examples" / "flows"
ODD: tuple[Any, ...] = (
    7,
    -1.5,
    True,
    "x",
    "{",
    "[]",
    "{{$vars.a}}",
    "{{gone_0.data.instance}}",
    [],
    [1],
    {},
    {"a": [None]},
    [[]],
)


def problems(*nodes: Any, **variables: str) -> list[str]:
    return [one.sentence for one in check_flow(parse_flow(drawing(*nodes)), REGISTRY, variables)]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_examples_will_run(path: Path) -> None:
    assert check_flow(parse_flow(path.read_text()), REGISTRY, {}) == []


def test_inputs_that_wait_for_a_call_are_no_problem() -> None:
    store = node("qdrant", embeddings=wire("openAIEmbeddings"), qdrantCollection="{{$vars.place}}", topK="{{$vars.many}}")
    chain = node("conversationalRetrievalQAChain", model=wire("chatOpenAI"), vectorStoreRetriever=wire("qdrant"))
    assert problems(MODEL, node("openAIEmbeddings"), store, chain) == []
    assert problems(*conversation(systemMessagePrompt="{{question}} {{$flow.sessionId}}")) == []


@pytest.mark.parametrize(
    ("nodes", "told"),
    [
        (
            (*conversation()[1:2], node("conversationChain", model="", memory=wire("bufferMemory"))),
            ["model.*must be wired to a node of the kind chat model"],
        ),
        ((MODEL, node("llmChain", model=wire("chatOpenAI"))), ["prompt.*of the kind prompt"]),
        ((node("bufferMemory"), node("conversationChain", model=wire("bufferMemory"))), ["of the kind chat model"]),
        (
            (*retrieval()[:1], node("qdrant", qdrantCollection="c"), retrieval()[3]),
            [r"embeddings of the node Qdrant \(qdrant_0\) must be wired to a node of the kind embeddings"],
        ),
        (
            (node("chatOpenAI", temperature="warm"), *conversation(systemMessagePrompt="x", memory=wire("mem0"))[2:]),
            [r"refers to mem0_0, which is not", "temperature.*must be a number"],
        ),
        ((MODEL,), ["ending node must be a chain"]),
        ((node("openAIEmbeddings"), *retrieval()[2:3]), ["takes upserts only"]),
        (
            (*retrieval(), node("textFile", txtFile="", textSplitter=wire("bufferMemory"))),
            [],
        ),
        (
            (
                MODEL,
                node("customTool", selectedTool="4d723d69-e854-4351-90c0-6385ce908213"),
                node("toolAgent", model=wire("chatOpenAI"), tools=[wire("customTool")], maxIterations=-1),
            ),
            ["holds JavaScript, which does not run here"],
        ),
        (
            (
                node("promptTemplate", 0, template="x", promptValues=wire("llmChain")),
                node("llmChain", model=wire("chatOpenAI"), prompt=wire("promptTemplate")),
                MODEL,
                node("conversationChain", model=wire("chatOpenAI"), chatPromptTemplate=wire("promptTemplate")),
            ),
            ["runs in a circle"],
        ),
    ],
)
def test_each_thing_that_will_not_run_is_said_once(nodes: tuple[Any, ...], told: list[str]) -> None:
    found = problems(*nodes)
    assert len(found) == len(told), found
    assert all(any(re.search(pattern, one) for one in found) for pattern in told), found


@pytest.mark.parametrize(
    ("template", "values", "told"),
    [
        ("{question}", "", None),
        ("{a} {b}", '{"a": "1"}', None),
        ("{a} {b}", "", "Please provide Prompt Values for: a, b"),
        ("{format_instructions} {a}", "", "no output parser"),
    ],
)
def test_names_that_nothing_fills_are_found(template: str, values: str, told: str | None) -> None:
    prompt = node("promptTemplate", template=template, promptValues=values)
    chain = node("llmChain", model=wire("chatOpenAI"), prompt=wire("promptTemplate"))
    found = problems(MODEL, prompt, chain)
    assert len(found) == (told is not None)
    assert all(str(told) in one and "LLM Chain (llmChain_0)" in one for one in found)


def test_loaders_of_a_store_are_built_too() -> None:
    loader = node("jsonFile", jsonFile="", metadata="[", textSplitter=wire("characterTextSplitter"))
    splitter = node("characterTextSplitter", chunkSize="many")
    parts = {one["id"]: one for one in retrieval()}
    parts["qdrant_0"]["data"]["inputs"]["document"] = [wire("jsonFile")]
    (sentence,) = problems(splitter, loader, *parts.values())
    assert "chunkSize" in sentence and "Character Text Splitter (characterTextSplitter_0)" in sentence


def test_two_stores_that_take_files_of_a_chat_are_one_too_many() -> None:
    stores = [node("qdrant", n, embeddings=wire("openAIEmbeddings"), qdrantCollection="c", fileUpload=True) for n in range(2)]
    found = problems(node("openAIEmbeddings"), *stores, *conversation())
    assert [one for one in found if "Only one vector store" in one]


@pytest.mark.parametrize("one", REGISTRY.types(), ids=lambda one: str(one.name))
def test_no_value_of_an_input_breaks_the_building(one: Any) -> None:
    for declared in one.inputs:
        for value in ODD:
            built = Node(f"{one.name}_0", one.name, one.label, one.category, {declared.name: value})
            try:
                one.build(NodeInputs(built, built.inputs), without_adapters())
            except TradewindError as error:
                assert one.label in error.message, error.message
