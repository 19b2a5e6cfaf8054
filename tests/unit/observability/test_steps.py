"""Steps of calls: what they tell the numbers, and the call that they are part of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from prometheus_client import CollectorRegistry
from tradewind_server.errors import Conflict, Reason
from tradewind_server.observability.steps import (
    TELEMETRY,
    TIMES,
    CallTimes,
    FlowFacts,
    FlowStep,
    ModelStep,
    Telemetry,
    VectorStep,
    count_retrieval,
)
from tradewind_server.observability.work_metrics import WorkMetrics


@pytest.fixture
def registry() -> Iterator[CollectorRegistry]:
    registry = CollectorRegistry()
    token = TELEMETRY.set(Telemetry(WorkMetrics(registry)))
    yield registry
    TELEMETRY.reset(token)


def test_waits_side_by_side_count_once() -> None:
    times = CallTimes()
    times.begin(1.0)
    times.begin(2.0)
    times.end(3.0)
    times.end(5.0)
    times.begin(10.0)
    times.end(10.5)
    assert times.model_seconds == 4.5


def test_a_models_time_is_the_calls_too(registry: CollectorRegistry) -> None:
    token = TIMES.set(CallTimes())
    try:
        with ModelStep("chat", "openai", "gpt") as step:
            step.hear("x")
            step.hear("x")
        times = TIMES.get()
    finally:
        TIMES.reset(token)
    assert times is not None and times.model_seconds > 0
    value = registry.get_sample_value
    assert value("tradewind_model_first_token_seconds_count", {"provider": "openai", "model": "gpt"}) == 1
    assert value("tradewind_model_seconds_count", {"operation": "chat", "provider": "openai"}) == 1
    assert value("tradewind_model_failures_total", {"operation": "chat", "provider": "openai"}) is None


def test_failures_count_and_callers_who_leave_do_not(registry: CollectorRegistry) -> None:
    for error in (ValueError(), GeneratorExit()):
        with pytest.raises(type(error)), VectorStep("Query"):
            raise error
    value = registry.get_sample_value
    assert value("tradewind_vector_seconds_count", {"operation": "Query"}) == 2
    assert value("tradewind_vector_failures_total", {"operation": "Query"}) == 1


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (ValueError(), "failure"),
        (Conflict(Reason.CANCELLED, "The answer was aborted."), "cancelled"),
        (GeneratorExit(), "cancelled"),
    ],
)
def test_an_abort_is_no_failure_of_a_flow(registry: CollectorRegistry, error: BaseException, outcome: str) -> None:
    with pytest.raises(type(error)), FlowStep(FlowFacts("f1", "CHATFLOW")):
        raise error
    labels = {"chatflow": "f1", "type": "CHATFLOW", "outcome": outcome}
    assert registry.get_sample_value("tradewind_flow_calls_total", labels) == 1


def test_without_a_worker_around_it_nothing_is_counted_and_nothing_fails() -> None:
    with FlowStep(FlowFacts("f1", "CHATFLOW")), ModelStep("rerank", "cohere", "m") as step, VectorStep("Query"):
        step.hear("x")
    count_retrieval(3)
