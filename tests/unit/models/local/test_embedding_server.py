"""The embedding child's door and queue, with an engine that takes no time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
import pytest
from aiohttp import web
from tradewind_server.flows.ports import EmbedderSpec
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.local.embedding_server import PASSAGES_AT_ONCE, EmbeddingServer
from tradewind_server.models.openai.embeddings import OpenAIEmbedder


class LengthEngine:
    """Embeds a text as its length and its kind; waits at ``gate``."""

    name = "lengths"

    def __init__(self) -> None:
        self.calls: list[tuple[str, list[str]]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.started = threading.Event()

    def embed(self, texts: Sequence[str], kind: str) -> list[Any]:
        self.calls.append((kind, list(texts)))
        self.started.set()
        assert self.gate.wait(5)
        return [np.array([len(text), 1.0 if kind == "query" else 0.0], dtype=np.float32) for text in texts]


@pytest.fixture
def engine() -> LengthEngine:
    return LengthEngine()


@asynccontextmanager
async def working(engine: LengthEngine) -> AsyncIterator[EmbeddingServer]:
    server = EmbeddingServer(engine)
    worker = asyncio.create_task(server.work())
    yield server
    engine.gate.set()
    worker.cancel()


@pytest.fixture
async def socket(engine: LengthEngine, tmp_path: Path) -> AsyncIterator[Path]:
    path = tmp_path / "e.sock"
    async with working(engine) as server:
        app = web.Application()
        app.router.add_post("/v1/embeddings", server.embeddings)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
        await runner.setup()
        await web.UnixSite(runner, str(path)).start()
        yield path
        engine.gate.set()
        await runner.cleanup()


async def test_our_own_adapter_speaks_with_it(socket: Path) -> None:
    endpoint = Endpoint("http://localhost/v1", socket=str(socket))
    embedder = OpenAIEmbedder(endpoint, "lengths", EmbedderSpec("openai", "x"), batch=3, tells_apart=True)
    texts = ["a" * size for size in range(1, 12)]
    assert [list(vector) for vector in await embedder.embed_documents(texts)] == [[float(i), 0.0] for i in range(1, 12)]
    assert list(await embedder.embed_query("abc")) == [3.0, 1.0]
    await endpoint.aclose()


async def test_plain_numbers_and_a_single_text(socket: Path) -> None:
    async with (
        aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(socket))) as session,
        session.post("http://localhost/v1/embeddings", json={"input": "abcd"}) as response,
    ):
        body = await response.json()
    assert body["model"] == "lengths"
    assert body["data"] == [{"object": "embedding", "index": 0, "embedding": [4.0, 0.0]}]


@pytest.mark.parametrize("body", [{}, {"input": None}, {"input": 3}, {"input": [1, 2]}])
async def test_another_input_is_refused(socket: Path, body: dict[str, Any]) -> None:
    async with (
        aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(socket))) as session,
        session.post("http://localhost/v1/embeddings", json=body) as response,
    ):
        assert response.status == 400
        assert "input" in (await response.json())["error"]["message"]


async def test_a_question_goes_before_the_rest_of_an_upsert(engine: LengthEngine) -> None:
    async with working(engine) as server:
        engine.gate.clear()
        bulk = asyncio.create_task(server.embed(["p"] * (PASSAGES_AT_ONCE * 5), "passage"))
        await asyncio.to_thread(engine.started.wait, 5)
        question = asyncio.create_task(server.embed(["q"], "query"))
        await asyncio.sleep(0)
        engine.gate.set()
        assert (await question)[0][1] == 1.0
        assert len(await bulk) == PASSAGES_AT_ONCE * 5
    assert [kind for kind, _ in engine.calls] == ["passage", "query", *["passage"] * 4]
    assert max(len(texts) for _, texts in engine.calls) == PASSAGES_AT_ONCE


async def test_an_upsert_that_its_caller_left_is_not_finished(engine: LengthEngine) -> None:
    async with working(engine) as server:
        engine.gate.clear()
        bulk = asyncio.create_task(server.embed(["p"] * (PASSAGES_AT_ONCE * 50), "passage"))
        await asyncio.to_thread(engine.started.wait, 5)
        bulk.cancel()
        with pytest.raises(asyncio.CancelledError):
            await bulk
        engine.gate.set()
        await server.embed(["q"], "query")
        await server.embed(["p"], "passage")
    assert len(engine.calls) == 3
