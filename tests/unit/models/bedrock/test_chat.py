"""What only Bedrock's dialect has: addresses of models, images as bytes, answers of a schema, errors inside a stream."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason, ResourceExhausted, Unavailable
from tradewind_server.flows.ports import CallOptions, Message, ToolSpec
from tradewind_server.models.bedrock.chat import BedrockChatModel
from tradewind_server.models.bedrock.signature import AwsSigner
from tradewind_server.models.endpoint import Endpoint

from fakes.bedrock_endpoint import FakeBedrock, frame

ASK = [Message("user", "hi")]
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}}


@pytest.fixture
async def fake() -> AsyncIterator[FakeBedrock]:
    async with FakeBedrock() as endpoint:
        yield endpoint


@pytest.fixture
async def endpoint(fake: FakeBedrock) -> AsyncIterator[Endpoint]:
    endpoint = Endpoint(fake.base_url, signer=AwsSigner("AK", "secret", "eu-west-1", "lent"))
    yield endpoint
    await endpoint.aclose()


async def test_the_name_of_a_model_is_sent_as_it_was_signed(fake: FakeBedrock, endpoint: Endpoint) -> None:
    for name in ("eu.anthropic.claude-v1:0", "arn:aws:bedrock:eu-west-1:1:imported-model/x"):
        await BedrockChatModel(endpoint, name, {}).complete(ASK)
        seen = fake.requests[-1]
        assert seen.path == f"/model/{name}/converse"
        assert seen.headers["x-amz-security-token"] == "lent" and "secret" not in str(seen.headers)


async def test_settings_of_the_node(fake: FakeBedrock, endpoint: Endpoint) -> None:
    model = BedrockChatModel(endpoint, "m", {"temperature": 0.5, "max_tokens": 9}, {"latency": "optimized"})
    await model.complete(ASK)
    body = fake.requests[0].body
    assert body["inferenceConfig"] == {"temperature": 0.5, "maxTokens": 9}
    assert body["performanceConfig"] == {"latency": "optimized"} and "toolConfig" not in body


async def test_an_answer_of_a_schema_is_the_call_of_a_tool(fake: FakeBedrock, endpoint: Endpoint) -> None:
    model = BedrockChatModel(endpoint, 'call:answer {"city": "Vigo"}', {})
    options = CallOptions(json_schema=SCHEMA)
    reply = await model.complete(ASK, options)
    assert (reply.text, reply.finish_reason, reply.tool_calls) == ('{"city":"Vigo"}', "stop", ())
    deltas = [delta async for delta in model.stream(ASK, options)]
    assert "".join(delta.text for delta in deltas) == '{"city": "Vigo"}' and deltas[-1].finish_reason == "stop"
    assert fake.requests[0].body["toolConfig"]["toolChoice"] == {"tool": {"name": "answer"}}
    both = CallOptions(tools=(ToolSpec("add", "", {"type": "object"}),), json_schema=SCHEMA)
    await BedrockChatModel(endpoint, "m", {}).complete(ASK, both)
    config = fake.requests[-1].body["toolConfig"]
    assert config["toolChoice"] == {"any": {}} and config["tools"][0]["toolSpec"]["description"] == "add"


@pytest.mark.parametrize("url", ["https://host/a.png", "data:image/svg+xml;base64,eHh4eA=="])
async def test_images_that_it_cannot_look_at_are_refused(fake: FakeBedrock, endpoint: Endpoint, url: str) -> None:
    parts: Any = [{"type": "image_url", "image_url": {"url": url}}]
    with pytest.raises(InvalidInput) as raised:
        await BedrockChatModel(endpoint, "m", {}).complete([Message("user", parts)])
    assert raised.value.reason is Reason.UPLOAD_INVALID and not fake.requests


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("throttlingException", ResourceExhausted), ("modelStreamErrorException", Unavailable), ("other", Unavailable)],
)
async def test_exceptions_inside_a_stream(
    fake: FakeBedrock, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, kind: str, expected: type[Exception]
) -> None:
    about = {":message-type": "exception", ":exception-type": kind}
    monkeypatch.setattr(fake, "written", lambda event: frame(about, b'{"message": "no"}'))
    with pytest.raises(expected):
        [delta async for delta in BedrockChatModel(endpoint, "m", {}).stream(ASK)]
