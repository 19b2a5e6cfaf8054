"""``python -I -m tradewind_server.javascript DESCRIPTOR HEAP_MB``: one sandbox, started by the pool of a worker."""

from __future__ import annotations

import base64
import gc
import socket
import sys

from tradewind_server.javascript.confinement import confine, likely_victim
from tradewind_server.javascript.engine import Interpreter
from tradewind_server.javascript.sandbox import Sandbox, WorkerSocket
from tradewind_server.process import begin_child

BESIDE_MB = 256
"""Memory of a sandbox that is not a program's: the compiled interpreter, Python, and a frame of each direction."""


def main() -> None:
    begin_child()
    descriptor, heap_mb = int(sys.argv[1]), int(sys.argv[2])
    connection = WorkerSocket(socket.socket(fileno=descriptor))
    likely_victim()
    first = connection.receive() or {}
    engine = Interpreter(heap_mb << 20, base64.b64decode(first["engine"]) if first.get("engine") else None)
    machine_code = None if first.get("engine") else base64.b64encode(engine.machine_code()).decode()
    sandbox = Sandbox(engine, connection)
    gc.freeze()
    confine((2 * heap_mb + BESIDE_MB) << 20)
    connection.send({"ready": True, "engine": machine_code})
    sandbox.serve()


if __name__ == "__main__":
    main()
