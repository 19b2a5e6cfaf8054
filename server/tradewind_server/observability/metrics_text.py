"""The numbers as text, for a route behind a key: those of the metrics port, and Flowise's counters."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import Metric, UnknownMetricFamily
from prometheus_client.registry import Collector

from tradewind_server.observability.flowise_requests import RestCalls
from tradewind_server.observability.metrics import shared_registry

CONTENT_TYPE = CONTENT_TYPE_LATEST
CALLS = "tradewind_rpc_calls"
CHATFLOW_CREATED, AGENTFLOW_CREATED = "chatflow_created", "agentflow_created"
STATUSES = ("success", "failure")
FLOWISE = {
    "chatflow_prediction_external": ("Predict", "StreamPredict", "UploadPredict", "PredictBody", "PredictForm"),
    "vector_upserted": ("Upsert", "StreamUpsert", "UploadUpsert", "StreamUploadUpsert", "UpsertBody", "UpsertForm"),
    CHATFLOW_CREATED: ("CreateChatflow", "CreateChatflowEntity"),
    "tool_created": ("CreateTool", "CreateToolEntity"),
    "assistant_created": ("CreateAssistant", "CreateAssistantEntity"),
}
"""Flowise's counters, with the methods whose calls they count; of chatflows that were stored the type is counted too."""
FLOWS = "tradewind_flow_calls"
CREATED = "tradewind_chatflows_created"
AGENTFLOWS = "agentflow_prediction_external"
AGENTFLOW_TYPES = ("AGENTFLOW", "MULTIAGENT")
NEVER = ("chatflow_prediction_internal", "agentflow_prediction_internal")
"""Flowise's counters of its own canvas, which is not here: dashboards that read them find zero."""


FLOW_LABEL = "chatflow"


class MetricsText:
    """Reads the numbers of one process, or of all that write into ``multiprocess_dir``.

    Keys of every workspace read this page, so numbers that name chatflows are left out: they are on the metrics port, which
    is the operator's.
    """

    def __init__(
        self,
        registry: CollectorRegistry,
        multiprocess_dir: Path | None,
        others: Iterable[Collector] = (),
        rest_calls: RestCalls | None = None,
    ) -> None:
        self._registry = registry
        self._multiprocess_dir = multiprocess_dir
        self._others = tuple(others)
        self._rest_calls = rest_calls

    async def read(self) -> bytes:
        """The page. In a thread: it reads files, and asks the gate."""
        return await asyncio.to_thread(self._read)

    def _read(self) -> bytes:
        source = self._registry if self._multiprocess_dir is None else shared_registry(self._multiprocess_dir)
        page = CollectorRegistry()
        families = list(source.collect())
        numbers = [one for one in families if not names_chatflows(one)]
        requests = self._rest_calls.families(families) if self._rest_calls is not None else ()
        page.register(_Families([*numbers, *flowise_counters(families), *requests]))
        for one in self._others:
            page.register(one)
        return generate_latest(page)


class _Families(Collector):
    """Families that were collected before."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = tuple(families)

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterable[Metric]:
        return self._families


def names_chatflows(family: Metric) -> bool:
    return any(FLOW_LABEL in sample.labels for sample in family.samples)


def flowise_counters(families: Sequence[Metric]) -> Iterator[Metric]:
    """The calls that are counted in ``families``, under Flowise's names, which have no ``_total``."""
    counts: Counter[tuple[str, str]] = Counter()
    for sample in _samples(families, CALLS):
        outcome = "success" if sample.labels.get("code") == "OK" else "failure"
        counts[sample.labels.get("method", "").rpartition("/")[2], outcome] += sample.value
    created: Counter[bool] = Counter()
    for sample in _samples(families, CREATED):
        created[sample.labels.get("type") in AGENTFLOW_TYPES] += sample.value
    for name, methods in FLOWISE.items():
        values = {status: sum(counts[method, status] for method in methods) for status in STATUSES}
        yield _family(name, {**values, "success": created[False]} if name == CHATFLOW_CREATED else values)
    yield _family(AGENTFLOW_CREATED, {"success": created[True]})  # Of what type one is that was refused, nobody knows.
    agentflows: Counter[str] = Counter()
    for sample in _samples(families, FLOWS):
        if sample.labels.get("type") == "AGENTFLOW":
            agentflows["success" if sample.labels.get("outcome") == "success" else "failure"] += sample.value
    yield _family(AGENTFLOWS, agentflows)
    for name in NEVER:
        yield _family(name, {})


def _family(name: str, counts: Mapping[str, float]) -> Metric:
    family = UnknownMetricFamily(name, "Calls by outcome, under the name that Flowise gives them.", labels=("status",))
    for status in STATUSES:
        family.add_metric((status,), float(counts.get(status, 0)))
    return family


def _samples(families: Iterable[Metric], name: str) -> Iterator[Any]:
    """The samples of a counter."""
    samples = (sample for family in families if family.name == name for sample in family.samples)
    return (sample for sample in samples if sample.name == f"{name}_total")
