"""One node of an agent flow about to run: what it may look at and use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from tradewind_server.chatflows.tools import Tools
from tradewind_server.flows.agentflow.graph import AgentGraph, FlowLevel
from tradewind_server.flows.agentflow.journal import RunJournal
from tradewind_server.flows.agentflow.references import ABSENT, References, Write, quoted_within
from tradewind_server.flows.agentflow.rich_text import plain_text
from tradewind_server.flows.agentflow.trace import FlowMessage, StepResult
from tradewind_server.flows.components import EventSink, Turn
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs

OUTPUT_TOKENS = "UpdateState"


@dataclass(frozen=True, slots=True)
class AgentflowLimits:
    """Bounds of one run."""

    node_runs: int = 1000
    """Nodes that a run may run, those of its loops and boxes counted each time."""
    model_rounds: int = 15
    """Answers that the model of one agent node gives at most, where its node does not say."""


@dataclass(frozen=True, slots=True)
class FlowServices:
    """What all runs of one chatflow use of the server."""

    registry: Registry
    context: BuildContext
    new_id: Callable[[], str]
    now: Callable[[], datetime]
    limits: AgentflowLimits
    tools: Tools | None = None
    """The tools of the workspace."""

    def milliseconds(self) -> int:
        return int(self.now().timestamp() * 1000)


@dataclass(slots=True)
class FlowRun:
    """A run so far. An iteration box has one of its own for each item."""

    graph: AgentGraph
    turn: Turn
    journal: RunJournal
    flow_input: str
    inputs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Inputs that the caller replaced, by node id."""
    sink: EventSink | None = None
    form: Any = None
    past: list[FlowMessage] = field(default_factory=list)
    persistent_state: Mapping[str, Any] | None = None
    """The state that the session's latest run left, where the caller's flow keeps it."""
    start_override: Any = None
    """State that the caller sent, in any of its forms; None where it may not."""
    trace: list[FlowMessage] = field(default_factory=list)
    outputs: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    state: dict[str, Any] = field(default_factory=dict)
    runtime: list[FlowMessage] = field(default_factory=list)
    loop_count: int = 0
    node_runs: list[int] = field(default_factory=lambda: [0])
    """One number, shared with the runs of boxes."""
    input_is_earlier: bool = False
    """Whether the input came with an earlier call, so that it stands among what was said before: the run goes on by a
    decision that brought none."""
    item: Any = ABSENT
    parent: FlowRun | None = None

    def for_item(self, item: Any) -> FlowRun:
        """The run of a box for one item: its own trace and conversation, the state of the flow around it."""
        return replace(
            self,
            item=item,
            parent=self,
            trace=[],
            runtime=[],
            outputs=dict(self.outputs),
            state=dict(self.state),
            sink=self.sink,
        )

    def all_entries(self, node_id: str) -> int:
        """How often a node has run so far."""
        return sum(entry["nodeId"] == node_id for entry in self.trace)


