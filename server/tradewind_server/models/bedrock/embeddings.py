"""Embeddings of models at AWS Bedrock: Amazon's, which take one text in a call, and Cohere's."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from tradewind_server.models.embeddings import EndpointEmbedder, TextKind

COHERE = "cohere."
KINDS = {"query": "search_query", "passage": "search_document"}
TITAN_BATCH, COHERE_BATCH = 1, 96
FIXED_DIMENSIONS = "titan-embed-text-v1"
"""The model that takes no wish for dimensions."""


def batch_of(model: str) -> int:
    return COHERE_BATCH if COHERE in model else TITAN_BATCH


class BedrockEmbedder(EndpointEmbedder):
    """The port ``Embedder``."""

    def _request(self, texts: Sequence[str], kind: TextKind) -> tuple[str, dict[str, Any]]:
        path = f"/model/{quote(self._model, safe='')}/invoke"
        if COHERE in self._model:
            return path, {"texts": list(texts), "input_type": KINDS[kind], "truncate": "END"}
        body: dict[str, Any] = {"inputText": texts[0]}
        if self._dimensions and FIXED_DIMENSIONS not in self._model:
            body["dimensions"] = self._dimensions
        return path, body

    def _vectors(self, answer: Any) -> list[Sequence[float]]:
        if COHERE not in self._model:
            return [array("f", answer["embedding"])]
        rows = answer["embeddings"]
        return [array("f", row) for row in (rows["float"] if isinstance(rows, dict) else rows)]
