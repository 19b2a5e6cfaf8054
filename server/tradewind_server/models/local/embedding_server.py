"""The embedded embedding model: an OpenAI-compatible ``/v1/embeddings`` over a unix socket, in a process of its own.

``python -m tradewind_server.models.local.embedding_server --socket PATH --model NAME --dir DIR``

Texts longer than the model's 512 tokens are cut into windows whose vectors are averaged. A question is answered before
the next batch of a running upsert.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import os
import signal
from pathlib import Path
from typing import Any

from aiohttp import web

from tradewind_server.models.local.engine import Engine, load_engine
from tradewind_server.process import announce_ready, die_with_parent

PASSAGES_AT_ONCE = 4
MOST_BODY = 64 * 1024 * 1024
QUERY_FIRST, PASSAGE_AFTER = 0, 1


class EmbeddingServer:
    """Queues texts by kind and embeds them in small batches in one worker thread, so that questions never wait long."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: asyncio.PriorityQueue[tuple[int, int, str, list[str], asyncio.Future[Any]]] = asyncio.PriorityQueue()
        self._count = 0

    async def work(self) -> None:
        """Embed what is queued, for ever."""
        while True:
            _, _, kind, texts, done = await self._queue.get()
            if done.cancelled():
                continue
            vectors = await asyncio.to_thread(self._engine.embed, texts, kind)
            if not done.done():
                done.set_result(vectors)

    async def embed(self, texts: list[str], kind: str) -> list[Any]:
        loop = asyncio.get_running_loop()
        urgency = QUERY_FIRST if kind == "query" else PASSAGE_AFTER
        waiting = []
        for start in range(0, len(texts), PASSAGES_AT_ONCE):
            self._count += 1
            done: asyncio.Future[Any] = loop.create_future()
            self._queue.put_nowait((urgency, self._count, kind, texts[start : start + PASSAGES_AT_ONCE], done))
            waiting.append(done)
        return [vector for batch in await asyncio.gather(*waiting) for vector in batch]

    async def embeddings(self, request: web.Request) -> web.Response:
        body = await request.json()
        texts = body.get("input")
        texts = [texts] if isinstance(texts, str) else texts
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            return web.json_response({"error": {"message": "input must be a text or a list of texts"}}, status=400)
        kind = "query" if body.get("input_type") == "query" else "passage"
        vectors = await self.embed(texts, kind)
        plain = body.get("encoding_format") != "base64"
        data = [
            {
                "object": "embedding",
                "index": index,
                "embedding": vector.tolist() if plain else base64.b64encode(vector.tobytes()).decode(),
            }
            for index, vector in enumerate(vectors)
        ]
        return web.json_response({"object": "list", "model": self._engine.name, "data": data})


async def serve(engine: Engine, socket: Path) -> None:
    server = EmbeddingServer(engine)
    app = web.Application(client_max_size=MOST_BODY)
    app.router.add_post("/v1/embeddings", server.embeddings)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    await asyncio.to_thread(socket.unlink, missing_ok=True)
    await web.UnixSite(runner, str(socket)).start()
    worker = asyncio.create_task(server.work())
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    announce_ready(address=f"unix:{socket}")
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({worker, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if worker.done():
        worker.result()  # A broken engine ends the process, and the supervisor starts a new one.


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--dir", type=Path, required=True)
    arguments = parser.parse_args()
    die_with_parent()
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # Spinning threads starve everything else on a small machine.
    engine = load_engine(arguments.model, arguments.dir)
    asyncio.run(serve(engine, arguments.socket))


if __name__ == "__main__":
    main()
