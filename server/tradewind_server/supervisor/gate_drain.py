"""Lets the calls that run through Envoy end before it does, where no worker of this stack holds it back."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

ADMIN_SECONDS = 2.0
MOST_BYTES = 64 * 1024
PAUSE_SECONDS = 0.2
ACTIVE = re.compile(rb"^http\.main\.downstream_rq_active: ([0-9]{1,12})\r?$", re.MULTILINE)


async def drain_gate(admin: Path, seconds: float) -> None:
    """Tell Envoy at its ``admin`` socket to let its connections go, and wait until no call runs, ``seconds`` at most.

    An Envoy that does not answer has nothing to wait for.
    """
    await _ask(admin, "POST", "/drain_listeners?graceful&skip_exit")
    try:
        async with asyncio.timeout(seconds):
            while await running_calls(admin):  # noqa: ASYNC110 (it is another process: its figure is asked for, no event comes)
                await asyncio.sleep(PAUSE_SECONDS)
    except TimeoutError:
        return


async def running_calls(admin: Path) -> int:
    """Calls that Envoy now has at its listener; 0 when it does not answer."""
    answer = await _ask(admin, "GET", "/stats?filter=%5Ehttp%5C.main%5C.downstream_rq_active%24")
    match = ACTIVE.search(answer)
    return int(match.group(1)) if match else 0


async def _ask(admin: Path, method: str, path: str) -> bytes:
    question = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(ADMIN_SECONDS):
            reader, writer = await asyncio.open_unix_connection(str(admin))
            writer.write(question.encode())
            await writer.drain()
            answer = b""
            while len(answer) < MOST_BYTES and (piece := await reader.read(MOST_BYTES)):
                answer += piece
            return answer
    except (OSError, TimeoutError):
        return b""
    finally:
        if writer is not None:
            writer.close()
