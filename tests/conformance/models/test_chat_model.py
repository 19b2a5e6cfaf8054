"""What every adapter of the port ``ChatModel`` does, whatever its endpoint speaks."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any

import pytest
from conformance.models.dialects import KEY, Bench
from tradewind_server.errors import (
    DeadlineExceeded,
    FailedPrecondition,
    InvalidInput,
    Reason,
    ResourceExhausted,
    TradewindError,
    Unavailable,
)
from tradewind_server.flows.ports import PLAIN_CALL, CallOptions, ChatDelta, ChatModel, Message, ToolCall, ToolSpec

ASK = [Message("system", "Be brief."), Message("user", "Hola, ¿qué tal?")]
ADD = ToolSpec("add", "Adds.", {"type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "string"}}})
TOOLS = CallOptions(tools=(ADD,))
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"], "additionalProperties": False}


async def streamed(model: ChatModel, messages: Sequence[Message] = ASK, options: CallOptions = PLAIN_CALL) -> list[ChatDelta]:
    async with aclosing(model.stream(messages, options)) as deltas:  # type: ignore[type-var]
        return [delta async for delta in deltas]


async def failure(bench: Bench, name: str, streams: bool = False, **options: Any) -> TradewindError:
    """The error of one call; it never shows the key."""
    model = bench.model(name, **options)
    with pytest.raises(TradewindError) as raised:
        await (streamed(model) if streams else model.complete(ASK))
    error = raised.value
    assert KEY not in error.message and KEY not in repr(error) and KEY not in str(error.__cause__)
    return error


async def test_a_whole_answer(bench: Bench) -> None:
    model = bench.model("m", temperature=0.5, max_tokens=100)
    reply = await model.complete(ASK)
    assert reply.text.startswith("Reply ") and reply.finish_reason == "stop"
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (10, 20)
    assert (reply.tool_calls, reply.thinking, model.model_name) == ((), "", "m")


async def test_a_stream_says_the_same(bench: Bench) -> None:
    model = bench.model("m")
    *before, last = await streamed(model)
    assert "".join(delta.text for delta in before) == (await model.complete(ASK)).text
    assert len(before) == 20 and all(delta.text for delta in before)
    assert last.finish_reason == "stop" and last.text == ""
    assert last.usage is not None and (last.usage.prompt_tokens, last.usage.completion_tokens) == (10, 20)
    assert not any(delta.finish_reason or delta.usage or delta.tool_calls for delta in before)


async def test_the_conversation_arrives(bench: Bench) -> None:
    turns = [*ASK, Message("assistant", "Bien."), Message("user", "¿Y tú? €")]
    assert (await bench.model("echo").complete(turns)).text == "¿Y tú? €"
    assert bench.system(bench.fake.requests[0].body) == "Be brief."


async def test_system_messages_alone_are_asked_too(bench: Bench) -> None:
    assert (await bench.model("echo").complete([Message("system", "Say hello.")])).text == "Say hello."


async def test_tools_are_told_and_called(bench: Bench) -> None:
    model = bench.model("tools")
    reply = await model.complete(ASK, TOOLS)
    assert bench.tools(bench.fake.requests[0].body) == [("add", ADD.parameters)]
    (call,) = reply.tool_calls
    assert (call.name, call.arguments) == ("add", {"a": 7, "b": "Hola, ¿qué tal?"}) and call.id
    assert reply.finish_reason == "tool_calls" and reply.text == ""
    deltas = await streamed(model, ASK, TOOLS)
    assert [delta.tool_calls for delta in deltas if delta.tool_calls] == [(call,)]
    assert deltas[-1].tool_calls == (call,) and deltas[-1].finish_reason == "tool_calls"


async def test_a_result_goes_back_under_its_call(bench: Bench) -> None:
    (call,) = (await bench.model("tools").complete(ASK, TOOLS)).tool_calls
    turns = [*ASK, Message("assistant", "", (call,)), Message("tool", "the sum is 8", tool_call_id=call.id)]
    assert (await bench.model("echo").complete(turns, TOOLS)).text == "the sum is 8"
    assert (await bench.model("tools").complete(turns, TOOLS)).text.startswith("Reply")


async def test_several_results_go_back_together(bench: Bench) -> None:
    calls = (ToolCall("1", "add", {"a": 1}), ToolCall("2", "add", {}))
    results = [Message("tool", "one", tool_call_id="1"), Message("tool", "two", tool_call_id="2")]
    reply = await bench.model("echo").complete([*ASK, Message("assistant", "I add.", calls), *results], TOOLS)
    assert reply.text.endswith("two")


async def test_no_arguments_are_an_empty_object(bench: Bench) -> None:
    assert (await bench.model("call:add ").complete(ASK, TOOLS)).tool_calls[0].arguments == {}
    assert (await streamed(bench.model("call:add "), ASK, TOOLS))[-1].tool_calls[0].arguments == {}


async def test_an_uploaded_image_arrives(bench: Bench) -> None:
    parts = [
        {"type": "text", "text": "What is it?"},
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{PIXEL}"}},
    ]
    assert (await bench.model("echo").complete([Message("user", parts)])).text == "What is it?"
    assert bench.images(bench.fake.requests[0].body) == [("image/png", PIXEL)]


async def test_thoughts_stay_apart_from_the_answer(bench: Bench) -> None:
    reply = await bench.model("thinks").complete(ASK)
    assert (reply.text, reply.thinking) == ("Four.", "Two and two.")
    deltas = await streamed(bench.model("thinks"))
    assert "".join(delta.thinking for delta in deltas) == "Two and two."
    assert "".join(delta.text for delta in deltas) == "Four."


async def test_stops_are_told(bench: Bench) -> None:
    await bench.model("m", stop=("\n",)).complete(ASK, CallOptions(stop=("END",)))
    assert bench.stops(bench.fake.requests[0].body) == ["\n", "END"]


async def test_a_schema_is_told(bench: Bench) -> None:
    await bench.model("m").complete(ASK, CallOptions(json_schema=SCHEMA))
    assert '"city"' in str(bench.fake.requests[0].body).replace("'", '"')


async def test_one_connection_serves_one_call_after_another(bench: Bench) -> None:
    model = bench.model("m")
    await asyncio.gather(*(model.complete(ASK) for _ in range(3)))
    assert len(await streamed(model)) == 21


@pytest.mark.parametrize("streams", [False, True])
async def test_cancelling_closes_the_connection_at_once(bench: Bench, streams: bool) -> None:
    model = bench.model("hang")
    task = asyncio.ensure_future(streamed(model) if streams else model.complete(ASK))
    await asyncio.wait_for(bench.fake.asked.wait(), 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(bench.fake.left.wait(), 60)


async def test_leaving_a_stream_closes_the_connection_at_once(bench: Bench) -> None:
    async with aclosing(bench.model("silent-stream").stream(ASK)) as deltas:  # type: ignore[type-var]
        async for delta in deltas:
            assert delta.text.startswith("Reply")
            break
    await asyncio.wait_for(bench.fake.left.wait(), 60)


@pytest.mark.parametrize("streams", [False, True])
async def test_a_context_that_is_too_small(bench: Bench, streams: bool) -> None:
    error = await failure(bench, "context", streams)
    assert isinstance(error, InvalidInput) and error.reason is Reason.CONTEXT_LENGTH_EXCEEDED
    assert error.metadata == {"actual": "9001", "limit": "8192"}


async def test_a_refused_key(bench: Bench) -> None:
    error = await failure(bench, "m", key=f"wrong-{KEY}")
    assert isinstance(error, FailedPrecondition) and error.reason is Reason.MODEL_REFUSED
    assert "refused the API key" in error.message


async def test_a_rate_limit(bench: Bench) -> None:
    error = await failure(bench, "status-429")
    assert isinstance(error, ResourceExhausted) and error.reason is Reason.MODEL_RATE_LIMITED
    assert error.retry_after == 7.0 and len(bench.fake.requests) == 1


@pytest.mark.parametrize("status", [400, 404, 422])
async def test_another_refusal_says_what_was_said(bench: Bench, status: int) -> None:
    error = await failure(bench, f"status-{status}")
    assert isinstance(error, FailedPrecondition) and error.reason is Reason.MODEL_REFUSED
    assert f"{status}" in error.message and f"says {status}" in error.message and len(bench.fake.requests) == 1


@pytest.mark.parametrize("status", [500, 503])
async def test_a_broken_server_is_asked_three_times(bench: Bench, status: int) -> None:
    error = await failure(bench, f"status-{status}")
    assert isinstance(error, Unavailable) and error.reason is Reason.MODEL_UNAVAILABLE
    assert len(bench.fake.requests) == 3


async def test_a_passing_fault_is_not_seen(bench: Bench) -> None:
    assert (await bench.model("flaky-2").complete(ASK)).text.startswith("Reply")


@pytest.mark.parametrize("name", ["hang", "silent-stream"])
async def test_silence_is_a_timeout(bench: Bench, name: str) -> None:
    error = await failure(bench, name, True, timeout=0.2)
    assert isinstance(error, DeadlineExceeded) and error.reason is Reason.MODEL_TIMEOUT


async def test_a_dead_endpoint(bench: Bench) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
        error = await failure(bench, "m", url=url)
    assert isinstance(error, Unavailable) and "cannot be reached" in error.message


@pytest.mark.parametrize(("name", "streams"), [("cut", False), ("cut", True), ("error-event", True), ("garbage", False)])
async def test_an_answer_that_breaks_is_never_asked_for_again(bench: Bench, name: str, streams: bool) -> None:
    error = await failure(bench, name, streams)
    assert isinstance(error, Unavailable) and error.reason is Reason.MODEL_UNAVAILABLE
    assert len(bench.fake.requests) == 1
