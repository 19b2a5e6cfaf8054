"""What every command waits for before its first word."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("sqlalchemy", "grpc", "aiohttp", "tradewind_server.flows.nodes", "tradewind_server.store.tables")


def test_the_help_reads_neither_the_database_nor_the_engine() -> None:
    code = f"import sys, tradewind_server.cli.main; print([one for one in {HEAVY!r} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"
