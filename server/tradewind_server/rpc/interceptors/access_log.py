"""Writes one log line for each call: caller, method, code, reason and duration. It holds no contents and no secrets."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

import grpc
import orjson

from tradewind_server.observability.logging import LineWriter
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.interceptors.chain import Hooks
from tradewind_server.rpc.methods import Method

OUR_FAULTS = frozenset({grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN, grpc.StatusCode.DATA_LOSS})
QUIET_METHODS = frozenset({"Liveness", "Readiness", "Ping"})
"""Methods that load balancers probe; only failed calls of them are logged."""


class AccessLog:
    """Logs calls to ``writer``; None logs nothing."""

    def __init__(
        self,
        writer: LineWriter | None,
        form: Literal["json", "console"],
        *,
        monotonic: Callable[[], float],
        wall_clock: Callable[[], float],
    ) -> None:
        self._writer = writer
        self._line = _json_line if form == "json" else _console_line
        self._monotonic = monotonic
        self._wall_clock = wall_clock
        self._clock = _SecondText()

    def hooks(self, method: Method) -> Hooks:
        writer, line, monotonic, wall_clock = self._writer, self._line, self._monotonic, self._wall_clock
        if writer is None:
            return Hooks()
        clock = self._clock
        quiet = method.name in QUIET_METHODS

        def enter(call: Call) -> None:
            call.started = monotonic()

        def leave(call: Call) -> None:
            if not (quiet and call.code is grpc.StatusCode.OK):
                writer.line(line(call, monotonic() - call.started, clock.text(wall_clock())))

        return Hooks(enter=enter, leave=leave)


def _json_line(call: Call, seconds: float, when: str) -> bytes:
    line: dict[str, object] = {
        "time": when,
        "level": "error" if call.code in OUR_FAULTS else "info",
        "logger": "access",
        "message": call.method.path,
        "code": call.code.name,
        "ms": round(seconds * 1000, 2),
        "caller": call.principal.kind,
        "requestId": call.request_id,
    }
    if call.failure_reason:
        line["reason"] = call.failure_reason
    if call.principal.key_id:
        line["keyId"] = call.principal.key_id
    if call.span is not None:
        line["traceId"] = call.span.trace_id
    return orjson.dumps(line)


def _console_line(call: Call, seconds: float, when: str) -> bytes:
    level = "error" if call.code in OUR_FAULTS else "info"
    outcome = f"{call.code.name} {call.failure_reason}" if call.failure_reason else call.code.name
    text = f"{when[11:23]} {level:7} {call.method.name} {outcome} {seconds * 1000:.1f} ms  [{call.request_id}]"
    return text.encode()


class _SecondText:
    """Formats times. The text of the current second is cached for its other lines."""

    def __init__(self) -> None:
        self._second = -1
        self._text = ""

    def text(self, wall: float) -> str:
        second = int(wall)
        if second != self._second:
            self._second = second
            self._text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
        return f"{self._text}.{int((wall - second) * 1000):03d}Z"
