"""Bounds the calls that run at once: what is too much is refused at once rather than served slowly."""

from __future__ import annotations

from tradewind_server.errors import Reason, Unavailable
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.interceptors.chain import Hooks
from tradewind_server.rpc.methods import Method

ALWAYS_ANSWERED = "tradewind.v1.SystemService"
"""Its pages say whether the server lives, which matters most when it is full."""


class Limits:
    def __init__(self, max_concurrent_calls: int) -> None:
        self._most = max_concurrent_calls
        self.running = 0

    def hooks(self, method: Method) -> Hooks:
        if method.service == ALWAYS_ANSWERED:
            return Hooks()
        return Hooks(enter=self._enter, leave=self._leave)

    def _enter(self, call: Call) -> None:
        if self.running >= self._most:
            raise Unavailable(Reason.OVERLOADED, "The server is answering as many calls as it may; try again shortly.")
        self.running += 1
        call.counted = True

    def _leave(self, call: Call) -> None:
        if call.counted:
            call.counted = False
            self.running -= 1
