"""Agent flows over doubles: drawings in a line, executions and records in memory.

In a test::

    world = AgentWorld()
    flow = world.put(
        agent("startAgentflow", startInputType="chatInput"),
        agent("llmAgentflow", llmModel="chatOpenAI", llmModelConfig={"modelName": "m"}),
        chain("startAgentflow_0", "llmAgentflow_0"),
    )
    result = await world.ask(flow, "Hello")
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from tradewind_server.errors import FailedPrecondition, Reason, Unavailable
from tradewind_server.flows.agentflow.engine import AgentflowEngine
from tradewind_server.flows.agentflow.executions import (
    Execution,
    ExecutionFilter,
    ExecutionLease,
    ExecutionPage,
    ExecutionState,
    StepRecord,
    owner_change,
)
from tradewind_server.flows.agentflow.leases import RunLeases
from tradewind_server.flows.agentflow.step import AgentflowLimits
from tradewind_server.flows.agentflow.take_over import TakeOver, lock_name
from tradewind_server.flows.nodes.registry import Registry, builtin_registry
from tradewind_server.flows.predict.engine import Engines
from tradewind_server.flows.predict.events import Event

from fakes.flow_engine import WORKSPACE, Engine, FakeTools

QUIET = ("agentFlowExecutedData",)


class FakeExecutions:
    """The ports ``Executions`` and ``Checkpoints`` in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, Execution] = {}
        self.records: dict[str, dict[str, str]] = {}
        self.writes = 0
        self.is_away = False
        """Whether whoever asks hears that the database is away."""

    async def create(self, workspace_id: str, execution: Execution, records: Sequence[StepRecord]) -> None:
        self.rows[execution.id] = execution
        for record in records:
            await self.add(workspace_id, execution.id, execution.epoch, record)

    async def get(self, workspace_id: str, execution_id: str) -> Execution | None:
        row = self.rows.get(execution_id)
        return row if row is not None and row.workspace_id == workspace_id else None

    async def by_ids(self, workspace_id: str, ids: Sequence[str]) -> dict[str, Execution]:
        return {one: self.rows[one] for one in ids if await self.get(workspace_id, one) is not None}

    async def get_public(self, execution_id: str) -> Execution | None:
        row = self.rows.get(execution_id)
        return row if row is not None and row.is_public else None

    async def newest(self, workspace_id: str, chatflow_id: str, session_id: str) -> Execution | None:
        mine = [
            row
            for row in self.rows.values()
            if (row.workspace_id, row.chatflow_id, row.session_id) == (workspace_id, chatflow_id, session_id)
        ]
        return mine[-1] if mine else None

    async def list(self, workspace_id: str, filters: ExecutionFilter, offset: int, limit: int) -> ExecutionPage:
        mine = [row for row in self.rows.values() if row.workspace_id == workspace_id]
        return ExecutionPage(mine[offset:][:limit], len(mine))

    async def begin_again(
        self, workspace_id: str, execution_id: str, owner: str, moment: datetime, *, epoch: int | None = None
    ) -> int | None:
        row = await self.get(workspace_id, execution_id)
        if row is None or row.state not in ("STOPPED", "ERROR") or epoch not in (None, row.epoch):
            return None
        times = {"updated_date": moment, "lease_date": moment}
        self.rows[execution_id] = replace(row, state="INPROGRESS", owner=owner, epoch=row.epoch + 1, **times)
        return row.epoch + 1

    async def close(
        self,
        workspace_id: str,
        execution_id: str,
        epoch: int,
        state: ExecutionState,
        execution_data: str,
        moment: datetime,
        *,
        keep: bool = False,
    ) -> None:
        self._check()
        await self.confirm(workspace_id, execution_id, epoch)
        row = self.rows[execution_id]
        stopped = moment if state == "STOPPED" else row.stopped_date
        self.rows[execution_id] = replace(row, state=state, execution_data=execution_data, stopped_date=stopped)
        if not (keep or state == "STOPPED"):
            self.records.pop(execution_id, None)

    async def hold(self, owner: str, ids: Sequence[str], moment: datetime) -> None:
        for execution_id in ids:
            if self.rows[execution_id].owner == owner:
                self.rows[execution_id] = replace(self.rows[execution_id], lease_date=moment)

    async def under_way(self, limit: int) -> list[ExecutionLease]:
        self._check()
        found = [one for one in self.rows.values() if one.state == "INPROGRESS"]
        return [ExecutionLease(one.id, one.workspace_id, one.owner, one.epoch, one.lease_date) for one in found[:limit]]

    async def claim(self, execution: Execution, owner: str, moment: datetime) -> int | None:
        row = self.rows[execution.id]
        if (row.lease_date, row.epoch) != (execution.lease_date, execution.epoch):
            return None
        self.rows[execution.id] = replace(row, lease_date=moment, owner=owner, epoch=row.epoch + 1)
        return row.epoch + 1

    async def publish(self, workspace_id: str, execution_id: str, is_public: bool, moment: datetime) -> Execution | None:
        row = await self.get(workspace_id, execution_id)
        if row is not None:
            self.rows[execution_id] = row = replace(row, is_public=is_public, updated_date=moment)
        return row

    async def delete(self, workspace_id: str, ids: Sequence[str]) -> int:
        found = [one for one in ids if await self.get(workspace_id, one) is not None]
        for execution_id in found:
            del self.rows[execution_id]
            self.records.pop(execution_id, None)
        return len(found)

    async def confirm(self, workspace_id: str, execution_id: str, epoch: int) -> None:
        if self.rows[execution_id].epoch != epoch:
            raise owner_change(execution_id)

    async def add(self, workspace_id: str, execution_id: str, epoch: int, record: StepRecord) -> None:
        self._check()
        await self.confirm(workspace_id, execution_id, epoch)
        self.writes += 1
        self.records.setdefault(execution_id, {})[record.key] = json.dumps(record.data)

    def _check(self) -> None:
        if self.is_away:
            raise Unavailable(Reason.DATABASE_UNAVAILABLE, "The database is away.")

    async def load(self, workspace_id: str, execution_id: str, limit: int) -> list[StepRecord]:
        records = [StepRecord(key, json.loads(text)) for key, text in sorted(self.records.get(execution_id, {}).items())]
        if not all(isinstance(record.data, dict) for record in records):
            raise FailedPrecondition(Reason.CHECKPOINT_INVALID, "a record cannot be read")
        return records[:limit]


