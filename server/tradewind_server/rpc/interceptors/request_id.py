"""Sets the id of each call: ``x-request-id`` of a call from the gate, else a new one."""

from __future__ import annotations

import re
from collections.abc import Callable

from tradewind_server.observability.context import REQUEST_ID
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.interceptors.chain import Hooks
from tradewind_server.rpc.methods import Method

HEADER = "x-request-id"
PLAIN = re.compile(r"[A-Za-z0-9._:\-]{1,128}")


class RequestId:
    """Sets the request id and sends it back with the trailing metadata."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id

    def hooks(self, method: Method) -> Hooks:
        return Hooks(enter=self._enter)

    def _enter(self, call: Call) -> None:
        request_id = call.headers.get(HEADER)
        # Anyone may claim anything over TCP; a forged id would let callers write into each other's log lines.
        if request_id is not None and call.from_gate() and isinstance(request_id, str) and PLAIN.fullmatch(request_id):
            call.request_id = request_id
        else:
            call.request_id = self._new_id()
        REQUEST_ID.set(call.request_id)
        call.context.set_trailing_metadata(((HEADER, call.request_id),))
