"""Chat completions: what is sent, and what each form of answer becomes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

import pytest
from tradewind_server.errors import DeadlineExceeded, InvalidInput, Reason, Unavailable
from tradewind_server.flows.ports import ChatDelta, Message
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
    await asyncio.wait_for(fake.left.wait(), 2)
    assert fake.aborted == 1


@pytest.mark.parametrize("streams", [False, True])
async def test_cancelling_closes_the_connection_at_once(fake: Any, model: Make, streams: bool) -> None:
    hanging = model("hang")
    task = asyncio.ensure_future(streamed(hanging) if streams else hanging.complete(ASK))
    await asyncio.wait_for(fake.asked.wait(), 2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(fake.left.wait(), 2)


@pytest.mark.parametrize("name", ["hang", "silent-stream"])
async def test_silence_is_a_timeout(model: Make, name: str) -> None:
    with pytest.raises(DeadlineExceeded) as raised:
        await streamed(model(name, timeout=0.2))
    assert raised.value.reason is Reason.MODEL_TIMEOUT
    assert "0.2 seconds" in raised.value.message


async def test_a_slow_stream_outlives_the_timeout_of_silence(model: Make) -> None:
    assert len(await streamed(model("slow-0.03", timeout=0.3))) == 21


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
