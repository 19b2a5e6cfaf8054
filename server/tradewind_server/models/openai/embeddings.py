"""Embeddings over an OpenAI-compatible endpoint."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import pybase64

from tradewind_server.flows.ports import EmbedderSpec
from tradewind_server.models.embeddings import BATCH, EndpointEmbedder, TextKind
from tradewind_server.models.endpoint import Endpoint

PATH = "/embeddings"


class OpenAIEmbedder(EndpointEmbedder):
    """The port ``Embedder``. ``kinds`` are the words by which an endpoint is told whether a text is a question or a
    passage; ``packs`` says that it sends vectors as base64 when asked to."""

    def __init__(
        self,
        endpoint: Endpoint,
        model: str,
        spec: EmbedderSpec,
        *,
        batch: int = BATCH,
        kinds: Mapping[TextKind, str] | None = None,
        packs: bool = True,
    ) -> None:
        super().__init__(endpoint, model, spec, batch=batch)
        self._kinds = kinds
        self._packs = packs

    def _request(self, texts: Sequence[str], kind: TextKind) -> tuple[str, dict[str, Any]]:
        body: dict[str, Any] = {"model": self._model, "input": texts}
        if self._packs:
            body["encoding_format"] = "base64"
        if self._dimensions:
            body["dimensions"] = self._dimensions
        if self._kinds:
            body["input_type"] = self._kinds[kind]
        return PATH, body

    def _vectors(self, answer: Any) -> list[Sequence[float]]:
        rows = sorted(answer["data"], key=lambda row: row["index"])
        return [_vector(row["embedding"]) for row in rows]


def _vector(value: Any) -> Sequence[float]:
    """Floats of one embedding: base64 of little-endian float32, or a plain list from endpoints that know no other."""
    if isinstance(value, str):
        return array("f", pybase64.b64decode(value, validate=True))
    return array("f", value)
