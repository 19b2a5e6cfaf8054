"""One sandbox process, as the worker sees it."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from tradewind_server.errors import Reason, Unavailable
from tradewind_server.javascript.frames import HEAD, LARGEST_FRAME

START_SECONDS = 60.0
Frame = dict[str, Any]


class SandboxProcess:
    """A process that runs one program after the other. It has no environment, no right, and no descriptor but its socket."""

    def __init__(self, process: asyncio.subprocess.Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer
        self.programs = 0
        self.engine: str | None = None
        """The compiled interpreter, made before any program ran; base64."""

    @classmethod
    async def start(cls, heap_mb: int, engine: str | None = None) -> SandboxProcess:
        """A new process with a context ready. Raises ``Unavailable`` where it does not start.

        ``engine`` is what an earlier process had compiled (:attr:`engine`).
        """
        ours, theirs = socket.socketpair()
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-I",
                "-m",
                "tradewind_server.javascript",
                str(theirs.fileno()),
                str(heap_mb),
                env={},
                cwd="/",
                pass_fds=(theirs.fileno(),),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            ours.close()
            raise stop_failure() from None
        finally:
            theirs.close()
        sandbox = cls(process, *await asyncio.open_unix_connection(sock=ours))
        is_ready = False
        try:
            async with asyncio.timeout(START_SECONDS):
                await sandbox.send({"engine": engine})
                sandbox.engine = (await sandbox.receive())["engine"] or engine
            is_ready = True
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError):
            raise stop_failure() from None
        finally:
            if not is_ready:
                sandbox.kill()
                await sandbox.ending()
        return sandbox

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def receive(self) -> Frame:
        """The next message. Raises ``IncompleteReadError`` and ``ConnectionError`` where the process has ended."""
        [size] = HEAD.unpack(await self._reader.readexactly(HEAD.size))
        if size > LARGEST_FRAME:
            self.kill()
        data = await self._reader.readexactly(size)
        # The standard reader takes half characters, which programs may write.
        message: Frame = json.loads(data) if size < 1 << 16 else await asyncio.to_thread(json.loads, data)
        return message

    async def send(self, message: Frame) -> None:
        data = json.dumps(message).encode()
        self._writer.write(HEAD.pack(len(data)) + data)
        await self._writer.drain()

    def kill(self) -> None:
        self._writer.close()
        if self.alive:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def ending(self) -> int:
        """Its exit status, once it is gone."""
        return await self._process.wait()


def is_installed() -> bool:
    """Whether the packages of the extra are there. They are imported in the sandbox's process alone."""
    return all(find_spec(name) is not None for name in ("quickjs_rs", "wasmtime", "tzdata"))


def stop_failure() -> Unavailable:
    return Unavailable(Reason.SERVER_UNAVAILABLE, "The process that was to run JavaScript was stopped; send the call again.")
