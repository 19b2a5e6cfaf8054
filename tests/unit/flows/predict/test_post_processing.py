"""The owner's function that changes answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason

from fakes.flow_engine import Engine, node, wire


def conversation() -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI", modelName="m"),
        node("bufferMemory", sessionId="", memoryKey="chat_history"),
        node("conversationChain", model=wire("chatOpenAI"), memory=wire("bufferMemory")),
    )


def put(engine: Engine, code: str = "f", **more: Any) -> str:
    return engine.put(*conversation(), chatbot_config={"postProcessing": {"enabled": True, "customFunction": code, **more}})


@pytest.mark.parametrize("code", ["f", json.dumps("f")])
async def test_the_answer_is_stored_and_sent_as_the_function_returns_it(engine: Engine, code: str) -> None:
    engine.javascript.functions["f"] = lambda values: values["$flow"]["rawOutput"].upper()
    flow = put(engine, code)
    result = await engine.ask(flow, "Hi")
    assert result.text == "ANSWER OF M."
    assert [row.content for row in engine.messages.of(flow)] == ["Hi", "ANSWER OF M."]


async def test_the_function_sees_the_conversation(engine: Engine) -> None:
    seen = []
    engine.javascript.functions["f"] = lambda values: seen.append(values) or values["$flow"]["rawOutput"]
    flow = put(engine)
    for question in ("one", "two"):
        await engine.ask(flow, question, chat_id="c-1")
    assert seen[1]["$input"] == "two" and seen[1]["$flow"]["chatId"] == "c-1"
    assert [one["content"] for one in seen[1]["$flow"]["chatHistory"]] == ["one", "Answer of m."]


@pytest.mark.parametrize(("result", "text"), [({"a": 1}, '```json\n{\n  "a": 1\n}\n```'), (5, "5"), (None, "")])
async def test_what_is_no_text_becomes_some(engine: Engine, result: Any, text: str) -> None:
    engine.javascript.functions["f"] = lambda values: result
    assert (await engine.ask(put(engine), "Hi")).text == text


async def test_an_answer_that_cannot_be_processed_is_not_sent(engine: Engine) -> None:
    def fails(values: Any) -> Any:
        raise FailedPrecondition(Reason.JAVASCRIPT_FAILED, "It threw.")

    engine.javascript.functions["f"] = fails
    flow = put(engine)
    with pytest.raises(FailedPrecondition):
        await engine.ask(flow, "Hi")
    assert engine.messages.of(flow) == []


async def test_without_javascript_the_call_is_refused_before_a_model_is_asked(engine: Engine) -> None:
    engine.javascript.is_off = True
    with pytest.raises(InvalidInput, match="post-processing") as caught:
        await engine.ask(put(engine), "Hi")
    assert caught.value.reason is Reason.JAVASCRIPT_OFF and engine.model("m").calls == []


async def test_without_a_function_nothing_is_processed(engine: Engine) -> None:
    engine.javascript.is_off = True
    flow = engine.put(*conversation(), chatbot_config={"postProcessing": {"enabled": True}})
    assert (await engine.ask(flow, "Hi")).text == "Answer of m."
