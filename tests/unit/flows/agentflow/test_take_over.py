"""A process that dies at any record of a run: another goes on, and nothing that had come through is done again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from tradewind_server import retries
from tradewind_server.errors import Conflict, Reason
from tradewind_server.flows.agentflow.executions import StepRecord
from tradewind_server.flows.components import ToolResult, Turn
from tradewind_server.flows.nodes.registry import Registry, builtin_types
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs, NodeType
from tradewind_server.flows.ports import ChatReply, Message, ToolCall, ToolSpec
from tradewind_server.observability.spans import SPAN, Span, Trace
from tradewind_server.observability.steps import TELEMETRY, Telemetry
from tradewind_server.observability.work_metrics import WorkMetrics

from fakes.agentflow import AgentWorld, agent, reply, start

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}}


class Counter:
    """A tool that counts its calls, by their number."""

    spec = ToolSpec("count", "Counts.", SCHEMA)
    return_direct = False

    def __init__(self) -> None:
        self.calls: list[int] = []

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        self.calls.append(int(arguments["n"]))
        return ToolResult(f"counted {arguments['n']}")


class Killed(BaseException):
    """Stands for SIGKILL."""


def world_with(counter: Counter, *, repeatable: bool, beside: AgentWorld | None = None) -> AgentWorld:
    def build(inputs: NodeInputs, context: BuildContext) -> Counter:
        return counter

    node_type = NodeType("counter", "Counter", "Tools", (), build, repeatable=repeatable)
    return AgentWorld(Registry([*builtin_types(), node_type]), beside=beside)


def answers(messages: list[Message]) -> ChatReply | str:
    """Asks for the tool twice, then answers."""
    number = sum(one.role == "tool" for one in messages)
    if number == 2:
        return "Both are counted."
    return ChatReply("", tool_calls=(ToolCall(f"call_{number}", "count", {"n": number}),))


def counting(world: AgentWorld) -> str:
    world.model("m", answers)  # type: ignore[arg-type]
    return world.draw(
        start(),
        agent("agentAgentflow", agentModel="chatOpenAI", agentModelConfig={"modelName": "m"},
              agentTools=[{"agentSelectedTool": "counter"}]),
        reply("{{ agentAgentflow_0 }} {{ question }}"),
        wires=["startAgentflow_0 > agentAgentflow_0 > directReplyAgentflow_0"],
    )  # fmt: skip


def die_at(world: AgentWorld, number: int, *, before: bool) -> None:
    """Have the process die at its record of that number, before it is safe or behind it."""
    plain = world.executions.add

    async def add(workspace_id: str, execution_id: str, epoch: int, record: StepRecord) -> None:
        last = world.executions.writes + 1 == number
        if not (last and before):
            await plain(workspace_id, execution_id, epoch, record)
        if last:
            world.executions.add = plain  # type: ignore[method-assign]
            raise Killed

    world.executions.add = add  # type: ignore[method-assign]


async def killed_run(world: AgentWorld, flow: str) -> None:
    prepared = await world.prepare(flow, "q", chat_id="c")
    with pytest.raises(Killed):
        await prepared.run.run(None)


async def go_on(world: AgentWorld) -> None:
    assert await world.look_for(2) == 1
    async with asyncio.timeout(60):
        await world.take_over.settle()


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("number", range(2, 8))
async def test_no_call_that_came_through_is_made_again(number: int, before: bool) -> None:
    counter = Counter()
    world = world_with(counter, repeatable=True)
    flow = counting(world)
    die_at(world, number, before=before)
    await killed_run(world, flow)
    [execution] = world.executions.rows.values()
    safe = [key for key in world.executions.records[execution.id] if key.endswith("/done")]
    calls = len(counter.calls)
    assert calls - len(safe) in (0, 1)
    await go_on(world)
    assert world.execution(execution.id).state == "FINISHED"
    assert [row.content for row in world.messages.of(flow)] == ["q", "Both are counted. q"]
    assert len(counter.calls) == 2 + (calls - len(safe))
    assert [one["nodeId"] for one in world.trace(execution.id)] == [
        "startAgentflow_0",
        "agentAgentflow_0",
        "directReplyAgentflow_0",
    ]


async def test_a_call_that_had_begun_waits_for_a_person() -> None:
    for kind, calls in (("proceed", [0, 0, 1]), ("reject", [0, 1])):
        counter = Counter()
        world = world_with(counter, repeatable=False)
        flow = counting(world)
        die_at(world, 5, before=True)  # turn, start, reply, begun, then: done.
        await killed_run(world, flow)
        await go_on(world)
        [execution] = world.executions.rows.values()
        assert execution.state == "STOPPED"
        result = await world.ask(flow, None, chat_id="c", human_input={"type": kind})
        assert result.text == "Both are counted. q"
        assert counter.calls == calls


async def test_a_run_that_somebody_has_is_left_alone() -> None:
    world = AgentWorld()
    flow = world.draw(start(), reply("x"), wires=["startAgentflow_0 > directReplyAgentflow_0"])
    result = await world.ask(flow, "q")
    assert world.execution(result.execution_id).state == "FINISHED"
    assert await world.look_for(20) == 0


async def test_a_run_that_dies_each_time_ends() -> None:
    world = AgentWorld()
    flow = world.draw(start(), reply("x"), wires=["startAgentflow_0 > directReplyAgentflow_0"])
    die_at(world, 2, before=True)
    await killed_run(world, flow)
    [execution_id] = world.executions.rows
    world.executions.records[execution_id]["take-overs"] = '{"count": 3}'
    await go_on(world)
    assert world.execution(execution_id).state == "ERROR"


class SlowCounter(Counter):
    """Its first call waits until the test lets it go on."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.go_on = asyncio.Event(), asyncio.Event()

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        if not self.calls:
            self.began.set()
            await self.go_on.wait()
        return await super().call(arguments, turn)


