"""When a call of Qdrant is made again, how soon, and for how long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import grpc
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_delay, wait_exponential_jitter

from tradewind_server.vectors.failures import LostKind, is_missing_collection, is_rate_limit, lost_kind, passes_by_itself

SETTLE_SECONDS = 15.0
"""How long a new collection may take to be there on every peer with active shards; it is a second or two."""
LONGEST_SECONDS = 60.0
REFUSED_PAUSE = 0.1


class Attempts:
    """One call with its repetitions. ``away`` says that its connection has been given up; ``settling`` that the collection was
    just made, so that a peer may not know it yet; ``writes`` that a rate limit is worth waiting for.
    """

    def __init__(self, away: Callable[[], bool], *, settling: bool, writes: bool) -> None:
        self._away = away
        self._settling = settling
        self._writes = writes
        self._start = asyncio.get_running_loop().time()
        self._silences = 0

    async def run(self, once: Callable[[], Awaitable[Any]]) -> Any:
        """The first answer; raises the last ``grpc.aio.AioRpcError``."""
        try:
            return await once()
        except grpc.aio.AioRpcError as error:
            if not self._worth(error):
                raise
        return await AsyncRetrying(
            retry=retry_if_exception(self._worth),
            wait=_pause,
            stop=stop_after_delay(LONGEST_SECONDS),
            reraise=True,
        )(once)

    def _worth(self, error: BaseException) -> bool:
        if not isinstance(error, grpc.aio.AioRpcError):
            return False
        kind = lost_kind(error)
        if kind is LostKind.REFUSAL:
            return not self._away()
        if kind is LostKind.SILENT:  # The next one begins with a look at whether a new connection works.
            self._silences += 1
            return self._silences == 1 and self._away()
        if kind is LostKind.WRONG or asyncio.get_running_loop().time() - self._start > SETTLE_SECONDS:
            return False
        return (
            passes_by_itself(error)
            or (self._settling and is_missing_collection(error))
            or (self._writes and is_rate_limit(error))
        )


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if error is not None and lost_kind(error) is LostKind.ANSWER:
        return float(wait_exponential_jitter(multiplier=0.05, max=1.0, jitter=0.1)(state))
    return REFUSED_PAUSE
