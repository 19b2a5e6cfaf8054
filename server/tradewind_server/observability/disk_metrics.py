"""The room on the disk of the data directory. A full disk fails what stores something, long before anything else says so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector


class DiskMetrics(Collector):
    """Asks the file system of ``directory`` at each scrape, in the scrape's thread. Of one that is away it says nothing."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def describe(self) -> Iterator[GaugeMetricFamily]:
        yield from self._families()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        free, size = self._families()
        try:
            space = os.statvfs(self._directory)
        except OSError:
            return
        free.add_metric((), space.f_bavail * space.f_frsize)
        size.add_metric((), space.f_blocks * space.f_frsize)
        yield from (free, size)

    @staticmethod
    def _families() -> tuple[GaugeMetricFamily, GaugeMetricFamily]:
        return (
            GaugeMetricFamily("tradewind_data_free_bytes", "Room on the disk of the data directory for this user."),
            GaugeMetricFamily("tradewind_data_size_bytes", "Size of the disk of the data directory."),
        )
