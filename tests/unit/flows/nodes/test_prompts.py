"""Prompt nodes, and answers of chains that stand in other prompts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason

from fakes.flow_engine import Engine, node, wire

MODEL = node("chatOpenAI", modelName="m")


def llm(prompt: dict[str, Any], *more: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    return (MODEL, prompt, *more, node("llmChain", model=wire("chatOpenAI"), prompt=wire(prompt["data"]["name"])))


def values(**fixed: Any) -> str:
    return json.dumps(fixed)


@pytest.mark.parametrize(
    ("template", "fixed", "sent"),
    [
        ("Name a {product}.", "", "Name a sock."),
        ("Name a {product}.", values(product="{{question}}"), "Name a sock."),
        ("Name a {product}.", {"product": "shoe"}, "Name a shoe."),
        ("A {adjective} {product}.", values(adjective="red"), "A red sock."),
        ("A {adjective} {product}.", values(adjective="{product}"), "A {product} sock."),
        ("Nothing open.", "", "Nothing open."),
        ("{a} {b} {c}", values(a=7, b=True, c={"d": ["é", None]}), '7 true {"d": ["é", null]}'),
        ("{a}", values(a="{{question}} and {{nobody}}"), "sock and {{nobody}}"),
    ],
)
async def test_a_template_is_filled(engine: Engine, template: str, fixed: Any, sent: str) -> None:
    await engine.ask(engine.put(*llm(node("promptTemplate", template=template, promptValues=fixed))), "sock")
    assert engine.model("m").calls[0].texts == [("user", sent)]


async def test_two_open_variables_are_named(engine: Engine) -> None:
    flow = engine.put(*llm(node("promptTemplate", template="{a} {b} {c}", promptValues=values(b="x"))))
    with pytest.raises(InvalidInput, match="Please provide Prompt Values for: a, c"):
        await engine.ask(flow, "x")


async def test_a_chat_prompt_has_two_messages(engine: Engine) -> None:
    prompt = node("chatPromptTemplate", systemMessagePrompt="To {language}.", humanMessagePrompt="{text}", promptValues=values(
        language="French"
    ))  # fmt: skip
    await engine.ask(engine.put(*llm(prompt)), "Hello {there}")
    assert engine.model("m").calls[0].texts == [("system", "To French."), ("user", "Hello {there}")]


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        (node("promptTemplate", template=""), "template"),
        (node("promptTemplate", template="{a}", promptValues="{"), "promptValues"),
        (node("promptTemplate", template="{a}", promptValues="[1]"), "promptValues"),
        (node("chatPromptTemplate", systemMessagePrompt="", humanMessagePrompt=""), "humanMessagePrompt"),
        (node("chatPromptTemplate", humanMessagePrompt="{a}", messageHistoryCode="return []"), "never runs"),
    ],
)
async def test_a_prompt_that_cannot_be_built_is_refused(engine: Engine, prompt: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidInput, match=told) as error:
        await engine.ask(engine.put(*llm(prompt)), "x")
    assert error.value.reason is Reason.NODE_INPUT_INVALID


def chained(*, outputs: str = "outputPrediction") -> tuple[dict[str, Any], ...]:
    """A first chain whose answer goes into the prompt of a second, as in the Prompt Chaining template."""
    return (
        node("chatOpenAI", 0, modelName="writer"),
        node("promptTemplate", 0, template="Write code that {objective}."),
        node("llmChain", 0, model=wire("chatOpenAI"), prompt=wire("promptTemplate"), _outputs={"output": outputs}),
        node("chatOpenAI", 1, modelName="m"),
        node(
            "promptTemplate", 1, template="Time of {code}\nfor {task}",
            promptValues=values(code=f"[{wire('llmChain')}] {wire('llmChain')}", task="{{question}}"),
        ),
        node("llmChain", 1, model=wire("chatOpenAI", 1), prompt=wire("promptTemplate", 1), _outputs={"output": "llmChain"}),
    )  # fmt: skip


async def test_the_answer_of_one_chain_stands_in_the_prompt_of_the_next(engine: Engine) -> None:
    engine.model("writer", 'for {x} in "y": {{question}}', "another")
    flow = engine.put(*chained())
    result = await engine.ask(flow, "sorts")
    assert engine.model("writer").calls[0].texts == [("user", "Write code that sorts.")]
    code = 'for {x} in "y": {{question}}'
    assert engine.model("m").calls[0].texts == [("user", f"Time of [{code}] {code}\nfor sorts")]
    assert len(engine.model("writer").calls) == 1
    assert result.text == "Answer of m."
    await engine.ask(flow, "adds")
    assert "another" in str(engine.model("m").calls[1].texts)


async def test_only_the_last_chain_streams(engine: Engine) -> None:
    engine.model("writer", "secret draft")
    events = await engine.stream(engine.put(*chained()), "sorts")
    assert "".join(event.data for event in events if event.name == "token") == "Answer of m."
    assert [call.streamed for call in engine.model("writer").calls] == [False]


async def test_a_chain_that_two_prompts_need_is_asked_once(engine: Engine) -> None:
    def link(number: int, source: int) -> tuple[dict[str, Any], ...]:
        prompt = node("promptTemplate", number, template="{a}", promptValues=values(a=wire("llmChain", source)))
        chain = node("llmChain", number, model=wire("chatOpenAI"), prompt=wire("promptTemplate", number))
        return prompt, chain

    first = (
        node("promptTemplate", 0, template="{q}"),
        node("llmChain", 0, model=wire("chatOpenAI"), prompt=wire("promptTemplate")),
    )
    both = values(a=wire("llmChain", 1), b=wire("llmChain", 2))
    end = (
        node("promptTemplate", 3, template="{a} {b}", promptValues=both),
        node("llmChain", 3, model=wire("chatOpenAI"), prompt=wire("promptTemplate", 3)),
    )
    await engine.ask(engine.put(MODEL, *first, *link(1, 0), *link(2, 0), *end), "x")
    assert len(engine.model("m").calls) == 4


async def test_a_parsed_answer_goes_on_as_json(engine: Engine) -> None:
    engine.model("writer", "a, b")
    nodes = {one["id"]: one for one in chained()}
    nodes["llmChain_0"]["data"]["inputs"]["outputParser"] = wire("csvOutputParser")
    await engine.ask(engine.put(node("csvOutputParser"), *nodes.values()), "sorts")
    assert 'Time of [["a","b"]]' in str(engine.model("m").calls[0].texts)


@pytest.mark.parametrize(
    ("fixed", "told"),
    [
        (values(a=wire("bufferMemory")), "bufferMemory_0 yields none"),
        (values(a=[wire("bufferMemory")]), "not inside a list"),
    ],
)
async def test_other_nodes_make_no_text(engine: Engine, fixed: str, told: str) -> None:
    prompt = node("promptTemplate", template="{a}", promptValues=fixed)
    with pytest.raises(InvalidInput, match=told):
        await engine.ask(engine.put(node("bufferMemory"), *llm(prompt)), "x")


def few_shot(**inputs: Any) -> tuple[dict[str, Any], ...]:
    pattern = node("promptTemplate", template="Q: {word}\nA: {opposite}")
    shots = node("fewShotPromptTemplate", **{"examplePrompt": wire("promptTemplate"), "exampleSeparator": "\n\n", **inputs})
    chain = node("llmChain", model=wire("chatOpenAI"), prompt=wire("fewShotPromptTemplate"))
    return (MODEL, pattern, shots, chain)


async def test_examples_stand_between_prefix_and_suffix(engine: Engine) -> None:
    examples = [{"word": "tall", "opposite": "{short}"}, {"word": "happy", "opposite": 5}]
    nodes = few_shot(examples=json.dumps(examples), prefix="Opposites.", suffix="Q: {input}\nA:", templateFormat="f-string")
    await engine.ask(engine.put(*nodes), "big")
    text = "Opposites.\n\nQ: tall\nA: {short}\n\nQ: happy\nA: 5\n\nQ: big\nA:"
    assert engine.model("m").calls[0].texts == [("user", text)]


@pytest.mark.parametrize(
    ("inputs", "wrong"),
    [
        ({"examples": "{}"}, "examples"),
        ({"examples": "[1]"}, "examples"),
        ({"examples": '[{"word": "tall"}]'}, "examples"),
        ({"examples": "["}, "examples"),
        ({"examples": json.dumps([{"word": "a", "opposite": "b"}] * 201)}, "examples"),
        ({"templateFormat": "jinja-2"}, "templateFormat"),
        ({"examplePrompt": ""}, "examplePrompt"),
    ],
)
async def test_examples_that_cannot_be_shown_are_named(engine: Engine, inputs: dict[str, Any], wrong: str) -> None:
    with pytest.raises(InvalidInput, match=f"The input {wrong} "):
        await engine.ask(engine.put(*few_shot(**{"suffix": "{input}", **inputs})), "big")
