"""Steps of a call that are timed: whatever asks a model, a vector store or a flow says so here, and here alone.

Nothing is passed through the rooms for it: a worker's :class:`Telemetry` and a call's :class:`CallTimes` stand in context
variables, which every task of a call inherits. Where there is none, as in tests and commands, steps cost next to nothing.
"""

from __future__ import annotations

import time
from contextvars import ContextVar
from types import TracebackType
from typing import Protocol

from tradewind_server.errors import Reason, TradewindError
from tradewind_server.observability.work_metrics import WorkMetrics


class TokenCounts(Protocol):
    """What a call of a model used; None where its endpoint said nothing."""

    @property
    def prompt_tokens(self) -> int | None: ...
    @property
    def completion_tokens(self) -> int | None: ...


class Telemetry:
    """What one worker measures with."""

    __slots__ = ("work",)

    def __init__(self, work: WorkMetrics) -> None:
        self.work = work


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


def is_failure(kind: Kind) -> bool:
    """Whether a step failed. One whose caller has left did not: it was cancelled, or its stream is read no further."""
    return kind is not None and issubclass(kind, Exception)


class ModelStep:
    """One call of a model; a streamed one lasts until its last piece is read."""

    __slots__ = ("_first", "_model", "_operation", "_provider", "_start", "_times", "usage")

    def __init__(self, operation: str, provider: str, model: str) -> None:
        """``operation`` is ``chat``, ``embeddings`` or ``rerank``."""
        self._operation = operation
        self._provider = provider
        self._model = model
        self._first = True
        self.usage: TokenCounts | None = None
        """What the endpoint said that it used."""

    def __enter__(self) -> ModelStep:
        self._start = time.perf_counter()
        self._times = TIMES.get()
        if self._times is not None:
            self._times.begin(self._start)
        return self

    def first_words(self) -> None:
        """The first piece of a streamed answer is there. Has no effect when called again."""
        if not self._first:
            return
        self._first = False
        telemetry = TELEMETRY.get()
        if telemetry is not None:
            telemetry.work.count_first_token(self._provider, self._model, time.perf_counter() - self._start)

    def __exit__(self, kind: Kind, error: BaseException | None, trace: TracebackType | None) -> None:
        now = time.perf_counter()
        if self._times is not None:
            self._times.end(now)
        telemetry = TELEMETRY.get()
        if telemetry is not None:
            telemetry.work.count_model(self._operation, self._provider, now - self._start, is_failure=is_failure(kind))


class VectorStep:
    """One call of a vector store, its repetitions included."""

    __slots__ = ("_operation", "_start")

    def __init__(self, operation: str) -> None:
        self._operation = operation

    def __enter__(self) -> VectorStep:
        self._start = time.perf_counter()
        return self

    def __exit__(self, kind: Kind, error: BaseException | None, trace: TracebackType | None) -> None:
        telemetry = TELEMETRY.get()
        if telemetry is not None:
            seconds = time.perf_counter() - self._start
            telemetry.work.count_vectors(self._operation, seconds, is_failure=is_failure(kind))


class FlowStep:
    """One answer of a flow."""

    __slots__ = ("_chatflow_id", "_start", "_type")

    def __init__(self, chatflow_id: str, type_: str) -> None:
        self._chatflow_id = chatflow_id
        self._type = type_

    def __enter__(self) -> FlowStep:
        self._start = time.perf_counter()
        return self

    def __exit__(self, kind: Kind, error: BaseException | None, trace: TracebackType | None) -> None:
        telemetry = TELEMETRY.get()
        if telemetry is None:
            return
        is_abort = isinstance(error, TradewindError) and error.reason is Reason.CANCELLED
        outcome = "success" if kind is None else "failure" if is_failure(kind) and not is_abort else "cancelled"
        telemetry.work.count_flow(self._chatflow_id, self._type, outcome, time.perf_counter() - self._start)


def count_retrieval(chunks: int) -> None:
    """A search for chunks found so many."""
    telemetry = TELEMETRY.get()
    if telemetry is not None:
        telemetry.work.count_retrieval(chunks)
