"""Steps of a call that are timed: whatever asks a model, a vector store or a flow says so here, and here alone.

Nothing is passed through the rooms for it: a worker's :class:`Telemetry` and a call's :class:`CallTimes` stand in context
variables, which every task of a call inherits. Where there is none, as in tests and commands, steps cost next to nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol

from tradewind_server.errors import Reason, TradewindError
from tradewind_server.observability.spans import SPAN, Span, SpanKind, Trace
from tradewind_server.observability.work_metrics import RunEvent, WorkMetrics


class TokenCounts(Protocol):
    """What a call of a model used; None where its endpoint said nothing."""

    @property
    def prompt_tokens(self) -> int | None: ...
    @property
    def completion_tokens(self) -> int | None: ...


class TraceSource(Protocol):
    """Begins traces."""

    def begin_call(self, name: str, headers: Mapping[str, Any], facts: dict[str, Any]) -> Span | None:
        """A span inside that of ``traceparent`` in the headers; None where it is not sampled."""
        ...


class Telemetry:
    """What one worker measures with; ``traces`` is None where nobody asks for traces."""

    __slots__ = ("traces", "work")

    def __init__(self, work: WorkMetrics, traces: TraceSource | None = None) -> None:
        self.work = work
        self.traces = traces


class CallTimes:
    """How long one call has waited for models. What it waited for side by side counts once."""

    __slots__ = ("_running", "_since", "model_seconds")

    def __init__(self) -> None:
        self.model_seconds = 0.0
        self._running = 0
        self._since = 0.0

    def begin(self, now: float) -> None:
        if not self._running:
            self._since = now
        self._running += 1

    def end(self, now: float) -> None:
        self._running -= 1
        if not self._running:
            self.model_seconds += now - self._since


TELEMETRY: ContextVar[Telemetry | None] = ContextVar("telemetry", default=None)
TIMES: ContextVar[CallTimes | None] = ContextVar("call_times", default=None)
Kind = type[BaseException] | None
Report = Callable[[Sequence[Span]], None]
"""Takes the spans of an answer, the last one of the answer itself, and does not wait."""


def is_failure(kind: Kind) -> bool:
    """Whether a step failed. One whose caller has left did not: it was cancelled, or its stream is read no further."""
    return kind is not None and issubclass(kind, Exception)


class ModelStep:
    """One call of a model; a streamed one lasts until its last piece is read."""

    __slots__ = ("_first", "_model", "_operation", "_prompt", "_provider", "_span", "_start", "_times", "output", "usage")

    def __init__(self, operation: str, provider: str, model: str, prompt: Any = None) -> None:
        """``operation`` is ``chat``, ``embeddings`` or ``rerank``; ``prompt`` is what the model is told."""
        self._operation = operation
        self._provider = provider
        self._model = model
        self._prompt = prompt
        self._first = True
        self._span: Span | None = None
        self.usage: TokenCounts | None = None
        """What the endpoint said that it used."""
        self.output: Any = None
        """What the model said."""

    def __enter__(self) -> ModelStep:
        self._start = time.perf_counter()
        self._times = TIMES.get()
        if self._times is not None:
            self._times.begin(self._start)
        parent = SPAN.get()
        if parent is not None:
            facts = {"operation": self._operation, "provider": self._provider, "model": self._model}
            self._span = parent.child(f"{self._operation} {self._model}", "model", facts)
        return self

    def hear(self, text: str) -> None:
        """A piece of a streamed answer is there."""
        if self._first:
            self._first = False
            telemetry = TELEMETRY.get()
            if telemetry is not None:
                telemetry.work.count_first_token(self._provider, self._model, time.perf_counter() - self._start)
        if self._span is not None and self._span.trace.with_contents:
            self.output = (self.output or "") + text

    def __exit__(self, kind: Kind, error: BaseException | None, trace: TracebackType | None) -> None:
        now = time.perf_counter()
        if self._times is not None:
            self._times.end(now)
        telemetry = TELEMETRY.get()
        if telemetry is not None:
            telemetry.work.count_model(self._operation, self._provider, now - self._start, is_failure=is_failure(kind))
        if self._span is not None:
            self._end_span(self._span, error if is_failure(kind) else None)

    def _end_span(self, span: Span, error: BaseException | None) -> None:
        if self.usage is not None:
            span.facts["input_tokens"] = self.usage.prompt_tokens
            span.facts["output_tokens"] = self.usage.completion_tokens
        if span.trace.with_contents:
            span.input, span.output = self._prompt, self.output
        span.end(error)


class VectorStep:
    """One call of a vector store, its repetitions included."""

    __slots__ = ("_collection", "_operation", "_span", "_start")

    def __init__(self, operation: str, collection: str = "") -> None:
        self._operation = operation
        self._collection = collection
        self._span: Span | None = None

    def __enter__(self) -> VectorStep:
        self._start = time.perf_counter()
        parent = SPAN.get()
        if parent is not None:
            facts = {"database": "qdrant", "db_operation": self._operation, "collection": self._collection}
            self._span = parent.child(f"qdrant {self._operation}", "vector", facts)
        return self

    def __exit__(self, kind: Kind, error: BaseException | None, trace: TracebackType | None) -> None:
        telemetry = TELEMETRY.get()
        if telemetry is not None:
            seconds = time.perf_counter() - self._start
            telemetry.work.count_vectors(self._operation, seconds, is_failure=is_failure(kind))
        if self._span is not None:
            self._span.end(error if is_failure(kind) else None)


class InnerStep:
    """A step that others are inside of: a node, a tool, a search. It exists in traces alone."""

    __slots__ = ("_facts", "_kind", "_name", "_prompt", "_span", "_token")

    def __init__(self, name: str, kind: SpanKind, facts: dict[str, Any], prompt: Any = None) -> None:
        self._name = name
        self._kind: SpanKind = kind
        self._facts = facts
        self._prompt = prompt
        self._span: Span | None = None

    def __enter__(self) -> InnerStep:
        parent = SPAN.get()
        if parent is not None:
            span = self._span = parent.child(self._name, self._kind, self._facts)
            if span.trace.with_contents:
                span.input = self._prompt
            self._token = SPAN.set(span)
        return self

    def __exit__(self, kind: Kind, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._span is not None:
            SPAN.reset(self._token)
            self._span.end(error if is_failure(kind) else None)


def node_step(label: str, node_id: str, node_type: str) -> InnerStep:
    """The work of one node of a drawing."""
    return InnerStep(label, "node", {"node_id": node_id, "node_type": node_type})


def tool_step(name: str, arguments: Any) -> InnerStep:
    """One call of a tool."""
    return InnerStep(f"execute_tool {name}", "tool", {"operation": "execute_tool", "tool": name}, arguments)


def search_step(label: str, node_id: str, question: str) -> InnerStep:
    """One search for chunks."""
    return InnerStep(f"search {label}", "retrieval", {"node_id": node_id}, question)


@dataclass(frozen=True, slots=True)
class FlowFacts:
    """What is told of an answer of a flow."""

    chatflow_id: str
    type: str
    name: str = ""
    session_id: str = ""
    question: str = ""
    goes_on_in: str | None = None
    """For a run that goes on here after its process died: the ``traceparent`` of its call, empty where that was not traced."""


class FlowStep:
    """One answer of a flow. With a ``report`` its spans are kept, and handed to that at the end."""

    __slots__ = ("_call", "_facts", "_report", "_span", "_start", "_token")

    def __init__(self, facts: FlowFacts, report: Report | None = None) -> None:
        self._facts = facts
        self._report = report
        self._call: Span | None = None
        """The span of a run that is taken over; calls have one of their own."""
        self._span: Span | None = None

    def __enter__(self) -> FlowStep:
        self._start = time.perf_counter()
        parent = SPAN.get()
        if parent is None and self._facts.goes_on_in is not None:
            parent = self._call = _taken_over(self._facts)
        if parent is not None or self._report is not None:
            span = self._span = self._begin(parent)
            if span.trace.with_contents:
                span.input = self._facts.question
            self._token = SPAN.set(span)
        return self

    def _begin(self, parent: Span | None) -> Span:
        flow = self._facts
        facts = {
            "operation": "invoke_agent",
            "agent_id": flow.chatflow_id,
            "chatflow_type": flow.type,
            "conversation": flow.session_id,
        }
        trace = parent.trace if parent is not None else Trace()
        if self._report is not None:
            trace = Trace(trace.writer, [])
        name = f"invoke_agent {flow.name or flow.chatflow_id}"
        if parent is None:
            return Span(trace, None, name, "flow", facts)
        return parent.child(name, "flow", facts, trace)

    def __exit__(self, kind: Kind, error: BaseException | None, trace: TracebackType | None) -> None:
        is_abort = isinstance(error, TradewindError) and error.reason is Reason.CANCELLED
        outcome = "success" if kind is None else "failure" if is_failure(kind) and not is_abort else "cancelled"
        telemetry = TELEMETRY.get()
        if telemetry is not None:
            flow = self._facts
            telemetry.work.count_flow(flow.chatflow_id, flow.type, outcome, time.perf_counter() - self._start)
        if self._span is not None:
            SPAN.reset(self._token)
            self._span.end(error if outcome == "failure" else None)
            if self._report is not None:
                self._report(self._span.trace.records or [])
        if self._call is not None:
            self._call.end(error if outcome == "failure" else None)


def _taken_over(flow: FlowFacts) -> Span | None:
    """The span of a run that goes on in this process, in the trace that it began in; None where nobody traces it."""
    telemetry = TELEMETRY.get()
    if telemetry is None or telemetry.traces is None:
        return None
    headers = {"traceparent": flow.goes_on_in} if flow.goes_on_in else {}
    return telemetry.traces.begin_call(f"take over {flow.name or flow.chatflow_id}", headers, {"agent_id": flow.chatflow_id})


def count_run(event: RunEvent) -> None:
    """Something has become of a run of an agent flow."""
    telemetry = TELEMETRY.get()
    if telemetry is not None:
        telemetry.work.count_run(event)


def count_created(type_: str) -> None:
    """A chatflow was stored anew."""
    telemetry = TELEMETRY.get()
    if telemetry is not None:
        telemetry.work.count_created(type_)


def count_retrieval(chunks: int) -> None:
    """A search for chunks found so many."""
    span = SPAN.get()
    if span is not None and span.kind == "retrieval":
        span.facts["documents"] = chunks
    telemetry = TELEMETRY.get()
    if telemetry is not None:
        telemetry.work.count_retrieval(chunks)
