"""Which drawings stream (docs/contract.md §5.1): the matrix that clients rely on before they ask."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.chatflows.config import read_config
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.compile.streaming import is_streamable
from tradewind_server.flows.drawing import parse_flow
from tradewind_server.flows.nodes.registry import builtin_registry

from fakes.flow_engine import Engine, drawing, node, wire

REGISTRY = builtin_registry()
STREAMING_MODELS = {
    "Chat Models": (
        "azureChatOpenAI", "chatOpenAI", "chatOpenAI_LlamaIndex", "chatOpenAICustom", "chatAnthropic",
        "chatAnthropic_LlamaIndex", "chatOllama", "chatOllama_LlamaIndex", "awsChatBedrock", "chatMistralAI",
        "chatMistral_LlamaIndex", "chatAlibabaTongyi", "groqChat", "chatGroq_LlamaIndex", "chatCohere",
        "chatGoogleGenerativeAI", "chatTogetherAI", "chatTogetherAI_LlamaIndex", "chatFireworks", "ChatSambanova",
        "chatBaiduWenxin", "chatCometAPI",
    ),
    "LLMs": ("azureOpenAI", "openAI", "ollama"),
}  # fmt: skip
"""Models that the canvas streams although their saved node has no switch for it."""
STREAMING_AGENTS = (
    "csvAgent", "airtableAgent", "toolAgent", "conversationalRetrievalToolAgent", "openAIToolAgentLlamaIndex",
    "openAIAssistant",
)  # fmt: skip
STREAMING_ENGINES = ("contextChatEngine", "simpleChatEngine", "queryEngine", "subQuestionQueryEngine")
MODEL = node("chatOpenAI", streaming=True)


def model(name: str, category: str = "Chat Models", number: int = 0, **inputs: Any) -> dict[str, Any]:
    return node(name, number, _category=category, **inputs)


def ending(name: str, category: str, source: str = "chatOpenAI", **data: Any) -> dict[str, Any]:
    return node(name, _category=category, model=wire(source), **data)


def streams(engine: Engine, *nodes: dict[str, Any], **columns: Any) -> bool:
    chatflow = engine.chatflows.flows[engine.put(*nodes, **columns)]
    return is_streamable(chatflow, read_config(chatflow), parse_flow(chatflow.flow_data), REGISTRY)


CHAIN = ending("conversationChain", "Chains")


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"streaming": True}, True),
        ({"streaming": "true"}, True),
        ({}, True),
        ({"streaming": ""}, True),
        ({"streaming": None}, True),
        ({"streaming": False}, False),
        ({"streaming": "false"}, False),
    ],
)
def test_the_models_own_switch_decides(engine: Engine, inputs: dict[str, Any], expected: bool) -> None:
    assert streams(engine, node("chatOpenAI", **inputs), CHAIN) is expected


@pytest.mark.parametrize("category", list(STREAMING_MODELS))
def test_without_a_switch_only_models_on_the_list_stream(engine: Engine, category: str) -> None:
    for name in STREAMING_MODELS[category]:
        assert streams(engine, model(name, category), ending("llmChain", "Chains", name))
    assert not streams(engine, model("chatLocalAI", category), ending("llmChain", "Chains", "chatLocalAI"))
    assert streams(engine, model("chatLocalAI", category, streaming=True), ending("llmChain", "Chains", "chatLocalAI"))


@pytest.mark.parametrize("category", list(STREAMING_MODELS))
def test_no_other_model_that_runs_here_streams_without_a_switch(category: str) -> None:
    models = {one.name for one in REGISTRY.types() if one.category == category}
    assert {one.name for one in REGISTRY.types() if one.category == category and one.streams} == models & {
        *STREAMING_MODELS[category]
    }


def test_every_model_of_the_drawing_counts(engine: Engine) -> None:
    silent = node("chatOpenAI", 1, streaming=False)
    assert not streams(engine, MODEL, silent, CHAIN)
    assert streams(engine, MODEL, node("chatOpenAI", 1), CHAIN)
    assert not streams(engine, node("bufferMemory"), node("conversationChain", memory=wire("bufferMemory")))


@pytest.mark.parametrize(
    ("name", "category", "expected"),
    [
        ("llmChain", "Chains", True),
        ("conversationalRetrievalQAChain", "Chains", True),
        ("sqlDatabaseChain", "Chains", True),
        ("openApiChain", "Chains", False),
        ("vectaraQAChain", "Chains", False),
        *((name, "Agents", True) for name in sorted(STREAMING_AGENTS)),
        ("conversationalAgent", "Agents", False),
        ("reactAgentChat", "Agents", False),
        *((name, "Engine", True) for name in sorted(STREAMING_ENGINES)),
        ("otherEngine", "Engine", False),
        ("supervisor", "Multi Agents", True),
        ("seqEnd", "Sequential Agents", True),
    ],
)
def test_the_ending_node_decides(engine: Engine, name: str, category: str, expected: bool) -> None:
    assert streams(engine, MODEL, ending(name, category)) is expected


def test_agents_of_several_stream_whatever_their_models_do(engine: Engine) -> None:
    assert streams(engine, node("chatOpenAI", streaming=False), ending("supervisor", "Multi Agents"))


def test_the_last_of_several_endings_decides(engine: Engine) -> None:
    agent = ending("conversationalAgent", "Agents")
    assert streams(engine, MODEL, agent, CHAIN)
    assert not streams(engine, MODEL, CHAIN, agent)


def test_a_function_at_the_end_does_not_stream(engine: Engine) -> None:
    function = ending("customFunction", "Utilities", _outputs={"output": "EndingNode"})
    assert not streams(engine, MODEL, function)
    assert not streams(engine, MODEL, function, CHAIN)


@pytest.mark.parametrize("category", ["Output Parser", "Output Parsers"])
def test_an_output_parser_anywhere_stops_streaming(engine: Engine, category: str) -> None:
    assert not streams(engine, MODEL, node("csvOutputParser", _category=category), CHAIN)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"postProcessing": {"enabled": True, "customFunction": "return $flow.rawOutput"}}, False),
        ({"postProcessing": {"enabled": False}}, True),
        ({"postProcessing": {"enabled": "true"}}, True),
        ({"postProcessing": []}, True),
        ({"welcomeMessage": '"postProcessing"'}, True),
        ('{"postProcessing"', True),
        ('["postProcessing"]', True),
    ],
)
def test_post_processing_needs_the_whole_answer(engine: Engine, config: Any, expected: bool) -> None:
    assert streams(engine, MODEL, CHAIN, chatbot_config=config) is expected


def test_an_agent_flow_streams(engine: Engine) -> None:
    start = node("startAgentflow", _category="Agent Flows")
    assert streams(engine, start, type="AGENTFLOW")


def test_a_drawing_without_an_end_has_no_answer_to_the_question(engine: Engine) -> None:
    with pytest.raises(InvalidInput):
        streams(engine, MODEL)
    assert drawing(MODEL)
