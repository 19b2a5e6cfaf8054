"""Vectors in Qdrant, by qdrant-client's gRPC stubs: the embedded engine and a server alike."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import grpc

from tradewind_server.access.ports import Credentials
from tradewind_server.errors import InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.flows.vector_ports import CollectionSpec
from tradewind_server.header_values import key_fault
from tradewind_server.outbound.destinations import Destinations
from tradewind_server.vectors import requests
from tradewind_server.vectors.address import GRPC_PORT, QdrantAddress, parse_url
from tradewind_server.vectors.collection import QdrantIndex
from tradewind_server.vectors.connection import Connection
from tradewind_server.vectors.failures import accepts_the_key, meaning
from tradewind_server.vectors.protocol import q
from tradewind_server.vectors.server_guard import ServerGuard
from tradewind_server.vectors.trust import NOBODY, Trust, for_others

READY_SECONDS = 2.0
KEY_FIELDS = ("qdrantApiKey", "apiKey", "api_key")
ANY_COLLECTION = "tradewind"
MOST_KNOWN = 10_000
MOST_CONNECTIONS = 200
"""Channels that are kept to servers and keys which drawings name; the least recently used goes first."""
CLOSING_SECONDS = 60.0
"""How long calls on a channel that goes may still take."""


class QdrantIndexes:
    """The port ``VectorIndexes``. ``ensure_started`` has the supervisor start the embedded engine; ``trust`` holds the
    certificates for our own server. ``destinations`` bounds which servers chatflows may name; None bounds nothing.
    """

    def __init__(
        self,
        *,
        socket: Path | None = None,
        url: str | None = None,
        api_key: str | None = None,
        ensure_started: Callable[[], Awaitable[None]] | None = None,
        credentials: Credentials | None = None,
        trust: Trust = NOBODY,
        destinations: Destinations | None = None,
        most_connections: int = MOST_CONNECTIONS,
    ) -> None:
        self._own = QdrantAddress(f"unix:{socket}", GRPC_PORT, False) if url is None else parse_url(url)
        self._own_key = api_key
        self._ensure_started = ensure_started if url is None else None
        self._starting = asyncio.Lock()
        self._started = False
        self._credentials = credentials
        self._trust = trust
        self._guard = ServerGuard(destinations, self._own) if destinations is not None else None
        self._connections: OrderedDict[tuple[QdrantAddress, str | None], Connection] = OrderedDict()
        self._most_connections = most_connections
        self._closing: set[asyncio.Task[None]] = set()
        self._indexed_keys: dict[tuple[str | None, str], set[str]] = {}
        self.embedded = url is None

    def index(self, spec: CollectionSpec) -> QdrantIndex:
        return QdrantIndex(self, replace(spec, url=None, api_key=None) if self._is_own(spec.url) else spec)

    def _is_own(self, url: str | None) -> bool:
        """Whether a drawing names our own Qdrant: its collections belong to workspaces, however it is reached."""
        try:
            return bool(url) and parse_url(url or "") == self._own
        except InvalidInput:  # Said where it is used.
            return False

    async def ready(self) -> bool:
        """Whether our own Qdrant answers. An embedded engine that nobody has used yet counts as ready."""
        if self._ensure_started is not None and not self._started:
            return True
        try:
            await self._hear()
        except TradewindError:
            return False
        return True

    async def version(self) -> str:
        """The version of our own Qdrant. Raises what a call of it would, with the sentence."""
        connection = await self._hear()
        try:
            reply = await connection.call("qdrant", "HealthCheck", q.HealthCheckRequest(), READY_SECONDS)
        except grpc.aio.AioRpcError as error:
            raise meaning(error, ANY_COLLECTION) from error
        return str(reply.version)

    async def _hear(self) -> Connection:
        """Our own Qdrant, once it has accepted the key. A key for one collection is not told about others, which suffices."""
        connection = await self._connection(None, None)
        try:
            await connection.call("collections", "CollectionExists", requests.exists(ANY_COLLECTION), READY_SECONDS)
        except grpc.aio.AioRpcError as error:
            if not accepts_the_key(error):
                connection.note(error, "the check of readiness")
                raise meaning(error, ANY_COLLECTION) from error
        return connection

    async def connection_for(self, spec: CollectionSpec) -> Connection:
        """The channel to a collection's server, with the key that its node or its stored credential names."""
        key = spec.api_key
        if spec.url and not key and spec.credential_id and self._credentials is not None:
            secret = await self._credentials.reveal(spec.workspace_id, spec.credential_id)
            key = next((secret[1][name] for name in KEY_FIELDS if secret[1].get(name)), None) if secret else None
        return await self._connection(spec.url, key)

    async def _connection(self, url: str | None, api_key: str | None) -> Connection:
        """The shared channel to an address; to our own Qdrant when ``url`` is None."""
        own = url is None
        if own and self._ensure_started is not None and not self._started:
            async with self._starting:
                if not self._started:
                    await self._ensure_started()
                    self._started = True
        key = (self._own, self._own_key) if own else (parse_url(url or ""), api_key)
        connection = self._connections.get(key)
        if connection is None:
            if key[1] and (fault := key_fault(key[1])):
                raise Unavailable(
                    Reason.VECTOR_STORE_UNAVAILABLE, f"The API key of the Qdrant server cannot be sent: {fault}; set it again."
                )
            client = await self._connect(*key, own=own)
            connection = self._connections.setdefault(key, client)
            if connection is not client:  # Another call was quicker.
                await client.close()
            self._let_go()
        elif not own:
            self._connections.move_to_end(key)
        return connection

    def _let_go(self) -> None:
        """Keep no more channels than are bearable; that to our own Qdrant stays."""
        own = (self._own, self._own_key)
        while len(self._connections) - (own in self._connections) > self._most_connections:
            oldest = next(key for key in self._connections if key != own)
            task = asyncio.create_task(self._connections.pop(oldest).close(CLOSING_SECONDS))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    async def _connect(self, address: QdrantAddress, api_key: str | None, *, own: bool) -> Connection:
        if own:
            return Connection(address, api_key, self._trust)
        trust = for_others(self._trust)
        if self._guard is None:
            return Connection(address, api_key, trust)
        return Connection(address, api_key, trust, self._guard.target, await self._guard.target(address))

    def forget_connection(self, url: str | None) -> None:
        """Our own engine went away: have it started again before the next use."""
        if url is None:
            self._started = False

    def indexed_keys(self, url: str | None, name: str) -> set[str]:
        """Payload keys of a collection that this process has looked after; empty again when there are very many collections."""
        if len(self._indexed_keys) > MOST_KNOWN:
            self._indexed_keys.clear()
        return self._indexed_keys.setdefault((url, name), set())

    async def aclose(self) -> None:
        for task in self._closing:
            task.cancel()
        for connection in self._connections.values():
            await connection.close()
        self._connections.clear()
