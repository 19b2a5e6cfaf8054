"""Bodies of client streams that a server refuses before their end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any


async def left_open(parts: Iterable[Any]) -> AsyncIterator[Any]:
    """Messages of a call that its server ends behind the last of them. One more on its way would be an error of the client's
    own: grpc.aio then reports INTERNAL, whatever the server said."""
    for part in parts:
        yield part
    await asyncio.Event().wait()
