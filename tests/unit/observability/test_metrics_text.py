"""The numbers behind a key: ours as on the metrics port, and Flowise's counters made of them."""

from __future__ import annotations

from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families
from tradewind_server.observability.metrics import Metrics
from tradewind_server.observability.metrics_text import (
    AGENTFLOW_CREATED,
    AGENTFLOWS,
    FLOWISE,
    NEVER,
    MetricsText,
    flowise_counters,
)
from tradewind_server.observability.work_metrics import WorkMetrics


def samples(text: bytes) -> dict[tuple[str, str], float]:
    """Values of the page by name and the label that tells its samples apart."""
    return {
        (sample.name, sample.labels.get("status") or sample.labels.get("code") or ""): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


async def test_calls_are_counted_under_both_names() -> None:
    registry = CollectorRegistry()
    metrics = Metrics(registry)
    for method in ("PredictionService/Predict", "PredictionRestService/PredictBody"):
        metrics.calls.labels(method, "OK").inc()
    metrics.calls.labels("PredictionFormRestService/PredictForm", "UNAVAILABLE").inc()
    metrics.calls.labels("ToolRestService/CreateToolEntity", "OK").inc(3)
    metrics.calls.labels("ChatflowRestService/CreateChatflowEntity", "INVALID_ARGUMENT").inc()
    page = MetricsText(registry, None)
    found = samples(await page.read())
    assert found["chatflow_prediction_external", "success"] == 2
    assert found["chatflow_prediction_external", "failure"] == 1
    assert found["tool_created", "success"] == 3
    assert found["chatflow_created", "failure"] == 1
    assert found["vector_upserted", "success"] == 0
    assert found["tradewind_rpc_calls_total", "UNAVAILABLE"] == 1
    metrics.calls.labels("PredictionService/Predict", "OK").inc()
    assert samples(await page.read())["chatflow_prediction_external", "success"] == 3


def test_every_counter_is_there_before_the_first_call() -> None:
    assert [family.name for family in flowise_counters([])] == [*FLOWISE, AGENTFLOW_CREATED, AGENTFLOWS, *NEVER]


async def test_agent_flows_have_a_counter_of_their_own() -> None:
    registry = CollectorRegistry()
    work = WorkMetrics(registry)
    work.count_flow("f1", "AGENTFLOW", "success", 0.1)
    work.count_flow("f1", "AGENTFLOW", "cancelled", 0.1)
    work.count_flow("f2", "CHATFLOW", "success", 0.1)
    found = samples(await MetricsText(registry, None).read())
    assert found["agentflow_prediction_external", "success"] == 1
    assert found["agentflow_prediction_external", "failure"] == 1


async def test_what_is_stored_is_counted_by_its_type() -> None:
    registry = CollectorRegistry()
    work = WorkMetrics(registry)
    for type_ in ("CHATFLOW", "ASSISTANT", "AGENTFLOW", "MULTIAGENT", "AGENTFLOW"):
        work.count_created(type_)
    found = samples(await MetricsText(registry, None).read())
    assert found["chatflow_created", "success"] == 2
    assert found["agentflow_created", "success"] == 3


async def test_no_chatflow_is_named() -> None:
    registry = CollectorRegistry()
    WorkMetrics(registry).count_flow("a-flow-of-somebody", "CHATFLOW", "success", 0.1)
    assert b"a-flow-of-somebody" not in await MetricsText(registry, None).read()


def test_the_methods_are_in_the_contract() -> None:
    from tradewind_server.rpc.contract import load_contract

    known = {method.name for method in load_contract().methods().values()}
    assert {method for methods in FLOWISE.values() for method in methods} <= known
