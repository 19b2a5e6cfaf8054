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
QUESTION = (
    b"GET /stats?filter=%5Ecluster%5C.(workers%7Chealth)%5C.upstream_rq_pending_overflow%24 HTTP/1.1\r\n"
    b"Host: localhost\r\nConnection: close\r\n\r\n"
)
LINE = re.compile(rb"^cluster\.([a-z]{1,20})\.upstream_rq_pending_overflow: ([0-9]{1,20})\r?$", re.MULTILINE)


class GateMetrics(Collector):
    """Asks Envoy over its own ``socket`` at each scrape, in the thread of the scrape. Without an answer it says nothing."""

    def __init__(self, admin: Path) -> None:
        self._admin = admin

    def describe(self) -> Iterator[CounterMetricFamily]:
        yield self._family()

    def collect(self) -> Iterator[CounterMetricFamily]:
        family = self._family()
        for places, count in LINE.findall(self._answer()):
            kind = "calls" if places == b"workers" else "health"
            family.add_metric([kind], int(count))
        yield family

    @staticmethod
    def _family() -> CounterMetricFamily:
        return CounterMetricFamily(
            "tradewind_gate_shed_calls", "Calls the gate answered with 503 OVERLOADED by itself.", labels=["places"]
        )

    def _answer(self) -> bytes:
        answer = b""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asked:
                asked.settimeout(SECONDS)
                asked.connect(str(self._admin))
                asked.sendall(QUESTION)
                while len(answer) < MOST_BYTES and (piece := asked.recv(MOST_BYTES)):
                    answer += piece
        except OSError:
            return b""
        return answer
