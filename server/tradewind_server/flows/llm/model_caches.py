"""Answers and vectors that are kept for a while, so that the same prompt or text is not sent to a model twice.

They live in the memory of one worker, as long as the compiled flow that holds them, and within bounds.
"""

from __future__ import annotations

import hashlib
import time
from array import array
from collections.abc import AsyncIterator, Callable, Hashable, Sequence
from dataclasses import asdict
from typing import Any

import orjson
from cachetools import TTLCache

from tradewind_server.flows.ports import (
    PLAIN_CALL,
    CallOptions,
    ChatDelta,
    ChatModel,
    ChatModelSpec,
    ChatReply,
    Embedder,
    EmbedderSpec,
    Message,
)

MOST_CHARS = 8_000_000
"""Of all answers of one cache."""
MOST_BYTES = 32 << 20
"""Of all vectors of one cache."""
ENTRY_OVERHEAD = 200
"""What an entry takes beside its text or vector, in characters or bytes."""
Clock = Callable[[], float]


def digest(*parts: Any) -> bytes:
    """A key out of values that JSON has; what it has not is taken by its text."""
    return hashlib.sha256(orjson.dumps(parts, default=str, option=orjson.OPT_NON_STR_KEYS)).digest()


class AnswerCache:
    """Whole answers by model, settings, messages and options, for ``seconds``. Answers that call tools, or were cut, are not
    kept."""

    def __init__(self, seconds: float, clock: Clock = time.monotonic) -> None:
        self._answers: TTLCache[bytes, str] = TTLCache(
            MOST_CHARS, seconds, timer=clock, getsizeof=lambda text: len(text) + ENTRY_OVERHEAD
        )

    def around(self, model: ChatModel, spec: ChatModelSpec) -> ChatModel:
        about = (spec.provider, spec.model, spec.base_url, spec.credential_id, spec.parameters, spec.extras, model.model_name)
        return CachedChatModel(model, about, self)

    def get(self, key: bytes) -> str | None:
        return self._answers.get(key)

    def put(self, key: bytes, text: str) -> None:
        if len(text) + ENTRY_OVERHEAD <= MOST_CHARS:
            self._answers[key] = text


class CachedChatModel:
    """The port ``ChatModel`` with a cache before it. What comes from the cache costs no tokens, and comes in one piece."""

    def __init__(self, model: ChatModel, about: Sequence[Any], cache: AnswerCache) -> None:
        self._model = model
        self._about = about
        self._cache = cache

    @property
    def model_name(self) -> str:
        return self._model.model_name

    def _key(self, messages: Sequence[Message], options: CallOptions) -> bytes:
        return digest(self._about, [asdict(message) for message in messages], asdict(options))

    async def complete(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> ChatReply:
        key = self._key(messages, options)
        text = self._cache.get(key)
        if text is not None:
            return ChatReply(text)
        reply = await self._model.complete(messages, options)
        if reply.finish_reason == "stop" and not reply.tool_calls:
            self._cache.put(key, reply.text)
        return reply

    async def stream(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> AsyncIterator[ChatDelta]:
        key = self._key(messages, options)
        text = self._cache.get(key)
        if text is not None:
            yield ChatDelta(text)
            yield ChatDelta(finish_reason="stop")
            return
        parts: list[str] = []
        is_whole = False
        async for delta in self._model.stream(messages, options):
            parts.append(delta.text)
            is_whole = delta.finish_reason == "stop" and not delta.tool_calls
            yield delta
        if is_whole:
            self._cache.put(key, "".join(parts))


class VectorCache:
    """Vectors by model, kind and text, for ``seconds``."""

    def __init__(self, seconds: float, clock: Clock = time.monotonic) -> None:
        self._vectors: TTLCache[Hashable, array[float]] = TTLCache(
            MOST_BYTES, seconds, timer=clock, getsizeof=lambda vector: len(vector) * vector.itemsize + ENTRY_OVERHEAD
        )

    def around(self, embedder: Embedder, spec: EmbedderSpec) -> Embedder:
        return CachedEmbedder(embedder, (spec.provider, spec.model, spec.base_url, spec.dimensions, spec.task), self)

    def get(self, key: bytes) -> Sequence[float] | None:
        return self._vectors.get(key)

    def put(self, key: bytes, vector: Sequence[float]) -> None:
        if len(vector) * 4 + ENTRY_OVERHEAD <= MOST_BYTES:
            self._vectors[key] = array("f", vector)


class CachedEmbedder:
    """The port ``Embedder`` with a cache before it: only texts that are not in it are sent, in one call, each once."""

    def __init__(self, embedder: Embedder, about: Sequence[Any], cache: VectorCache) -> None:
        self._embedder = embedder
        self._about = (*about, embedder.model_name)
        self._cache = cache

    @property
    def model_name(self) -> str:
        return self._embedder.model_name

    async def embed_documents(self, texts: Sequence[str]) -> list[Sequence[float]]:
        keys = [digest(self._about, "passage", text) for text in texts]
        vectors: dict[bytes, Sequence[float]] = {}
        missing: dict[bytes, str] = {}
        for key, text in zip(keys, texts, strict=True):
            vector = self._cache.get(key)
            if vector is None:
                missing[key] = text
            else:
                vectors[key] = vector
        if missing:
            fresh = await self._embedder.embed_documents(list(missing.values()))
            for key, vector in zip(missing, fresh, strict=True):
                vectors[key] = vector
                self._cache.put(key, vector)
        return [vectors[key] for key in keys]

    async def embed_query(self, text: str) -> Sequence[float]:
        key = digest(self._about, "query", text)
        vector = self._cache.get(key)
        if vector is None:
            vector = await self._embedder.embed_query(text)
            self._cache.put(key, vector)
        return vector
