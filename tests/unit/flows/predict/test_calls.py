"""Whose conversation a call belongs to (docs/contract.md §4.2)."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.errors import InvalidInput

from fakes.flow_engine import Engine, conversation, node, wire


def remembering(session_id: str = "") -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI", modelName="m"),
        node("bufferMemory", sessionId=session_id),
        node("conversationChain", model=wire("chatOpenAI"), memory=wire("bufferMemory")),
    )


@pytest.mark.parametrize(
    ("chat_id", "override", "drawn", "chat", "session"),
    [
        ("c", "s", "drawn", "c", "s"),
        ("c", None, "drawn", "c", "c"),
        (None, "s", "drawn", "s", "s"),
        (None, None, "drawn", None, "drawn"),
        (None, None, "", None, None),
        ("", "", "", None, None),
        (None, "", "", None, None),
    ],
)
async def test_the_session_is_the_callers_then_the_canvas_s_then_new(
    engine: Engine, chat_id: Any, override: Any, drawn: str, chat: str | None, session: str | None
) -> None:
    flow = engine.put(*remembering(drawn))
    result = await engine.ask(flow, "Hi", chat_id=chat_id, override_config={"sessionId": override})
    assert result.chat_id == chat or (chat is None and len(result.chat_id) == 36)
    assert result.session_id == (session if session is not None else result.chat_id)
    assert {(row.chat_id, row.session_id) for row in engine.messages.of(flow)} == {(result.chat_id, result.session_id)}


async def test_a_conversation_without_an_id_gets_a_new_one_each_time(engine: Engine) -> None:
    flow = engine.put(*remembering())
    first, second = [await engine.ask(flow, "Hi") for _ in range(2)]
    assert first.chat_id != second.chat_id
    assert engine.messages.reads == 0
    assert len(engine.model("m").calls[1].messages) == 2


@pytest.mark.parametrize("value", [7, True, {"a": "b"}, ["s"], "x" * 256])
async def test_a_session_id_must_be_a_text(engine: Engine, value: Any) -> None:
    flow = engine.put(*remembering())
    with pytest.raises(InvalidInput, match="sessionId"):
        await engine.ask(flow, "Hi", override_config={"sessionId": value})
    assert engine.messages.rows == []


async def test_a_drawn_session_may_hold_variables(engine: Engine) -> None:
    engine.variables.set(team="north")
    flow = engine.put(*remembering("team-{{$vars.team}}"))
    for _ in range(2):
        assert (await engine.ask(flow, "Hi")).session_id == "team-north"
    assert len(engine.model("m").calls[1].messages) == 4
    assert (await engine.ask(flow, "Hi", chat_id="c")).session_id == "c"


async def test_a_drawn_session_may_be_the_chat_s(engine: Engine) -> None:
    flow = engine.put(*remembering("{{$flow.chatId}}"))
    result = await engine.ask(flow, "Hi")
    assert result.session_id == result.chat_id


async def test_sessions_of_one_flow_and_flows_of_one_session_do_not_meet(engine: Engine) -> None:
    one, other = engine.put(*conversation()), engine.put(*conversation())
    await engine.ask(one, "my name is Bob", chat_id="a")
    await engine.ask(one, "hello", chat_id="b")
    await engine.ask(other, "hello", chat_id="a")
    foreign = engine.put(*conversation(), workspace_id="another workspace")
    await engine.ask(foreign, "hello", chat_id="a")
    for call in engine.model("m").calls[1:]:
        assert "Bob" not in str(call.texts)
    await engine.ask(one, "who am I?", chat_id="a")
    assert "Bob" in str(engine.model("m").calls[-1].texts)