def agent(name: str, number: int = 0, /, **inputs: Any) -> dict[str, Any]:
    """A node of an agent flow. Keywords that begin with an underscore stand beside its data: ``_parentNode``, ``_label``."""
    known = {one.name: one for one in builtin_registry().types()}
    outside = {key.removeprefix("_"): inputs.pop(key) for key in list(inputs) if key.startswith("_")}
    node_id = f"{name}_{number}"
    label = outside.pop("label", known[name].label if name in known else name)
    data = {"id": node_id, "name": name, "label": label, "category": "Agent Flows", "inputs": inputs}
    return {"id": node_id, "type": "agentFlow", "data": data, **outside}


def start(**inputs: Any) -> dict[str, Any]:
    return agent("startAgentflow", **{"startInputType": "chatInput", **inputs})


def llm(number: int = 0, /, model: str = "m", **inputs: Any) -> dict[str, Any]:
    config = {"modelName": model, "FLOWISE_CREDENTIAL_ID": "secret-credential"}
    return agent("llmAgentflow", number, llmModel="chatOpenAI", llmModelConfig=config, **inputs)


def reply(text: str, number: int = 0, /, **outside: Any) -> dict[str, Any]:
    return agent("directReplyAgentflow", number, directReplyMessage=text, **outside)


def edges(*wires: str) -> list[dict[str, str]]:
    """Wires as ``source > target`` or ``source:1 > target`` for the branch 1; several nodes in a row make a chain."""
    result = []
    for wire in wires:
        ends = [one.strip() for one in wire.split(">")]
        for source, target in pairwise(ends):
            node_id, _, branch = source.partition(":")
            target_id = target.partition(":")[0]
            handle = f"{node_id}-output-{branch or node_id.rpartition('_')[0]}"
            result.append({"source": node_id, "target": target_id, "sourceHandle": handle, "targetHandle": target_id})
    return result


