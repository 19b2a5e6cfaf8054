"""The whole suite as two pytest sessions side by side, which is what `make test` runs.

One half keeps a core busy, the other mostly waits for running stacks; each takes about as long. Each prints its own report, the
one in front as it goes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence

BESIDE = ("tests/architecture", "tests/conformance", "tests/security", "tests/unit")
"""Mostly work."""
FRONT = ("tests/clients", "tests/contract", "tests/integration", "tests/quality")
"""Mostly waits, for stacks that start, die and come back."""
NOTHING_COLLECTED = 5
"""Exit code of a session that an expression left no test; so it is for one half or the other."""


def main(options: Sequence[str]) -> int:
    """Run both halves with the same pytest options; the exit code is that of the half that failed, if one did."""
    command = [sys.executable, "-m", "pytest", "-q", *options]
    with tempfile.TemporaryFile("w+") as report:
        beside = subprocess.Popen([*command, *BESIDE], stdout=report, stderr=subprocess.STDOUT)
        try:
            front = subprocess.run([*command, *FRONT], check=False).returncode
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
