"""Runs the nodes of a level in the order of its queue, and says each step to whoever listens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tradewind_server.errors import FailedPrecondition, Reason, TradewindError
from tradewind_server.flows.agentflow.graph import FlowLevel, branch_of
from tradewind_server.flows.agentflow.parallel import LateSink, batch_of
from tradewind_server.flows.agentflow.people import PersonNeeded
from tradewind_server.flows.agentflow.scheduler import Scheduler
from tradewind_server.flows.agentflow.step import FlowRun, FlowServices, Step, StepType
from tradewind_server.flows.agentflow.trace import StepResult, StepStatus, entry, failure, without_credentials
from tradewind_server.flows.drawing import Edge
from tradewind_server.flows.predict import events
from tradewind_server.observability.steps import node_step

MOST_AT_ONCE = 8
"""Nodes of one run that run side by side."""


class StoppedForPerson(Exception):
    """A node asks a person; the run goes on with what that person says."""

    def __init__(self, action: Mapping[str, Any]) -> None:
        super().__init__()
        self.action = action


class FlowExecutor:
    """Runs one agent flow, once."""

    def __init__(self, services: FlowServices, types: Mapping[str, StepType]) -> None:
        self._services = services
        self._types = types
        self._current: Sequence[Step] = ()
        """The nodes of the outer level that run now."""

    async def execute(self, run: FlowRun) -> None:
        """Run the whole flow. Raises what a node raises, and :class:`StoppedForPerson`."""
        await self._execute(run, run.graph.outer, "")

    async def _execute_box(self, step: Step, run: FlowRun, level: FlowLevel, prefix: str) -> None:
        await self._execute(run, level, prefix)

    async def _execute(self, run: FlowRun, level: FlowLevel, prefix: str) -> None:
        scheduler = Scheduler(level)
        number = 0
        while scheduler:
            batch = batch_of(scheduler.peek()[:MOST_AT_ONCE], run, self._types)
            for _ in batch:
                scheduler.pop()
            steps = self._steps(batch, run, level, prefix, number)
            number += len(batch)
            self._count(run, len(steps))
            await self._run_batch(steps, run, scheduler)

    async def _run_batch(self, steps: Sequence[Step], run: FlowRun, scheduler: Scheduler) -> None:
        """Run steps side by side, and make their results part of the run in their order. One that fails ends the others."""
        if len(steps) == 1:
            return await self._run_one(steps[0], run, scheduler)
        tasks = [asyncio.create_task(self._result(step)) for step in steps]
        try:
            for position, (step, task) in enumerate(zip(steps, tasks, strict=True)):
                self._note(steps[position:], run)
                if isinstance(step.run.sink, LateSink):
                    await step.run.sink.open()
                outcome = await task
                self._note(steps[position + 1 :], run)
                await self._commit(replace(step, run=run), outcome, scheduler)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return None

    async def _run_one(self, step: Step, run: FlowRun, scheduler: Scheduler) -> None:
        """Where nobody hears of its end, a last step that only computes is stored by the end of the run, not twice."""
        is_unheard = run.sink is None and run.parent is None and self._types[step.node.name].computes
        self._note((step,), run)
        result, is_old = await self._result(step, keeps=not is_unheard)
        self._note((), run)
        await self._commit(step, (result, is_old), scheduler)
        if is_unheard and scheduler and not is_old and isinstance(result, StepResult):
            await run.journal.put_step(step.key, step.node.id, result)

    def _note(self, steps: Sequence[Step], run: FlowRun) -> None:
        """Have in mind which nodes of the outer level run now."""
        if run.parent is None:
            self._current = steps

    def _steps(self, batch: Sequence[str], run: FlowRun, level: FlowLevel, prefix: str, number: int) -> list[Step]:
        """The steps of a batch. What the later ones say waits until those before them are done, as if they ran in a row."""
        speaks = False
        steps = []
        for position, node_id in enumerate(batch):
            key = f"{prefix}{number + position:05}"
            if run.journal.decisions(key):
                run.runtime = []  # A person has spoken: what was said before stands in the stored messages.
            own = replace(run, sink=LateSink(run.sink)) if position and run.sink is not None else run
            node = run.graph.flow.nodes[node_id]
            steps.append(Step(node, level, own, self._services, key, self._execute_box, speaks))
            speaks = speaks or bool(self._types[node.name].speaks)
        return steps

    def _count(self, run: FlowRun, count: int) -> None:
        run.node_runs[0] += count
        most = self._services.limits.node_runs
        if run.node_runs[0] > most:
            raise FailedPrecondition(
                Reason.RUN_LIMIT_EXCEEDED,
                f"Maximum iteration limit reached: the run has run {most} nodes (TRADEWIND_MAX_NODE_RUNS). Look for a loop "
                "without an end.",
            )

    async def _result(self, step: Step, *, keeps: bool = True) -> tuple[StepResult | TradewindError, bool]:
        """What a node did or why it failed, and whether that was known from before. ``keeps``: it is safe then."""
        result = step.run.journal.step(step.key, step.node.id)
        if result is not None:
            return result, True
        await self._announce(step, "INPROGRESS")
        try:
            with node_step(step.node.label, step.node.id, step.node.name):
                try:
                    result = await self._types[step.node.name].run(step)
                except PersonNeeded as need:
                    result = need.result
        except TradewindError as error:
            return self._failure_of(step, error), False
        if keeps and result.stop is None:
            await step.run.journal.put_step(step.key, step.node.id, result)
        return result, False

    def _failure_of(self, step: Step, error: TradewindError) -> TradewindError:
        """The same error, with the kind of node before its sentence."""
        noun = self._types[step.node.name].noun
        if noun and not error.message.startswith("Error in "):
            error.message = f"Error in {noun} node: {error.message}"
            error.args = (error.message,)
        return error

    async def _commit(self, step: Step, outcome: tuple[StepResult | TradewindError, bool], scheduler: Scheduler) -> None:
        """Make a result part of the run, tell of it, and queue what follows."""
        result, is_old = outcome
        run, node = step.run, step.node
        sources = step.level.sources(node.id)
        if isinstance(result, TradewindError):
            run.trace.append(failure(node.id, node.label, node.name, result.message, sources))
            await self._announce(step, "ERROR", result.message)
            await self._show_trace(run)
            raise result
        if result.state is not None:
            run.state = dict(result.state)
        run.trace += result.inner
        run.trace.append(without_credentials(entry(node.id, node.label, node.name, result, run.state, sources)))
        run.outputs[node.id] = result.output
        run.runtime += result.messages
        if "nodeID" in result.output:
            run.loop_count = run.all_entries(node.id) - (result.jump is None)
        if not is_old:
            await self._announce(step, "FINISHED" if result.stop is None else "STOPPED")
            await self._show_trace(run)
            if result.late_token and run.parent is None and run.sink is not None:
                await run.sink.token(result.late_token)
        if result.stop is not None:
            await run.journal.stop(step.key, node.id)
            raise StoppedForPerson(result.stop)
        scheduler.finish(node.id, self._follows(step, result))
        if result.jump is not None:
            scheduler.jump(result.jump)

    def _follows(self, step: Step, result: StepResult) -> Callable[[Edge], bool]:
        """Which wires of a node bring something: all, or those of the branches that were chosen."""
        if not self._types[step.node.name].decides:
            return lambda edge: True
        conditions = result.output.get("conditions") or []
        branches = {i for i, one in enumerate(conditions) if one.get("isFulfilled") is True} or {len(conditions) - 1}
        return lambda edge: branch_of(edge) in branches

    async def _announce(self, step: Step, status: StepStatus, error: str = "") -> None:
        sink = step.run.sink
        if sink is not None:
            data = {"nodeId": step.node.id, "nodeLabel": step.node.label, "status": status}
            await sink.event(events.NODE, {**data, "error": error} if error else data)

    async def _show_trace(self, run: FlowRun) -> None:
        if run.sink is not None and run.parent is None:
            await run.sink.event(events.STEPS, list(run.trace))

    async def tell_termination(self, run: FlowRun) -> None:
        """Say of an aborted run which nodes it broke off."""
        for step in self._current:
            node = step.node
            run.trace.append(failure(node.id, node.label, node.name, "", step.level.sources(node.id), "TERMINATED"))
            await self._announce(replace(step, run=run), "TERMINATED")
        await self._show_trace(run)
