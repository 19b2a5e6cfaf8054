"""One chatflow asks another: the same rules, its own conversation, and no way in a circle."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.flows.ports import ChatReply, ToolCall
from tradewind_server.flows.predict.subflows import MOST_DEPTH

from fakes.flow_engine import Engine, node, wire


def expert(engine: Engine, *, prompt: str = "Be exact.", **columns: Any) -> str:
    """A flow to be asked, with a memory of its own."""
    return engine.put(
        node("chatOpenAI", modelName="expert"),
        node("bufferMemory", sessionId=""),
        node("conversationChain", model=wire("chatOpenAI"), memory=wire("bufferMemory"), systemMessagePrompt=prompt),
        **columns,
    )


def asking(engine: Engine, other: str, /, **inputs: Any) -> str:
    """A flow whose agent asks ``other``."""
    drawn = {"selectedChatflow": other, "name": "ask expert", "description": "Knows.", **inputs}
    return engine.put(
        node("chatOpenAI", modelName="m"),
        node("ChatflowTool", **drawn),
        node("toolAgent", tools=[wire("ChatflowTool")], model=wire("chatOpenAI"), memory=""),
    )


def asks(engine: Engine, question: str | None = "How deep?", times: int = 1) -> None:
    arguments = {"input": question} if question is not None else {}
    call = ChatReply("", tool_calls=(ToolCall("1", "ask_expert", arguments),))
    engine.model("m", *[call, "Nine metres."] * times)


async def test_another_chatflow_is_asked(engine: Engine) -> None:
    other = expert(engine)
    model = engine.model("expert", "9 m")
    asks(engine)
    result = await engine.ask(asking(engine, other), "How deep is the harbour?")
    assert result.text == "Nine metres."
    assert result.used_tools == [{"tool": "ask_expert", "toolInput": {"input": "How deep?"}, "toolOutput": "9 m"}]
    assert model.calls[0].texts == [("system", "Be exact."), ("user", "How deep?")]
    assert not model.calls[0].streamed


async def test_its_turn_is_stored_with_it_and_goes_on_in_the_same_chat(engine: Engine) -> None:
    other = expert(engine)
    model = engine.model("expert", "9 m", "10 m")
    asks(engine, times=2)
    flow = asking(engine, other)
    for question in ("First?", "Second?"):
        await engine.ask(flow, question, chat_id="c1")
    assert [(row.role, row.content, row.chat_id, row.chat_type) for row in engine.messages.of(other)][:2] == [
        ("userMessage", "How deep?", "c1", "INTERNAL"),
        ("apiMessage", "9 m", "c1", "INTERNAL"),
    ]
    assert ("assistant", "9 m") in model.calls[1].texts


async def test_each_question_may_begin_a_conversation(engine: Engine) -> None:
    other = expert(engine)
    model = engine.model("expert", "9 m", "10 m")
    asks(engine, times=2)
    flow = asking(engine, other, startNewSessionPerMessage=True)
    for question in ("First?", "Second?"):
        await engine.ask(flow, question, chat_id="c1")
    assert len(model.calls[1].texts) == 2
    assert len({row.chat_id for row in engine.messages.of(other)} - {"c1"}) == 2


async def test_the_persons_question_or_a_fixed_one_may_be_asked(engine: Engine) -> None:
    other = expert(engine)
    model = engine.model("expert", "9 m")
    asks(engine, None)
    await engine.ask(asking(engine, other, useQuestionFromChat=True), "How deep is it?")
    asks(engine, None)
    await engine.ask(asking(engine, other, customInput="Tell the depth."), "?")
    assert [call.texts[-1][1] for call in model.calls] == ["How deep is it?", "Tell the depth."]
    assert engine.model("m").calls[0].options.tools[0].parameters["properties"] == {}


async def test_overrides_pass_through_the_other_flows_own_list(engine: Engine) -> None:
    opened = {
        "overrideConfig": {"status": True, "nodes": {"Conversation Chain": [{"name": "systemMessagePrompt", "enabled": True}]}}
    }
    open_flow, closed_flow = expert(engine, api_config=opened), expert(engine)
    model = engine.model("expert", "9 m")
    for other in (open_flow, closed_flow):
        asks(engine)
        await engine.ask(asking(engine, other, overrideConfig='{"systemMessagePrompt": "Be brief."}'), "?")
    assert [call.texts[0][1] for call in model.calls] == ["Be brief.", "Be exact."]


async def test_a_flow_with_a_key_of_its_own_is_asked_by_its_owner(engine: Engine) -> None:
    engine.model("expert", "9 m")
    asks(engine)
    assert (await engine.ask(asking(engine, expert(engine, apikeyid="key-1")), "?")).text == "Nine metres."


@pytest.mark.parametrize("kind", ["foreign", "missing", "no id"])
async def test_a_flow_that_is_not_there_is_told_to_the_model(engine: Engine, kind: str) -> None:
    other = {
        "foreign": expert(engine, workspace_id="another"),
        "missing": "11111111-1111-4111-8111-111111111111",
        "no id": "handbook",
    }[kind]
    asks(engine)
    result = await engine.ask(asking(engine, other), "?")
    assert result.used_tools is not None and "hatflow" in result.used_tools[0]["error"]
    assert not engine.messages.of(other)


async def test_a_flow_that_asks_itself_is_stopped(engine: Engine) -> None:
    flow = asking(engine, "00000000-0000-4000-9000-000000000001")
    assert flow.endswith("000000000001"), "the first id of the engine"
    asks(engine)
    result = await engine.ask(flow, "?")
    assert result.used_tools is not None and "itself" in result.used_tools[0]["error"]


async def test_flows_stand_inside_each_other_only_so_deep(engine: Engine) -> None:
    flow = expert(engine)
    engine.model("expert", "9 m")
    for _ in range(MOST_DEPTH + 1):
        flow = asking(engine, flow)
    call = ChatReply("", tool_calls=(ToolCall("1", "ask_expert", {"input": "?"}),))
    model = engine.model("m", *[call] * (MOST_DEPTH + 1), *["Done."] * (MOST_DEPTH + 2))
    await engine.ask(flow, "?")
    told = [str(call.messages[-1].content) for call in model.calls if call.messages[-1].role == "tool"]
    assert any("stand inside each other" in text for text in told)
