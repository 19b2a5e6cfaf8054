"""``python -m tradewind_server.vectors.engine --dir DIR --socket PATH`` serves the collections of a directory.

qdrant-client writes its target as ``host:port``; with the host ``unix:PATH`` that names a socket file whose name ends
in the port, which is therefore what this process binds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

import grpc
import uvloop

from tradewind_server.process import announce_ready, begin_child
from tradewind_server.vectors.address import socket_file
from tradewind_server.vectors.engine.collections import Collections, DirectoryInUse
from tradewind_server.vectors.engine.pages import let_logs_go
from tradewind_server.vectors.engine.services import register

MOST_MESSAGE = 64 * 1024 * 1024
OPTIONS = [
    ("grpc.max_receive_message_length", MOST_MESSAGE),
    ("grpc.max_send_message_length", MOST_MESSAGE),
    # Clients ask every few seconds whether it still lives, also during a long call.
    ("grpc.http2.min_ping_interval_without_data_ms", 1000),
    ("grpc.http2.max_ping_strikes", 0),
]
LONGEST_SOCKET_PATH = 107
GRACE_SECONDS = 5.0
FLUSH_SECONDS = 5.0
"""How long acknowledged writes may stand in a shard's log alone, as in a Qdrant server. A kill loses nothing either way; a
short log is what makes the next start quick.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--socket", type=Path, required=True)
    arguments = parser.parse_args()
    begin_child()
    bound = socket_file(arguments.socket)
    if len(os.fsencode(bound)) > LONGEST_SOCKET_PATH:
        return _refuse(f"The socket path {bound} is too long; the system takes {LONGEST_SOCKET_PATH} bytes.")
    try:
        collections = Collections(arguments.dir)
    except DirectoryInUse as error:
        return _refuse(str(error))
    for folder, harm in collections.damages.items():
        sys.stderr.write(f"The collection in {folder} is damaged ({harm}); it can only be deleted.\n")
    bound.unlink(missing_ok=True)
    uvloop.run(serve(collections, bound))
    collections.close()
    return 0


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


async def serve(collections: Collections, bound: Path) -> None:
    """Serve until SIGTERM or SIGINT, then let running calls end."""
    server = grpc.aio.server(options=OPTIONS)
    register(server, collections)
    server.add_insecure_port(f"unix:{bound}")
    await server.start()
    collections.announce(bound)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    announce_ready(address=f"unix:{bound}")
    flushing = asyncio.create_task(keep_flushed(collections))
    await stop.wait()
    flushing.cancel()
    await server.stop(GRACE_SECONDS)


async def keep_flushed(collections: Collections) -> None:
    """Write out what was written, every few seconds, one collection at a time."""
    while True:
        await asyncio.sleep(FLUSH_SECONDS)
        if not collections.dirty_collections:
            continue
        for collection in collections.dirty_collections:
            collections.flush(collection)
            await asyncio.sleep(0)
        let_logs_go()


if __name__ == "__main__":
    sys.exit(main())
