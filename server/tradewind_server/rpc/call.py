"""The call that is being served: what the interceptors found out about it, for the servicers to use."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import grpc

from tradewind_server.access.ports import ANONYMOUS, DEFAULT_WORKSPACE, Principal
from tradewind_server.rpc.methods import Method

Headers = dict[str, Any]


@dataclass(slots=True)
class Call:
    """One running call. ``headers`` are its metadata, ``failure_reason`` is set when it failed."""

    method: Method
    context: grpc.aio.ServicerContext
    headers: Headers
    request_id: str = ""
    principal: Principal = ANONYMOUS
    started: float = 0.0
    code: grpc.StatusCode = grpc.StatusCode.OK
    failure_reason: str = ""
    counted: bool = False
    span: Any = field(default=None)

    def from_gate(self) -> bool:
        """Whether the gate sent it: only the gate reaches the unix socket, so only there forwarded headers count."""
        return bool(self.context.peer().startswith("unix"))

    def address(self) -> str:
        """Where the caller is: the address the gate saw, or the other end of the connection."""
        peer = str(self.context.peer())
        if peer.startswith("unix"):
            forwarded = str(self.headers.get("x-forwarded-for", ""))
            return forwarded.rpartition(",")[2].strip() or "unix"
        return peer.rpartition(":")[0]

    @property
    def workspace_id(self) -> str:
        """Workspace of an authenticated caller."""
        return self.principal.workspace_id or DEFAULT_WORKSPACE


CALL: ContextVar[Call] = ContextVar("call")


def current_call() -> Call:
    """The call this task serves."""
    return CALL.get()
