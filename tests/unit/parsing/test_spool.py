"""Frames between a parser and its reader: in order, bounded in memory and on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tradewind_server.parsing import spool as module
from tradewind_server.parsing.spool import Spool


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spool]:
    monkeypatch.setattr(module, "MEMORY_BYTES", 20)
    monkeypatch.setattr(module, "FILE_BYTES", 100)
    with ThreadPoolExecutor(1) as threads:
        made = Spool(tmp_path, threads)
        yield made
        made.close()


async def test_frames_come_in_order_through_memory_and_file(spool: Spool) -> None:
    frames = [b"%02d" % number * (1 + number % 7) for number in range(60)]

    async def write() -> None:
        for frame in frames:
            await spool.put(frame)
        spool.end()

    writing = asyncio.create_task(write())
    seen = []
    while (frame := await spool.get()) is not None:
        seen.append(frame)
        if len(seen) % 5 == 0:
            await asyncio.sleep(0.001)
    assert seen == frames
    await writing


async def test_a_writer_waits_where_the_reader_stays_far_behind(spool: Spool) -> None:
    async def write() -> None:
        for _ in range(100):
            await spool.put(b"x" * 20)

    writing = asyncio.create_task(write())
    await asyncio.wait({writing}, timeout=0.1)
    assert not writing.done()
    read = 0
    while not writing.done():
        assert await spool.get() == b"x" * 20
        read += 1
        await asyncio.wait({writing}, timeout=0.001)
    assert read > 90


async def test_an_error_comes_behind_what_was_written(spool: Spool) -> None:
    await spool.put(b"one")
    spool.end(ValueError("broken"))
    assert await spool.get() == b"one"
    with pytest.raises(ValueError, match="broken"):
        await spool.get()
