"""Memory that a shard's log keeps for nothing."""

from __future__ import annotations

import platform
import random
import sys
import uuid
from pathlib import Path

import pytest

edge = pytest.importorskip("qdrant_edge", reason="the embedded engine is not installed")

from tradewind_server.vectors.engine.collections import Collections, Description  # noqa: E402
from tradewind_server.vectors.engine.pages import let_logs_go  # noqa: E402

KERNEL = tuple(int(part) for part in platform.release().split("-")[0].split(".")[:2] if part.isdigit())


def log_kib(directory: Path) -> int:
    """Resident memory of the logs below a directory."""
    total, counted = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if "-" in line.split(maxsplit=1)[0] and ":" not in line.split(maxsplit=1)[0]:
            counted = f"{directory}/" in line and "/wal/" in line
        elif counted and line.startswith("Rss:"):
            total += int(line.split()[1])
    return total


@pytest.mark.skipif(sys.platform != "linux" or KERNEL < (5, 4), reason="the kernel takes no such advice")
def test_a_written_log_leaves_memory_and_nothing_is_lost(tmp_path: Path) -> None:
    collections = Collections(tmp_path)
    collections.create(Description("docs", 256, "Dot"))
    collection = collections.get("docs")
    assert collection is not None
    rng = random.Random(1)
    for _ in range(3):
        given = [edge.Point(str(uuid.uuid4()), [rng.random() for _ in range(256)], {"text": "x" * 1000}) for _ in range(500)]
        collection.shard.update(edge.UpdateOperation.upsert_points(given))
        assert log_kib(tmp_path) > 500
        collections.flush(collection)
        let_logs_go()
        assert log_kib(tmp_path) < 100
    collections.close()
    again = Collections(tmp_path).get("docs")
    assert again is not None
    assert again.shard.count(edge.CountRequest(exact=True)) == 1500
