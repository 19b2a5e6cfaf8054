"""Embeddings over Vertex AI, whose models take predictions."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from tradewind_server.flows.ports import EmbedderSpec
from tradewind_server.models.embeddings import EndpointEmbedder, TextKind
from tradewind_server.models.endpoint import Endpoint

TASKS = {"query": "RETRIEVAL_QUERY", "passage": "RETRIEVAL_DOCUMENT"}
BATCH = 5
ONE_AT_A_TIME = "gemini-embedding"


class VertexEmbedder(EndpointEmbedder):
    """The port ``Embedder``. Models of Gemini's family take one text in a call, the others five and more."""

    def __init__(self, endpoint: Endpoint, model: str, spec: EmbedderSpec) -> None:
        super().__init__(endpoint, model, spec, batch=1 if model.startswith(ONE_AT_A_TIME) else BATCH)

    def _request(self, texts: Sequence[str], kind: TextKind) -> tuple[str, dict[str, Any]]:
        body: dict[str, Any] = {"instances": [{"content": text, "task_type": TASKS[kind]} for text in texts]}
        if self._dimensions:
            body["parameters"] = {"outputDimensionality": self._dimensions}
        return f"/models/{quote(self._model, safe='')}:predict", body

    def _vectors(self, answer: Any) -> list[Sequence[float]]:
        return [array("f", row["embeddings"]["values"]) for row in answer["predictions"]]
