"""Rerank models over an endpoint: Cohere's dialect, which Jina speaks too, and Voyage's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tradewind_server.flows.llm.usage import TokenUsage, count
from tradewind_server.flows.ports import Rank
from tradewind_server.models.chat import UNREADABLE, Meter, count_of
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.observability.steps import ModelStep


class EndpointReranker:
    """The port ``Reranker``. ``limit_name`` is the dialect's word for how many texts come back; ``path`` stands below the
    base address."""

    def __init__(
        self,
        endpoint: Endpoint,
        model: str,
        extras: Mapping[str, Any],
        *,
        limit_name: str = "top_n",
        path: str = "/rerank",
        provider: str = "",
        meter: Meter | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._model = model
        self._extras = dict(extras)
        self._limit_name = limit_name
        self._path = path
        self._provider = provider
        self._meter = meter

    async def rank(self, question: str, texts: Sequence[str], limit: int) -> list[Rank]:
        if not texts:
            return []
        limit = min(limit, len(texts))
        body = {
            "model": self._model,
            "query": question,
            "documents": list(texts),
            self._limit_name: limit,
            "return_documents": False,
            **self._extras,
        }
        with ModelStep("rerank", self._provider, self._model):
            answer = await self._endpoint.json(self._path, body, self._model)
        try:
            ranks = _ranks(answer, len(texts))
        except UNREADABLE:
            raise self._endpoint.garbled_error() from None
        self._count(answer)
        return ranks[:limit]

    def _count(self, answer: Any) -> None:
        total = TokenUsage(_tokens(answer), model=self._model, provider=self._provider, calls=1)
        count(total)
        if self._meter is not None:
            self._meter(total)


def _ranks(answer: Any, count_of_texts: int) -> list[Rank]:
    """The ranking of an answer, best first, each text once. Voyage's rows stand under ``data``."""
    rows = answer["results"] if "results" in answer else answer["data"]
    ranks: dict[int, Rank] = {}
    for row in rows:
        index, score = row["index"], float(row["relevance_score"])
        if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < count_of_texts:
            raise ValueError(index)
        ranks.setdefault(index, Rank(index, score))
    return sorted(ranks.values(), key=lambda rank: rank.score, reverse=True)


def _tokens(answer: Any) -> int | None:
    """Jina and Voyage count tokens; Cohere counts searches, and tokens in its newer answers alone."""
    meta = answer.get("meta")
    tokens = meta.get("tokens") if isinstance(meta, Mapping) else None
    return count_of(answer.get("usage"), "total_tokens") or count_of(tokens, "input_tokens")
