"""Frames between a parser and a slower reader: some in memory, more in a file, and beyond that the parser waits.

So a parser is free for others as soon as it is done, though its chunks wait for an embedding model.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import deque
from concurrent.futures import Executor
from pathlib import Path
from typing import IO

MEMORY_BYTES = 4 << 20
FILE_BYTES = 256 << 20


class Spool:
    """Frames in order, for one writer and one reader."""

    def __init__(self, folder: Path, threads: Executor) -> None:
        self._folder = folder
        self._threads = threads
        self._frames: deque[bytes] = deque()
        self._size = 0
        self._file: IO[bytes] | None = None
        self._lengths: deque[int] = deque()
        """Of the frames in the file that are not read yet. Those in memory come before them."""
        self._read_at = self._write_at = 0
        self._change_event = asyncio.Event()
        self._done = False
        self._error: BaseException | None = None

    async def put(self, frame: bytes) -> None:
        if not self._lengths and (not self._frames or self._size + len(frame) <= MEMORY_BYTES):
            self._frames.append(frame)
            self._size += len(frame)
            self._change_event.set()
            return
        while self._lengths and self._write_at - self._read_at + len(frame) > FILE_BYTES:
            await self._change()
        if not self._lengths:
            self._read_at = self._write_at = 0
        place = self._write_at
        self._write_at += len(frame)
        await asyncio.get_running_loop().run_in_executor(self._threads, self._write, place, frame)
        self._lengths.append(len(frame))
        self._change_event.set()

    def _write(self, place: int, frame: bytes) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 (closed with the spool)
        self._file.seek(place)
        self._file.write(frame)

    def _read(self, place: int, length: int) -> bytes:
        assert self._file is not None
        self._file.seek(place)
        return self._file.read(length)

    def end(self, error: BaseException | None = None) -> None:
        """Nothing comes any more; the reader gets ``error`` behind what is there."""
        self._done, self._error = True, error
        self._change_event.set()

    async def get(self) -> bytes | None:
        """The next frame; None at the end. Raises what ended the writer."""
        while not self._frames and not self._lengths:
            if self._done:
                if self._error is not None:
                    raise self._error
                return None
            await self._change()
        if self._frames:
            frame = self._frames.popleft()
            self._size -= len(frame)
            return frame
        length = self._lengths[0]
        frame = await asyncio.get_running_loop().run_in_executor(self._threads, self._read, self._read_at, length)
        self._lengths.popleft()
        self._read_at += length
        self._change_event.set()
        return frame

    async def _change(self) -> None:
        self._change_event.clear()
        await self._change_event.wait()

    def close(self) -> None:
        if self._file is not None:
            self._threads.submit(self._file.close)
