"""The numbers of what calls are made of: flows, models, vectors, SQL, queues, caches, and the event loop itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from tradewind_server.observability.metrics import LONGEST_LABEL, MOST_MODELS, OTHER_MODELS, SECONDS

PREFIX = "tradewind_"
MOST_FLOWS = 100
"""Chatflows that are told apart in one process, those that were called first; all others are counted together."""
OTHER_FLOWS = "other"
WAIT_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0)
FIRST_TOKEN_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
RunEvent = Literal["begun", "resumed", "taken_over", "finished", "stopped", "failed", "terminated"]
"""What becomes of runs of agent flows: begun by a call, resumed by what a person decided, taken over from a process that died;
then each of the three ends in one of the others (``stopped`` waits for a person), or is taken over again."""
Count = tuple[int, int]
QueueLength = tuple[int | None, int]
"""What is running, where a queue knows, and what waits."""


class BoundedNames:
    """Label values that callers choose: the first ``most`` keep their name, all others share one."""

    def __init__(self, most: int, other: str) -> None:
        self._most = most
        self._other = other
        self._names: set[str] = set()

    def name(self, value: str) -> str:
        if value in self._names:
            return value
        if len(self._names) < self._most and len(value) <= LONGEST_LABEL:
            self._names.add(value)
            return value
        return self._other


class WorkMetrics:
    """Counts and times the parts of calls. Children are looked up once for each set of labels, never in each call."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self._flow_calls = self._counter(
            "flow_calls",
            "Answers of flows by chatflow, type and outcome (success, failure, cancelled).",
            "chatflow", "type", "outcome",
        )  # fmt: skip
        self._flow_seconds = self._histogram("flow_seconds", "Duration of the answers of flows.", SECONDS, "chatflow")
        self._runs = self._counter(
            "agentflow_runs",
            "Runs of agent flows by event: begun, resumed, taken_over; finished, stopped, failed, terminated.",
            "event",
        )  # fmt: skip
        self._created = self._counter("chatflows_created", "Chatflows stored anew, by type.", "type")
        self._model_seconds = self._histogram(
            "model_seconds",
            "Duration of calls of models by operation (chat, embeddings, rerank) and provider.",
            SECONDS, "operation", "provider",
        )  # fmt: skip
        self._model_failures = self._counter("model_failures", "Calls of models that failed.", "operation", "provider")
        self._first_token = self._histogram(
            "model_first_token_seconds",
            "Time until the first words of a streamed answer, by provider and model.",
            FIRST_TOKEN_SECONDS, "provider", "model",
        )  # fmt: skip
        self._vector_seconds = self._histogram(
            "vector_seconds", "Duration of calls of the vector store by operation, repetitions included.", SECONDS, "operation"
        )
        self._vector_failures = self._counter("vector_failures", "Calls of the vector store that failed.", "operation")
        self._retrievals = self._counter("retrievals", "Searches for chunks by what they found (hit, empty).", "outcome")
        self._sql_seconds = self._histogram(
            "sql_seconds",
            "Duration of work in the database, of all that waited together, by queue (read, lookup, write).",
            WAIT_SECONDS, "queue",
        )  # fmt: skip
        self._sql_jobs = self._counter("sql_jobs", "Pieces of work in the database.", "queue")
        self._loop_lag = self._histogram(
            "event_loop_lag_seconds", "How late an event loop wakes from a short sleep, four times a second.", WAIT_SECONDS
        )
        self._waiting = self._gauge("queue_waiting", "What waits in a queue.", "queue")
        self._running = self._gauge("queue_running", "What was let in by a queue and has not ended.", "queue")
        self._cache_lookups = self._counter("cache_lookups", "Look-ups in caches by result (hit, miss).", "cache", "result")
        self._flows = BoundedNames(MOST_FLOWS, OTHER_FLOWS)
        self._models = BoundedNames(MOST_MODELS, OTHER_MODELS)
        self._children: dict[tuple[object, ...], Counter | Histogram | Gauge] = {}
        self._lookups_so_far: dict[str, Count] = {}
        for outcome in ("hit", "empty"):
            self._count(self._retrievals, outcome, by=0)
        for event in get_args(RunEvent):
            self._count(self._runs, event, by=0)

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(PREFIX + name, says, labels, registry=self._registry)

    def _histogram(self, name: str, says: str, buckets: Sequence[float], *labels: str) -> Histogram:
        return Histogram(PREFIX + name, says, labels, buckets=buckets, registry=self._registry)

    def _gauge(self, name: str, says: str, *labels: str) -> Gauge:
        return Gauge(PREFIX + name, says, labels, registry=self._registry, multiprocess_mode="livesum")

    def count_flow(self, chatflow_id: str, type_: str, outcome: str, seconds: float) -> None:
        name = self._flows.name(chatflow_id)
        self._count(self._flow_calls, name, type_, outcome)
        self._observe(self._flow_seconds, seconds, name)

    def count_run(self, event: RunEvent) -> None:
        self._count(self._runs, event)

    def count_created(self, type_: str) -> None:
        self._count(self._created, type_)

    def count_model(self, operation: str, provider: str, seconds: float, *, is_failure: bool) -> None:
        self._observe(self._model_seconds, seconds, operation, provider)
        if is_failure:
            self._count(self._model_failures, operation, provider)

    def count_first_token(self, provider: str, model: str, seconds: float) -> None:
        self._observe(self._first_token, seconds, provider, self._models.name(model))

    def count_vectors(self, operation: str, seconds: float, *, is_failure: bool) -> None:
        self._observe(self._vector_seconds, seconds, operation)
        if is_failure:
            self._count(self._vector_failures, operation)

    def count_retrieval(self, chunks: int) -> None:
        self._count(self._retrievals, "hit" if chunks else "empty")

    def count_sql(self, queue: str, jobs: int, seconds: float) -> None:
        """Called in threads of the database."""
        self._observe(self._sql_seconds, seconds, queue)
        self._count(self._sql_jobs, queue, by=jobs)

    def count_loop_lag(self, seconds: float) -> None:
        self._loop_lag.observe(max(0.0, seconds))

    def set_queues(self, queues: Mapping[str, QueueLength]) -> None:
        """Running and waiting of each queue, as they are now."""
        for name, (running, waiting) in queues.items():
            if running is not None:
                self._set(self._running, running, name)
            self._set(self._waiting, waiting, name)

    def set_cache_lookups(self, caches: Mapping[str, Count]) -> None:
        """Hits and misses of each cache since the process began: caches count in plain numbers, which cost nothing."""
        for name, counts in caches.items():
            before = self._lookups_so_far.get(name, (0, 0))
            self._lookups_so_far[name] = counts
            for result, new, old in zip(("hit", "miss"), counts, before, strict=True):
                self._count(self._cache_lookups, name, result, by=new - old)

    def _count(self, counter: Counter, *labels: str, by: int = 1) -> None:
        child = self._child(counter, labels)
        assert isinstance(child, Counter)
        child.inc(by)

    def _observe(self, histogram: Histogram, seconds: float, *labels: str) -> None:
        child = self._child(histogram, labels)
        assert isinstance(child, Histogram)
        child.observe(seconds)

    def _set(self, gauge: Gauge, value: int, *labels: str) -> None:
        child = self._child(gauge, labels)
        assert isinstance(child, Gauge)
        child.set(value)

    def _child(self, family: Counter | Histogram | Gauge, labels: tuple[str, ...]) -> Counter | Histogram | Gauge:
        key = (family, *labels)
        child = self._children.get(key)
        if child is None:
            child = self._children[key] = family.labels(*labels)
        return child
