"""A process that holds a lock until it is killed: ``python holder.py KIND PLACE NAME``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tradewind_server.files.locks import FileLocks
from tradewind_server.store.advisory_locks import AdvisoryLocks


async def main(kind: str, place: str, name: str) -> None:
    locks = FileLocks(Path(place)) if kind == "files" else AdvisoryLocks(place)
    async with locks.hold(name):
        print("held", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
