"""Agents through the whole engine: a model of the test says what it wants, tools answer, the result is what clients get."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.flows.nodes.agents import stop_text
from tradewind_server.flows.ports import ChatReply, Message, ToolCall

from fakes.flow_engine import Engine, node, wire

CALCULATED = {"tool": "calculator", "toolInput": {"input": "12 * 3"}, "toolOutput": "36"}


def asks(name: str = "calculator", text: str = "", call_id: str = "call_1", **arguments: Any) -> ChatReply:
    return ChatReply(text, "tool_calls", tool_calls=(ToolCall(call_id, name, arguments),))


def agent(name: str = "toolAgent", *tools: dict[str, Any], **inputs: Any) -> tuple[dict[str, Any], ...]:
    """An agent with Buffer Memory; without tools of its own it has a calculator."""
    tools = tools or (node("calculator"),)
    wires = ["{{" + tool["id"] + ".data.instance}}" for tool in tools]
    return (
        node("chatOpenAI", modelName="m"),
        node("bufferMemory", sessionId="", memoryKey="chat_history"),
        *tools,
        node(name, **{"tools": wires, "memory": wire("bufferMemory"), "model": wire("chatOpenAI"), **inputs}),
    )


def retriever(number: int, name: str, **inputs: Any) -> tuple[dict[str, Any], ...]:
    return (
        node("qdrant", number, embeddings=wire("openAIEmbeddings"), qdrantCollection=name),
        node("retrieverTool", number, name=name, description=f"Knows {name}.", retriever=wire("qdrant", number), **inputs),
    )


async def test_a_tool_is_called_and_its_result_goes_back(engine: Engine) -> None:
    model = engine.model("m", asks(input="12 * 3"), "The answer is 36.")
    result = await engine.ask(engine.put(*agent()), "What is 12 * 3?")
    assert result.text == "The answer is 36."
    assert result.used_tools == [CALCULATED]
    assert (result.source_documents, result.artifacts) == (None, None)
    first, second = model.calls
    assert first.texts == [("system", "You are a helpful AI assistant."), ("user", "What is 12 * 3?")]
    assert [spec.name for spec in first.options.tools] == ["calculator"]
    *before, asked, told = second.messages
    assert before == list(first.messages)
    assert asked == Message("assistant", "", (ToolCall("call_1", "calculator", {"input": "12 * 3"}),))
    assert told == Message("tool", "36", tool_call_id="call_1")


async def test_an_answer_without_tools_is_an_answer(engine: Engine) -> None:
    engine.model("m", "Hello.")
    result = await engine.ask(engine.put(*agent()), "Hi")
    assert (result.text, result.used_tools) == ("Hello.", None)


async def test_the_stream_has_the_order_of_the_contract(engine: Engine) -> None:
    engine.model("m", asks(input="12 * 3"), "The answer is 36.")
    events = await engine.stream(engine.put(*agent()), "What is 12 * 3?")
    assert [event.name for event in events] == ["start", *["token"] * 4, "usedTools", "metadata", "end"]
    assert "".join(event.data for event in events if event.name == "token") == "The answer is 36."
    assert next(event.data for event in events if event.name == "usedTools") == [CALCULATED]


async def test_words_beside_a_call_are_streamed_and_kept_as_they_were_heard(engine: Engine) -> None:
    engine.model("m", asks(text="Let me see.", input="12 * 3"), "It is 36.")
    flow = engine.put(*agent())
    events = await engine.stream(flow, "What is 12 * 3?")
    said = "".join(event.data for event in events if event.name == "token")
    assert said == "Let me see.\n\nIt is 36."
    assert engine.messages.of(flow)[-1].content == said


async def test_words_beside_a_call_are_not_the_answer(engine: Engine) -> None:
    model = engine.model("m", asks(text="Let me see.", input="12 * 3"), "It is 36.")
    result = await engine.ask(engine.put(*agent()), "What is 12 * 3?")
    assert result.text == "It is 36."
    assert model.calls[1].messages[-2].content == "Let me see.", "the model knows what it said"


async def test_several_calls_of_a_step_are_answered_in_their_order(engine: Engine) -> None:
    calls = tuple(ToolCall(f"call_{i}", "calculator", {"input": f"{i} + 1"}) for i in range(3))
    model = engine.model("m", ChatReply("", tool_calls=calls), "Done.")
    result = await engine.ask(engine.put(*agent()), "Count")
    assert [(m.content, m.tool_call_id) for m in model.calls[1].messages[-3:]] == [
        ("1", "call_0"),
        ("2", "call_1"),
        ("3", "call_2"),
    ]
    assert result.used_tools is not None and [one["toolOutput"] for one in result.used_tools] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (asks("sing", input="x"), "There is no tool called sing"),
        (asks(expression="1"), "needs input"),
        (asks(input="one plus one"), "cannot work this out"),
    ],
)
async def test_a_call_that_fails_is_told_to_the_model(engine: Engine, call: ChatReply, told: str) -> None:
    model = engine.model("m", call, "Sorry.")
    result = await engine.ask(engine.put(*agent()), "?")
    assert told in str(model.calls[1].messages[-1].content)
    assert result.text == "Sorry."
    assert result.used_tools is not None
    assert result.used_tools[0]["toolOutput"] == "" and told in result.used_tools[0]["error"]


@pytest.mark.parametrize("streaming", [False, True])
async def test_a_call_that_is_written_into_the_words_is_a_call(engine: Engine, streaming: bool) -> None:
    model = engine.model("m", '{"name": "calculator", "arguments": {"input": "12 * 3"}}', "It is 36.")
    flow = engine.put(*agent())
    if streaming:
        events = await engine.stream(flow, "?")
        assert "".join(event.data for event in events if event.name == "token") == "It is 36."
        assert [CALCULATED] in [event.data for event in events]
    else:
        result = await engine.ask(flow, "?")
        assert (result.text, result.used_tools) == ("It is 36.", [CALCULATED])
    asked, told = model.calls[1].messages[-2:]
    assert asked.content == "" and asked.tool_calls[0].id == told.tool_call_id
    assert told == Message("tool", "36", tool_call_id="call_0")


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize(
    "written",
    [
        '<tool_call>\n{"name": "calculator", "arguments": {"input": "12 * 3"}}\n</tool_call>',
        '[TOOL_CALLS] [{"name": "calculator", "arguments": {"input": "12 * 3"}}]',
        '<function=calculator>{"input": "12 * 3"}</function>',
        '```json\n{"type": "function", "function": {"name": "calculator", "arguments": {"input": "12 * 3"}}}\n```\nIt is 35.',
    ],
)
async def test_a_call_behind_words_is_made_and_only_the_answer_is_said(engine: Engine, streaming: bool, written: str) -> None:
    model = engine.model("m", f"I will calculate that.\n{written}", "It is 36.")
    flow = engine.put(*agent())
    if streaming:
        events = await engine.stream(flow, "?")
        assert "".join(event.data for event in events if event.name == "token") == "It is 36."
        assert [CALCULATED] in [event.data for event in events]
        assert engine.messages.of(flow)[-1].content == "It is 36."
    else:
        result = await engine.ask(flow, "?")
        assert (result.text, result.used_tools) == ("It is 36.", [CALCULATED])
    assert model.calls[1].messages[-2].content == "I will calculate that."


@pytest.mark.parametrize("streaming", [False, True])
async def test_a_long_answer_is_streamed_and_a_call_behind_it_is_not(engine: Engine, streaming: bool) -> None:
    words = "Here is all that I know of it, word by word. " * 10
    engine.model("m", words + '<tool_call>{"name": "calculator", "arguments": {"input": "12 * 3"}}</tool_call>', "It is 36.")
    flow = engine.put(*agent())
    if streaming:
        tokens = [event.data for event in await engine.stream(flow, "?") if event.name == "token"]
        assert "".join(tokens) == f"{words}\n\nIt is 36." and len(tokens) > 20
    else:
        assert (await engine.ask(flow, "?")).text == "It is 36."


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize("mended", [True, False])
async def test_a_call_that_cannot_be_read_is_told_to_the_model_once(engine: Engine, streaming: bool, mended: bool) -> None:
    broken = 'Let me see. <tool_call>{"name": "calculator", "arguments": {"input": "12'
    model = engine.model("m", broken, "It is 36." if mended else broken)
    flow = engine.put(*agent())
    if streaming:
        text = "".join(event.data for event in await engine.stream(flow, "?") if event.name == "token")
    else:
        text = (await engine.ask(flow, "?")).text or ""
    assert text == ("It is 36." if mended else "Let me see.")
    assert len(model.calls) == 2 and "could not be read" in str(model.calls[1].messages[-1].content)


@pytest.mark.parametrize("streaming", [False, True])
async def test_json_that_calls_nothing_is_an_answer(engine: Engine, streaming: bool) -> None:
    answer = '{"name": "Ana", "tons": 120}'
    engine.model("m", answer)
    flow = engine.put(*agent())
    if streaming:
        said = "".join(event.data for event in await engine.stream(flow, "?") if event.name == "token")
    else:
        said = (await engine.ask(flow, "?")).text or ""
    assert said == answer


@pytest.mark.parametrize("streaming", [False, True])
async def test_arguments_that_cannot_be_read_are_asked_for_again(engine: Engine, streaming: bool) -> None:
    unreadable = Unavailable(Reason.OUTPUT_UNPARSABLE, "not a JSON object", tool="calculator")
    model = engine.model("m", unreadable, asks(input="12 * 3"), "It is 36.")
    flow = engine.put(*agent())
    if streaming:
        assert "error" not in [event.name for event in await engine.stream(flow, "?")]
    else:
        assert (await engine.ask(flow, "?")).text == "It is 36."
    assert "needs input" in str(model.calls[1].messages[-1].content)


async def test_other_failures_of_the_model_end_the_run(engine: Engine) -> None:
    engine.model("m", Unavailable(Reason.MODEL_UNAVAILABLE, "away"))
    with pytest.raises(Unavailable) as raised:
        await engine.ask(engine.put(*agent()), "?")
    assert raised.value.reason is Reason.MODEL_UNAVAILABLE


@pytest.mark.parametrize("streaming", [False, True])
async def test_an_agent_that_comes_to_no_end_says_so(engine: Engine, streaming: bool) -> None:
    model = engine.model("m", asks(input="1"))
    flow = engine.put(*agent(maxIterations="2"))
    if streaming:
        said = "".join(event.data for event in await engine.stream(flow, "?") if event.name == "token")
    else:
        said = (await engine.ask(flow, "?")).text or ""
    assert said == stop_text(2) and "2 steps" in said
    assert len(model.calls) == 2


async def test_the_history_of_the_session_and_of_the_caller_is_told(engine: Engine) -> None:
    model = engine.model("m", "One.", "Two.")
    flow = engine.put(*agent(systemMessage="Be brief."))
    await engine.ask(flow, "First", chat_id="c1")
    await engine.ask(flow, "Second", chat_id="c1", history=[{"role": "userMessage", "content": "Before"}])
    assert model.calls[1].texts == [
        ("system", "Be brief."),
        ("user", "Before"),
        ("user", "First"),
        ("assistant", "One."),
        ("user", "Second"),
    ]


async def test_a_prompt_template_stands_instead_of_the_system_message(engine: Engine) -> None:
    model = engine.model("m", "Yes.")
    prompt = node(
        "chatPromptTemplate",
        systemMessagePrompt="You speak {language}.",
        humanMessagePrompt="Q: {input}",
        promptValues='{"language": "Spanish"}',
    )
    flow = engine.put(prompt, *agent(chatPromptTemplate=wire("chatPromptTemplate"), systemMessage="ignored"))
    await engine.ask(flow, "Hola", history=[{"role": "userMessage", "content": "Before"}])
    assert model.calls[0].texts == [("system", "You speak Spanish."), ("user", "Before"), ("user", "Q: Hola")]


@pytest.mark.parametrize("name", ["toolAgent", "conversationalAgent", "openAIToolAgent"])
async def test_escaped_braces_of_a_system_message_are_undone(engine: Engine, name: str) -> None:
    model = engine.model("m", "Yes.")
    await engine.ask(engine.put(*agent(name, systemMessage='Like {{"a": {{"b": 1}}}} or {"a": {"b": 1}}.')), "{{x}}")
    assert str(model.calls[0].messages[0].content).startswith('Like {"a": {"b": 1}} or {"a": {"b": 1}}.')
    assert model.calls[0].messages[-1].content == "{{x}}"


async def test_answers_are_cleaned_whole_and_streamed(engine: Engine) -> None:
    engine.model("m", "<thinking>hm hm</thinking>\nSee ![chart](chart.png) here.")
    flow = engine.put(*agent())
    assert (await engine.ask(flow, "?")).text == "See  here."
    events = await engine.stream(flow, "?")
    assert "".join(event.data for event in events if event.name == "token") == "See  here."


async def test_documents_of_retriever_tools_are_sources(engine: Engine) -> None:
    engine.indexes.hold("The crane lifts 40 tons.", "The pier is long.")
    tools = [*retriever(0, "cranes", returnSourceDocuments=True), *retriever(1, "piers", returnSourceDocuments=False)]
    wires = [wire("retrieverTool", 0), wire("retrieverTool", 1)]
    flow = engine.put(node("openAIEmbeddings", modelName="e"), *agent("toolAgent", *tools, tools=wires))
    calls = (ToolCall("1", "cranes", {"input": "lift"}), ToolCall("2", "piers", {"input": "long"}))
    engine.model("m", ChatReply("", tool_calls=calls), "40 tons.")
    result = await engine.ask(flow, "How much?")
    assert result.source_documents is not None and len(result.source_documents) == 2
    assert result.source_documents[0]["pageContent"] == "The crane lifts 40 tons."
    assert result.used_tools is not None
    assert "sourceDocuments" in result.used_tools[0] and "sourceDocuments" not in result.used_tools[1]
    assert result.used_tools[1]["toolOutput"] == "The crane lifts 40 tons.\n\nThe pier is long."
    engine.model("m", ChatReply("", tool_calls=calls), "40 tons.")
    names = [event.name for event in await engine.stream(flow, "How much?")]
    assert names[-4:] == ["sourceDocuments", "usedTools", "metadata", "end"]


@pytest.mark.parametrize("streaming", [False, True])
async def test_a_tool_that_answers_directly_ends_the_run(engine: Engine, streaming: bool) -> None:
    chain = (
        node("promptTemplate", template="Translate: {text}", promptValues=""),
        node("chatOpenAI", 1, modelName="translator"),
        node("llmChain", model=wire("chatOpenAI", 1), prompt=wire("promptTemplate")),
    )
    tool = node("chainTool", name="translate it", description="Translates.", returnDirect=True, baseChain=wire("llmChain"))
    flow = engine.put(*chain, *agent("toolAgent", tool))
    model = engine.model("m", asks("translate_it", input="viento"))
    translator = engine.model("translator", "wind")
    if streaming:
        events = await engine.stream(flow, "?")
        assert [event.data for event in events if event.name == "token"] == ["wind"]
    else:
        assert (await engine.ask(flow, "?")).text == "wind"
    assert len(model.calls) == 1
    assert translator.calls[0].texts == [("user", "Translate: viento")]
    assert not translator.calls[0].streamed, "a chain inside a tool speaks to the agent, not to the caller"


async def test_an_abort_stops_the_model_in_the_middle_of_a_step(engine: Engine) -> None:
    model = engine.model("m", asks(text="Let me see.", input="1"), "It is 1.")
    model.hold = asyncio.Event()
    flow = engine.put(*agent())
    stream = asyncio.create_task(engine.stream(flow, "?", chat_id="c1"))
    await model.streaming.wait()
    engine.predictor.abort(await engine.admit(flow), "c1")
    names = [event.name for event in await stream]
    assert names[-3:] == ["abort", "metadata", "end"]
    assert model.left.is_set() and len(model.calls) == 1


def test_tools_of_one_name_are_refused(engine: Engine) -> None:
    flow = engine.put(*agent("toolAgent", node("calculator", 0), node("calculator", 1)))
    with pytest.raises(InvalidInput) as raised:
        engine.compiled(flow)
    assert raised.value.reason is Reason.NODE_INPUT_INVALID and "calculator" in raised.value.message


def test_code_in_a_drawing_is_refused_by_name(engine: Engine) -> None:
    flow = engine.put(*agent("toolAgent", node("customRetriever")))
    with pytest.raises(InvalidInput) as raised:
        engine.compiled(flow)
    assert raised.value.reason is Reason.NODE_NOT_SUPPORTED
    assert "customRetriever" in raised.value.message and "JavaScript" in raised.value.message


@pytest.mark.parametrize(
    "name",
    [
        "openAIFunctionAgent",
        "openAIToolAgent",
        "mistralAIToolAgent",
        "conversationalRetrievalAgent",
        "conversationalRetrievalToolAgent",
    ],
)
async def test_older_agents_call_functions_alike(engine: Engine, name: str) -> None:
    engine.model("m", asks(input="12 * 3"), "36")
    result = await engine.ask(engine.put(*agent(name)), "?")
    assert (result.text, result.used_tools) == ("36", [CALCULATED])


def as_json(action: str, given: Any) -> str:
    return "```json\n" + json.dumps({"action": action, "action_input": given}) + "\n```"


def as_react(action: str, given: str) -> str:
    return f"Thought: calculate\nAction: {action}\nAction Input: {given}"


WRITTEN = {
    "conversationalAgent": (as_json("calculator", "12 * 3"), as_json("Final Answer", "It is 36.")),
    "reactAgentChat": (as_react("calculator", "12 * 3"), "Thought: I know\nFinal Answer: It is 36."),
}


@pytest.mark.parametrize("name", WRITTEN)
async def test_steps_that_are_written_down_are_taken(engine: Engine, name: str) -> None:
    model = engine.model("m", *WRITTEN[name])
    result = await engine.ask(engine.put(*agent(name)), "What is 12 * 3?")
    assert (result.text, result.used_tools) == ("It is 36.", [CALCULATED])
    first, second = model.calls
    assert first.options.tools == () and "\nObservation" in first.options.stop
    assert "calculator" in str(first.messages[0].content)
    assert first.messages[-1] == Message("user", "What is 12 * 3?")
    assert second.messages[-2] == Message("assistant", WRITTEN[name][0])
    assert second.messages[-1].role == "user" and "36" in str(second.messages[-1].content)


@pytest.mark.parametrize("name", WRITTEN)
async def test_a_step_that_cannot_be_read_is_asked_for_again(engine: Engine, name: str) -> None:
    model = engine.model("m", "Hm.", *WRITTEN[name])
    assert (await engine.ask(engine.put(*agent(name)), "?")).text == "It is 36."
    assert [message.role for message in model.calls[1].messages][-2:] == ["assistant", "user"]
    assert "could not be read" in str(model.calls[1].messages[-1].content)


@pytest.mark.parametrize("name", WRITTEN)
async def test_words_that_stay_unreadable_are_the_answer(engine: Engine, name: str) -> None:
    model = engine.model("m", "It is simply 36.")
    result = await engine.ask(engine.put(*agent(name)), "?")
    assert result.text == "It is simply 36."
    assert len(model.calls) == 3


@pytest.mark.parametrize("name", WRITTEN)
async def test_a_writing_agent_that_comes_to_no_end_says_so(engine: Engine, name: str) -> None:
    engine.model("m", WRITTEN[name][0])
    result = await engine.ask(engine.put(*agent(name, maxIterations=3)), "?")
    assert result.text == stop_text(3)
    assert result.used_tools == [CALCULATED] * 3


@pytest.mark.parametrize("name", WRITTEN)
async def test_a_writing_agent_does_not_stream(engine: Engine, name: str) -> None:
    """Its steps are not meant for people (docs/contract.md §5.1)."""
    engine.model("m", *WRITTEN[name])
    flow = engine.put(*agent(name))
    prepared = await engine.prepare(flow, "?")
    assert prepared.streams is False


async def test_the_system_message_of_a_conversational_agent_stands_first(engine: Engine) -> None:
    model = engine.model("m", as_json("Final Answer", "Hi."))
    await engine.ask(engine.put(*agent("conversationalAgent", systemMessage="You are a pirate.")), "?")
    assert str(model.calls[0].messages[0].content).startswith("You are a pirate.\n\n")


@pytest.mark.parametrize("name", ["reactAgentLLM", "xmlAgent"])
async def test_older_agents_write_their_steps_as_the_react_agent_does(engine: Engine, name: str) -> None:
    engine.model("m", "Action: calculator\nAction Input: 6*7", "Final Answer: 42")
    flow = engine.put(
        node("chatOpenAI", modelName="m"),
        node("calculator"),
        node(name, tools=[wire("calculator")], model=wire("chatOpenAI"), systemMessage="Use <tool>{tools}</tool>"),
    )
    assert (await engine.ask(flow, "What is 6*7?")).text == "42"
    assert "<tool>" not in str(engine.model("m").calls[0].messages)
