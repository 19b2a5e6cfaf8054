"""What is counted of the parts of calls."""

from __future__ import annotations

from prometheus_client import CollectorRegistry
from tradewind_server.observability.work_metrics import MOST_FLOWS, WorkMetrics


def test_flows_are_counted_by_outcome_and_those_beyond_the_bound_together() -> None:
    registry = CollectorRegistry()
    work = WorkMetrics(registry)
    for number in range(MOST_FLOWS + 7):
        work.count_flow(f"flow-{number}", "CHATFLOW", "success", 0.1)
    work.count_flow("flow-0", "CHATFLOW", "failure", 0.1)
    value = registry.get_sample_value
    labels = {"chatflow": "flow-0", "type": "CHATFLOW"}
    assert value("tradewind_flow_calls_total", {**labels, "outcome": "success"}) == 1
    assert value("tradewind_flow_calls_total", {**labels, "outcome": "failure"}) == 1
    assert value("tradewind_flow_seconds_count", {"chatflow": "flow-0"}) == 2
    assert value("tradewind_flow_calls_total", {"chatflow": "other", "type": "CHATFLOW", "outcome": "success"}) == 7


def test_models_vectors_and_searches_are_timed_and_their_failures_counted() -> None:
    registry = CollectorRegistry()
    work = WorkMetrics(registry)
    work.count_model("chat", "openai", 0.2, is_failure=False)
    work.count_model("chat", "openai", 0.2, is_failure=True)
    work.count_first_token("openai", "gpt", 0.3)
    work.count_vectors("Query", 0.01, is_failure=True)
    work.count_retrieval(4)
    work.count_retrieval(0)
    work.count_sql("write", 3, 0.001)
    value = registry.get_sample_value
    assert value("tradewind_model_seconds_count", {"operation": "chat", "provider": "openai"}) == 2
    assert value("tradewind_model_failures_total", {"operation": "chat", "provider": "openai"}) == 1
    assert value("tradewind_model_first_token_seconds_sum", {"provider": "openai", "model": "gpt"}) == 0.3
    assert value("tradewind_vector_failures_total", {"operation": "Query"}) == 1
    assert value("tradewind_retrievals_total", {"outcome": "hit"}) == value("tradewind_retrievals_total", {"outcome": "empty"})
    assert value("tradewind_sql_jobs_total", {"queue": "write"}) == 3


def test_caches_tell_totals_and_queues_what_is_in_them_now() -> None:
    registry = CollectorRegistry()
    work = WorkMetrics(registry)
    for counts in ((3, 1), (10, 2)):
        work.set_cache_lookups({"plans": counts})
        work.set_queues({"runs": counts, "sql_read": (None, 5)})
    value = registry.get_sample_value
    assert value("tradewind_cache_lookups_total", {"cache": "plans", "result": "hit"}) == 10
    assert value("tradewind_cache_lookups_total", {"cache": "plans", "result": "miss"}) == 2
    assert value("tradewind_queue_running", {"queue": "runs"}) == 10
    assert value("tradewind_queue_waiting", {"queue": "runs"}) == 2
    assert value("tradewind_queue_running", {"queue": "sql_read"}) is None


def test_a_clock_that_steps_back_is_no_lag() -> None:
    registry = CollectorRegistry()
    work = WorkMetrics(registry)
    work.count_loop_lag(-0.5)
    assert registry.get_sample_value("tradewind_event_loop_lag_seconds_sum") == 0