@pytest.mark.parametrize("repeatable", [True, False])
async def test_a_process_that_stood_still_writes_nothing_and_calls_nothing_more(repeatable: bool) -> None:
    slow, counter = SlowCounter(), Counter()
    first = world_with(slow, repeatable=repeatable)
    first.lives()
    flow = counting(first)
    run = asyncio.create_task(first.ask(flow, "q", chat_id="c"))
    await slow.began.wait()
    second = world_with(counter, repeatable=repeatable, beside=first)
    [execution] = first.executions.rows.values()
    assert await second.look_for(5) == 0, "its process lives"
    assert await second.look_for(5) == 1, "it has said nothing for too long"
    await second.take_over.settle()
    records = dict(first.executions.records.get(execution.id, {}))
    row = first.execution(execution.id)
    assert row.state == ("FINISHED" if repeatable else "STOPPED")
    slow.go_on.set()
    with pytest.raises(Conflict) as error:
        await run
    assert error.value.reason is Reason.RUN_INTERRUPTED
    assert slow.calls == [0], "the call that was under way came through; no other was made"
    assert first.execution(execution.id) == row
    assert first.executions.records.get(execution.id, {}) == records
    assert len(first.messages.of(flow)) == 2, "those of the process that has the run"


async def test_a_process_that_stood_still_asks_before_a_call_that_it_may_repeat() -> None:
    counter = Counter()
    first = world_with(counter, repeatable=True)
    flow = counting(first)
    plain = first.executions.add

    async def add(workspace_id: str, execution_id: str, epoch: int, record: StepRecord) -> None:
        await plain(workspace_id, execution_id, epoch, record)
        if record.key.endswith("/reply"):  # The next is the call; the process stands still, and another takes its run.
            first.seconds += 60
            row = first.execution(execution_id)
            assert await first.executions.claim(row, "the second", first.now()) == 2

    first.executions.add = add  # type: ignore[method-assign]
    with pytest.raises(Conflict):
        await first.ask(flow, "q", chat_id="c")
    assert counter.calls == []


async def test_the_run_of_a_dead_process_is_taken_over_without_waiting_for_its_lease() -> None:
    counter = Counter()
    first = world_with(counter, repeatable=True)
    flow = counting(first)
    die_at(first, 4, before=True)
    await killed_run(first, flow)
    second = world_with(counter, repeatable=True, beside=first)
    assert await second.look_for(1.5) == 1
    await second.take_over.settle()
    [execution] = first.executions.rows.values()
    assert (execution.state, execution.owner, execution.epoch) == ("FINISHED", "the second", 2)


async def test_of_two_processes_at_once_one_takes_a_run_over() -> None:
    counter = Counter()
    first = world_with(counter, repeatable=True)
    flow = counting(first)
    die_at(first, 4, before=True)
    await killed_run(first, flow)
    worlds = [world_with(counter, repeatable=True, beside=first) for _ in range(3)]
    for number, world in enumerate(worlds):
        world.leases.owner = f"process {number}"
        world.lives()
    assert sum(await asyncio.gather(*(world.look_for(2) for world in worlds))) == 1
    await asyncio.gather(*(world.take_over.settle() for world in worlds))
    assert [row.content for row in first.messages.of(flow)] == ["q", "Both are counted. q"]


