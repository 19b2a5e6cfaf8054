"""Output parsers: the answer comes as JSON, is mended once where the node says so, and is never half right."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, Unavailable
from tradewind_server.flows.ports import PLAIN_CALL, CallOptions, ChatReply, Message

from fakes.flow_engine import Engine, FakeChatModel, node, wire

ROWS = [
    {"property": "answer", "type": "string", "description": "The answer"},
    {"property": "score", "type": "number", "description": ""},
    {"property": "sure", "type": "boolean"},
]


def parsed(parser: str, template: str = "About {topic}:", **inputs: Any) -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI", modelName="m"),
        node("promptTemplate", template=template),
        node(parser, **inputs),
        node("llmChain", model=wire("chatOpenAI"), prompt=wire("promptTemplate"), outputParser=wire(parser)),
    )


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        ("red, green, blue", ["red", "green", "blue"]),
        (' red ,"a, b",, ', ["red", "a, b"]),
        ("- red\n- green\n3. blue", ["red", "green", "blue"]),
        ("red,\ngreen", ["red", "green"]),
        ("red", ["red"]),
    ],
)
async def test_a_list_with_commas(engine: Engine, answer: str, items: list[str]) -> None:
    engine.model("m", answer)
    result = await engine.ask(engine.put(*parsed("csvOutputParser")), "colours")
    assert (result.json, result.text) == (items, None)
    (call,) = engine.model("m").calls
    assert str(call.messages[-1].content).startswith("About colours:\n\nAnswer with a list")
    assert call.options == PLAIN_CALL


async def test_a_list_of_a_length_with_another_separator(engine: Engine) -> None:
    engine.model("m", "red; green", "red; green; blue")
    nodes = parsed("customListOutputParser", length="3", separator=";", autofixParser=True)
    assert (await engine.ask(engine.put(*nodes), "colours")).json == ["red", "green", "blue"]
    mend = str(engine.model("m").calls[1].messages[-1].content)
    assert "2 items instead of 3" in mend and "red; green" in mend and "separated by `;`" in mend


async def test_an_object_of_named_properties(engine: Engine) -> None:
    engine.model("m", 'Sure! ```json\n{"answer": "blue", "score": "0.5", "sure": true, "more": 1}\n```')
    flow = engine.put(*parsed("structuredOutputParser", jsonStructure=json.dumps(ROWS)))
    result = await engine.ask(flow, "the sky")
    assert result.json == {"answer": "blue", "score": 0.5, "sure": True}
    schema = engine.model("m").calls[0].options.json_schema
    assert schema and schema["required"] == ["answer", "score", "sure"]
    assert schema["properties"]["answer"] == {"type": "string", "description": "The answer"}
    assert json.dumps(schema, ensure_ascii=False) in str(engine.model("m").calls[0].messages[-1].content)


async def test_a_zod_schema(engine: Engine) -> None:
    engine.model("m", '{"title": "Jaws", "genres": ["Thriller"]}')
    source = 'z.object({ title: z.string(), genres: z.array(z.enum(["Thriller", "Comedy"])).max(2) })'
    result = await engine.ask(engine.put(*parsed("advancedStructuredOutputParser", exampleJson=source)), "sharks")
    assert result.json == {"title": "Jaws", "genres": ["Thriller"]}


@pytest.mark.parametrize("parser", ["structuredOutputParser", "advancedStructuredOutputParser"])
@pytest.mark.parametrize(
    "answer",
    [
        '{"message": "a", "status": "b",}',
        "<think>{}</think>{'message': 'a', 'status': 'b'}",
        '[1]\n```json\n{"message": "a", // so\n "status": "b"}\n```',
    ],
)
async def test_an_answer_with_the_mistakes_of_models_is_read_at_once(engine: Engine, parser: str, answer: str) -> None:
    engine.model("m", answer)
    rows = [{"property": "message", "type": "string"}, {"property": "status", "type": "string"}]
    zod = "z.object({ message: z.string(), status: z.string() })"
    result = await engine.ask(engine.put(*parsed(parser, jsonStructure=rows, exampleJson=zod)), "the sky")
    assert result.json == {"message": "a", "status": "b"}
    assert len(engine.model("m").calls) == 1


async def test_half_a_character_in_an_answer_becomes_the_sign_for_what_is_lost(engine: Engine) -> None:
    engine.model("m", '{"answer": "a \\ud83d cut", "score": 1, "sure": true}')
    flow = engine.put(*parsed("structuredOutputParser", jsonStructure=ROWS))
    assert (await engine.ask(flow, "?")).json["answer"] == "a \ufffd cut"


async def test_the_answer_is_stored_as_a_block_of_json(engine: Engine) -> None:
    engine.model("m", "red, green")
    flow = engine.put(*parsed("csvOutputParser"))
    await engine.ask(flow, "colours")
    assert engine.messages.of(flow)[-1].content == '```json\n[\n  "red",\n  "green"\n]\n```'


async def test_instructions_stand_behind_the_human_message_of_a_chat_prompt(engine: Engine) -> None:
    engine.model("m", "a, b")
    flow = engine.put(
        node("chatOpenAI", modelName="m"),
        node("chatPromptTemplate", systemMessagePrompt="You list.", humanMessagePrompt="List {input}"),
        node("csvOutputParser"),
        node("llmChain", model=wire("chatOpenAI"), prompt=wire("chatPromptTemplate"), outputParser=wire("csvOutputParser")),
    )
    await engine.ask(flow, "letters")
    system, human = engine.model("m").calls[0].messages
    assert (system.role, system.content) == ("system", "You list.")
    assert str(human.content).startswith("List letters\n\n")


@pytest.mark.parametrize(
    ("parser", "inputs", "answer", "instructions"),
    [
        ("structuredOutputParser", {"jsonStructure": ROWS[:1]}, '{"answer": "a"}', '{"type": "object"'),
        ("csvOutputParser", {}, "a, b", "separated by"),
    ],
)
async def test_a_prompt_places_the_instructions_itself(
    engine: Engine, parser: str, inputs: dict[str, Any], answer: str, instructions: str
) -> None:
    engine.model("m", answer)
    template = "Write a title.\n\n{input}\n\n{format_instructions}\n\nBe brief."
    await engine.ask(engine.put(*parsed(parser, template, **inputs)), "MYQUESTION")
    sent = str(engine.model("m").calls[0].messages[-1].content)
    assert sent.startswith("Write a title.\n\nMYQUESTION\n\n") and sent.endswith("\n\nBe brief.")
    assert sent.count(instructions) == 1 and "{format_instructions}" not in sent


async def test_the_question_never_stands_in_the_place_of_the_instructions(engine: Engine) -> None:
    engine.model("m", "a, b")
    await engine.ask(engine.put(*parsed("csvOutputParser", "List colours. {format_instructions}")), "MYQUESTION")
    sent = str(engine.model("m").calls[0].messages[-1].content)
    assert "MYQUESTION" not in sent and "separated by" in sent
    alone = engine.put(
        node("chatOpenAI", modelName="m"),
        node("promptTemplate", template="Say {format_instructions}"),
        node("llmChain", model=wire("chatOpenAI"), prompt=wire("promptTemplate")),
    )
    with pytest.raises(InvalidInput, match="has no output parser"):
        await engine.ask(alone, "MYQUESTION")


@pytest.mark.parametrize("autofix", [True, "true", False])
async def test_the_model_mends_its_answer_once(engine: Engine, autofix: Any) -> None:
    engine.model("m", '{"answer": "blue"}', '{"answer": "blue", "score": 1, "sure": false}')
    flow = engine.put(*parsed("structuredOutputParser", jsonStructure=ROWS, autofixParser=autofix))
    assert (await engine.ask(flow, "the sky")).json == {"answer": "blue", "score": 1, "sure": False}
    mend = engine.model("m").calls[1]
    assert "the answer has no score" in str(mend.messages[0].content)
    assert mend.options.json_schema


@pytest.mark.parametrize("autofix", [False, True])
async def test_an_answer_that_cannot_be_read_is_an_error_and_nothing_is_stored(engine: Engine, autofix: bool) -> None:
    engine.model("m", "I would rather not.")
    flow = engine.put(*parsed("structuredOutputParser", jsonStructure=ROWS, autofixParser=autofix))
    with pytest.raises(Unavailable, match="the answer holds no JSON") as error:
        await engine.ask(flow, "the sky")
    assert error.value.reason is Reason.OUTPUT_UNPARSABLE
    assert len(engine.model("m").calls) == 2, "the model is told once what was wrong"
    assert engine.messages.rows == []


class RefusesSchemas(FakeChatModel):
    async def complete(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> ChatReply:
        reply = await super().complete(messages, options)
        if options.json_schema is not None:
            raise FailedPrecondition(Reason.MODEL_REFUSED, "response_format is not supported.")
        return reply


async def test_an_endpoint_that_takes_no_schema_is_asked_without_one(engine: Engine) -> None:
    engine.models.by_name["m"] = RefusesSchemas("m", '{"answer": "blue", "score": 1, "sure": false}')
    flow = engine.put(*parsed("structuredOutputParser", jsonStructure=ROWS))
    assert (await engine.ask(flow, "the sky")).json["answer"] == "blue"
    assert [call.options.json_schema is None for call in engine.model("m").calls] == [False, True]


@pytest.mark.parametrize(
    ("parser", "inputs", "told"),
    [
        ("structuredOutputParser", {"jsonStructure": ""}, "jsonStructure"),
        ("structuredOutputParser", {"jsonStructure": "{"}, "jsonStructure"),
        ("structuredOutputParser", {"jsonStructure": [{"property": "a", "type": "date"}]}, "string, number or boolean"),
        ("structuredOutputParser", {"jsonStructure": [{"type": "string"}]}, "jsonStructure"),
        ("structuredOutputParser", {"jsonStructure": ["a"]}, "jsonStructure"),
        ("advancedStructuredOutputParser", {"exampleJson": "z.object()"}, "exampleJson"),
        ("advancedStructuredOutputParser", {"exampleJson": "z.string().refine(x => x)"}, r"\.refine\(\)"),
        ("customListOutputParser", {"length": "many"}, "length"),
    ],
)
async def test_a_parser_that_cannot_be_built_is_refused_with_its_input(
    engine: Engine, parser: str, inputs: dict[str, Any], told: str
) -> None:
    flow = engine.put(*parsed(parser, **inputs))
    with pytest.raises(InvalidInput, match=told) as error:
        await engine.ask(flow, "x")
    assert error.value.reason is Reason.NODE_INPUT_INVALID
    assert f"({parser}_0)" in error.value.message


async def test_a_flow_with_a_parser_does_not_stream(engine: Engine) -> None:

    flow = engine.put(*parsed("csvOutputParser"))
    prepared = await engine.prepare(flow, "x")
    assert prepared.streams is False
