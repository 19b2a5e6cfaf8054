"""What only Ollama's dialect has: options of its models, and images as bytes alone."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.ports import CallOptions, Message, ToolCall
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.ollama.chat import OllamaChatModel

from fakes.ollama_endpoint import FakeOllama

ASK = [Message("user", "hi")]


@pytest.fixture
async def fake() -> AsyncIterator[FakeOllama]:
    async with FakeOllama() as endpoint:
        yield endpoint


@pytest.fixture
async def endpoint(fake: FakeOllama) -> AsyncIterator[Endpoint]:
    endpoint = Endpoint(fake.base_url)
    yield endpoint
    await endpoint.aclose()


async def test_options_and_what_stands_beside_them(fake: FakeOllama, endpoint: Endpoint) -> None:
    extras = {"num_ctx": 8192, "mirostat": 0, "keep_alive": "5m", "think": False}
    await OllamaChatModel(endpoint, "m", {"temperature": 0.5, "max_tokens": 9}, extras).complete(ASK)
    body = fake.requests[0].body
    assert body["options"] == {"temperature": 0.5, "num_predict": 9, "num_ctx": 8192, "mirostat": 0}
    assert (body["keep_alive"], body["think"], body["stream"]) == ("5m", False, False)


async def test_a_schema_goes_before_the_nodes_json_mode(fake: FakeOllama, endpoint: Endpoint) -> None:
    model = OllamaChatModel(endpoint, "m", {}, {"format": "json"})
    await model.complete(ASK)
    await model.complete(ASK, CallOptions(json_schema={"type": "object"}))
    assert [seen.body["format"] for seen in fake.requests] == ["json", {"type": "object"}]


async def test_a_result_names_its_tool(fake: FakeOllama, endpoint: Endpoint) -> None:
    called = [Message("assistant", "", (ToolCall("call_1", "find", {"a": 1}),)), Message("tool", "2", tool_call_id="call_1")]
    await OllamaChatModel(endpoint, "echo", {}).complete([*ASK, *called])
    _, call, result = fake.requests[0].body["messages"]
    assert call["tool_calls"] == [{"function": {"name": "find", "arguments": {"a": 1}}}]
    assert result == {"role": "tool", "content": "2", "tool_name": "find"}


async def test_an_image_by_its_address_is_refused(fake: FakeOllama, endpoint: Endpoint) -> None:
    with pytest.raises(InvalidInput) as raised:
        parts = [{"type": "image_url", "image_url": {"url": "https://host/a.png"}}]
        await OllamaChatModel(endpoint, "m", {}).complete([Message("user", parts)])
    assert raised.value.reason is Reason.UPLOAD_INVALID and not fake.requests
