"""What only Anthropic's dialect has: thoughts with a budget, answers by a tool, turns that join."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import orjson
import pytest
from tradewind_server.flows.ports import CallOptions, Message, ToolCall, ToolSpec
from tradewind_server.models.anthropic.chat import MOST_TOKENS, AnthropicChatModel
from tradewind_server.models.endpoint import Endpoint

from fakes.anthropic_endpoint import FakeAnthropic

ASK = [Message("user", "hi")]
CALLED = [*ASK, Message("assistant", "", (ToolCall("1", "add", {}),)), Message("tool", "2", tool_call_id="1")]
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}}
Make = Callable[..., AnthropicChatModel]


@pytest.fixture
async def fake() -> AsyncIterator[FakeAnthropic]:
    async with FakeAnthropic() as endpoint:
        yield endpoint


@pytest.fixture
async def model(fake: FakeAnthropic) -> AsyncIterator[Make]:
    endpoint = Endpoint(fake.base_url)

    def make(name: str = "m", parameters: dict[str, Any] | None = None, **extras: Any) -> AnthropicChatModel:
        return AnthropicChatModel(endpoint, name, parameters or {}, extras)

    yield make
    await endpoint.aclose()


async def test_a_limit_always_stands_in_a_call(fake: FakeAnthropic, model: Make) -> None:
    await model().complete(ASK)
    await model(parameters={"max_tokens": 7}).complete(ASK)
    assert [seen.body["max_tokens"] for seen in fake.requests] == [MOST_TOKENS, 7]


async def test_sampling_is_told_where_the_model_does_not_think(fake: FakeAnthropic, model: Make) -> None:
    parameters = {"temperature": 0.5, "top_p": 0.9}
    await model(parameters=parameters, top_k=3).complete(ASK)
    await model(parameters=parameters, top_k=3, thinking_budget=2048).complete(ASK)
    plain, thinking = (seen.body for seen in fake.requests)
    assert (plain["temperature"], plain["top_p"], plain["top_k"]) == (0.5, 0.9, 3) and "thinking" not in plain
    assert thinking["thinking"] == {"type": "enabled", "budget_tokens": 2048}
    assert not {"temperature", "top_p", "top_k"} & set(thinking)


async def test_the_limit_leaves_room_beside_the_thoughts(fake: FakeAnthropic, model: Make) -> None:
    await model(parameters={"max_tokens": 500}, thinking_budget=2048).complete(ASK)
    assert fake.requests[0].body["max_tokens"] == 2548


async def test_thinking_as_the_model_sees_fit(fake: FakeAnthropic, model: Make) -> None:
    await model(adaptive_thinking=True, effort="low").complete(ASK)
    body = fake.requests[0].body
    assert body["thinking"] == {"type": "adaptive"} and body["output_config"] == {"effort": "low"}


async def test_no_thoughts_behind_a_result_whose_call_was_thought_about(fake: FakeAnthropic, model: Make) -> None:
    await model(thinking_budget=2048).complete(CALLED, CallOptions(tools=(ToolSpec("add", "Adds.", SCHEMA),)))
    assert "thinking" not in fake.requests[0].body


async def test_results_of_several_calls_are_one_turn(fake: FakeAnthropic, model: Make) -> None:
    calls = (ToolCall("1", "add", {"a": 1}), ToolCall("2", "add", {}))
    results = [Message("tool", "one", tool_call_id="1"), Message("tool", "two", tool_call_id="2"), Message("user", "And?")]
    await model().complete([*ASK, Message("assistant", "Wait.", calls), *results])
    asked, called, answered = fake.requests[0].body["messages"]
    assert asked == {"role": "user", "content": [{"type": "text", "text": "hi"}]}
    assert [block["type"] for block in called["content"]] == ["text", "tool_use", "tool_use"]
    assert called["content"][1] == {"type": "tool_use", "id": "1", "name": "add", "input": {"a": 1}}
    assert [block.get("tool_use_id") for block in answered["content"]] == ["1", "2", None]


async def test_an_answer_of_a_schema_is_the_call_of_a_tool(fake: FakeAnthropic, model: Make) -> None:
    options = CallOptions(json_schema=SCHEMA)
    asking = model('call:answer {"city": "Lisbon"}', thinking_budget=2048)
    reply = await asking.complete(ASK, options)
    assert (orjson.loads(reply.text), reply.tool_calls, reply.finish_reason) == ({"city": "Lisbon"}, (), "stop")
    deltas = [delta async for delta in asking.stream(ASK, options)]
    assert orjson.loads("".join(delta.text for delta in deltas)) == {"city": "Lisbon"}
    assert (deltas[-1].tool_calls, deltas[-1].finish_reason) == ((), "stop")
    body = fake.requests[0].body
    assert body["tools"][0]["input_schema"] == SCHEMA and body["tool_choice"] == {"type": "tool", "name": "answer"}
    assert "thinking" not in body


async def test_an_image_by_its_address(fake: FakeAnthropic, model: Make) -> None:
    await model().complete([Message("user", [{"type": "image_url", "image_url": {"url": "https://host/a.png"}}])])
    (block,) = fake.requests[0].body["messages"][0]["content"]
    assert block == {"type": "image", "source": {"type": "url", "url": "https://host/a.png"}}


@pytest.mark.parametrize(
    ("said", "reason"),
    [("end_turn", "stop"), ("max_tokens", "length"), ("refusal", "content_filter"), ("pause_turn", "stop"), (None, "stop")],
)
async def test_reasons_have_the_names_of_the_port(model: Make, said: str | None, reason: str) -> None:
    body = {"content": [{"type": "text", "text": "x"}], "stop_reason": said, "usage": {"input_tokens": 1, "output_tokens": 2}}
    assert model()._reply(body).finish_reason == reason


async def test_tokens_from_the_cache_count(model: Make) -> None:
    usage = {"input_tokens": 1, "cache_read_input_tokens": 20, "cache_creation_input_tokens": 300, "output_tokens": 4}
    reply = model()._reply({"content": [], "stop_reason": "end_turn", "usage": usage})
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (321, 4)
