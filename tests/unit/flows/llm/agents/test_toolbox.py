"""Tools are found by name, called side by side, and fail in words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from tradewind_server.documents.ports import Document
from tradewind_server.errors import Reason, Unavailable
from tradewind_server.flows.components import ToolResult, Turn
from tradewind_server.flows.llm.agents.toolbox import MOST_CALLS, Toolbox, ToolResults
from tradewind_server.flows.ports import ToolCall, ToolSpec

TURN = Turn("w", "f", "c", "s", "question")
TEXT = {"type": "object", "properties": {"input": {"type": "string"}}, "required": ["input"]}
PAIR = {"type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "number"}}, "required": ["a", "b"]}
NOTHING: dict[str, Any] = {"type": "object", "properties": {}}


@dataclass
class FakeTool:
    name: str
    work: Callable[[Mapping[str, Any]], Awaitable[ToolResult]]
    parameters: Mapping[str, Any]
    return_direct: bool = False

    @property
    def spec(self) -> ToolSpec:
        return ToolSpec(self.name, "A tool.", self.parameters)

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        return await self.work(arguments)


async def echo(arguments: Mapping[str, Any]) -> ToolResult:
    return ToolResult(str(arguments.get("input")))


async def fails(arguments: Mapping[str, Any]) -> ToolResult:
    raise Unavailable(Reason.OUTBOUND_FAILED, "The host is away.")


def tool(name: str, work: Callable[[Mapping[str, Any]], Awaitable[ToolResult]] = echo, **fields: Any) -> FakeTool:
    return FakeTool(name, work, **{"parameters": TEXT, **fields})


def a_call(name: str, **arguments: Any) -> ToolCall:
    return ToolCall("1", name, arguments)


async def test_results_come_in_the_order_of_the_calls() -> None:
    first, second = asyncio.Event(), asyncio.Event()

    async def waits(_: Mapping[str, Any]) -> ToolResult:
        first.set()
        await second.wait()
        return ToolResult("late")

    async def goes(_: Mapping[str, Any]) -> ToolResult:
        await first.wait()
        second.set()
        return ToolResult("early")

    box = Toolbox([tool("waits", waits), tool("goes", goes)])
    results = await box.call([a_call("waits", input=""), a_call("goes", input="")], TURN)
    assert [result.text for result in results] == ["late", "early"]


async def test_what_goes_wrong_is_told_to_the_model() -> None:
    box = Toolbox([tool("echo"), tool("fails", fails)])
    [unknown] = await box.call([a_call("sing", input="x")], TURN)
    assert unknown.error == unknown.text == "There is no tool called sing. There are: echo, fails."
    [missing] = await box.call([a_call("echo", text="x")], TURN)
    assert missing.error and "needs input" in missing.error
    [failed, fine] = await box.call([a_call("fails", input="x"), a_call("echo", input="y")], TURN)
    assert (failed.error, failed.text) == ("The host is away.", "The host is away.")
    assert (fine.error, fine.text) == (None, "y")


async def test_names_are_found_in_any_case() -> None:
    [result] = await Toolbox([tool("Search")]).call([a_call(" search ", input="x")], TURN)
    assert result.text == "x"


async def test_a_step_calls_only_so_many_tools() -> None:
    results = await Toolbox([tool("echo")]).call([a_call("echo", input=str(i)) for i in range(MOST_CALLS + 2)], TURN)
    assert len(results) == MOST_CALLS + 2
    assert [bool(result.error) for result in results[-3:]] == [False, True, True]


async def test_a_cancelled_step_stops_its_tools() -> None:
    started, stopped = asyncio.Event(), []

    async def hangs(_: Mapping[str, Any]) -> ToolResult:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.append(1)
        raise AssertionError

    step = asyncio.create_task(Toolbox([tool("hangs", hangs)]).call([a_call("hangs", input="")] * 2, TURN))
    await started.wait()
    step.cancel()
    with pytest.raises(asyncio.CancelledError):
        await step
    assert stopped == [1, 1]


def test_a_direct_tool_ends_the_run_unless_it_failed() -> None:
    box = Toolbox([tool("echo"), tool("direct", return_direct=True)])
    calls = [a_call("echo"), a_call("direct")]
    assert box.ends_run(calls, [ToolResult("a"), ToolResult("b")]) == "b"
    assert box.ends_run(calls, [ToolResult("a"), ToolResult("b", error="b")]) is None
    assert box.ends_run(calls[:1], [ToolResult("a")]) is None
    assert box.ends_run([a_call("unknown")], [ToolResult("a")]) is None


@pytest.mark.parametrize(
    ("parameters", "given", "arguments"),
    [
        (TEXT, "wind", {"input": "wind"}),
        (TEXT, '{"input": "wind"}', {"input": "wind"}),
        (TEXT, {"input": "wind"}, {"input": "wind"}),
        (TEXT, {"expression": "1 + 1"}, {"input": "1 + 1"}),
        (TEXT, {"a": 1, "b": 2}, {"input": '{"a":1,"b":2}'}),
        (TEXT, '{"a": 1}', {"input": '{"a": 1}'}),
        (TEXT, "{broken", {"input": "{broken"}),
        (TEXT, 7, {"input": 7}),
        (TEXT, None, {}),
        (PAIR, '{"a": 1, "b": 2}', {"a": 1, "b": 2}),
        (PAIR, {"a": 1}, {"a": 1}),
        (PAIR, "one and two", {"input": "one and two"}),
        (NOTHING, "now", {}),
        (NOTHING, {}, {}),
    ],
)
def test_a_written_call_is_read_as_it_was_meant(parameters: Mapping[str, Any], given: Any, arguments: dict[str, Any]) -> None:
    call = Toolbox([tool("Tool", parameters=parameters)]).call_of("tool", given)
    assert (call.name, call.arguments) == ("Tool", arguments)


def test_a_written_call_of_an_unknown_tool_keeps_its_input() -> None:
    assert Toolbox([]).call_of("sing", "loud") == ToolCall("", "sing", {"input": "loud"})


def test_what_tools_found_goes_into_the_answer() -> None:
    gathered = ToolResults()
    gathered.add(a_call("search", input="x"), ToolResult("found", [Document("text", {"source": "a.txt"}, "1")]))
    gathered.add(a_call("draw", input="y"), ToolResult("drawn", artifacts=[{"type": "png", "data": "f"}]))
    gathered.add(a_call("fails", input="z"), ToolResult("told to the model", error="why"))
    answer = gathered.answer("done")
    assert answer.used_tools == [
        {
            "tool": "search",
            "toolInput": {"input": "x"},
            "toolOutput": "found",
            "sourceDocuments": [{"pageContent": "text", "metadata": {"source": "a.txt"}, "id": "1"}],
        },
        {"tool": "draw", "toolInput": {"input": "y"}, "toolOutput": "drawn"},
        {"tool": "fails", "toolInput": {"input": "z"}, "toolOutput": "", "error": "why"},
    ]
    assert answer.source_documents == [Document("text", {"source": "a.txt"}, "1")]
    assert answer.artifacts == [{"type": "png", "data": "f"}]


def test_a_call_that_was_made_before_is_told_to_be_one() -> None:
    gathered = ToolResults()
    assert gathered.add(a_call("look", a=1, b=2), ToolResult("found")) == "found"
    assert gathered.add(a_call("look", a=1, b=3), ToolResult("found")) == "found"
    assert gathered.add(a_call("look", b=2, a=1), ToolResult("found")).startswith("found\n(You have made this same call")
    assert gathered.calls[-1]["toolOutput"] == "found", "people are not told"


def test_what_no_tool_gave_is_absent() -> None:
    answer = ToolResults().answer("done")
    assert (answer.used_tools, answer.source_documents, answer.artifacts) == (None, None, None)
