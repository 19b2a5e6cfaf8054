"""Embeddings of Bedrock and Vertex AI, as their services are asked and answer."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.errors import Unavailable
from tradewind_server.flows.ports import EmbedderSpec
from tradewind_server.models.bedrock.embeddings import BedrockEmbedder, batch_of
from tradewind_server.models.google.vertex_embeddings import VertexEmbedder
from tradewind_server.models.providers import EMBEDDINGS


class Service:
    """An endpoint that notes what it is asked and says ``answers`` in turn, the last one for ever."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.calls: list[tuple[str, Any]] = []

    async def json(self, path: str, body: Any, model: str = "") -> Any:
        self.calls.append((path, body))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def garbled_error(self) -> Exception:
        from tradewind_server.errors import Reason

        return Unavailable(Reason.MODEL_UNAVAILABLE, "garbled")


def bedrock(service: Service, model: str, **fields: Any) -> BedrockEmbedder:
    return BedrockEmbedder(service, model, EmbedderSpec("bedrock", model, **fields), batch=batch_of(model))  # type: ignore[arg-type]


async def test_amazons_models_take_one_text_in_a_call() -> None:
    service = Service({"embedding": [0.5, 1.0]})
    vectors = await bedrock(service, "amazon.titan-embed-text-v2:0", dimensions=256).embed_documents(["a", "b"])
    assert [list(vector) for vector in vectors] == [[0.5, 1.0]] * 2
    assert service.calls == [
        ("/model/amazon.titan-embed-text-v2%3A0/invoke", {"inputText": text, "dimensions": 256}) for text in "ab"
    ]
    await bedrock(service, "amazon.titan-embed-text-v1", dimensions=256).embed_query("c")
    assert service.calls[-1][1] == {"inputText": "c"}


@pytest.mark.parametrize("rows", [[[1.0], [2.0]], {"float": [[1.0], [2.0]]}])
async def test_coheres_models_are_told_what_a_text_is(rows: Any) -> None:
    service = Service({"embeddings": rows}, {"embeddings": [[3.0]]})
    embedder = bedrock(service, "eu.cohere.embed-multilingual-v3")
    assert [list(vector) for vector in await embedder.embed_documents(["a", "b"])] == [[1.0], [2.0]]
    assert list(await embedder.embed_query("c")) == [3.0]
    assert [body["input_type"] for _, body in service.calls] == ["search_document", "search_query"]


async def test_vertex_is_asked_for_predictions() -> None:
    service = Service({"predictions": [{"embeddings": {"values": [1.0]}}, {"embeddings": {"values": [2.0]}}]})
    spec = EmbedderSpec("vertex", "text-embedding-004", dimensions=8)
    embedder = VertexEmbedder(service, "text-embedding-004", spec)  # type: ignore[arg-type]
    assert [list(vector) for vector in await embedder.embed_documents(["a", "b"])] == [[1.0], [2.0]]
    path, body = service.calls[0]
    assert path == "/models/text-embedding-004:predict" and body["parameters"] == {"outputDimensionality": 8}
    assert body["instances"][0] == {"content": "a", "task_type": "RETRIEVAL_DOCUMENT"}


async def test_geminis_models_take_one_text_in_a_call() -> None:
    service = Service({"predictions": [{"embeddings": {"values": [1.0]}}]})
    embedder = VertexEmbedder(service, "gemini-embedding-001", EmbedderSpec("vertex", "m"))  # type: ignore[arg-type]
    assert len(await embedder.embed_documents(["a", "b", "c"])) == 3 == len(service.calls)


@pytest.mark.parametrize("answer", [{}, {"embedding": None}, {"embedding": ["x"]}, []])
async def test_an_answer_of_another_form(answer: Any) -> None:
    with pytest.raises(Unavailable, match="garbled"):
        await bedrock(Service(answer), "amazon.titan-embed-text-v1").embed_query("a")


def test_both_are_behind_the_guard() -> None:
    assert all(EMBEDDINGS[name].behind_guard for name in ("bedrock", "vertex", "jina"))
