"""REST calls as Flowise counts them: made of the numbers of methods."""

from __future__ import annotations

from prometheus_client import CollectorRegistry
from tradewind_server.observability.flowise_requests import RestCalls
from tradewind_server.observability.metrics import Metrics
from tradewind_server.observability.metrics_text import MetricsText
from tradewind_server.rpc.contract import load_contract

PREDICT = ("POST", "/api/v1/prediction/{chatflow_id}")
REST_CALLS = RestCalls(lambda: {"DoorService/Predict": PREDICT}, {"OK": 200, "NOT_FOUND": 404}, "1.2.3")


async def test_rest_calls_are_counted_by_route_and_status_and_timed_in_milliseconds() -> None:
    registry = CollectorRegistry()
    metrics = Metrics(registry)
    for method, code, seconds in (
        ("DoorService/Predict", "OK", 0.004),
        ("DoorService/Predict", "OK", 0.3),
        ("DoorService/Predict", "NOT_FOUND", 0.001),
        ("PredictionService/Predict", "OK", 9.0),
    ):
        metrics.calls.labels(method, code).inc()
        metrics.seconds.labels(method).observe(seconds)
    page = (await MetricsText(registry, None, rest_calls=REST_CALLS).read()).decode()
    lines = [line for line in page.splitlines() if line.startswith(("http_", "flowise_version"))]
    route = 'method="POST",route="/api/v1/prediction/{chatflow_id}"'
    assert 'http_requests_total{method="POST",path="/api/v1/prediction/{chatflow_id}",status="200"} 2.0' in lines
    assert 'http_requests_total{method="POST",path="/api/v1/prediction/{chatflow_id}",status="404"} 1.0' in lines
    assert f'http_request_duration_ms_bucket{{le="2.0",{route}}} 1.0' in lines
    assert f'http_request_duration_ms_bucket{{le="5.0",{route}}} 2.0' in lines
    assert f'http_request_duration_ms_bucket{{le="+Inf",{route}}} 3.0' in lines
    assert f"http_request_duration_ms_count{{{route}}} 3.0" in lines
    assert f"http_request_duration_ms_sum{{{route}}} 305.0" in lines
    assert 'flowise_version_info{version="1.2.3"} 1.0' in lines
    assert len([line for line in lines if line.startswith("http_requests_total")]) == 2


def test_each_method_of_the_rest_doors_has_its_route() -> None:
    routes = load_contract().rest_routes()
    assert routes["PredictionRestService/PredictBody"] == PREDICT
    assert len(routes) > 100 and all(path.startswith("/") for _, path in routes.values())
    assert {verb for verb, _ in routes.values()} == {"GET", "POST", "PUT", "PATCH", "DELETE"}
