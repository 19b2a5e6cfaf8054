"""The room on the disk of the data directory."""

from __future__ import annotations

from pathlib import Path

from prometheus_client import CollectorRegistry
from tradewind_server.observability.disk_metrics import DiskMetrics


def test_room_and_size_are_those_of_the_disk(tmp_path: Path) -> None:
    registry = CollectorRegistry()
    registry.register(DiskMetrics(tmp_path))
    free, size = (registry.get_sample_value(f"tradewind_data_{name}_bytes") for name in ("free", "size"))
    assert free is not None and size is not None and 0 <= free <= size and size > 0


def test_a_directory_that_is_away_says_nothing(tmp_path: Path) -> None:
    registry = CollectorRegistry()
    registry.register(DiskMetrics(tmp_path / "away"))
    assert registry.get_sample_value("tradewind_data_free_bytes") is None
