"""Runs whose worker died or stood still: who goes on with them, from where, and what the old worker can still do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import AsyncMock

import pytest
from tradewind_server.chatflows.versions import ChatflowVersion
from tradewind_server.errors import Reason, Unavailable
from tradewind_server.flows.agentflow.executions import StepRecord
from tradewind_server.runs import event_log
from tradewind_server.runs.keeper import DELETED_AT_ONCE
from tradewind_server.runs.ports import OwnerChange, RunEnd, RunState, StoredEvent, StoredRun

from fakes.agentflow import llm, reply, start
from fakes.flow_engine import conversation
from fakes.runs import RunWorker, RunWorld

PATIENCE = 30.0


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if condition():
                return
            await asyncio.sleep(0.001)


def away() -> Unavailable:
    return Unavailable(Reason.DATABASE_UNAVAILABLE, "The database is away.")


def drawn(world: RunWorld) -> str:
    """Two models, one behind the other, then a reply."""
    world.model("m", "First words.")
    world.model("n", "Second words.")
    return world.draw(
        start(), llm(0), llm(1, model="n"), reply("done"),
        wires=["startAgentflow_0 > llmAgentflow_0 > llmAgentflow_1 > directReplyAgentflow_0"],
    )  # fmt: skip


class Stall:
    """Holds a worker at its record of that number, before it is stored."""

    def __init__(self, world: RunWorld, number: int) -> None:
        self.reached, self.go_on = asyncio.Event(), asyncio.Event()
        self._plain = world.executions.add
        self._world = world
        self._number = number
        world.executions.add = self._add  # type: ignore[method-assign]

    async def _add(self, workspace_id: str, execution_id: str, epoch: int, record: StepRecord) -> None:
        if self._world.executions.writes + 1 == self._number:
            self._world.executions.add = self._plain  # type: ignore[method-assign]
            self.reached.set()
            await self.go_on.wait()
        await self._plain(workspace_id, execution_id, epoch, record)


async def whole(events: int = 0) -> list[str]:
    """What the run of the drawing tells where nobody dies."""
    world = RunWorld()
    worker = world.worker("w")
    run = await worker.start(drawn(world), chat_id="c")
    await worker.settle()
    return world.told(run.id)


@pytest.mark.parametrize(
    ("number", "step"), [(2, "startAgentflow_0"), (3, "llmAgentflow_0"), (4, "llmAgentflow_1"), (5, "directReplyAgentflow_0")]
)
async def test_an_agent_flow_goes_on_from_its_last_finished_step_and_so_does_its_run(number: int, step: str) -> None:
    world = RunWorld()
    dead, alive = world.worker("dead"), world.worker("alive")
    stall = Stall(world, number)
    run = await dead.start(drawn(world), chat_id="c")
    async with asyncio.timeout(PATIENCE):
        await stall.reached.wait()
    await until(lambda: world.told(run.id)[-1:] == [f"{step} INPROGRESS"] or f"{step} INPROGRESS" in world.told(run.id))
    known = world.kept(run.id).last_event
    await alive.take_over()
    await alive.settle()
    row = world.kept(run.id)
    assert (row.state, row.restarts, row.owner) == (RunState.FINISHED, 1, None)
    assert (row.result or {})["text"] == "done"
    expected = await whole()
    assert world.told(run.id, known) == expected[expected.index(f"{step} INPROGRESS") :]
    assert world.execution(row.execution_id).state == "FINISHED"
    assert [one.content for one in world.messages.of(row.chatflow_id)] == ["q", "done"]


async def test_a_worker_that_stood_still_writes_nothing_more_of_its_run() -> None:
    world = RunWorld()
    stalled, alive = world.worker("stalled"), world.worker("alive")
    await stalled.keeper.look_once()
    stall = Stall(world, 3)
    run = await stalled.start(drawn(world), chat_id="c")
    async with asyncio.timeout(PATIENCE):
        await stall.reached.wait()
    await stalled.keeper.look_once()
    await alive.take_over()
    await alive.settle()
    finished, lines = world.kept(run.id), list(world.runs.lines[run.id])
    await stalled.keeper.look_once()
    await stalled.keeper.look_once()
    stall.go_on.set()
    await stalled.settle()
    assert (world.kept(run.id), world.runs.lines[run.id]) == (finished, lines)
    assert len(world.messages.of(finished.chatflow_id)) == 2
    assert world.runs.turns == 1


async def test_an_answer_of_a_chain_that_comes_too_late_is_not_stored() -> None:
    world = RunWorld()
    stalled = world.worker("stalled")
    flow = world.put(*conversation())
    go_on = asyncio.Event()
    world.model("m").hold = go_on  # type: ignore[attr-defined]
    run = await stalled.start(flow, chat_id="c")
    world.runs.rows[run.id] = replace(world.kept(run.id), owner="another")
    go_on.set()
    await stalled.settle()
    assert world.messages.of(flow) == []
    assert world.kept(run.id).state is RunState.RUNNING


async def test_an_agent_flow_that_never_began_begins() -> None:
    world = RunWorld()
    dead, alive = world.worker("dead"), world.worker("alive")
    create = world.executions.create
    reached = asyncio.Event()

    async def never(*values: Any) -> None:
        world.executions.create = create  # type: ignore[method-assign]
        reached.set()
        await asyncio.Event().wait()

    world.executions.create = never  # type: ignore[method-assign]
    run = await dead.start(drawn(world), chat_id="c")
    async with asyncio.timeout(PATIENCE):
        await reached.wait()
    await alive.take_over()
    await alive.settle()
    row = world.kept(run.id)
    assert row.state is RunState.FINISHED
    assert row.execution_id != run.execution_id and world.execution(row.execution_id).state == "FINISHED"


@pytest.mark.parametrize("is_told", [False, True])
async def test_an_agent_flow_that_had_finished_has_its_answer_told_and_stored_once(is_told: bool) -> None:
    world = RunWorld()
    dead, alive = world.worker("dead"), world.worker("alive")
    reached, end = asyncio.Event(), world.runs.end

    async def never(run: StoredRun, owner: str, last: Any, how: RunEnd) -> None:
        if is_told:  # As that of an answer is which is read aloud behind it.
            await world.runs.add_turn(run, owner, how.messages)
        world.runs.end = end  # type: ignore[method-assign]
        reached.set()
        await asyncio.Event().wait()

    world.runs.end = never  # type: ignore[method-assign]
    run = await dead.start(drawn(world), chat_id="c")
    async with asyncio.timeout(PATIENCE):
        await reached.wait()
    await alive.take_over()
    await alive.settle()
    row = world.kept(run.id)
    question, answer = world.messages.of(row.chatflow_id)
    assert (row.state, question.content, answer.content) == (RunState.FINISHED, "q", "done")
    assert (row.result or {})["chat_message_id"] == answer.id
    assert world.told(run.id)[-2:] == ["metadata", "end"]


async def test_a_run_that_was_to_be_stopped_ends_with_its_execution() -> None:
    world = RunWorld()
    dead, alive = world.worker("dead"), world.worker("alive")
    stall = Stall(world, 3)
    run = await dead.start(drawn(world), chat_id="c")
    async with asyncio.timeout(PATIENCE):
        await stall.reached.wait()
    await world.runs.ask_to_cancel(run.id)
    await alive.take_over()
    assert world.kept(run.id).state is RunState.CANCELLED
    assert world.execution(run.execution_id).state == "TERMINATED"
    assert world.told(run.id)[-2:] == ["abort", "end"]


async def interrupted(world: RunWorld, flow: str, **values: Any) -> tuple[RunWorker, str]:
    """A run of a chain as a dead worker left it."""
    dead = world.worker("dead")
    hold = asyncio.Event()
    world.model("m").hold = hold  # type: ignore[attr-defined]
    run = await dead.start(flow, chat_id="c")
    world.model("m").hold = None  # type: ignore[attr-defined]
    world.runs.rows[run.id] = replace(world.kept(run.id), **values)
    return world.worker("alive"), run.id


async def test_a_chain_begins_again_once() -> None:
    world = RunWorld()
    flow = world.put(*conversation())
    alive, run = await interrupted(world, flow)
    await alive.take_over()
    await alive.settle()
    assert (world.kept(run).state, world.kept(run).restarts) == (RunState.FINISHED, 1)
    alive, run = await interrupted(world, flow, restarts=1)
    await alive.take_over()
    assert (world.kept(run).state, world.kept(run).error_reason) == (RunState.FAILED, "RUN_INTERRUPTED")
    assert world.workers.counts.get("dead") is None


async def test_what_begins_again_is_the_version_that_was_started() -> None:
    world = RunWorld()
    flow = world.put(*conversation())
    alive, run = await interrupted(world, flow)
    assert world.kept(run).version_number == 1
    world.model("other", "Another drawing.")
    drawing = world.chatflows.flows[flow]
    newer = drawing.flow_data.replace('"m"', '"other"')
    world.chatflows.flows[flow] = replace(drawing, flow_data=newer, version=2, version_number=2)

    async def by_name(chatflow_id: str, name: str) -> ChatflowVersion | None:
        return ChatflowVersion(1, drawing.created_date, drawing.flow_data, drawing.type) if name == "1" else None

    world.admission._versions._versions.by_name = by_name  # type: ignore[method-assign]
    await alive.take_over()
    await alive.settle()
    assert (world.kept(run).result or {})["text"] == "Answer of m."


async def test_keys_of_a_worker_that_died_and_old_runs_and_keys_go() -> None:
    world = RunWorld()
    worker = world.worker("w")
    run = await worker.start(drawn(world), chat_id="c")
    await worker.settle()
    world.runs.rows[run.id] = replace(world.kept(run.id), ended_date=world.now() - timedelta(days=8))
    world.seconds += 601
    await worker.keeper.look_once()
    await until(lambda: world.runs.rows == {})
    assert world.workers.counts == {}


async def test_old_runs_go_in_batches_until_none_is_left() -> None:
    world = RunWorld()
    worker = world.worker("w")
    run = await worker.start(drawn(world), chat_id="c")
    await worker.settle()
    old = replace(world.kept(run.id), ended_date=world.now() - timedelta(days=8))
    world.runs.rows = {run.id: world.kept(run.id)} | {f"r{n}": replace(old, id=f"r{n}") for n in range(2 * DELETED_AT_ONCE + 1)}
    world.seconds += 601
    await worker.keeper.look_once()
    await until(lambda: list(world.runs.rows) == [run.id])


async def test_a_run_whose_end_could_not_be_stored_is_taken_up_while_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_log, "PATIENCE_SECONDS", 0.0)
    world = RunWorld()
    worker = world.worker("w")
    worker.active.others = 1
    plain, world.runs.end = world.runs.end, AsyncMock(side_effect=away())  # type: ignore[method-assign]
    run = await worker.start(drawn(world), chat_id="c")
    await until(lambda: worker.active.get(run.id) is None)
    world.runs.end = plain  # type: ignore[method-assign]
    assert world.kept(run.id).state is RunState.RUNNING
    await worker.keeper.look_once()
    await worker.settle()
    row = world.kept(run.id)
    assert (row.state, row.restarts) == (RunState.FINISHED, 1)
    assert [one.content for one in world.messages.of(row.chatflow_id)] == ["q", "done"], "its turn is stored once"


async def test_a_chain_whose_turn_is_stored_is_not_answered_again() -> None:
    world = RunWorld()
    flow = world.put(*conversation())
    alive, run = await interrupted(world, flow, message_id="m")
    await alive.take_over()
    assert (world.kept(run).state, world.kept(run).error_reason) == (RunState.FAILED, "RUN_INTERRUPTED")


async def test_whoever_had_no_database_for_a_while_takes_no_run_from_the_living() -> None:
    world = RunWorld()
    alive = world.worker("alive")
    watcher = world.worker("watcher")
    stall = Stall(world, 3)
    run = await alive.start(drawn(world), chat_id="c")
    async with asyncio.timeout(PATIENCE):
        await stall.reached.wait()
    await watcher.look_for(0.6)
    plain, world.workers.beats = world.workers.beats, AsyncMock(side_effect=away())  # type: ignore[method-assign]
    for _ in range(40):
        world.seconds += 0.3
        assert not await watcher.keeper._look_unless_away()
    world.workers.beats = plain  # type: ignore[method-assign]
    await watcher.look_for(2)
    assert world.kept(run.id).owner == "alive", "it has to find the database again, too"
    await watcher.look_for(3)
    assert world.kept(run.id).owner == "watcher", "its lock is free, and it says nothing"
    stall.go_on.set()
    await watcher.settle()
    await alive.settle()


@pytest.mark.parametrize(
    "request_text",
    ["}{", "[]", '{"within": 7}', '{"override_config": 7}', '{"question": 7}', '{"chat_id": []}', '{"history": 7}'],
)
async def test_a_run_whose_request_cannot_be_read_ends_and_the_others_go_on(request_text: str) -> None:
    world = RunWorld()
    flow = world.put(*conversation())
    alive, poisoned = await interrupted(world, flow, request=request_text)
    _, whole = await interrupted(world, flow)
    await alive.take_over()
    await alive.settle()
    assert world.kept(poisoned).state is RunState.FAILED and world.kept(poisoned).error_reason
    assert world.kept(whole).state is RunState.FINISHED


async def test_a_run_that_somebody_else_has_meanwhile_keeps_no_other_from_being_taken_up() -> None:
    world = RunWorld()
    flow = world.put(*conversation())
    alive, first = await interrupted(world, flow, state=RunState.QUEUED)
    _, second = await interrupted(world, flow, state=RunState.QUEUED)
    plain, begun = world.runs.begin, []

    async def begin(run_id: str, owner: str, date: Any) -> None:
        begun.append(run_id)
        if len(begun) == 1:
            raise OwnerChange
        await plain(run_id, owner, date)

    world.runs.begin = begin  # type: ignore[method-assign]
    await alive.take_over()
    await alive.settle()
    assert begun == [first, second]
    assert world.kept(second).state is RunState.FINISHED
    assert alive.active.count == 0


async def test_a_run_whose_events_cannot_be_read_is_told_as_interrupted() -> None:
    world = RunWorld()
    alive, run = await interrupted(world, world.put(*conversation()))
    world.runs.lines[run] = [StoredEvent(1, b"}{")]
    await alive.take_over()
    assert (world.kept(run).state, world.kept(run).error_reason) == (RunState.FAILED, "RUN_INTERRUPTED")
