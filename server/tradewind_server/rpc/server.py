"""The gRPC server of a worker: its ports, its interceptors, its start and its drain."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from tradewind_server.access.authenticator import Authenticator
from tradewind_server.observability.logging import LineWriter
from tradewind_server.observability.metrics import Metrics
from tradewind_server.rpc.contract import load_contract
from tradewind_server.rpc.doors import Register
from tradewind_server.rpc.health import Health
from tradewind_server.rpc.interceptors.access_log import AccessLog
from tradewind_server.rpc.interceptors.arrival import Pace
from tradewind_server.rpc.interceptors.auth import Auth
from tradewind_server.rpc.interceptors.chain import Chain, Interceptor
from tradewind_server.rpc.interceptors.errors import Errors
from tradewind_server.rpc.interceptors.limits import CallLimits
from tradewind_server.rpc.interceptors.metrics import CallMetrics
from tradewind_server.rpc.interceptors.queries import Queries
from tradewind_server.rpc.interceptors.request_id import RequestId
from tradewind_server.rpc.interceptors.tracing import Tracing
from tradewind_server.rpc.methods import HEALTH, Method, open_methods
from tradewind_server.rpc.reflection import add_reflection
from tradewind_server.settings import Settings

MIB = 1024 * 1024
LONGEST_SOCKET_PATH = 107
NO_BOUND = 2**31 - 1


class CannotListen(Exception):
    """An address cannot be bound. The message is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around each call."""

    authenticator: Authenticator
    metrics: Metrics
    tracing: Tracing
    access_lines: LineWriter | None
    log_form: Literal["json", "console"]
    log: logging.Logger
    new_id: Callable[[], str] = lambda: uuid.uuid4().hex
    monotonic: Callable[[], float] = time.perf_counter
    wall_clock: Callable[[], float] = time.time
    behind_gate: bool = True
    """Whether this stack runs Envoy. Without it, ``TRADEWIND_TRUSTED_HOPS`` applies to the TCP port."""


def interceptors(settings: Settings, around: Around) -> tuple[Interceptor, ...]:
    """All interceptors, outermost first. Those in front of ``Errors`` must not raise."""
    lines = around.access_lines if settings.log_level in ("debug", "info") else None
    limits = CallLimits(settings, around.metrics, behind_gate=around.behind_gate)
    return (
        RequestId(around.new_id),
        around.tracing,
        AccessLog(lines, around.log_form, monotonic=around.monotonic, wall_clock=around.wall_clock),
        CallMetrics(around.metrics, around.monotonic),
        Errors(around.log),
        limits,
        Auth(around.authenticator),
        limits.caller_limits,
        Queries(),
    )


class RpcServer:
    """One worker's server.

    It listens on the unix socket ``socket`` for Envoy, whose forwarded headers are trusted, and on ``address`` for direct
    callers. ``share_port`` lets several workers listen on one TCP port.
    """

    def __init__(
        self,
        settings: Settings,
        registrations: Sequence[Register],
        around: Around,
        *,
        socket: Path | None = None,
        address: tuple[str, int] | None = None,
        share_port: bool = False,
    ) -> None:
        self._settings = settings
        self._registrations = tuple(registrations)
        self._around = around
        self._socket = socket
        self._address = address
        self._share_port = share_port
        self._methods: dict[str, Method] = load_contract().methods()
        self._server: grpc.aio.Server | None = None
        self._health: Health | None = None
        self.tcp_port: int | None = None
        """The TCP port in use, set by :meth:`start`."""

    async def start(self) -> None:
        """Listen and serve. Raises :class:`CannotListen` when an address is in use."""
        settings = self._settings
        chain = Chain(
            interceptors(settings, self._around),
            {**self._methods, **open_methods()},
            pace=Pace.from_settings(settings),
            seconds=lambda method: settings.long_request_timeout if method.long_running else settings.request_timeout,
        )
        server = grpc.aio.server(options=self._options())
        registrar = chain.around(server)
        for register in self._registrations:
            register(registrar)
        self._health = Health()
        add_health: Any = health_pb2_grpc.add_HealthServicer_to_server
        add_health(self._health, registrar)
        services = sorted({method.service for method in self._methods.values()})
        add_reflection((*services, HEALTH), registrar)
        self._listen(server)
        await server.start()
        for name in ("", *services):
            await self._health.set(name, health_pb2.HealthCheckResponse.SERVING)
        self._server = server

    async def drain(self, timeout: float) -> None:
        """Report NOT_SERVING, give running calls ``timeout`` seconds to finish, and stop."""
        if self._server is None or self._health is None:
            return
        await self._health.enter_graceful_shutdown()
        await self._server.stop(timeout)
        self._server = None
        if self._around.access_lines is not None:
            await self._around.access_lines.close()
        if self._socket is not None:
            self._socket.unlink(missing_ok=True)

    async def wait(self) -> None:
        """Wait until the server has stopped."""
        if self._server is not None:
            await self._server.wait_for_termination()

    def _listen(self, server: grpc.aio.Server) -> None:
        if self._socket is not None:
            path = self._socket.absolute()
            if len(bytes(path)) > LONGEST_SOCKET_PATH:
                raise CannotListen(f"The path of the socket is longer than {LONGEST_SOCKET_PATH} bytes: {path}")
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.unlink(missing_ok=True)
            server.add_insecure_port(f"unix:{path}")
        if self._address is not None:
            host, port = self._address
            address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            try:
                self.tcp_port = int(server.add_insecure_port(address))
            except RuntimeError as error:
                raise CannotListen(f"The gRPC address {address} is taken or not ours; choose another port.") from error

    def _options(self) -> tuple[tuple[str, int], ...]:
        settings = self._settings
        return (
            ("grpc.max_receive_message_length", settings.max_body_bytes + MIB),
            ("grpc.max_send_message_length", -1),
            ("grpc.max_concurrent_streams", settings.max_streams_per_connection),
            # What is too much is refused by ``CallLimits``, with a reason; gRPC by itself would drop calls that wait together.
            ("grpc.server.max_pending_requests", NO_BOUND),
            ("grpc.server.max_pending_requests_hard_limit", NO_BOUND),
            ("grpc.max_metadata_size", 64 * 1024),
            ("grpc.keepalive_time_ms", 60_000),
            ("grpc.keepalive_timeout_ms", 20_000),
            ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
            ("grpc.so_reuseport", int(self._share_port)),
        )
