"""How often the supervisor started its children again, on the page of the workers."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

SECONDS = 2.0
MOST_BYTES = 4096
QUESTION = b'{"restarts": true}\n'


class ChildMetrics(Collector):
    """Asks the supervisor over its control ``socket`` at each scrape, in the scrape's thread. Without an answer it says
    nothing."""

    def __init__(self, control: Path) -> None:
        self._control = control

    def describe(self) -> Iterator[CounterMetricFamily]:
        yield self._family()

    def collect(self) -> Iterator[CounterMetricFamily]:
        family = self._family()
        for name, count in self._restarts().items():
            family.add_metric([name], count)
        yield family

    @staticmethod
    def _family() -> CounterMetricFamily:
        return CounterMetricFamily(
            "tradewind_child_restarts", "Processes of the stack that ended and were started again.", labels=["child"]
        )

    def _restarts(self) -> dict[str, int]:
        answer = b""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(SECONDS)
                connection.connect(str(self._control))
                connection.sendall(QUESTION)
                while len(answer) < MOST_BYTES and (piece := connection.recv(MOST_BYTES)):
                    answer += piece
            counts = json.loads(answer)["restarts"]
            return {str(name): int(count) for name, count in counts.items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return {}
