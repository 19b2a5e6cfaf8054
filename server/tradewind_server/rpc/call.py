"""The call that is being served: what the interceptors found out about it, for the servicers to use."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import grpc

from tradewind_server.access.addresses import forwarded_host, host_of, network_of
from tradewind_server.access.ports import ANONYMOUS, DEFAULT_WORKSPACE, Principal
from tradewind_server.rpc.methods import Method

Headers = dict[str, Any]
UNIX = "unix"
"""Stands for the address of what runs on this machine and reaches the socket: the gate always names a caller."""


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
    share: str = ""
    """The share of the places at once that this call holds; empty when it holds none."""
    gate_hops: int = 0
    port_hops: int = 0
    """Proxies that are believed in front of the gate, and in front of the port without one."""
    network: str = ""
    span: Any = field(default=None)

    def from_gate(self) -> bool:
        """Whether the gate sent it: only the gate reaches the unix socket, so only there forwarded headers count."""
        return bool(self.context.peer().startswith("unix"))

    def address(self) -> str:
        """Where the caller is: the address the gate saw, or the other end of the connection.

        Of IPv6 the network, since the rest is the caller's to choose.
        """
        if not self.network:
            self.network = network_of(self._host())
        return self.network

    def _host(self) -> str:
        peer = str(self.context.peer())
        forwarded = str(self.headers.get("x-forwarded-for", ""))
        if peer.startswith("unix"):
            return forwarded_host(forwarded, self.gate_hops) or UNIX
        if self.port_hops:
            return forwarded_host(f"{forwarded},{host_of(peer)}", self.port_hops)
        return host_of(peer)

    @property
    def workspace_id(self) -> str:
        """Workspace of an authenticated caller."""
        return self.principal.workspace_id or DEFAULT_WORKSPACE


CALL: ContextVar[Call] = ContextVar("call")


def current_call() -> Call:
    """The call this task serves."""
    return CALL.get()


def current_caller() -> str:
    """Who makes the call that this task serves, for shares: the id of the key, else the address; empty outside of calls."""
    call = CALL.get(None)
    if call is None:
        return ""
    who = call.principal
    if who.kind == "anonymous":
        return call.address()
    return who.key_id or who.kind
