"""Counts and times the calls of each method."""

from __future__ import annotations

from collections.abc import Callable

import grpc

from tradewind_server.observability.metrics import Metrics
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.interceptors.chain import Hooks
from tradewind_server.rpc.methods import Method


class CallMetrics:
    def __init__(self, metrics: Metrics, monotonic: Callable[[], float]) -> None:
        self._metrics = metrics
        self._monotonic = monotonic

    def hooks(self, method: Method) -> Hooks:
        metrics, monotonic = self._metrics, self._monotonic
        name = f"{method.service.rpartition('.')[2]}/{method.name}"
        by_code = {code: metrics.calls.labels(name, code.name) for code in (grpc.StatusCode.OK,)}
        seconds = metrics.seconds.labels(name)
        running = metrics.running

        def enter(call: Call) -> None:
            call.started = monotonic()
            running.inc()

        def leave(call: Call) -> None:
            running.dec()
            seconds.observe(monotonic() - call.started)
            counter = by_code.get(call.code)
            if counter is None:
                counter = by_code[call.code] = metrics.calls.labels(name, call.code.name)
            counter.inc()

        return Hooks(enter=enter, leave=leave)
