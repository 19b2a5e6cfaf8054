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
from tradewind_server.models.local.embedding_port import TextPiece
from tradewind_server.models.local.embedding_server import TOKENS_AT_ONCE, EmbeddingServer, in_jobs, join
from tradewind_server.models.openai.embeddings import OpenAIEmbedder


class LengthEngine:
    """Embeds a text as its length and its kind, in windows of ten characters; waits at ``gate``."""

    name = "lengths"

    def __init__(self) -> None:
        self.calls: list[tuple[str, list[str]]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.started = threading.Event()

    def cut(self, texts: Sequence[str], kind: str) -> list[TextPiece]:
        return [TextPiece(i, TOKENS_AT_ONCE // 4, (kind, text)) for i, text in enumerate(texts)]

    def embed(self, pieces: Sequence[TextPiece]) -> list[Any]:
        data = [piece.data for piece in pieces]
        self.calls.append((data[0][0], [text for _, text in data]))
        if data[0][0] == "passage":
            self.started.set()
            assert self.gate.wait(5)
        return [np.array([len(text), 1.0 if kind == "query" else 0.0], dtype=np.float32) for kind, text in data]


@pytest.fixture
def engine() -> LengthEngine:
    return LengthEngine()


@asynccontextmanager
async def working(engine: LengthEngine, workers: int = 1) -> AsyncIterator[EmbeddingServer]:
    server = EmbeddingServer(engine, workers)
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
    kinds: Any = {"query": "query", "passage": "passage"}
    embedder = OpenAIEmbedder(endpoint, "lengths", EmbedderSpec("openai", "x"), batch=3, kinds=kinds)
    assert [list(vector) for vector in await embedder.embed_documents(["a", "bb"] * 6)] == [[1.0, 0.0]] * 12
    vector = await embedder.embed_query("abc")
    assert [round(value, 4) for value in vector] == [0.9487, 0.3162]
    await endpoint.aclose()


async def test_plain_numbers_and_a_single_text(socket: Path) -> None:
    async with (
        aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(socket))) as session,
        session.post("http://localhost/v1/embeddings", json={"input": "abcd"}) as response,
    ):
        body = await response.json()
    assert body["model"] == "lengths"
    assert body["data"] == [{"object": "embedding", "index": 0, "embedding": [1.0, 0.0]}]


async def test_what_is_no_json_is_refused(socket: Path) -> None:
    async with (
        aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(socket))) as session,
        session.post("http://localhost/v1/embeddings", data=b"{") as response,
    ):
        assert response.status == 400


@pytest.mark.parametrize("body", [{}, {"input": None}, {"input": 3}, {"input": [1, 2]}])
async def test_another_input_is_refused(socket: Path, body: dict[str, Any]) -> None:
    async with (
        aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(socket))) as session,
        session.post("http://localhost/v1/embeddings", json=body) as response,
    ):
        assert response.status == 400
        assert "input" in (await response.json())["error"]["message"]


async def test_a_question_passes_a_running_upsert(engine: LengthEngine) -> None:
    async with working(engine) as server:
        engine.gate.clear()
        bulk = asyncio.create_task(server.embed(["p"] * 40, "passage"))
        await asyncio.to_thread(engine.started.wait, 60)
        assert (await server.embed(["q"], "query"))[0][1] > 0
        assert not bulk.done()
        engine.gate.set()
        assert len(await bulk) == 40
    assert [kind for kind, _ in engine.calls[:2]] == ["passage", "query"]


async def test_passages_run_side_by_side(engine: LengthEngine) -> None:
    async with working(engine, workers=3) as server:
        engine.gate.clear()
        bulk = asyncio.create_task(server.embed(["p"] * 40, "passage"))
        async with asyncio.timeout(60):
            while len(engine.calls) < 3:  # noqa: ASYNC110 (threads give the loop no event)
                await asyncio.sleep(0.005)
        engine.gate.set()
        assert len(await bulk) == 40
    assert {len(texts) for _, texts in engine.calls} == {4}


async def test_an_upsert_that_its_caller_left_is_not_finished(engine: LengthEngine) -> None:
    async with working(engine) as server:
        engine.gate.clear()
        bulk = asyncio.create_task(server.embed(["p"] * 400, "passage"))
        await asyncio.to_thread(engine.started.wait, 60)
        bulk.cancel()
        with pytest.raises(asyncio.CancelledError):
            await bulk
        engine.gate.set()
        await server.embed(["last"], "passage")
    assert len(engine.calls) == 2 and engine.calls[1] == ("passage", ["last"])


async def test_no_text_is_no_work(engine: LengthEngine) -> None:
    async with working(engine) as server:
        assert await server.embed([], "passage") == []
    assert engine.calls == []


def test_a_thread_takes_a_bounded_share() -> None:
    sizes = [100, 300, 100, 100, 512, 600, 1]
    jobs = in_jobs([TextPiece(i, size, None) for i, size in enumerate(sizes)])
    assert [[piece.tokens for piece in job] for job in jobs] == [[100, 300, 100], [100], [512], [600], [1]]


def test_windows_of_a_text_count_by_their_tokens() -> None:
    pieces = [TextPiece(0, 3, None), TextPiece(0, 1, None), TextPiece(1, 5, None)]
    ones = [np.array(row, np.float32) for row in ([1, 0], [0, 1], [0, 2])]
    first, second = join(pieces, ones, 2)
    assert first == pytest.approx(np.array([3, 1]) / np.sqrt(10)) and list(second) == [0, 1]
    assert first.dtype == np.float32
