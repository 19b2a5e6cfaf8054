"""How a worker asks the supervisor to start a child that is not needed until then, and how often children were started again.
JSON lines over a unix socket.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from tradewind_server.errors import Reason, Unavailable
from tradewind_server.supervisor.child import Child, ChildFailed

LONGEST_LINE = 4096


def no_restarts() -> Mapping[str, int]:
    return {}


class ControlServer:
    """Answers ``{"start": name}`` once that child serves, and ``{"restarts": true}`` with counts by name."""

    def __init__(
        self, socket: Path, lazy: Mapping[str, Child], restarts: Callable[[], Mapping[str, int]] = no_restarts
    ) -> None:
        self._socket = socket
        self._lazy = lazy
        self._restarts = restarts
        self._server: asyncio.AbstractServer | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_unix_server(self._answer, str(self._socket), limit=LONGEST_LINE)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = json.loads(await reader.readline())
            child = self._lazy.get(request.get("start"))
            answer: dict[str, object]
            if "restarts" in request:
                answer = {"ok": True, "restarts": dict(self._restarts())}
            elif child is None:
                answer = {"ok": False, "error": "There is no such process."}
            else:
                await child.start()
                answer = {"ok": True}
        except ChildFailed as error:
            answer = {"ok": False, "error": str(error)}
        except (ValueError, AttributeError):
            answer = {"ok": False, "error": "The request is not JSON."}
        writer.write(json.dumps(answer).encode() + b"\n")
        writer.close()

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()


async def ensure_started(
    socket: Path,
    name: str,
    timeout: float = 30.0,
    *,
    label: str = "The vector store",
    reason: Reason = Reason.VECTOR_STORE_UNAVAILABLE,
) -> None:
    """Have the supervisor start a child; returns once it serves. Raises ``Unavailable`` with the reason, naming it by its
    label."""
    try:
        async with asyncio.timeout(timeout):
            reader, writer = await asyncio.open_unix_connection(str(socket))
            writer.write(json.dumps({"start": name}).encode() + b"\n")
            answer = json.loads(await reader.readline())
            writer.close()
    except (TimeoutError, OSError, ValueError) as error:
        raise Unavailable(reason, f"{label} is starting; try again in a few seconds.") from error
    if not answer.get("ok"):
        raise Unavailable(reason, f"{label} cannot be started; see the server's log.")
