"""REST calls under the names that Flowise counts them by: made of our own numbers when the page is read."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

CALLS, SECONDS = "tradewind_rpc_calls", "tradewind_rpc_seconds"
MILLISECONDS = 1000
Route = tuple[str, str]
"""The HTTP method and the path with its variables in braces."""


@dataclass(frozen=True, slots=True)
class RestCalls:
    """``routes`` finds the route of each method that is called over REST alone, by the name that is counted; ``statuses`` are
    the HTTP statuses of gRPC codes, by name."""

    routes: Callable[[], Mapping[str, Route]]
    statuses: Mapping[str, int]
    version: str

    def families(self, families: Sequence[Metric]) -> Iterator[Metric]:
        """Requests, how long they took, and the version. Statuses of one route are not told apart in the times."""
        routes = self.routes()
        yield self._requests(families, routes)
        yield _durations(families, routes)
        info = GaugeMetricFamily("flowise_version_info", "The version of this server.", labels=["version"])
        info.add_metric([self.version], 1)
        yield info

    def _requests(self, families: Sequence[Metric], routes: Mapping[str, Route]) -> Metric:
        counts: defaultdict[tuple[str, str, str], float] = defaultdict(float)
        for labels, value in _samples(families, CALLS, f"{CALLS}_total"):
            route = routes.get(labels.get("method", ""))
            if route is not None:
                counts[*route, str(self.statuses.get(labels.get("code", ""), 500))] += value
        family = CounterMetricFamily("http_requests", "REST calls.", labels=["method", "path", "status"])
        for key, count in sorted(counts.items()):
            family.add_metric(key, count)
        return family


def _durations(families: Sequence[Metric], routes: Mapping[str, Route]) -> Metric:
    family = HistogramMetricFamily("http_request_duration_ms", "How long REST calls took.", labels=["method", "route"])
    buckets: dict[Route, dict[str, float]] = {}
    for labels, value in _samples(families, SECONDS, f"{SECONDS}_bucket"):
        if route := routes.get(labels.get("method", "")):
            counts = buckets.setdefault(route, {})
            counts[labels["le"]] = counts.get(labels["le"], 0) + value
    sums: defaultdict[Route, float] = defaultdict(float)
    for labels, value in _samples(families, SECONDS, f"{SECONDS}_sum"):
        if route := routes.get(labels.get("method", "")):
            sums[route] += value
    for route, counts in sorted(buckets.items()):
        ends = sorted(counts.items(), key=lambda one: float(one[0]))
        in_milliseconds = [(_number(float(end) * MILLISECONDS), count) for end, count in ends]
        family.add_metric(list(route), in_milliseconds, sums[route] * MILLISECONDS)
    return family


def _samples(families: Iterable[Metric], name: str, sample_name: str) -> Iterator[tuple[Mapping[str, str], float]]:
    """Labels and values of the samples of a family."""
    samples = (sample for family in families if family.name == name for sample in family.samples)
    return ((sample.labels, sample.value) for sample in samples if sample.name == sample_name)


def _number(value: float) -> str:
    return "+Inf" if math.isinf(value) else f"{value:.1f}"
