"""Embeddings over Google's Generative Language API."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from tradewind_server.flows.ports import EmbedderSpec
from tradewind_server.models.embeddings import BATCH, EndpointEmbedder, TextKind
from tradewind_server.models.endpoint import Endpoint

TASKS = {"query": "RETRIEVAL_QUERY", "passage": "RETRIEVAL_DOCUMENT"}


class GoogleEmbedder(EndpointEmbedder):
    """The port ``Embedder``. ``task`` is the node's; without one a question and a passage are told apart."""

    def __init__(
        self, endpoint: Endpoint, model: str, spec: EmbedderSpec, *, batch: int = BATCH, task: str | None = None
    ) -> None:
        super().__init__(endpoint, model, spec, batch=batch)
        self._name = model.removeprefix("models/")
        self._task = task

    def _request(self, texts: Sequence[str], kind: TextKind) -> tuple[str, dict[str, Any]]:
        one: dict[str, Any] = {"model": f"models/{self._name}", "taskType": self._task or TASKS[kind]}
        if self._dimensions:
            one["outputDimensionality"] = self._dimensions
        requests = [{**one, "content": {"parts": [{"text": text}]}} for text in texts]
        return f"/models/{quote(self._name, safe='')}:batchEmbedContents", {"requests": requests}

    def _vectors(self, answer: Any) -> list[Sequence[float]]:
        return [array("f", row["values"]) for row in answer["embeddings"]]
