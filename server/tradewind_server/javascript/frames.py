"""What a worker and a sandbox say to each other over a socket: frames of JSON behind their length.

First ``{"engine": machine code in base64 or null}`` from the worker and ``{"ready": true, "engine": …}`` from the sandbox,
which gives the machine code where it had to make it. Then worker to sandbox: ``{"run": {code, globals, absent, cpu}}``, and
``{"settle": id, "outcome": text, "body": text}`` for each wish. Sandbox to worker: ``{"wish": {id, operation, values}}`` while
a program runs, and ``{"done": …}`` at its end with one of ``value`` (JSON text, "" for nothing), ``error`` (what the program
threw, as text) and ``stopped`` (a clause).
"""

from __future__ import annotations

import struct

HEAD = struct.Struct(">I")
LARGEST_FRAME = 32 << 20
"""Bytes, in both directions; a sandbox is ended before it reads or writes more."""
MOST_WISHES = 2000
"""Requests and timers of one program; a program with more is stopped."""
LONGEST_RESULT = 1_000_000
"""Characters of the JSON text that a program yields."""