@dataclass(frozen=True)
class Step:
    """One run of one node."""

    node: Node
    level: FlowLevel
    run: FlowRun
    services: FlowServices
    key: str
    """Where its records stand in the journal."""
    execute_box: Callable[[Step, FlowRun, FlowLevel, str], Awaitable[None]]
    """Runs the nodes of a box."""
    is_second: bool = False
    """Whether a node that runs beside it, and stands before it in the queue, speaks first."""

    @property
    def inside_box(self) -> bool:
        return self.run.parent is not None

    @property
    def sink(self) -> EventSink | None:
        """Where the node's words are streamed to: those of a leaf alone are."""
        return self.run.sink if self.is_leaf and not self.inside_box else None

    @property
    def is_leaf(self) -> bool:
        return self.level.is_leaf(self.node.id)

    @cached_property
    def references(self) -> References:
        run = self.run
        return References(
            turn=run.turn,
            flow_input=run.flow_input,
            state=run.state,
            outputs=run.outputs,
            past=run.past,
            runtime=run.runtime,
            form=run.form,
            loop_count=run.loop_count,
            now=self.services.now,
            item=run.item,
        )

    @cached_property
    def raw(self) -> Mapping[str, Any]:
        """The inputs as they are drawn, or as the caller replaced them."""
        return self.run.inputs.get(self.node.id, self.node.inputs)

    @cached_property
    def inputs(self) -> NodeInputs:
        """The inputs, with the tokens filled of those that take some."""
        names = self._with_tokens
        values = {name: self.references.resolve(value) if name in names else value for name, value in self.raw.items()}
        return NodeInputs(self.node, values)

    @cached_property
    def _with_tokens(self) -> frozenset[str]:
        node_type = self.services.registry.type_of(self.node)
        names = {one.name for one in node_type.inputs if one.asks}
        names |= {str(one.get("name")) for one in self.node.input_params if one.get("acceptVariable") is True}
        return frozenset(name for name in names if not name.endswith(OUTPUT_TOKENS))

    def text(self, name: str) -> str:
        """An input with its tokens filled, as a text; empty where it is not set."""
        return self.references.text(self.raw.get(name))

    def json_input(self, name: str) -> Any:
        """An input as :meth:`resolve_json` has it."""
        return self.resolve_json(self.raw.get(name))

    def resolve_json(self, value: Any) -> Any:
        """A value that may be JSON text, with its tokens filled: what is put between quotation marks cannot end them. It is
        not parsed."""
        if isinstance(value, str) and plain_text(value).lstrip()[:1] in ("{", "["):
            return self.references.resolve(value, quoted_within)
        return self.references.resolve(value)

    def items(self, name: str) -> list[dict[str, Any]]:
        """An input that is a list of objects, with its tokens filled; a JSON text of one counts too."""
        return objects_in(self.inputs, name)

    def resolve(self, value: Any, write: Write | None = None) -> Any:
        return self.references.resolve(value, write)

    def new_state(self, name: str, own_output: Any) -> dict[str, Any] | None:
        """The state after the node by the list in one of its inputs; None where the list is empty."""
        changes = objects_in(NodeInputs(self.node, self.raw), name)
        if not changes:
            return None
        references = replace(self.references, own_output=own_output)
        state = dict(self.run.state)
        for change in changes:
            if change.get("key"):
                state[str(change["key"])] = references.resolve(change.get("value"))
        return state

    async def event(self, name: str, data: Any) -> None:
        """An event of a leaf's answer."""
        if self.sink is not None:
            await self.sink.event(name, data)

    async def say(self, text: str) -> None:
        """The whole answer of a leaf as one token."""
        if self.sink is not None and text:
            await self.sink.token(text)


def objects_in(inputs: NodeInputs, name: str) -> list[dict[str, Any]]:
    """A list of objects; what is none of them is passed over. Raises ``InvalidInput`` for a text that is no JSON."""
    value = inputs.json(name)
    if isinstance(value, dict):
        value = list(value.values()) if all(isinstance(one, dict) for one in value.values()) else [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


class StepRunner(Protocol):
    """Runs nodes of one type. Raises ``TradewindError`` where the node fails."""

    async def __call__(self, step: Step) -> StepResult: ...


@dataclass(frozen=True, slots=True)
class StepType:
    """What the engine knows of a node type of agent flows."""

    name: str
    run: StepRunner
    noun: str = ""
    """Stands before the error of such a node: "LLM"."""
    decides: bool = False
    """Its output says which of its branches go on."""
    computes: bool = False
    """It does nothing but compute from the run, at once: done again it is the same."""
    keeps_apart: bool = False
    """Several may run at once, with others that keep apart."""
    speaks: str = ""
    """Adds to what is said in the run, and hears it where its input ``<speaks>EnableMemory`` is on. Empty: does neither."""


def said_by(role: str, content: Any, name: str = "", **more: Any) -> FlowMessage:
    """A message of a run."""
    message: FlowMessage = {"role": role, "content": content}
    if name:
        message["name"] = name
    return {**message, **{key: value for key, value in more.items() if value}}


def speaker(label: str) -> str:
    """A node's label as the name of who speaks."""
    return "_".join(label.lower().split())


def contents(messages: Sequence[FlowMessage]) -> str:
    return "\n".join(str(one["content"]) for one in messages)
