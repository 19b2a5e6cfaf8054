"""Chat completions: what is sent, and what each form of answer becomes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

import orjson
import pytest
from tradewind_server.errors import DeadlineExceeded, InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.flows.ports import CallOptions, ChatDelta, Message, ToolCall, ToolSpec, Usage
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.openai.chat import OpenAIChatModel

ASK = [Message("system", "Be brief."), Message("user", "Hola, ¿qué tal?")]
Make = Callable[..., OpenAIChatModel]


@pytest.fixture
async def model(fake: Any) -> AsyncIterator[Make]:
    endpoints: list[Endpoint] = []

    def make(name: str = "m", timeout: float = 5.0, base_url: str | None = None, **parameters: Any) -> OpenAIChatModel:
        endpoint = Endpoint(base_url or fake.base_url, "sk-test", timeout=timeout, headers={"X-Team": "docs"})
        endpoints.append(endpoint)
        return OpenAIChatModel(endpoint, name, parameters)

    yield make
    for endpoint in endpoints:
        await endpoint.aclose()


async def streamed(model: OpenAIChatModel) -> list[ChatDelta]:
    async with aclosing(model.stream(ASK)) as deltas:
        return [delta async for delta in deltas]


async def test_complete_sends_the_openai_form_and_reads_the_answer(fake: Any, model: Make) -> None:
    reply = await model("gpt-x", temperature=0.5, stop=("\n",)).complete(ASK)
    assert reply.text.startswith("Reply ") and reply.text.count(" ") == 20
    assert (reply.finish_reason, reply.usage.prompt_tokens, reply.usage.completion_tokens) == ("stop", 10, 20)
    (seen,) = fake.requests
    assert (seen.method, seen.path) == ("POST", "/v1/chat/completions")
    assert seen.headers["authorization"] == "Bearer sk-test"
    assert seen.headers["x-team"] == "docs"
    assert seen.headers["content-type"] == "application/json"
    assert seen.body == {
        "model": "gpt-x",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hola, ¿qué tal?"}],
        "stream": False,
        "temperature": 0.5,
        "stop": ["\n"],
    }


async def test_image_parts_pass_through(fake: Any, model: Make) -> None:
    parts = [{"type": "text", "text": "What is it?"}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,eA=="}}]
    assert (await model("echo").complete([Message("user", parts)])).text == "What is it?"
    assert fake.chats[0]["messages"][0]["content"] == parts


async def test_stream_and_complete_say_the_same(model: Make) -> None:
    same = model("m")
    deltas = await streamed(same)
    assert "".join(delta.text for delta in deltas) == (await same.complete(ASK)).text
    assert [delta.finish_reason for delta in deltas if delta.finish_reason] == ["stop"]
    assert len(deltas) == 21


@pytest.mark.parametrize("suffix", ["", "/"])
async def test_a_trailing_slash_of_the_base_path_does_not_matter(fake: Any, model: Make, suffix: str) -> None:
    await model(base_url=fake.base_url + suffix).complete(ASK)
    assert fake.requests[0].path == "/v1/chat/completions"


async def test_an_endpoint_that_always_streams_is_understood(model: Make) -> None:
    assert (await model("always-sse").complete(ASK)).text == (await model("m").complete(ASK)).text


async def test_an_endpoint_that_never_streams_is_understood(model: Make) -> None:
    deltas = await streamed(model("never-sse"))
    assert "".join(delta.text for delta in deltas) == (await model("m").complete(ASK)).text


async def test_tokens_arrive_as_they_are_said(fake: Any, model: Make) -> None:
    fake.delay = 0.02
    loop = asyncio.get_running_loop()
    async with aclosing(model("m").stream(ASK)) as deltas:
        times = [loop.time() async for _ in deltas]
    assert times[-1] - times[0] > 0.2


@pytest.mark.parametrize("cut", [1, 7, 64, 1000])
async def test_events_may_be_cut_anywhere(model: Make, cut: int) -> None:
    events = b'data: {"choices":[{"delta":{"content":"caf\xc3\xa9 "}}]}\r\n\r\n: keep-alive\n\nevent: x\n' * 3
    events += b'data:{"choices":[{"delta":{},"finish_reason":"length"}]}\n\n'
    events += b'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}\n\ndata: [DONE]\n\n'

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(events), cut):
            yield events[start : start + cut]

    deltas = [delta async for delta in model()._deltas(chunks())]
    assert "".join(delta.text for delta in deltas) == "café café café "
    assert [delta.finish_reason for delta in deltas if delta.finish_reason] == ["length"]
    usage = deltas[-1].usage
    assert usage is not None and (usage.prompt_tokens, usage.completion_tokens) == (3, 4)


async def test_one_connection_serves_one_call_after_another(fake: Any, model: Make) -> None:
    same = model()
    for _ in range(3):
        await same.complete(ASK)
        await streamed(same)
    assert len(fake.connections) == 1


async def test_leaving_a_stream_closes_the_connection_at_once(fake: Any, model: Make) -> None:
    async with aclosing(model("silent-stream").stream(ASK)) as deltas:
        async for delta in deltas:
            assert delta.text.startswith("Reply")
            break
    await asyncio.wait_for(fake.left.wait(), 60)
    assert fake.aborted == 1


@pytest.mark.parametrize("streams", [False, True])
async def test_cancelling_closes_the_connection_at_once(fake: Any, model: Make, streams: bool) -> None:
    hanging = model("hang")
    task = asyncio.ensure_future(streamed(hanging) if streams else hanging.complete(ASK))
    await asyncio.wait_for(fake.asked.wait(), 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(fake.left.wait(), 60)


@pytest.mark.parametrize("name", ["hang", "silent-stream"])
async def test_silence_is_a_timeout(model: Make, name: str) -> None:
    with pytest.raises(DeadlineExceeded) as raised:
        await streamed(model(name, timeout=0.2))
    assert raised.value.reason is Reason.MODEL_TIMEOUT
    assert "0.2 seconds" in raised.value.message


async def test_a_slow_stream_outlives_the_timeout_of_silence(model: Make) -> None:
    assert len(await streamed(model("slow-0.06", timeout=1.0))) == 21


@pytest.mark.parametrize("name", ["cut", "error-event", "garbage"])
async def test_an_answer_that_breaks_is_unavailable_and_never_asked_for_again(fake: Any, model: Make, name: str) -> None:
    with pytest.raises(Unavailable) as raised:
        await streamed(model(name))
    assert raised.value.reason is Reason.MODEL_UNAVAILABLE
    assert len(fake.requests) == 1


@pytest.mark.parametrize("name", ["cut", "garbage"])
async def test_a_broken_whole_answer_is_unavailable(model: Make, name: str) -> None:
    with pytest.raises(Unavailable) as raised:
        await model(name).complete(ASK)
    assert raised.value.reason is Reason.MODEL_UNAVAILABLE


@pytest.mark.parametrize("name", ["context", "llama-context"])
@pytest.mark.parametrize("streams", [False, True])
async def test_a_context_that_is_too_small_is_the_callers_matter(model: Make, name: str, streams: bool) -> None:
    with pytest.raises(InvalidInput) as raised:
        await (streamed(model(name)) if streams else model(name).complete(ASK))
    assert raised.value.reason is Reason.CONTEXT_LENGTH_EXCEEDED


async def test_llama_cpp_says_how_many_tokens(model: Make) -> None:
    with pytest.raises(InvalidInput) as raised:
        await model("llama-context").complete(ASK)
    assert raised.value.metadata == {"actual": "9001", "limit": "4096"}


async def test_openai_says_how_many_tokens(model: Make) -> None:
    with pytest.raises(InvalidInput) as raised:
        await model("context").complete(ASK)
    assert raised.value.metadata == {"actual": "9001", "limit": "8192"}


ADD = ToolSpec("add", "Adds two numbers.", {"type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "string"}}})
SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "at": {"type": "array", "items": {"type": "number"}}},
    "required": ["city", "at"],
    "additionalProperties": False,
}


async def test_tools_are_told_in_the_openai_form(fake: Any, model: Make) -> None:
    await model("m").complete(ASK, CallOptions(tools=(ADD,)))
    function = {"name": "add", "description": "Adds two numbers.", "parameters": ADD.parameters}
    assert fake.chats[0]["tools"] == [{"type": "function", "function": function}]


@pytest.mark.parametrize("arguments", ['{"a": 7, "b": "x"}', '"{\\"a\\": 7, \\"b\\": \\"x\\"}"'])
async def test_a_tool_call_is_whole_however_it_comes(model: Make, arguments: str) -> None:
    options = CallOptions(tools=(ADD,))
    calling = model(f"call:add {arguments}")
    expected = (ToolCall("call_add_1", "add", {"a": 7, "b": "x"}),)
    reply = await calling.complete(ASK, options)
    assert (reply.tool_calls, reply.finish_reason, reply.text) == (expected, "tool_calls", "")
    deltas = [delta async for delta in calling.stream(ASK, options)]
    assert [delta.tool_calls for delta in deltas] == [expected]
    assert deltas[-1].finish_reason == "tool_calls"


@pytest.mark.parametrize("arguments", ["", "  ", "null", "{}"])
async def test_no_arguments_are_an_empty_object(model: Make, arguments: str) -> None:
    reply = await model(f"call:now {arguments}").complete(ASK, CallOptions(tools=(ADD,)))
    assert reply.tool_calls == (ToolCall("call_now_1", "now", {}),)


@pytest.mark.parametrize("arguments", ['{"a": 7', "a=7", "[7]", "7", '"{"'])
@pytest.mark.parametrize("streams", [False, True])
async def test_arguments_that_cannot_be_read_are_one_clear_error(model: Make, arguments: str, streams: bool) -> None:
    broken = model(f"call:add {arguments}")
    with pytest.raises(Unavailable, match="called the tool add with arguments that are not a JSON object") as raised:
        await (streamed(broken) if streams else broken.complete(ASK))
    assert raised.value.reason is Reason.OUTPUT_UNPARSABLE
    assert raised.value.metadata == {"tool": "add"}


async def test_calls_and_results_go_back_in_the_openai_form(fake: Any, model: Make) -> None:
    call = ToolCall("call_1", "add", {"a": 1})
    asked = [*ASK, Message("assistant", "", (call,)), Message("tool", "8", tool_call_id="call_1")]
    assert (await model("echo").complete(asked)).text == "8"
    assert fake.chats[0]["messages"][2:] == [
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "add", "arguments": '{"a":1}'}}],
        },
        {"role": "tool", "content": "8", "tool_call_id": "call_1"},
    ]


async def test_two_calls_at_once_in_pieces_that_mix(model: Make) -> None:
    def event(*calls: dict[str, Any]) -> bytes:
        return b"data: " + orjson.dumps({"choices": [{"delta": {"tool_calls": list(calls)}}]}) + b"\n\n"

    async def chunks() -> AsyncIterator[bytes]:
        yield event(
            {"index": 0, "id": "a", "function": {"name": "one", "arguments": ""}},
            {"index": 1, "id": "b", "function": {"name": "two", "arguments": '{"x"'}},
        )
        yield event({"index": 1, "function": {"arguments": ": 2}"}}) + event({"index": 0, "function": {"arguments": "{}"}})
        yield b'data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}\n\ndata: [DONE]\n\n'

    (delta,) = [delta async for delta in model()._deltas(chunks())]
    assert delta.tool_calls == (ToolCall("a", "one", {}), ToolCall("b", "two", {"x": 2}))


async def test_calls_without_an_index_are_told_apart_by_their_ids(model: Make) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        calls = [{"id": "a", "function": {"name": "one", "arguments": {"x": 1}}}, {"id": "b", "function": {"name": "two"}}]
        yield b"data: " + orjson.dumps({"choices": [{"delta": {"tool_calls": calls}, "finish_reason": "stop"}]}) + b"\n\n"

    (delta,) = [delta async for delta in model()._deltas(chunks())]
    assert delta.tool_calls == (ToolCall("a", "one", {"x": 1}), ToolCall("b", "two", {}))


async def test_a_schema_is_asked_for_to_the_letter_where_it_may_be(fake: Any, model: Make) -> None:
    await model("m").complete(ASK, CallOptions(json_schema=SCHEMA))
    loose = {**SCHEMA, "required": ["city"]}
    await model("m").complete(ASK, CallOptions(json_schema=loose))
    forms = [body["response_format"]["json_schema"] for body in fake.chats]
    assert [(form["schema"], form["strict"]) for form in forms] == [(SCHEMA, True), (loose, False)]


async def test_an_endpoint_without_schemas_is_told_the_schema(fake: Any) -> None:
    endpoint = Endpoint(fake.base_url)
    await OpenAIChatModel(endpoint, "m", {}, knows_schemas=False).complete(ASK, CallOptions(json_schema=SCHEMA))
    await endpoint.aclose()
    (body,) = fake.chats
    assert body["response_format"] == {"type": "json_object"}
    assert body["messages"][0]["role"] == "system" and '"city"' in body["messages"][0]["content"]
    assert len(body["messages"]) == 3


async def test_stops_of_the_node_and_of_the_call_add_up(fake: Any, model: Make) -> None:
    await model("m", stop=("\n",)).complete(ASK, CallOptions(stop=("END",)))
    assert fake.chats[0]["stop"] == ["\n", "END"]


async def test_thoughts_stay_apart_from_the_answer(model: Make) -> None:
    reply = await model("thinks").complete(ASK)
    assert (reply.text, reply.thinking) == ("Four.", "Two and two.")
    deltas = await streamed(model("thinks"))
    assert "".join(delta.thinking for delta in deltas) == "Two and two."
    assert "".join(delta.text for delta in deltas) == "Four."


async def test_a_stream_says_its_usage_and_its_reason_on_the_last_piece_only(fake: Any, model: Make) -> None:
    *before, last = await streamed(model("m"))
    assert last.usage == Usage(10, 20) and last.finish_reason == "stop"
    assert not any(delta.usage or delta.finish_reason for delta in before)
    assert fake.chats[0]["stream_options"] == {"include_usage": True}


async def test_an_endpoint_that_counts_nothing_is_not_asked_to(fake: Any) -> None:
    endpoint = Endpoint(fake.base_url)
    deltas = [delta async for delta in OpenAIChatModel(endpoint, "m", {}, stream_usage=False).stream(ASK)]
    await endpoint.aclose()
    assert deltas[-1].usage is None and "stream_options" not in fake.chats[0]


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"error": {"code": 429, "message": "slow down"}}, Reason.MODEL_RATE_LIMITED),
        ({"error": {"code": "context_length_exceeded", "message": "too long"}}, Reason.CONTEXT_LENGTH_EXCEEDED),
        ({"error": {"type": "rate_limit_error", "message": "slow down"}}, Reason.MODEL_RATE_LIMITED),
        ({"error": "what"}, Reason.MODEL_UNAVAILABLE),
    ],
)
async def test_an_error_inside_a_stream_means_what_it_says(model: Make, event: Any, reason: Reason) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"data: " + orjson.dumps(event) + b"\n\n"

    with pytest.raises(TradewindError) as raised:
        _ = [delta async for delta in model()._deltas(chunks())]
    assert raised.value.reason is reason


def events(*choices: dict[str, Any]) -> Callable[[], AsyncIterator[bytes]]:
    async def chunks() -> AsyncIterator[bytes]:
        for choice in choices:
            yield b"data: " + orjson.dumps({"choices": [choice]}) + b"\n\n"
        yield b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'

    return chunks


def called(*pieces: dict[str, Any]) -> dict[str, Any]:
    return {"delta": {"tool_calls": list(pieces)}}


@pytest.mark.parametrize("index", [{"index": 0}, {}])
@pytest.mark.parametrize("ids", [("a", "b"), ("", ""), (None, None)])
async def test_calls_that_all_have_one_index_stay_apart(model: Make, index: dict[str, int], ids: tuple[Any, Any]) -> None:
    first, second = (
        called({**index, "id": one, "function": {"name": "add", "arguments": f'{{"a": {n}}}'}}) for n, one in enumerate(ids)
    )
    (delta,) = [delta async for delta in model()._deltas(events(first, second)())]
    assert [dict(call.arguments) for call in delta.tool_calls] == [{"a": 0}, {"a": 1}]


async def test_one_call_in_pieces_that_all_name_it_stays_one(model: Make) -> None:
    pieces = (called({"index": 0, "id": "a", "function": {"name": "add", "arguments": part}}) for part in ('{"a"', ": 1", "}"))
    (delta,) = [delta async for delta in model()._deltas(events(*pieces)())]
    assert delta.tool_calls == (ToolCall("a", "add", {"a": 1}),)


@pytest.mark.parametrize(
    "choices",
    [
        [{"message": {"content": "Hello "}}, {"message": {"content": "there."}}],
        [{"message": {"content": "Hello th"}}, {"message": {"content": "Hello there."}}],
        [{"message": {"role": "assistant", "content": "Hello there."}, "finish_reason": "stop"}],
        [{"delta": {"content": "Hello "}}, {"delta": {"content": "there."}}, {"message": {"content": "Hello there."}}],
        [{"text": "Hello "}, {"text": "there."}],
        [{"delta": None, "message": {"content": [{"type": "text", "text": "Hello there."}]}}],
    ],
)
async def test_a_stream_of_messages_is_an_answer(model: Make, choices: list[dict[str, Any]]) -> None:
    said = [delta.text async for delta in model()._deltas(events(*choices)())]
    assert "".join(said) == "Hello there."


async def test_a_call_in_a_streamed_message_and_the_one_call_of_old_endpoints(model: Make) -> None:
    function = {"name": "add", "arguments": '{"a": 1}'}
    for choice in ({"message": {"tool_calls": [{"id": "x", "function": function}]}}, {"delta": {"function_call": function}}):
        (delta,) = [delta async for delta in model()._deltas(events(choice)())]
        assert [(call.name, dict(call.arguments)) for call in delta.tool_calls] == [("add", {"a": 1})]


async def test_halves_of_a_character_in_two_events_become_one(model: Make) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for text in (b"a\\ud83d", b"\\ude00b", b"\\ud83d", b"c"):
            yield b'data: {"choices":[{"delta":{"content":"' + text + b'"}}]}\n\n'
        yield b"data: [DONE]\n\n"

    assert "".join([delta.text async for delta in model()._deltas(chunks())]) == "a\U0001f600bc"


@pytest.mark.parametrize("arguments", ['{"a": 7, "b": "x",}', "{'a': 7, 'b': 'x'}", '```json\n{"a": 7, "b": "x"}\n```'])
async def test_arguments_that_are_nearly_json_are_read(model: Make, arguments: str) -> None:
    assert model()._arguments("add", arguments) == {"a": 7, "b": "x"}


@pytest.mark.parametrize("arguments", ["[" * 5000, '{"a":' * 5000, '{"a":' * 100 + "1" + "}" * 100])
async def test_arguments_are_read_to_a_depth(model: Make, arguments: str) -> None:
    with pytest.raises(Unavailable, match="called the tool add"):
        model()._arguments("add", arguments)
    assert model()._arguments("add", '{"a": "\\ud83d"}') == {"a": "\ufffd"}
