"""Counts and times the calls of each method, and tells of those that asked models what part the models took."""

from __future__ import annotations

from collections.abc import Callable

import grpc

from tradewind_server.observability.metrics import Metrics
from tradewind_server.observability.steps import TIMES, CallTimes
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.interceptors.chain import Hooks
from tradewind_server.rpc.interceptors.request_id import HEADER as REQUEST_ID
from tradewind_server.rpc.methods import Level, Method
from tradewind_server.rpc.timing import HEADER as TIMING
from tradewind_server.rpc.timing import timing_of


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
        asks_models = method.level is Level.CHATFLOW
        in_trailer = asks_models and not method.yields_stream

        def enter(call: Call) -> None:
            call.started = monotonic()
            if asks_models:
                call.times = CallTimes()
                TIMES.set(call.times)
            running.inc()

        def leave(call: Call) -> None:
            now = monotonic()
            running.dec()
            seconds.observe(now - call.started)
            if in_trailer and call.code is grpc.StatusCode.OK and (timing := timing_of(call, now)):
                call.context.set_trailing_metadata(((REQUEST_ID, call.request_id), (TIMING, timing)))
            counter = by_code.get(call.code)
            if counter is None:
                counter = by_code[call.code] = metrics.calls.labels(name, call.code.name)
            counter.inc()

        return Hooks(enter=enter, leave=leave)
