"""Tool calls that a model writes into its answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from tradewind_server.flows.ports import CallOptions, Message, ToolCall, ToolSpec
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.local.spoken_calls import SpokenCalls, may_be_call, spoken_calls
from tradewind_server.models.openai.chat import OpenAIChatModel

from fakes.openai_endpoint import FakeOpenAI

ASK = [Message("user", "2*3?")]
TOOLS = (ToolSpec("calc", "Calculates.", {"type": "object"}), ToolSpec("now", "Says the time.", {"type": "object"}))
CALL = '{"name": "calc", "arguments": {"input": "2*3"}}'
MEANT = (ToolCall("spoken_1", "calc", {"input": "2*3"}),)


@pytest.mark.parametrize(
    "text",
    [
        CALL,
        f"\n {CALL}\n",
        f"```json\n{CALL}\n```",
        f"```\n{CALL}\n```",
        f"<tool_call>\n{CALL}\n</tool_call>",
        f"[{CALL}]",
        CALL.replace("arguments", "parameters"),
    ],
)
def test_a_call_in_any_dress(text: str) -> None:
    assert spoken_calls(text, TOOLS) == MEANT


def test_several_calls() -> None:
    calls = spoken_calls(f'<tool_call>{CALL}</tool_call>\n<tool_call>{{"name": "now"}}</tool_call>', TOOLS)
    assert calls == (*MEANT, ToolCall("spoken_2", "now", {}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The answer is 6.",
        f"I call {CALL}",
        f"{CALL} and that is 6.",
        '{"name": "other", "arguments": {}}',
        '{"name": "calc", "arguments": "2*3"}',
        '{"city": "Lisbon"}',
        '{"name": "calc", "arguments": {',
        "[1, 2]",
        "```json\n```",
    ],
)
def test_what_is_no_call_stays_an_answer(text: str) -> None:
    assert spoken_calls(text, TOOLS) == ()


@pytest.mark.parametrize(
    ("text", "may"),
    [("", True), (" ", True), ("`", True), ("```js", True), ("<tool", True), ("{", True), ("<b>", False), ("The", False)],
)
def test_how_a_call_begins(text: str, may: bool) -> None:
    assert may_be_call(text) is may


@pytest.fixture
async def said() -> AsyncIterator[Any]:
    """A model that says what it is called."""
    async with FakeOpenAI() as fake:
        endpoint = Endpoint(fake.base_url)
        yield lambda name: SpokenCalls(OpenAIChatModel(endpoint, name, {}))
        await endpoint.aclose()


async def test_a_whole_answer(said: Any) -> None:
    options = CallOptions(tools=TOOLS)
    reply = await said(f"say:{CALL}").complete(ASK, options)
    assert (reply.text, reply.finish_reason, reply.tool_calls) == ("", "tool_calls", MEANT)
    assert (await said(f"say:{CALL}").complete(ASK)).text == CALL  # Nobody told it of tools: JSON was asked for.
    assert (await said("say:Six.").complete(ASK, options)).text == "Six."


async def test_a_stream_says_nothing_of_a_call(said: Any) -> None:
    (delta,) = [delta async for delta in said(f"say:{CALL}").stream(ASK, CallOptions(tools=TOOLS))]
    assert (delta.text, delta.finish_reason, delta.tool_calls) == ("", "tool_calls", MEANT)


async def test_a_stream_that_only_began_like_one_says_it_all(said: Any) -> None:
    (delta,) = [delta async for delta in said('say:{"city": "Lisbon"}').stream(ASK, CallOptions(tools=TOOLS))]
    assert (delta.text, delta.finish_reason, delta.tool_calls) == ('{"city": "Lisbon"}', "stop", ())


async def test_any_other_stream_is_as_it_was(said: Any) -> None:
    deltas = [delta async for delta in said("m").stream(ASK, CallOptions(tools=TOOLS))]
    plain = [delta async for delta in said("m").stream(ASK)]
    assert [delta.text for delta in deltas] == [delta.text for delta in plain] and len(deltas) == 21
    assert deltas[-1].usage == plain[-1].usage


async def test_a_real_call_is_left_alone(said: Any) -> None:
    (delta,) = [delta async for delta in said("tools").stream(ASK, CallOptions(tools=TOOLS))]
    assert [call.id for call in delta.tool_calls] == ["call_calc_1"]
    assert (await said("tools").complete(ASK, CallOptions(tools=TOOLS))).tool_calls[0].id == "call_calc_1"
