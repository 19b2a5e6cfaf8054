"""The embedded embedding model: an OpenAI-compatible ``/v1/embeddings`` over a unix socket, in a process of its own.

``python -m tradewind_server.models.local.embedding_server --socket PATH --model NAME --dir DIR``

Texts longer than the model's 512 tokens are cut into windows whose vectors are averaged. Passages are embedded side by
side in threads that give way to everything else; questions have a thread of their own, so that a running upsert does
not hold them up.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import os
import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from aiohttp import web

from tradewind_server.models.local.embedding_engine import load_engine
from tradewind_server.models.local.embedding_port import EmbeddingEngine, TextPiece
from tradewind_server.process import announce_ready, begin_child

MOST_BODY = 64 * 1024 * 1024
MOST_WORKERS = 8
TOKENS_AT_ONCE = 512
"""What one thread takes in one go: about a twentieth of a second's work."""
NICENESS = 10

EmbeddingJob = tuple[Sequence[TextPiece], asyncio.Future[list[Any]]]


class EmbeddingServer:
    """Embeds what it is asked for; :meth:`work` has to run."""

    def __init__(self, engine: EmbeddingEngine, workers: int) -> None:
        self._engine = engine
        self._workers = workers
        self._queues: dict[str, asyncio.Queue[EmbeddingJob]] = {"query": asyncio.Queue(), "passage": asyncio.Queue()}
        self._threads = {
            "query": ThreadPoolExecutor(1, "query"),
            "passage": ThreadPoolExecutor(workers, "passage", initializer=_give_way),
        }

    async def work(self) -> None:
        """Embed what is queued, for ever. A failing engine ends it."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._worker("query"))
            for _ in range(self._workers):
                group.create_task(self._worker("passage"))

    async def _worker(self, kind: str) -> None:
        loop = asyncio.get_running_loop()
        while True:
            pieces, done = await self._queues[kind].get()
            if done.cancelled():
                continue
            vectors = await loop.run_in_executor(self._threads[kind], self._engine.embed, pieces)
            if not done.done():
                done.set_result(vectors)

    async def embed(self, texts: Sequence[str], kind: str) -> list[Any]:
        """One vector of unit length for each text."""
        loop = asyncio.get_running_loop()
        pieces = await loop.run_in_executor(self._threads[kind], self._engine.cut, texts, kind)
        jobs = list(in_jobs(pieces))
        waiting: list[asyncio.Future[list[Any]]] = [loop.create_future() for _ in jobs]
        for job, done in zip(jobs, waiting, strict=True):
            self._queues[kind].put_nowait((job, done))
        vectors = [vector for part in await asyncio.gather(*waiting) for vector in part]
        return join(pieces, vectors, len(texts))

    async def embeddings(self, request: web.Request) -> web.Response:
        try:
            body = orjson.loads(await request.read())
            texts = body.get("input")
        except (orjson.JSONDecodeError, AttributeError):
            texts = None
        texts = [texts] if isinstance(texts, str) else texts
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            return web.json_response({"error": {"message": "input must be a text or a list of texts"}}, status=400)
        vectors = await self.embed(texts, "query" if body.get("input_type") == "query" else "passage")
        plain = body.get("encoding_format") != "base64"
        data = [
            {
                "object": "embedding",
                "index": index,
                "embedding": vector.tolist() if plain else base64.b64encode(vector.tobytes()).decode(),
            }
            for index, vector in enumerate(vectors)
        ]
        answer = orjson.dumps({"object": "list", "model": self._engine.name, "data": data})
        return web.Response(body=answer, content_type="application/json")


def in_jobs(pieces: Sequence[TextPiece]) -> list[Sequence[TextPiece]]:
    """Pieces in their order, as many at once as a thread takes in one go."""
    jobs: list[list[TextPiece]] = []
    room = 0
    for piece in pieces:
        room -= piece.tokens
        if room < 0:
            jobs.append([])
            room = TOKENS_AT_ONCE - piece.tokens
        jobs[-1].append(piece)
    return list(jobs)


def join(pieces: Sequence[TextPiece], vectors: Sequence[Any], count: int) -> list[Any]:
    """The vector of each text: the mean of its pieces', weighted by their tokens, at unit length."""
    sums: list[Any] = [0.0] * count
    for piece, vector in zip(pieces, vectors, strict=True):
        sums[piece.text] = sums[piece.text] + vector * np.float32(piece.tokens)
    return [total / np.linalg.norm(total) for total in sums]


def _give_way() -> None:
    """Run this thread behind all others of the machine."""
    if sys.platform == "linux":  # Elsewhere priorities belong to processes, and questions share this one.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


async def serve(engine: EmbeddingEngine, socket: Path) -> None:
    server = EmbeddingServer(engine, min(processors(), MOST_WORKERS))
    app = web.Application(client_max_size=MOST_BODY)
    app.router.add_post("/v1/embeddings", server.embeddings)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    await asyncio.to_thread(socket.unlink, missing_ok=True)
    await web.UnixSite(runner, str(socket)).start()
    worker = asyncio.create_task(server.work())
    await server.embed(["ready"], "query")  # The first call sets the engine's memory up.
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    announce_ready(address=f"unix:{socket}")
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({worker, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if worker.done():
        worker.result()  # A broken engine ends the process, and the supervisor starts a new one.


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--dir", type=Path, required=True)
    arguments = parser.parse_args()
    begin_child()
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # Spinning threads starve everything else on a small machine.
    engine = load_engine(arguments.model, arguments.dir)
    asyncio.run(serve(engine, arguments.socket))
    os._exit(0)  # A thread may be in the middle of a passage that nobody waits for any more.


if __name__ == "__main__":
    main()
