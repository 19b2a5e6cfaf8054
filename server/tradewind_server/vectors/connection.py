"""A gRPC channel to one Qdrant, with the stubs that the adapter calls, and what is known of whether the other end lives."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
from collections.abc import Awaitable, Callable
from typing import Any

import grpc

from tradewind_server.vectors import requests
from tradewind_server.vectors.address import QdrantAddress
from tradewind_server.vectors.failures import LostKind, lost_kind
from tradewind_server.vectors.protocol import q
from tradewind_server.vectors.trust import NOBODY, Trust

LOG = logging.getLogger("tradewind.vectors")
NEVER = -math.inf
MOST_MESSAGE = 64 * 1024 * 1024
PROBE_SECONDS = 1.0
"""How long a call waits for a server that has been silent, on a connection of its own."""
PROBE_PAUSE = 0.1
"""Calls that come sooner after a probe in vain share what it found."""
PATIENCE_SECONDS = 8.0
"""How long calls wait for a server that refuses them, counted from the first one: a killed engine is back within half of it."""
OLD_CALLS_SECONDS = 60.0
LOG_PAUSE = 10.0
MOST_LOGGED = 600
MOST_NOTED = 100
Pin = Callable[[QdrantAddress], Awaitable[str]]
CHANNEL_OPTIONS: list[tuple[str, Any]] = [
    # A restarted engine is found again within a fraction of a second.
    ("grpc.initial_reconnect_backoff_ms", 50),
    ("grpc.max_reconnect_backoff_ms", 500),
    ("grpc.max_receive_message_length", MOST_MESSAGE),
    ("grpc.max_send_message_length", MOST_MESSAGE),
    # A dead connection ends the calls on it within eight seconds, also those that may take longer.
    ("grpc.keepalive_time_ms", 5000),
    ("grpc.keepalive_timeout_ms", 3000),
    ("grpc.http2.ping_timeout_ms", 3000),  # This is what gRPC's core goes by; without it a minute.
    ("grpc.http2.max_pings_without_data", 0),
    # Two channels to one address never share a connection: a new one is a new try.
    ("grpc.use_local_subchannel_pool", 1),
]


class Connection:
    """The channel opens at the first call and opens again by itself.

    It is ``away`` from when calls waited for it in vain until it answers: until then each call first asks whether it is back,
    on a new channel, and those that come together ask together.
    """

    def __init__(
        self, address: QdrantAddress, api_key: str | None, trust: Trust = NOBODY, pin: Pin | None = None, target: str = ""
    ) -> None:
        """``pin`` finds where a server is that a drawing names, for each new channel; ``target`` is what it found first."""
        self._address = address
        self._trust = trust
        self._pin = pin
        self._metadata = (("api-key", api_key),) if api_key else None
        self._use(self._open(target))
        self.away = False
        self._last_answer = NEVER
        self._first_failure = NEVER
        """When the first call since the last answer failed."""
        self._probe: asyncio.Task[None] | None = None
        self._last_probe: tuple[float, grpc.aio.AioRpcError] | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._log_times: dict[str, float] = {}

    def _open(self, target: str) -> grpc.aio.Channel:
        options = CHANNEL_OPTIONS
        if target:
            host = self._address.target
            options = [*options, ("grpc.enable_http_proxy", 0), ("grpc.default_authority", host)]
            if self._address.tls:
                options.append(("grpc.ssl_target_name_override", self._address.host))
        target = target or self._address.target
        if not self._address.tls:
            return grpc.aio.insecure_channel(target, options=options)
        trust = self._trust
        credentials = grpc.ssl_channel_credentials(trust.ca, trust.key, trust.cert)
        return grpc.aio.secure_channel(target, credentials, options=options)

    def _use(self, channel: grpc.aio.Channel) -> None:
        self._channel = channel
        self._stubs: dict[str, Any] = {
            "points": q.PointsStub(channel),  # type: ignore[no-untyped-call]
            "collections": q.CollectionsStub(channel),  # type: ignore[no-untyped-call]
            "snapshots": q.SnapshotsStub(channel),  # type: ignore[no-untyped-call]
            "qdrant": q.QdrantStub(channel),  # type: ignore[no-untyped-call]
        }

    async def call(self, service: str, method: str, request: Any, seconds: float) -> Any:
        """One call of a method of Qdrant's services, at most ``seconds`` long; raises ``grpc.aio.AioRpcError``."""
        if self.away:
            await self._ask_whether_back(getattr(request, "collection_name", ""))
        start = asyncio.get_running_loop().time()
        try:
            answer = await getattr(self._stubs[service], method)(request, timeout=seconds, metadata=self._metadata)
        except grpc.aio.AioRpcError as error:
            self._note_failure(error, start)
            raise
        self._note_answer()
        return answer

    def _note_answer(self) -> None:
        self._last_answer = asyncio.get_running_loop().time()
        self._first_failure = NEVER
        self.away = False

    def _note_failure(self, error: grpc.aio.AioRpcError, start: float) -> None:
        kind = lost_kind(error)
        if kind is LostKind.ANSWER:
            self._note_answer()
            return
        now = asyncio.get_running_loop().time()
        if self._last_answer > start:  # It answers others: this call alone was slow, or was cut off.
            return
        if self._first_failure == NEVER:
            self._first_failure = now
        self.away = self.away or kind is not LostKind.REFUSAL or now - self._first_failure >= PATIENCE_SECONDS

    async def _ask_whether_back(self, name: str) -> None:
        """Returns once the server answers; raises what it was last heard to say otherwise."""
        if self._probe is None:
            if self._last_probe is not None and asyncio.get_running_loop().time() - self._last_probe[0] < PROBE_PAUSE:
                raise self._last_probe[1]
            self._probe = asyncio.create_task(self._look(name))
            self._probe.add_done_callback(self._on_probe)
        await asyncio.shield(self._probe)

    def _on_probe(self, probe: asyncio.Task[None]) -> None:
        self._probe = None
        if not probe.cancelled():
            probe.exception()  # Heard, even where all who waited for it have gone.

    async def _look(self, name: str) -> None:
        """A connection may be dead while new ones work: a new one is asked, and then takes the old one's place."""
        channel = self._open(await self._pin(self._address) if self._pin else "")
        try:
            stub: Any = q.CollectionsStub(channel)  # type: ignore[no-untyped-call]
            await stub.CollectionExists(requests.exists(name or "tradewind"), timeout=PROBE_SECONDS, metadata=self._metadata)
        except grpc.aio.AioRpcError as error:
            if lost_kind(error) is not LostKind.ANSWER:
                self._last_probe = asyncio.get_running_loop().time(), error
                await channel.close()
                raise
        except asyncio.CancelledError:
            await channel.close()
            raise
        self._note_answer()
        old, self._last_probe = self._channel, None
        self._use(channel)
        closing = asyncio.create_task(old.close(OLD_CALLS_SECONDS))  # What goes on there may end.
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    def note(self, error: grpc.aio.AioRpcError, about: str) -> None:
        """Log what the server said, once in a while for the same words: callers are told a sentence only."""
        now = asyncio.get_running_loop().time()
        detail = " ".join((error.details() or "").split())[:MOST_LOGGED]
        key = f"{error.code().name} {detail[:80]}"
        if now - self._log_times.get(key, NEVER) < LOG_PAUSE:
            return
        if len(self._log_times) > MOST_NOTED:
            self._log_times.clear()
        self._log_times[key] = now
        LOG.warning("qdrant at %s, %s: %s %s", self._address.target, about, error.code().name, detail)

    async def close(self, grace_seconds: float | None = None) -> None:
        """``grace_seconds`` is how long calls under way may still take."""
        if self._probe is not None:
            self._probe.cancel()
        for task in list(self._closing):
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*self._closing, return_exceptions=True)
        await self._channel.close(grace_seconds)
