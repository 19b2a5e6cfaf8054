"""Spans of a call: which step was inside which, how long each took, and of what it failed.

The span that a task works in stands in a context variable; where there is none, because nobody asked for a trace or the call
was not sampled, a step finds None there and does nothing more. What becomes of spans is the business of a trace's
:class:`SpanWriter`, and of whoever reads the records of the trace.
"""

from __future__ import annotations

import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

SpanKind = Literal["call", "flow", "node", "tool", "retrieval", "model", "vector", "sql"]
MOST_RECORDS = 1000
"""Spans of one trace that are kept for a report."""


class SpanWriter(Protocol):
    """Takes spans out of the process, without waiting."""

    with_contents: bool
    """Whether it wants what was said, too."""

    def start(self, span: Span) -> Any:
        """The writer's own handle of a span that begins."""
        ...

    def end(self, span: Span) -> None: ...

    def trace_id(self, span: Span) -> str: ...

    def trace_parent(self, span: Span) -> str:
        """The span as the header ``traceparent`` writes it."""
        ...


@dataclass(slots=True, repr=False)
class Trace:
    """What happens to the spans of one call, or of one answer of a flow."""

    writer: SpanWriter | None = None
    records: list[Span] | None = None
    """Ended spans are kept here where a report is made of them; None where none is."""

    @property
    def with_contents(self) -> bool:
        return self.records is not None or (self.writer is not None and self.writer.with_contents)


@dataclass(slots=True, eq=False, repr=False)  # The spans of a trace know each other.
class Span:
    """One step. Times are nanoseconds since 1970."""

    trace: Trace
    parent: Span | None
    name: str
    kind: SpanKind
    facts: dict[str, Any]
    """Attributes by the names of :mod:`tradewind_server.observability.span_names`: no contents, no secrets."""
    start: int = field(default_factory=time.time_ns)
    stop: int = 0
    input: Any = None
    output: Any = None
    """What was said into it and out of it; None where nobody wants contents."""
    error: BaseException | None = None
    handle: Any = None

    def child(self, name: str, kind: SpanKind, facts: dict[str, Any], trace: Trace | None = None) -> Span:
        """A span inside this one, begun now; ``trace`` where its spans go elsewhere too."""
        return begin(Span(trace or self.trace, self, name, kind, facts))

    def end(self, error: BaseException | None = None) -> None:
        self.stop = time.time_ns()
        if error is not None:
            self.error = error
            self.facts["error"] = str(getattr(getattr(error, "reason", None), "value", "")) or type(error).__name__
        if self.handle is not None and self.trace.writer is not None:
            self.trace.writer.end(self)
        records = self.trace.records
        if records is not None and (len(records) < MOST_RECORDS or self.kind == "flow"):
            records.append(self)

    @property
    def trace_id(self) -> str:
        """32 hexadecimal digits; empty where no writer knows it."""
        return self.trace.writer.trace_id(self) if self.trace.writer is not None and self.handle is not None else ""


def begin(span: Span) -> Span:
    if span.trace.writer is not None:
        span.handle = span.trace.writer.start(span)
    return span


SPAN: ContextVar[Span | None] = ContextVar("span", default=None)
"""The span that the running task works in."""


def current_trace_id() -> str:
    """The id of the trace that the running task is part of; empty where it is part of none."""
    span = SPAN.get()
    return span.trace_id if span is not None else ""


def current_trace_parent() -> str:
    """The span that the running task works in, as ``traceparent`` writes it; empty where there is none that leaves here."""
    span = SPAN.get()
    writer = span.trace.writer if span is not None else None
    return writer.trace_parent(span) if writer is not None and span is not None and span.handle is not None else ""


def note_output(value: Any) -> None:
    """What came out of the step that the running task works in."""
    span = SPAN.get()
    if span is not None and span.trace.with_contents:
        span.output = value
