"""Parsing in a thread of this process: for loaders and splitters of other packages, and for tests. Without limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor

from tradewind_server.documents.jobs import Batch, ParsingJob, done
from tradewind_server.documents.unpacking import MOST_UNPACKED


class ThreadParsing:
    """The port ``Parsing``, in a thread of its own for each job."""

    def batches(self, job: ParsingJob) -> AsyncIterator[Batch]:
        return in_thread(done(job, MOST_UNPACKED))


async def in_thread(batches: Iterator[Batch]) -> AsyncIterator[Batch]:
    """The batches of a synchronous iterator, made in a thread; the next is made when it is asked for."""
    loop = asyncio.get_running_loop()
    thread = ThreadPoolExecutor(1, "documents")
    try:
        while (batch := await loop.run_in_executor(thread, next, batches, None)) is not None:
            yield batch
    finally:
        thread.shutdown(wait=False, cancel_futures=True)
