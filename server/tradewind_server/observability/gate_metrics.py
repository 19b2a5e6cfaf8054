"""What the gate counts, on the same page as the numbers of the workers."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

SECONDS = 2.0
MOST_BYTES = 64 * 1024
QUESTION = b"GET /stats?filter=over(flow%7Cload_close)%24 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
LINE = re.compile(rb"^(?:cluster|http)\.([a-z]{1,20})\.([a-z_]{1,60}): ([0-9]{1,20})\r?$", re.MULTILINE)
COUNTERS = {
    (b"workers", b"upstream_rq_active_overflow"): "calls",
    (b"workers", b"upstream_rq_pending_overflow"): "calls",
    (b"workers", b"upstream_rq_retry_overflow"): "calls",
    (b"health", b"upstream_rq_active_overflow"): "health",
    (b"health", b"upstream_rq_pending_overflow"): "health",
    (b"health", b"upstream_rq_retry_overflow"): "health",
    (b"main", b"downstream_rq_overload_close"): "gate",
}
"""Envoy's figures by what there was no room for: places at the workers, or memory of the gate itself."""


class GateMetrics(Collector):
    """Asks Envoy over its own ``socket`` at each scrape, in the thread of the scrape. Without an answer it says nothing."""

    def __init__(self, admin: Path) -> None:
        self._admin = admin

    def describe(self) -> Iterator[CounterMetricFamily]:
        yield self._family()

    def collect(self) -> Iterator[CounterMetricFamily]:
        family = self._family()
        counts: dict[str, int] = {}
        for part, figure, count in LINE.findall(self._answer()):
            room = COUNTERS.get((part, figure))
            if room is not None:
                counts[room] = counts.get(room, 0) + int(count)
        for room, total in counts.items():
            family.add_metric([room], total)
        yield family

    @staticmethod
    def _family() -> CounterMetricFamily:
        return CounterMetricFamily(
            "tradewind_gate_shed_calls", "Calls the gate answered with 503 OVERLOADED by itself.", labels=["room"]
        )

    def _answer(self) -> bytes:
        answer = b""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(SECONDS)
                connection.connect(str(self._admin))
                connection.sendall(QUESTION)
                while len(answer) < MOST_BYTES and (piece := connection.recv(MOST_BYTES)):
                    answer += piece
        except OSError:
            return b""
        return answer
