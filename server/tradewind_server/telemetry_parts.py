"""The part of the composition root that measures: what one worker looks at beside its calls, and the page of its numbers."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from prometheus_client import CollectorRegistry
from prometheus_client.registry import Collector

from tradewind_server.administration import new_id
from tradewind_server.analytics.reporter import AnalyticsReporter
from tradewind_server.app import Parts
from tradewind_server.flows.compile.plan import PlanCache
from tradewind_server.observability.child_metrics import ChildMetrics
from tradewind_server.observability.disk_metrics import DiskMetrics
from tradewind_server.observability.gate_metrics import GateMetrics
from tradewind_server.observability.metrics import MetricsEndpoint, serve_metrics
from tradewind_server.observability.sampler import Sampler
from tradewind_server.observability.work_metrics import QueueLength, WorkMetrics
from tradewind_server.settings import Settings
from tradewind_server.supervisor.rundir import RunDir
from tradewind_server.supervisor.stack import METRICS_DIR_ENV


def sampler_of(parts: Parts, work: WorkMetrics) -> Sampler:
    """Has the database tell of its work, and looks at queues and caches."""
    stores = parts.stores
    stores.database.watch(work.count_sql)
    queues: dict[str, Callable[[], QueueLength]] = {
        "runs": lambda: parts.active_runs.counts,
        "documents": lambda: parts.parsers.counts,
        **{f"sql_{name}": partial(_sql_waiting, parts, name) for name in stores.database.waiting()},
    }
    if (sandboxes := parts.sandboxes) is not None:
        queues["javascript"] = lambda: sandboxes.counts
    plans: PlanCache = parts.rules[PlanCache]
    return Sampler(work, queues, {"plans": lambda: plans.counts, **stores.caches})


def _sql_waiting(parts: Parts, queue: str) -> QueueLength:
    return None, parts.stores.database.waiting()[queue]


def metrics_page(settings: Settings, run_dir: RunDir, index: int, registry: CollectorRegistry) -> MetricsEndpoint | None:
    """The first worker serves the page: its own numbers, or those of all workers where they share a folder; and those of the
    gate and of the supervisor."""
    if index:
        return None
    return serve_metrics(
        settings.metrics_host,
        settings.metrics_port,
        registry=registry,
        multiprocess_dir=metrics_dir(),
        others=other_numbers(settings, run_dir),
        hosts=settings.metrics_hosts,
    )


def metrics_dir() -> Path | None:
    """Where several workers keep their numbers."""
    directory = os.environ.get(METRICS_DIR_ENV)
    return Path(directory) if directory else None


def other_numbers(settings: Settings, run_dir: RunDir) -> Sequence[Collector]:
    """What other processes of the stack count, and the room for data."""
    others = (ChildMetrics(run_dir.control_socket), DiskMetrics(settings.data_dir))
    return (GateMetrics(run_dir.envoy_admin), *others) if run_dir.envoy_config.exists() else others


def reporter_of(parts: Parts) -> AnalyticsReporter:
    """Sends reports of answers to the services that chatflows name."""
    return AnalyticsReporter(parts.stores.credentials, parts.outbound, new_id=new_id, monotonic=time.monotonic)
