"""What a process can still do once it is confined, tried in one."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest
from tradewind_server.javascript.confinement import NUMBERS

TRIES = """
import os, socket, ctypes, threading
from tradewind_server.javascript.confinement import confine
confine(400 << 20)
def tried(what, call):
    try:
        call()
        print(what, "done")
    except (OSError, MemoryError, RuntimeError) as error:
        print(what, type(error).__name__)
tried("open", lambda: open("/etc/hostname"))
tried("write", lambda: open("/tmp/written", "w"))
tried("socket", lambda: socket.socket())
tried("fork", os.fork)
tried("exec", lambda: os.execv("/bin/true", ["true"]))
tried("kill", lambda: os.kill(os.getppid(), 0))
tried("unlink", lambda: os.unlink("/tmp/nothing"))
tried("mkdir", lambda: os.mkdir("/tmp/made"))
tried("list", lambda: os.listdir("/"))
tried("thread", lambda: threading.Thread(target=int).start())
tried("memory", lambda: bytearray(600 << 20))
tried("compute", lambda: sum(range(1000)))
"""


@pytest.mark.skipif(platform.machine() not in NUMBERS, reason="system calls of this machine are not known here")
def test_nothing_is_left_but_computing() -> None:
    done = subprocess.run([sys.executable, "-I", "-c", TRIES], capture_output=True, text=True, env={}, timeout=60, check=False)
    outcomes = dict(line.split() for line in done.stdout.splitlines())
    assert outcomes == {
        "open": "PermissionError",
        "write": "PermissionError",
        "socket": "PermissionError",
        "fork": "PermissionError",
        "exec": "PermissionError",
        "kill": "PermissionError",
        "unlink": "PermissionError",
        "mkdir": "PermissionError",
        "list": "PermissionError",
        "thread": "RuntimeError",
        "memory": "MemoryError",
        "compute": "done",
    }, done.stderr
