"""Sound as an endpoint sends it: bytes of a bounded number, in pieces of a bounded size."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp

from tradewind_server.models.endpoint import Endpoint

LARGEST_PIECE = 32 * 1024


async def sound_in(endpoint: Endpoint, response: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    """The pieces of an answer, without delay. Raises ``Unavailable(MODEL_UNAVAILABLE)`` for one that is no sound."""
    if response.content_type.startswith(("application/json", "text/")):
        raise endpoint.garbled_error()
    size = 0
    async for data in response.content.iter_any():
        size += len(data)
        endpoint.bound(size)
        for start in range(0, len(data), LARGEST_PIECE):
            yield data[start : start + LARGEST_PIECE]
    if not size:
        raise endpoint.garbled_error()
