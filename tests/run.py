"""The whole suite as two pytest sessions side by side, which is what `make test` runs.

Tests that need no stack keep one core busy; those with a running stack mostly wait for it. Side by side they take as long
as the second half alone, which has the architecture and the kit too: so both take about as long. Each half prints its own
report, the second one as it goes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

WITHOUT_STACK = ("tests/conformance", "tests/unit")
WITH_STACK = (
    "tests/architecture",
    "tests/clients",
    "tests/contract",
    "tests/deploy",
    "tests/integration",
    "tests/quality",
    "tests/security",
)
NOTHING_COLLECTED = 5
"""Exit code of a session that an expression left no test; so it is for one half or the other."""


def main(options: Sequence[str]) -> int:
    """Run both halves with the same pytest options; the exit code is that of the half that failed, if one did."""
    command = [sys.executable, "-m", "pytest", "-q", *options]
    # Processes of the server start some hundred times: compiled once is enough.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile("w+") as report:
        beside = subprocess.Popen([*command, *WITHOUT_STACK], stdout=report, stderr=subprocess.STDOUT)
        try:
            front = subprocess.run([*command, *WITH_STACK], check=False).returncode
            behind = beside.wait()
        except KeyboardInterrupt:
            beside.wait()
            return 130
        finally:
            beside.terminate()
        report.seek(0)
        print(report.read(), end="", flush=True)
    codes = {front, behind} - ({NOTHING_COLLECTED} if {front, behind} != {NOTHING_COLLECTED} else set())
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
