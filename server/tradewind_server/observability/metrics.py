"""What is counted, and the page where Prometheus reads it.

Several workers share one page: ``PROMETHEUS_MULTIPROC_DIR``, set before the workers start, makes each write its numbers
into files of that directory, and :func:`serve_metrics` of the parent adds them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Thread
from typing import Any, Protocol
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from tradewind_server.observability.metrics_page import page_server

SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


MOST_MODELS = 100
"""Model names that are told apart in one process: a caller who may override a model must not fill the page with names."""
OTHER_MODELS = "other"
LONGEST_LABEL = 100


class ModelCall(Protocol):
    """What one call of a model used; None where its endpoint said nothing."""

    @property
    def prompt_tokens(self) -> int | None: ...
    @property
    def completion_tokens(self) -> int | None: ...
    @property
    def cached_tokens(self) -> int | None: ...
    @property
    def reasoning_tokens(self) -> int | None: ...
    @property
    def model(self) -> str: ...
    @property
    def provider(self) -> str: ...


class Metrics:
    """The numbers of one process. Children are resolved once for each method and code, never per call."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.calls = Counter(
            "tradewind_rpc_calls", "Finished calls by method and gRPC code.", ("method", "code"), registry=registry
        )
        self.seconds = Histogram("tradewind_rpc_seconds", "Duration of calls.", ("method",), buckets=SECONDS, registry=registry)
        self.shed = Counter(
            "tradewind_shed_calls", "Calls refused because too many were running.", ("by", "reason"), registry=registry
        )
        self.parsers = Counter(
            "tradewind_parser_processes",
            "Processes that read documents: started, killed in the middle of a document, crashed over one, renewed.",
            ("event",),
            registry=registry,
        )
        self.running = Gauge("tradewind_rpc_running", "Calls now running.", registry=registry, multiprocess_mode="livesum")
        self.model_calls = Counter(
            "tradewind_model_calls", "Calls of chat models by provider and model.", ("provider", "model"), registry=registry
        )
        self.tokens = Counter(
            "tradewind_model_tokens",
            "Tokens of chat models by kind (prompt, completion, cached, reasoning), provider and model.",
            ("kind", "provider", "model"),
            registry=registry,
        )
        self._models: set[tuple[str, str]] = set()

    def count_model_call(self, call: ModelCall) -> None:
        """Count a call of a chat model and its tokens. Models beyond ``MOST_MODELS`` are counted together."""
        provider, model = call.provider[:LONGEST_LABEL], call.model[:LONGEST_LABEL]
        if (provider, model) not in self._models:
            if len(self._models) < MOST_MODELS:
                self._models.add((provider, model))
            else:
                model = OTHER_MODELS
        self.model_calls.labels(provider, model).inc()
        for kind, count in (
            ("prompt", call.prompt_tokens),
            ("completion", call.completion_tokens),
            ("cached", call.cached_tokens),
            ("reasoning", call.reasoning_tokens),
        ):
            if count:
                self.tokens.labels(kind, provider, model).inc(count)

    def count_parsers(self, event: str) -> None:
        self.parsers.labels(event).inc()


class MetricsEndpoint:
    """A running metrics page. ``port`` is the one really taken."""

    def __init__(self, server: WSGIServer, thread: Thread) -> None:
        self._server = server
        self._thread = thread
        self.port: int = server.server_port

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def shared_registry(multiprocess_dir: Path) -> CollectorRegistry:
    """The numbers of all processes that write into a directory, added up at each reading."""
    registry = CollectorRegistry()
    collector: Any = MultiProcessCollector
    collector(registry, path=str(multiprocess_dir))
    return registry


def serve_metrics(
    host: str,
    port: int,
    *,
    registry: CollectorRegistry | None = None,
    multiprocess_dir: Path | None = None,
    others: Iterable[Collector] = (),
    hosts: Sequence[str] = (),
) -> MetricsEndpoint:
    """Serve ``/metrics`` from a thread: of one registry, or of all processes that write into ``multiprocess_dir``.

    ``others`` are collected beside them. The page answers under the names in ``hosts``, localhost and any IP address.
    """
    if multiprocess_dir is not None:
        registry = shared_registry(multiprocess_dir)
    registry = registry or CollectorRegistry()
    for one in others:
        registry.register(one)
    server = page_server(host, port, registry, hosts)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    return MetricsEndpoint(server, thread)
