"""What is looked at four times a second."""

from __future__ import annotations

import asyncio

from prometheus_client import CollectorRegistry
from tradewind_server.observability.sampler import Sampler
from tradewind_server.observability.work_metrics import WorkMetrics


async def test_lag_queues_and_caches_are_taken_until_it_is_cancelled() -> None:
    registry = CollectorRegistry()
    looks: list[str] = []
    looked_again = asyncio.Event()

    def runs() -> tuple[int, int]:
        looks.append("look")
        if len(looks) > 1:
            looked_again.set()
        return 2, 7

    sampler = Sampler(WorkMetrics(registry), {"runs": runs}, {"plans": lambda: (5, 1)}, 0.001)
    task = asyncio.create_task(sampler.run())
    await asyncio.wait_for(looked_again.wait(), 30)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    assert registry.get_sample_value("tradewind_event_loop_lag_seconds_count") >= 4
    assert registry.get_sample_value("tradewind_queue_waiting", {"queue": "runs"}) == 7
    assert registry.get_sample_value("tradewind_cache_lookups_total", {"cache": "plans", "result": "hit"}) == 5
