"""What every dialect of rerank models keeps, behind the guard of outbound calls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import pytest
from tradewind_server.errors import (
    DeadlineExceeded,
    FailedPrecondition,
    InvalidInput,
    Reason,
    ResourceExhausted,
    Unavailable,
)
from tradewind_server.flows.llm.usage import TokenUsage, count_usage
from tradewind_server.flows.ports import RerankerSpec
from tradewind_server.models import endpoint as endpoint_module
from tradewind_server.models.catalog import ModelCatalog
from tradewind_server.settings import Settings

from fakes.rerank_endpoint import FakeRerankService

KEY = "rk-very-secret-0123456789"
TEXTS = ["the ferry leaves at nine", "bread is baked at six", "when the ferry leaves"]
QUESTION = "when the ferry leaves"


class NoCredentials:
    async def reveal(self, workspace_id: str, name_or_id: str) -> None:
        return None


@dataclass
class Bench:
    provider: str
    service: FakeRerankService
    catalog: ModelCatalog
    key_header: tuple[str, str]
    limit_name: str

    async def rank(self, texts: list[str], limit: int = 2, **fields: Any) -> list[tuple[int, float]]:
        spec = RerankerSpec(self.provider, "m", self.service.base_url, api_key=KEY, **{"timeout": 5.0, **fields})
        reranker = await self.catalog.reranker("w", spec)
        return [(rank.index, rank.score) for rank in await reranker.rank(QUESTION, texts, limit)]


DIALECTS = {
    "azure-foundry": (("api-key", KEY), "top_n", "results"),
    "cohere": (("Authorization", f"Bearer {KEY}"), "top_n", "results"),
    "jina": (("Authorization", f"Bearer {KEY}"), "top_n", "results"),
    "voyage": (("Authorization", f"Bearer {KEY}"), "top_k", "data"),
}


def make_catalog(*allowed: str) -> ModelCatalog:
    return ModelCatalog(Settings(_env_file=None, outbound_allow=list(allowed)), NoCredentials(), None)  # type: ignore[arg-type]


@pytest.fixture(params=sorted(DIALECTS))
async def bench(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    monkeypatch.setattr(endpoint_module, "RETRY_PAUSES", (0.0, 0.0))
    header, limit_name, rows = DIALECTS[request.param]
    async with FakeRerankService(rows=rows) as service, aclosing(make_catalog("127.0.0.1")) as catalog:
        yield Bench(request.param, service, catalog, header, limit_name)


async def test_the_most_relevant_come_first_and_no_more_than_asked_for(bench: Bench) -> None:
    assert await bench.rank(TEXTS) == [(2, 1.0), (0, 0.75)]
    (request,) = bench.service.requests
    assert request.path == "/v1/rerank"
    assert request.headers[bench.key_header[0]] == bench.key_header[1]
    assert (request.body["query"], request.body["documents"], request.body["model"]) == (QUESTION, TEXTS, "m")
    assert request.body[bench.limit_name] == 2


async def test_a_limit_beyond_the_texts_is_their_number(bench: Bench) -> None:
    assert len(await bench.rank(TEXTS, limit=50)) == 3
    assert bench.service.requests[0].body[bench.limit_name] == 3


async def test_nothing_is_asked_for_nothing(bench: Bench) -> None:
    assert await bench.rank([]) == [] and not bench.service.requests


async def test_a_passing_failure_is_tried_again_and_a_lasting_one_is_said(bench: Bench) -> None:
    bench.service.failures = [503, 500]
    assert len(await bench.rank(TEXTS)) == 2
    bench.service.failures = [503] * 3
    with pytest.raises(Unavailable) as error:
        await bench.rank(TEXTS)
    assert error.value.reason is Reason.MODEL_UNAVAILABLE


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (401, FailedPrecondition, Reason.MODEL_REFUSED),
        (429, ResourceExhausted, Reason.MODEL_RATE_LIMITED),
        (400, FailedPrecondition, Reason.MODEL_REFUSED),
    ],
)
async def test_a_refusal_is_told_without_the_key(bench: Bench, status: int, kind: type[Any], reason: Reason) -> None:
    bench.service.failures = [status]
    with pytest.raises(kind) as error:
        await bench.rank([f"the key {KEY}"])
    assert error.value.reason is reason and KEY not in error.value.message


async def test_silence_has_an_end(bench: Bench) -> None:
    bench.service.silent = True
    with pytest.raises(DeadlineExceeded):
        await bench.rank(TEXTS, timeout=0.2)


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"results": None},
        {"results": [{"index": 3, "relevance_score": 1}]},
        {"data": [{"index": -1, "relevance_score": 1}]},
        {"data": [{"index": True, "relevance_score": 1}]},
        {"results": [{"index": 0, "relevance_score": "much"}]},
        {"results": ["0"]},
    ],
)
async def test_an_answer_of_another_form_is_no_ranking(bench: Bench, answer: Any) -> None:
    bench.service.answer = answer
    with pytest.raises(Unavailable, match="not of the"):
        await bench.rank(TEXTS)


async def test_a_text_that_is_named_twice_counts_once(bench: Bench) -> None:
    rows = [{"index": 0, "relevance_score": 0.9}, {"index": 0, "relevance_score": 0.8}, {"index": 1, "relevance_score": 0.95}]
    bench.service.answer = {"results": rows}
    assert await bench.rank(TEXTS) == [(1, 0.95), (0, 0.9)]


async def test_usage_is_counted_with_the_answer(bench: Bench) -> None:
    total = TokenUsage()
    with count_usage(total):
        await bench.rank(TEXTS)
    assert (total.prompt_tokens, total.calls, total.model, total.provider) == (21, 1, "m", bench.provider)


@pytest.mark.parametrize("provider", sorted(DIALECTS))
async def test_the_guard_lets_no_address_through_that_is_not_public(provider: str) -> None:
    async with FakeRerankService() as service, aclosing(make_catalog()) as catalog:
        reranker = await catalog.reranker("w", RerankerSpec(provider, "m", service.base_url, api_key=KEY))
        with pytest.raises(InvalidInput) as error:
            await reranker.rank(QUESTION, TEXTS, 2)
        assert error.value.reason is Reason.OUTBOUND_REFUSED and not service.requests


@pytest.mark.parametrize("provider", sorted(DIALECTS))
async def test_without_a_key_nothing_answers_in_its_place(provider: str) -> None:
    async with aclosing(make_catalog()) as catalog:
        with pytest.raises(FailedPrecondition) as error:
            await catalog.reranker("w", RerankerSpec(provider, "m", credential_id="drawn-elsewhere"))
    assert error.value.reason is Reason.CREDENTIAL_NOT_FOUND
