from __future__ import annotations

import asyncio
import socketserver
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from tradewind_server.observability.gate_metrics import GateMetrics
from tradewind_server.observability.metrics import Metrics, serve_metrics
from tradewind_server.observability.metrics_page import is_allowed

NAMES = frozenset({"localhost", "metrics.intra"})


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LocalHost:9464",
        "localhost.",
        "metrics.intra",
        "metrics.intra:80",
        "127.0.0.1",
        "10.1.2.3:9464",
        "[::1]:9464",
        "[2001:db8::1]",
        "::1",
    ],
)
def test_names_of_our_own_and_addresses_pass(host: str) -> None:
    assert is_allowed(host, NAMES)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:9464",
        "localhost.evil.example",
        "metrics.intra.evil.example",
        "127.0.0.1.nip.io",
        "xlocalhost",
        "",
        ":9464",
        "[evil]:80",
        "[::1",
        "localhost:80@evil.example",
        "127.0.0.1:80:evil.example",
        "localhost, evil.example",
    ],
)
def test_any_other_name_is_refused(host: str) -> None:
    assert not is_allowed(host, NAMES)


async def test_a_page_in_a_browser_cannot_read_the_numbers() -> None:
    registry = CollectorRegistry()
    Metrics(registry)
    endpoint = serve_metrics("127.0.0.1", 0, registry=registry, hosts=["Metrics.Intra"])

    def status(host: str) -> int:
        request = urllib.request.Request(f"http://127.0.0.1:{endpoint.port}/metrics", headers={"Host": host})
        try:
            return int(urllib.request.urlopen(request, timeout=60).status)
        except urllib.error.HTTPError as error:
            assert b"tradewind_" not in error.read()
            return error.code

    try:
        answers = [
            await asyncio.to_thread(status, host) for host in ("127.0.0.1", "localhost", "metrics.intra", "evil.example")
        ]
    finally:
        endpoint.close()
    assert answers == [200, 200, 200, 403]


@pytest.fixture
def envoy(tmp_path: Path) -> Iterator[Path]:
    """Envoy's own socket, with what it says about its clusters."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            assert b"/stats?filter=" in self.rfile.readline()
            lines = [
                "cluster.health.upstream_rq_active_overflow: 2",
                "cluster.workers.upstream_cx_overflow: 4",
                "cluster.workers.upstream_rq_active_overflow: 690",
                "cluster.workers.upstream_rq_retry_overflow: 10",
                "cluster.workers.upstream_rq_pending_overflow: 39",
                "http.main.downstream_rq_overload_close: 5",
            ]
            text = "\n".join(lines)
            self.wfile.write(f"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n{text}\n".encode())

    path = tmp_path / "envoy.sock"
    with socketserver.UnixStreamServer(str(path), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield path
        server.shutdown()
        thread.join()


def test_what_the_gate_turned_away_is_counted(envoy: Path) -> None:
    registry = CollectorRegistry()
    registry.register(GateMetrics(envoy))
    assert registry.get_sample_value("tradewind_gate_shed_calls_total", {"room": "calls"}) == 739
    assert registry.get_sample_value("tradewind_gate_shed_calls_total", {"room": "health"}) == 2
    assert registry.get_sample_value("tradewind_gate_shed_calls_total", {"room": "gate"}) == 5


def test_a_gate_that_is_away_does_not_hold_up_the_page(tmp_path: Path) -> None:
    registry = CollectorRegistry()
    registry.register(GateMetrics(tmp_path / "nothing.sock"))
    assert registry.get_sample_value("tradewind_gate_shed_calls_total", {"room": "calls"}) is None
