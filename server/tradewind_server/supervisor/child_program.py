"""``python -m tradewind_server.supervisor.child_program PROGRAM …`` runs a program that ends when the supervisor does.

The request to the kernel survives ``exec``, so nothing of Python stays in memory.
"""

from __future__ import annotations

import os
import sys

from tradewind_server.process import begin_child

if __name__ == "__main__":
    begin_child()
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 (the program is the supervisor's own choice)
