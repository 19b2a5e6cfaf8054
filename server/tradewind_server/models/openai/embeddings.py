"""Embeddings over an OpenAI-compatible endpoint."""

from __future__ import annotations

import asyncio
import base64
from array import array
from collections.abc import Sequence
from typing import Any

from tradewind_server.errors import TradewindError
from tradewind_server.flows.ports import EmbedderSpec
from tradewind_server.models.endpoint import Endpoint

PATH = "/embeddings"
BATCH = 128
CONCURRENT_BATCHES = 2


class OpenAIEmbedder:
    """The port ``Embedder``. ``tells_apart`` endpoints are told whether a text is a question or a passage (e5 models)."""

    def __init__(
        self, endpoint: Endpoint, model: str, spec: EmbedderSpec, *, batch: int = BATCH, tells_apart: bool = False
    ) -> None:
        self._endpoint = endpoint
        self._model = model
        self._dimensions = spec.dimensions
        self._strip = spec.strip_new_lines
        self._batch = spec.batch_size or batch
        self._tells_apart = tells_apart

    @property
    def model_name(self) -> str:
        return self._model

    async def embed_documents(self, texts: Sequence[str]) -> list[Sequence[float]]:
        if not texts:
            return []
        if len(texts) <= self._batch:
            return await self._embed(texts, "passage")
        batches = [texts[start : start + self._batch] for start in range(0, len(texts), self._batch)]
        gate = asyncio.Semaphore(CONCURRENT_BATCHES)

        async def one(batch: Sequence[str]) -> list[Sequence[float]]:
            async with gate:
                return await self._embed(batch, "passage")

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(batch)) for batch in batches]
        except* TradewindError as failed:
            failure = failed.exceptions[0]  # The others were cancelled, or failed for the same reason.
        else:
            return [vector for task in tasks for vector in task.result()]
        raise failure

    async def embed_query(self, text: str) -> Sequence[float]:
        return (await self._embed([text], "query"))[0]

    async def _embed(self, texts: Sequence[str], kind: str) -> list[Sequence[float]]:
        inputs = [text.replace("\n", " ") for text in texts] if self._strip else list(texts)
        body: dict[str, Any] = {"model": self._model, "input": inputs, "encoding_format": "base64"}
        if self._dimensions:
            body["dimensions"] = self._dimensions
        if self._tells_apart:
            body["input_type"] = kind
        answer = await self._endpoint.json(PATH, body, self._model)
        try:
            rows = sorted(answer["data"], key=lambda row: row["index"])
            vectors = [_vector(row["embedding"]) for row in rows]
        except (LookupError, TypeError, ValueError):
            raise self._endpoint.garbled() from None
        if len(vectors) != len(inputs):
            raise self._endpoint.garbled()
        return vectors


def _vector(value: Any) -> Sequence[float]:
    """Floats of one embedding: base64 of little-endian float32, or a plain list from endpoints that know no other."""
    if isinstance(value, str):
        return array("f", base64.b64decode(value))
    return array("f", value)
