from __future__ import annotations

import asyncio
import urllib.request
from dataclasses import dataclass

from prometheus_client import CollectorRegistry
from tradewind_server.observability.metrics import MOST_MODELS, Metrics, serve_metrics


async def test_the_page_shows_what_was_counted() -> None:
    registry = CollectorRegistry()
    Metrics(registry).calls.labels("PredictionService/Predict", "OK").inc()
    endpoint = serve_metrics("127.0.0.1", 0, registry=registry)
    try:
        url = f"http://127.0.0.1:{endpoint.port}/metrics"
        text = await asyncio.to_thread(lambda: urllib.request.urlopen(url, timeout=60).read().decode())
    finally:
        endpoint.close()
    assert 'tradewind_rpc_calls_total{code="OK",method="PredictionService/Predict"} 1.0' in text


@dataclass
class Used:
    model: str
    provider: str = "openai"
    prompt_tokens: int | None = 7
    completion_tokens: int | None = 2
    cached_tokens: int | None = None
    reasoning_tokens: int | None = 0


def test_model_calls_are_counted_by_kind_provider_and_model() -> None:
    registry = CollectorRegistry()
    metrics = Metrics(registry)
    metrics.count_model_call(Used("gpt"))
    metrics.count_model_call(Used("gpt", prompt_tokens=None))
    value = registry.get_sample_value
    labels = {"provider": "openai", "model": "gpt"}
    assert value("tradewind_model_calls_total", labels) == 2
    assert value("tradewind_model_tokens_total", {"kind": "prompt", **labels}) == 7
    assert value("tradewind_model_tokens_total", {"kind": "completion", **labels}) == 4
    assert value("tradewind_model_tokens_total", {"kind": "cached", **labels}) is None


def test_names_that_callers_make_up_do_not_fill_the_page() -> None:
    registry = CollectorRegistry()
    metrics = Metrics(registry)
    for number in range(MOST_MODELS + 50):
        metrics.count_model_call(Used(f"model-{number}" + "x" * 1000))
    samples = [
        sample for family in registry.collect() for sample in family.samples if sample.name == "tradewind_model_calls_total"
    ]
    assert len(samples) == MOST_MODELS + 1
    assert max(len(sample.labels["model"]) for sample in samples) <= 100
    assert registry.get_sample_value("tradewind_model_calls_total", {"provider": "openai", "model": "other"}) == 50
