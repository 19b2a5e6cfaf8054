"""Embeddings over an endpoint: what all dialects have in common. A dialect says how one batch is asked for and read."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Literal

from tradewind_server.errors import TradewindError
from tradewind_server.flows.ports import EmbedderSpec
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.observability.steps import ModelStep

TextKind = Literal["query", "passage"]
BATCH = 128
CONCURRENT_BATCHES = 2
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError)


class EndpointEmbedder(ABC):
    """The port ``Embedder``. ``batch`` is how many texts one request carries where the node does not say."""

    def __init__(self, endpoint: Endpoint, model: str, spec: EmbedderSpec, *, batch: int = BATCH) -> None:
        self._endpoint = endpoint
        self._model = model
        self._dimensions = spec.dimensions
        self._strip = spec.strip_new_lines
        self._batch = spec.batch_size or batch
        self.provider = ""
        """Whose endpoint it is, for what is measured."""

    @property
    def model_name(self) -> str:
        return self._model

    @abstractmethod
    def _request(self, texts: Sequence[str], kind: TextKind) -> tuple[str, dict[str, Any]]:
        """Path and body of the request for one batch."""

    @abstractmethod
    def _vectors(self, answer: Any) -> list[Sequence[float]]:
        """The vectors of an answer, in the order of the texts. What is not of the form may raise any of ``UNREADABLE``."""

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
        except* TradewindError as failures:
            failure = failures.exceptions[0]  # The others were cancelled, or failed for the same reason.
        else:
            return [vector for task in tasks for vector in task.result()]
        raise failure

    async def embed_query(self, text: str) -> Sequence[float]:
        return (await self._embed([text], "query"))[0]

    async def _embed(self, texts: Sequence[str], kind: TextKind) -> list[Sequence[float]]:
        inputs = [text.replace("\n", " ") for text in texts] if self._strip else list(texts)
        path, body = self._request(inputs, kind)
        with ModelStep("embeddings", self.provider, self._model):
            answer = await self._endpoint.json(path, body, self._model)
        try:
            vectors = self._vectors(answer)
        except UNREADABLE:
            raise self._endpoint.garbled_error() from None
        if len(vectors) != len(inputs):
            raise self._endpoint.garbled_error()
        return vectors
