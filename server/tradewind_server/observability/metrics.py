"""What is counted, and the page where Prometheus reads it.

Several workers share one page: ``PROMETHEUS_MULTIPROC_DIR``, set before the workers start, makes each write its numbers
into files of that directory, and :func:`serve_metrics` of the parent adds them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from tradewind_server.observability.metrics_page import page_server

SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


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
        registry = CollectorRegistry()
        collector: Any = MultiProcessCollector
        collector(registry, path=str(multiprocess_dir))
    registry = registry or CollectorRegistry()
    for one in others:
        registry.register(one)
    server = page_server(host, port, registry, hosts)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    return MetricsEndpoint(server, thread)
