"""Tokens in the inputs of nodes: filled for each call, as text and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.compile.tokens import CallValues, fill_inputs, tokens_of
from tradewind_server.flows.components import Turn
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.llm.templates import parse_prompt
from tradewind_server.flows.nodes.spec import Input, NodeType
from tradewind_server.flows.ports import Message

from fakes.flow_engine import Engine, conversation, node, retrieval, wire

TYPE = NodeType(
    "thing",
    "Thing",
    "Things",
    (
        Input("text"),
        Input("prompt", "template"),
        Input("json", "json"),
        Input("filter", "json", asks=True),
        Input("late", "json", late=True),
        Input("file", "file"),
        Input("model", "node"),
    ),
    lambda inputs, context: None,
)
TURN = Turn(
    "w", "flow-1", "chat-1", "session-1", 'say "hi"\n', message_id="answer-1",
    variables={"city": "Paris", "odd": 'a "b" {c} {{question}}', "count": "5", "empty": ""}, file_attachment="DOC",
)  # fmt: skip
VALUES = CallValues(TURN, [Message("user", "Hi"), Message("assistant", "Hello")], frozenset({"city"}))


def filled(given: frozenset[str] = frozenset(), params: tuple[dict[str, Any], ...] = (), **inputs: Any) -> Any:
    thing = Node("thing_0", "thing", "Thing", "Things", inputs, input_params=params)
    (value,) = fill_inputs(thing, TYPE, VALUES, given).values()
    return value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in {{$vars.city}} and {{ $vars.city }}", "in Paris and Paris"),
        ("{{$flow.chatId}} {{$flow.sessionId}} {{$flow.chatflowId}}", "chat-1 session-1 flow-1"),
        ("{{$flow.apiMessageId}}", "answer-1"),
        ("[{{$vars.empty}}]", "[]"),
        ("{{$vars.odd}}", 'a "b" {c} {{question}}'),
        (
            "{{$vars.nobody}} {{$flow.nobody}} {{nobody}} {$vars.city}",
            "{{$vars.nobody}} {{$flow.nobody}} {{nobody}} {$vars.city}",
        ),
        ("{{question}}", "{{question}}"),
    ],
)
def test_any_text_takes_variables_and_what_is_known_of_the_call(text: str, value: str) -> None:
    assert filled(text=text) == value


def test_an_input_that_nobody_declared_is_a_text() -> None:
    assert filled(other="{{$vars.city}}") == "Paris"
    assert filled(other="{{question}}") == "{{question}}"


def test_a_drawing_says_itself_which_inputs_take_the_question() -> None:
    params = ({"name": "text", "acceptVariable": True},)
    assert filled(params=params, text="{{question}}|{{file_attachment}}|{{chat_history}}") == (
        'say "hi"\n|DOC|Human: Hi\nAssistant: Hello'
    )


def test_a_value_names_no_variable_of_a_prompt() -> None:
    prompt = parse_prompt(filled(prompt='Of {{$vars.odd}} tell {x}, {"a": "{{$vars.odd}}"}.'))
    assert prompt.variables == ("x",)
    assert prompt.fill({"x": "y"}) == 'Of a "b" {c} {{question}} tell y, {"a": "a "b" {c} {{question}}"}.'


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": "{{$vars.odd}}"}', {"a": 'a "b" {c} {{question}}'}),
        ('{"{{$vars.city}}": ["{{$vars.city}}", 1]}', {"Paris": ["Paris", 1]}),
        ('{"n": {{$vars.count}}}', {"n": 5}),
        ('{"n": {{$vars.odd}}, "s": "x {{$vars.odd}}"}', {"n": 'a "b" {c} {{question}}', "s": 'x a "b" {c} {{question}}'}),
        (r'{"q": "\"{{$vars.city}}", "n": {{$vars.city}}}', {"q": '"Paris', "n": "Paris"}),
        ({"a": [{"b": "{{$vars.city}}"}]}, {"a": [{"b": "Paris"}]}),
    ],
)
def test_json_stays_json(text: Any, value: Any) -> None:
    found = filled(json=text)
    assert (json.loads(found) if isinstance(found, str) else found) == value


def test_filters_take_the_question() -> None:
    found = filled(filter='{"must": [{"key": "q", "match": {"value": "{{question}}"}}], "h": "{{$flow.chatHistory}}"}')
    assert found["must"][0]["match"]["value"] == 'say "hi"\n'
    assert json.loads(found["h"]) == [{"role": "userMessage", "content": "Hi"}, {"role": "apiMessage", "content": "Hello"}]


def test_some_components_fill_the_question_themselves() -> None:
    assert filled(late='{"a": "{{question}} {{$vars.city}}"}') == {"a": "{{question}} Paris"}


@pytest.mark.parametrize("name", ["file", "model"])
def test_files_and_wires_hold_no_tokens(name: str) -> None:
    thing = Node("thing_0", "thing", "Thing", "Things", {name: "{{$vars.city}}"})
    assert tokens_of(thing, TYPE) == frozenset()
    assert filled(**{name: "{{$vars.city}}"}) == "{{$vars.city}}"


def test_texts_of_a_caller_use_opened_variables_only() -> None:
    assert filled(frozenset({"text"}), text="{{$vars.city}} {{$vars.count}}") == "Paris {{$vars.count}}"
    assert filled(frozenset({"json"}), json='{"a": "{{$vars.count}}"}') == {"a": "{{$vars.count}}"}


def test_the_tokens_of_a_node_are_known_before_a_call() -> None:
    inputs = {
        "text": "{{$vars.city}} {{question}} {{other_0.data.instance}}",
        "filter": {"a": ["{{question}}"]},
        "late": "{{question}}",
        "file": "{{$flow.chatId}}",
    }
    assert tokens_of(Node("thing_0", "thing", "Thing", "Things", inputs), TYPE) == {"$vars.city", "question"}


async def test_a_flow_without_tokens_is_built_once(engine: Engine) -> None:
    flow = engine.put(*conversation(systemMessagePrompt="Answer {{question}} briefly."))
    compiled = engine.compiled(flow)
    for question in ("one", "two"):
        await engine.ask(flow, question)
    assert compiled.plan.tokens == {}
    assert engine.variables.reads == 0
    assert engine.model("m").calls[1].messages[0].content == "Answer two briefly."


async def test_each_call_builds_only_what_its_tokens_touch(engine: Engine) -> None:
    engine.indexes.hold("one")
    nodes = {one["id"]: one for one in retrieval()}
    wanted = [{"key": "q", "match": {"value": "{{question}}"}}, {"key": "c", "match": {"value": "{{$flow.chatId}}"}}]
    nodes["qdrant_0"]["data"]["inputs"]["qdrantFilter"] = json.dumps({"must": wanted})
    flow = engine.put(*nodes.values())
    compiled = engine.compiled(flow)
    assert set(compiled.components) == {"chatOpenAI_0", "openAIEmbeddings_0"}
    for question in ('the "first"', "the second"):
        await engine.ask(flow, question, chat_id="c-1")
    values = [[one["match"]["value"] for one in filters["must"]] for _, _, filters in engine.indexes.searches if filters]
    assert values == [['the "first"', "c-1"], ["the second", "c-1"]]


async def test_variables_of_the_workspace_reach_every_node(engine: Engine) -> None:
    engine.variables.set(city="Paris", model="m", warm="0.3")
    engine.variables.set("other workspace", city="Rome")
    flow = engine.put(
        node("chatOpenAI", modelName="{{$vars.model}}", temperature="{{$vars.warm}}"),
        node("promptTemplate", template="Of {{$vars.city}} tell {thing}."),
        node("llmChain", model=wire("chatOpenAI"), prompt=wire("promptTemplate")),
    )
    await engine.ask(flow, "the weather")
    assert engine.model("m").calls[0].texts == [("user", "Of Paris tell the weather.")]
    assert dict(engine.models.specs[-1].parameters) == {"temperature": 0.3}
    engine.variables.set(city="Nice")
    await engine.ask(flow, "the weather")
    assert engine.model("m").calls[1].texts == [("user", "Of Nice tell the weather.")]


async def test_a_filled_input_is_still_checked(engine: Engine) -> None:
    engine.variables.set(warm="very")
    flow = engine.put(
        node("chatOpenAI", temperature="{{$vars.warm}}", _label="My Model"), node("conversationChain", model=wire("chatOpenAI"))
    )
    with pytest.raises(InvalidInput, match=r"temperature of the node My Model \(chatOpenAI_0\) must be a number"):
        await engine.ask(flow, "Hi")


async def test_history_tokens_read_the_memory_of_the_flow(engine: Engine) -> None:
    engine.indexes.hold("one")
    nodes = {one["id"]: one for one in (*retrieval(memory=wire("bufferMemory")), node("bufferMemory"))}
    nodes["qdrant_0"]["data"]["inputs"]["qdrantFilter"] = '{"must": [{"key": "h", "match": {"value": "{{chat_history}}"}}]}'
    flow = engine.put(*nodes.values())
    await engine.ask(flow, "first", chat_id="c")
    await engine.ask(flow, "second", chat_id="c", history=[{"role": "userMessage", "content": "before"}])
    filters = engine.indexes.searches[-1][2]
    assert filters and filters["must"][0]["match"]["value"] == "Human: before\nHuman: first\nAssistant: Answer of m."
