"""A gRPC channel to one Qdrant, with the stubs that the adapter calls."""

from __future__ import annotations

import math
from typing import Any

import grpc

from tradewind_server.vectors.address import Address
from tradewind_server.vectors.protocol import q

NEVER = -math.inf
MOST_MESSAGE = 64 * 1024 * 1024
CHANNEL_OPTIONS = [
    # A restarted engine is found again within a fraction of a second.
    ("grpc.initial_reconnect_backoff_ms", 50),
    ("grpc.min_reconnect_backoff_ms", 50),
    ("grpc.max_reconnect_backoff_ms", 500),
    ("grpc.max_receive_message_length", MOST_MESSAGE),
    ("grpc.max_send_message_length", MOST_MESSAGE),
]


class Connection:
    """The channel opens at the first call and opens again by itself."""

    def __init__(self, address: Address, api_key: str | None) -> None:
        if address.tls:
            credentials = grpc.ssl_channel_credentials()
            self._channel = grpc.aio.secure_channel(address.target, credentials, options=CHANNEL_OPTIONS)
        else:
            self._channel = grpc.aio.insecure_channel(address.target, options=CHANNEL_OPTIONS)
        self._metadata = (("api-key", api_key),) if api_key else None
        self.given_up = NEVER
        """When a call stopped waiting for it, in the loop's seconds, since it last answered."""
        self.points: Any = q.PointsStub(self._channel)  # type: ignore[no-untyped-call]
        self.collections: Any = q.CollectionsStub(self._channel)  # type: ignore[no-untyped-call]

    async def call(self, method: Any, request: Any, seconds: float, *, patient: bool = False) -> Any:
        """One call of a stub's method; raises ``grpc.aio.AioRpcError``. A patient call waits for the channel to open; others
        end at once while it is closed.
        """
        return await method(request, timeout=seconds, metadata=self._metadata, wait_for_ready=patient or None)

    async def close(self) -> None:
        await self._channel.close()
