"""Embeddings over Cohere's API."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from tradewind_server.models.embeddings import EndpointEmbedder, TextKind

PATH = "/embed"
KINDS = {"query": "search_query", "passage": "search_document"}


class CohereEmbedder(EndpointEmbedder):
    """The port ``Embedder``."""

    def _request(self, texts: Sequence[str], kind: TextKind) -> tuple[str, dict[str, Any]]:
        body: dict[str, Any] = {
            "model": self._model,
            "texts": texts,
            "input_type": KINDS[kind],
            "embedding_types": ["float"],
        }
        if self._dimensions:
            body["output_dimension"] = self._dimensions
        return PATH, body

    def _vectors(self, answer: Any) -> list[Sequence[float]]:
        return [array("f", row) for row in answer["embeddings"]["float"]]
