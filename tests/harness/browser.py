"""A headless Chromium, steered over its DevTools protocol: opens a page and reads what it shows once it is done.

``--dump-dom`` with virtual time would be shorter; it ends while an answer is still being streamed.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

NAMES = ("chromium", "chromium-browser", "google-chrome")
START_SECONDS = 60
STOP_SECONDS = 20
POLL_SECONDS = 0.1


def browser_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


async def value_once(path: str, profile: Path, address: str, expression: str, *options: str, seconds: float) -> Any:
    """The value of a JavaScript expression on the page, as soon as it is neither null nor empty, within ``seconds``."""
    async with asyncio.timeout(START_SECONDS + seconds), started(path, profile, *options) as tab:
        await tab.call("Page.navigate", url=address)
        while True:
            answer = await tab.call("Runtime.evaluate", expression=expression, returnByValue=True)
            if value := answer.get("result", {}).get("value"):
                return value
            await asyncio.sleep(POLL_SECONDS)


class Tab:
    """One tab. Calls are made one after the other."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        while True:  # Events may come before the answer.
            message = await self._socket.receive_json()
            if message.get("id") == self._number:
                assert "error" not in message, message
                result: dict[str, Any] = message["result"]
                return result


@asynccontextmanager
async def started(path: str, profile: Path, *options: str) -> AsyncIterator[Tab]:
    """The first tab of a new browser, which ends with the context."""
    command = [path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", *options]
    command += [f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank"]
    # What is asked for lies on this machine: a proxy of the environment could not find it.
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        port = await debugging_port(process, profile / "DevToolsActivePort")
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as response:
                page = next(one for one in await response.json() if one["type"] == "page")
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                yield Tab(socket)
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), STOP_SECONDS)


async def debugging_port(process: asyncio.subprocess.Process, file: Path) -> int:
    """The port, from the file that the browser writes once it listens."""
    while (port := port_in(file)) is None:
        assert process.returncode is None, "the browser did not start"
        await asyncio.sleep(POLL_SECONDS)
    return port


def port_in(file: Path) -> int | None:
    lines = file.read_text().splitlines() if file.exists() else []
    return int(lines[0]) if len(lines) == 2 else None