class Traces:
    """Begins spans, and keeps them and their ``traceparent``. It is what takes them out of the process, too."""

    with_contents = False

    def __init__(self) -> None:
        self.spans: list[tuple[str, str | None]] = []

    def begin_call(self, name: str, headers: Mapping[str, Any], facts: dict[str, Any]) -> Span:
        self.spans.append((name, headers.get("traceparent")))
        return Span(Trace(self), None, name, "call", facts, handle=name)

    def start(self, span: Span) -> str:
        self.spans.append((span.name, span.parent.name if span.parent else None))
        return span.name

    def end(self, span: Span) -> None:
        self.spans.append((f"end of {span.name}", None))

    def trace_id(self, span: Span) -> str:
        return ""

    def trace_parent(self, span: Span) -> str:
        return f"parent of {span.name}"


async def test_a_run_that_is_taken_over_goes_on_in_its_trace_and_is_counted() -> None:
    registry, traces, counter = CollectorRegistry(), Traces(), Counter()
    world = world_with(counter, repeatable=True)
    flow = counting(world)
    die_at(world, 4, before=True)
    telemetry = TELEMETRY.set(Telemetry(WorkMetrics(registry), traces))
    try:
        call = SPAN.set(traces.begin_call("Predict", {}, {}))
        try:
            await killed_run(world, flow)
        finally:
            SPAN.reset(call)
        traces.spans.clear()
        await go_on(world)
    finally:
        TELEMETRY.reset(telemetry)
    names = [name for name, _ in traces.spans]
    assert traces.spans[0] == ("take over Flow", "parent of Predict"), traces.spans
    assert traces.spans[1] == ("invoke_agent Flow", "take over Flow")
    assert names[-2:] == ["end of invoke_agent Flow", "end of take over Flow"]
    events = ("begun", "taken_over", "finished", "failed")
    counts = [registry.get_sample_value("tradewind_agentflow_runs_total", {"event": event}) for event in events]
    assert counts == [1, 1, 1, 0]


async def test_the_clocks_of_two_machines_may_be_hours_apart() -> None:
    """A living process whose clock is behind keeps its runs; a dead one whose clock was ahead loses them at once."""
    slow = SlowCounter()
    first = world_with(slow, repeatable=True)
    first.lives()
    flow = counting(first)
    run = asyncio.create_task(first.ask(flow, "q", chat_id="c"))
    await slow.began.wait()
    second = world_with(slow, repeatable=True, beside=first)
    second._ticks += 7200
    for _ in range(30):
        second.seconds += 0.5
        assert (await first.take_over.look(), await second.take_over.look()) == (0, 0)
        first._ticks += 1
    second._ticks -= 14400
    first.locks.names.clear()
    assert await second.look_for(2) == 1
    slow.go_on.set()
    await asyncio.wait((run,))
    await second.take_over.settle()


async def test_whoever_had_no_database_for_a_while_takes_nothing_over_from_the_living() -> None:
    slow = SlowCounter()
    first = world_with(slow, repeatable=True)
    flow = counting(first)
    run = asyncio.create_task(first.ask(flow, "q", chat_id="c"))
    await slow.began.wait()  # The database goes, and the lock with it; the process lives.
    second = world_with(slow, repeatable=True, beside=first)
    assert await second.look_for(0.5) == 0
    second.executions.is_away = first.executions.is_away = True
    for _ in range(30):
        second.seconds += 0.5
        assert not await second.take_over._look_unless_away()
    second.executions.is_away = False
    assert await second.look_for(2) == 0, "the other has to find the database again, too"
    first.lives()
    first._ticks += 1
    assert await first.take_over.look() == 0
    assert await second.look_for(5) == 0
    slow.go_on.set()
    assert (await run).text == "Both are counted. q"


async def test_a_process_that_stood_still_itself_takes_nothing_over_at_once() -> None:
    slow = SlowCounter()
    first = world_with(slow, repeatable=True)
    flow = counting(first)
    run = asyncio.create_task(first.ask(flow, "q", chat_id="c"))
    await slow.began.wait()
    second = world_with(slow, repeatable=True, beside=first)
    assert await second.take_over.look() == 0
    second.seconds += 3600
    assert await second.take_over.look() == 0
    slow.go_on.set()
    await run


async def test_a_run_waits_for_a_database_that_is_away_and_calls_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "PAUSE_SECONDS", 0.001)
    counter = SlowCounter()
    world = world_with(counter, repeatable=False)
    flow = counting(world)
    run = asyncio.create_task(world.ask(flow, "q", chat_id="c"))
    await counter.began.wait()
    world.executions.is_away = True
    plain, tries = world.executions.add, [0]

    async def add(*values: Any) -> None:
        tries[0] += 1
        world.executions.is_away = tries[0] < 5
        await plain(*values)

    world.executions.add = add  # type: ignore[method-assign]
    counter.go_on.set()
    async with asyncio.timeout(60):
        assert (await run).text == "Both are counted. q"
    assert counter.calls == [0, 1]
    assert [row.state for row in world.executions.rows.values()] == ["FINISHED"]
