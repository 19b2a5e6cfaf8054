from __future__ import annotations

import asyncio
import urllib.request

from prometheus_client import CollectorRegistry
from tradewind_server.observability.metrics import Metrics, serve_metrics


async def test_the_page_shows_what_was_counted() -> None:
    registry = CollectorRegistry()
    Metrics(registry).calls.labels("PredictionService/Predict", "OK").inc()
    endpoint = serve_metrics("127.0.0.1", 0, registry=registry)
    try:
        url = f"http://127.0.0.1:{endpoint.port}/metrics"
        text = await asyncio.to_thread(lambda: urllib.request.urlopen(url, timeout=5).read().decode())
    finally:
        endpoint.close()
    assert 'tradewind_rpc_calls_total{code="OK",method="PredictionService/Predict"} 1.0' in text