class FakeLocks:
    """The port ``ProcessLocks``: the names that are held."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        self.names.add(name)
        yield
        self.names.discard(name)

    @asynccontextmanager
    async def attempt(self, name: str) -> AsyncIterator[bool]:
        yield name not in self.names


class AgentWorld(Engine):
    """A predictor that runs agent flows: one process. ``beside`` is another process, over the same database."""

    def __init__(self, registry: Registry | None = None, *, beside: AgentWorld | None = None, **limits: int) -> None:
        super().__init__(registry)
        self.executions = beside.executions if beside else FakeExecutions()
        self.locks = beside.locks if beside else FakeLocks()
        self.seconds = 0.0
        """What the process takes for the time since it began."""
        self.leases = RunLeases("the second" if beside else "the first", lambda: self.seconds)
        if beside:
            self.chatflows.flows = beside.chatflows.flows
            self.messages.rows = beside.messages.rows
            self.models = beside.models
            self._ids, self._ticks = 1000, beside._ticks
        self.agentflows = AgentflowEngine(
            registry=self.registry,
            context_of=self.context_of,
            variables=self.variables,
            executions=self.executions,
            checkpoints=self.executions,
            limits=AgentflowLimits(**limits),
            new_id=self.new_id,
            now=self.now,
            leases=self.leases,
            tools=FakeTools(self.tools),  # type: ignore[arg-type]
        )
        self.take_over = TakeOver(
            executions=self.executions,
            checkpoints=self.executions,
            leases=self.leases,
            locks=self.locks,
            admission=self.admission,
            predictor=lambda: self.predictor,
            now=self.now,
            monotonic=lambda: self.seconds,
        )
        chains = self.predictor._engines._chains
        self.predictor._engines = Engines(chains, {"AGENTFLOW": self.agentflows})

    def lives(self) -> None:
        """The process holds the lock in its name."""
        self.locks.names.add(lock_name(self.leases.owner))

    async def look_for(self, seconds: float) -> int:
        """Looks for runs that nobody has, twice a second for a while; how many were taken over."""
        count = await self.take_over.look()
        for _ in range(round(seconds * 2)):
            self.seconds += 0.5
            count += await self.take_over.look()
        return count

    def draw(self, *nodes: Mapping[str, Any], wires: Sequence[str], **columns: Any) -> str:
        """Store an agent flow; its id."""
        flow_data = json.dumps({"nodes": list(nodes), "edges": edges(*wires)})
        return self.put(flow_data=flow_data, type="AGENTFLOW", **columns)

    def execution(self, execution_id: str | None) -> Execution:
        return self.executions.rows[str(execution_id)]

    def trace(self, execution_id: str | None) -> list[Any]:
        entries: list[Any] = json.loads(self.execution(execution_id).execution_data)
        return entries


def told(events: Sequence[Event]) -> list[str]:
    """Events in a line each: steps by node and status, tokens by their text; whole traces are left out."""
    lines = []
    for event in events:
        if event.name == "nextAgentFlow":
            lines.append(f"{event.data['nodeId']} {event.data['status']}")
        elif event.name == "token":
            lines.append(f"token {event.data}")
        elif event.name == "agentFlowEvent":
            lines.append(str(event.data))
        elif event.name not in QUIET:
            lines.append(event.name)
    return lines


__all__ = ["WORKSPACE", "AgentWorld", "FakeExecutions", "agent", "edges", "llm", "reply", "start", "told"]
