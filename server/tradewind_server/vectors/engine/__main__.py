"""``python -m tradewind_server.vectors.engine --dir DIR --socket PATH`` serves the collections of a directory.

qdrant-client writes its target as ``host:port``; with the host ``unix:PATH`` that names a socket file whose name ends
in the port, which is therefore what this process binds.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc

from tradewind_server.process import announce_ready, die_with_parent, wait_for_stop
from tradewind_server.vectors.address import socket_file
from tradewind_server.vectors.engine.collections import Collections, DirectoryInUse
from tradewind_server.vectors.engine.services import register

THREADS = 4
MOST_MESSAGE = 64 * 1024 * 1024
GRACE_SECONDS = 5.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--socket", type=Path, required=True)
    arguments = parser.parse_args()
    die_with_parent()
    try:
        collections = Collections(arguments.dir)
    except DirectoryInUse as error:
        sys.stderr.write(f"{error}\n")
        return 1
    options = [("grpc.max_receive_message_length", MOST_MESSAGE), ("grpc.max_send_message_length", MOST_MESSAGE)]
    server = grpc.server(ThreadPoolExecutor(THREADS), options=options)
    register(server, collections)
    bound = socket_file(arguments.socket)
    bound.unlink(missing_ok=True)
    server.add_insecure_port(f"unix:{bound}")
    server.start()
    announce_ready(address=f"unix:{bound}")
    wait_for_stop()
    server.stop(GRACE_SECONDS).wait()
    collections.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
