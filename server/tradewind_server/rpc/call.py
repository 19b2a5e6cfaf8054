"""The state of the call that a task serves. Interceptors fill it in; servicers read it."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import grpc

from tradewind_server.access.addresses import forwarded_host, host_of, network_of
from tradewind_server.access.ports import ANONYMOUS, DEFAULT_WORKSPACE, Principal
from tradewind_server.observability.spans import Span
from tradewind_server.observability.steps import CallTimes
from tradewind_server.rpc.methods import Method

Headers = dict[str, Any]
UNIX = "unix"
"""The address of a caller on the unix socket that sends no ``X-Forwarded-For``: a process of this machine, not the gate."""


@dataclass(slots=True)
class Call:
    """One running call. ``headers`` is its request metadata; ``failure_reason`` is set when it failed."""

    method: Method
    context: grpc.aio.ServicerContext
    headers: Headers
    request_id: str = ""
    principal: Principal = ANONYMOUS
    started: float = 0.0
    code: grpc.StatusCode = grpc.StatusCode.OK
    failure_reason: str = ""
    share: str = ""
    """The share in which ``Limits`` counts this call; empty when it is not counted."""
    gate_hops: int = 0
    port_hops: int = 0
    """Trusted proxies: ``gate_hops`` in front of the gate, ``port_hops`` in front of a port without a gate."""
    network: str = ""
    span: Span | None = None
    times: CallTimes | None = None
    """How long models were waited for; None for calls that ask none."""
    timer: asyncio.Timeout | None = None
    """Ends the call when it takes too long. One serves for all that a call waits for: each costs what it guards."""
    _peer: str = ""

    def due_within(self, seconds: float | None) -> None:
        """Let the call go on for so long from now; None is for a stream, which lasts as long as its reader does."""
        if self.timer is not None:
            self.timer.reschedule(None if seconds is None else asyncio.get_running_loop().time() + seconds)

    def peer(self) -> str:
        """The other end of the connection, as gRPC writes it; asked for once."""
        if not self._peer:
            self._peer = str(self.context.peer())
        return self._peer

    def from_gate(self) -> bool:
        """Whether the call came over the unix socket, which only the gate reaches. Forwarded headers are trusted only there."""
        return self.peer().startswith("unix")

    def address(self) -> str:
        """The caller's IP address: the one the gate saw, or the other end of the connection.

        For IPv6 it is the /64 network, because a caller chooses the rest of the address.
        """
        if not self.network:
            self.network = network_of(self.host())
        return self.network

    def host(self) -> str:
        """The caller's whole address, as :meth:`address` begins with."""
        peer = self.peer()
        forwarded_for = str(self.headers.get("x-forwarded-for", ""))
        if peer.startswith("unix"):
            return forwarded_host(forwarded_for, self.gate_hops) or UNIX
        if self.port_hops:
            return forwarded_host(f"{forwarded_for},{host_of(peer)}", self.port_hops)
        return host_of(peer)

    @property
    def workspace_id(self) -> str:
        """The workspace of the caller; the default workspace for an anonymous one."""
        return self.principal.workspace_id or DEFAULT_WORKSPACE


CALL: ContextVar[Call] = ContextVar("call")


def current_call() -> Call:
    """The call that this task serves. Raises ``LookupError`` outside of a call."""
    return CALL.get()


def current_caller() -> str:
    """The caller of this task's call, for fair sharing: the key's id, else the address; "" outside of a call."""
    call = CALL.get(None)
    if call is None:
        return ""
    who = call.principal
    if who.kind == "anonymous":
        return call.address()
    return who.key_id or who.kind
