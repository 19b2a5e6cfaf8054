"""The adapter against a Qdrant server that is played: clusters, silence, strict mode, keys, and what the server says of itself.

The answers are those that real servers were seen to give (``tests/fakes/qdrant_server.py``).
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
import uuid
from collections.abc import AsyncIterator, Awaitable
from typing import Any

import grpc
import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.errors import Conflict, InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.flows.vector_ports import CollectionSpec, Point
from tradewind_server.vectors import collection, connection
from tradewind_server.vectors.qdrant import QdrantIndexes

from fakes.qdrant_server import PlayedQdrant

Code = grpc.StatusCode
CHAT = "metadata.flowise_chatId"
X = (1.0, 0.0, 0.0)


@pytest.fixture
async def played() -> AsyncIterator[PlayedQdrant]:
    played = PlayedQdrant()
    await played.start()
    yield played
    played.wake()
    await played.stop()


@pytest.fixture
async def indexes(played: PlayedQdrant) -> AsyncIterator[QdrantIndexes]:
    indexes = QdrantIndexes(url=played.url)
    yield indexes
    await indexes.aclose()


def spec(name: str = "docs", **other: Any) -> CollectionSpec:
    return CollectionSpec(**{"workspace_id": DEFAULT_WORKSPACE, "name": name, "embedding_model": "m", **other})


def points(count: int, **metadata: Any) -> list[Point]:
    return [Point(str(uuid.uuid4()), (1.0, n / count, 0.0), f"text {n}", {"n": n, **metadata}) for n in range(count)]


def on(key: str, **condition: Any) -> dict[str, Any]:
    return {"key": f"metadata.{key}", **condition}


async def refused(work: Awaitable[Any], kind: type[TradewindError] = Unavailable) -> str:
    with pytest.raises(kind) as caught:
        await work
    return caught.value.message


# Clusters


async def test_a_first_upsert_of_many_batches_waits_for_the_shards(played: PlayedQdrant, indexes: QdrantIndexes) -> None:
    played.inactive_writes = 4
    await indexes.index(spec(batch_size=10)).upsert(points(200))
    assert len(played.collections["docs"].points) == 200
    assert played.calls["Create"] == 1


async def test_later_batches_come_after_the_one_that_made_the_collection(played: PlayedQdrant, indexes: QdrantIndexes) -> None:
    played.inactive_writes = 3
    await indexes.index(spec(batch_size=10)).upsert(points(100))
    # One to find no collection, three that its shards are not active for, and one for each batch: none was sent beside those.
    assert played.calls["Upsert"] == 1 + 3 + 10


async def test_two_workers_fill_one_new_collection(played: PlayedQdrant, indexes: QdrantIndexes) -> None:
    played.inactive_writes = 6
    other = QdrantIndexes(url=played.url)
    try:
        work = [one.index(spec(batch_size=10)).upsert(points(100)) for one in (indexes, other)]
        await asyncio.gather(*work)
    finally:
        await other.aclose()
    assert len(played.collections["docs"].points) == 200


async def test_a_peer_that_does_not_know_the_collection_yet(played: PlayedQdrant, indexes: QdrantIndexes) -> None:
    index = indexes.index(spec(batch_size=10))
    await index.upsert(points(1))
    played.answers["Upsert"] = [(Code.NOT_FOUND, "Not found: Collection `docs` doesn't exist!")] * 3
    await index.upsert(points(30))
    assert len(played.collections["docs"].points) == 31
    assert played.calls["Create"] == 1


async def test_shards_that_never_become_active_end_in_a_sentence(
    played: PlayedQdrant, indexes: QdrantIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tradewind_server.vectors.attempts.SETTLE_SECONDS", 0.3)
    played.inactive_writes = 10**6
    assert "failed inside" in await refused(indexes.index(spec()).upsert(points(3)))


# Silence


async def test_only_the_first_call_waits_for_a_silent_server(
    played: PlayedQdrant, indexes: QdrantIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "READ_SECONDS", 0.5)
    index = indexes.index(spec())
    await index.upsert(points(3))
    played.silent = True
    await refused(index.search(X, 1))
    monkeypatch.setattr(collection, "READ_SECONDS", 3600.0)
    monkeypatch.setattr(collection, "WRITE_SECONDS", 3600.0)
    async with asyncio.timeout(60):
        for attempt in (index.search(X, 1), index.upsert(points(2)), index.exists(), index.drop()):
            assert "did not answer in time" in await refused(attempt)
        assert await indexes.ready() is False
        waiting = asyncio.gather(*(refused(index.search(X, 1)) for _ in range(50)))
        await waiting
        played.wake()
        await asyncio.sleep(connection.PROBE_PAUSE)
        assert len(await index.search(X, 5)) == 3
        await index.upsert(points(2))


async def test_a_slow_answer_among_others_is_no_silence(
    played: PlayedQdrant, indexes: QdrantIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = indexes.index(spec())
    await index.upsert(points(3))
    monkeypatch.setattr(collection, "READ_SECONDS", 2.0)
    played.silent = True
    asked = played.calls.total()
    slow = asyncio.create_task(refused(index.search(X, 1)))
    while played.calls.total() == asked:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    played.silent = False  # Without waking the one that waits.
    assert await index.exists()
    assert "took too long" in await slow
    assert await index.exists()


async def test_a_dead_connection_is_given_up_where_new_ones_work(
    played: PlayedQdrant, indexes: QdrantIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relay that goes silent on the connections it has, as a firewall does that forgot them."""
    relay = Relay(played.port)
    await relay.start()
    through = QdrantIndexes(url=f"http://127.0.0.1:{relay.port}")
    try:
        index = through.index(spec())
        await index.upsert(points(3))
        monkeypatch.setattr(collection, "READ_SECONDS", 2.0)
        relay.forget()
        assert len(await index.search(X, 5)) == 3
    finally:
        await through.aclose()
        await relay.stop()


async def test_a_long_write_on_a_dead_connection_goes_on_over_a_new_one(
    played: PlayedQdrant, monkeypatch: pytest.MonkeyPatch
) -> None:
    quicker = [(name, value // 10 if "_t" in name else value) for name, value in connection.CHANNEL_OPTIONS]
    assert ("grpc.keepalive_time_ms", 500) in quicker and ("grpc.http2.ping_timeout_ms", 300) in quicker
    monkeypatch.setattr(connection, "CHANNEL_OPTIONS", quicker)
    relay = Relay(played.port)
    await relay.start()
    through = QdrantIndexes(url=f"http://127.0.0.1:{relay.port}")
    try:
        index = through.index(spec())
        await index.upsert(points(3))
        relay.forget()
        async with asyncio.timeout(collection.WRITE_SECONDS / 2):
            await index.upsert(points(3))
        assert len(played.collections["docs"].points) == 6
    finally:
        await through.aclose()
        await relay.stop()


class Relay:
    """Hands bytes on between clients and a port."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection("localhost", self._target)
        for source, sink in ((reader, there[1]), (there[0], writer)):
            self._tasks.add(asyncio.create_task(self._copy(source, sink)))

    async def _copy(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            sink.write(data)

    def forget(self) -> None:
        """From here on nothing passes on the open connections, and nobody is told."""
        for task in self._tasks:
            task.cancel()

    async def stop(self) -> None:
        self.forget()
        assert self._server is not None
        self._server.close()


async def test_a_refusing_server_is_waited_for_once(
    played: PlayedQdrant, indexes: QdrantIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE_SECONDS", 0.3)
    index = indexes.index(spec())
    await index.upsert(points(3))
    await played.stop()
    assert "cannot be reached" in await refused(index.search(X, 1))
    monkeypatch.setattr(connection, "PATIENCE_SECONDS", 3600.0)
    async with asyncio.timeout(60):
        await refused(index.search(X, 1))
        await played.start()
        await asyncio.sleep(connection.PROBE_PAUSE)
        assert len(await index.search(X, 5)) == 3
        waiting_for = asyncio.create_task(index.search(X, 5))  # And it is waited for again.
        assert len(await waiting_for) == 3


# Strict mode


def filed(chat: str) -> dict[str, Any]:
    return {"should": [{"is_empty": {"key": CHAT}}, {"key": CHAT, "match": {"value": chat}}]}


async def test_what_is_always_filtered_by_is_indexed_with_the_collection(played: PlayedQdrant, indexes: QdrantIndexes) -> None:
    played.strict = True
    standing = {"must": [on("kind", match={"value": "menu"}), on("price", range={"gte": 2}), filed("")]}
    index = indexes.index(spec(standing_filter=json.dumps(standing)))
    await index.upsert(points(3, flowise_chatId="c-1", kind="menu"))
    assert set(played.collections["docs"].indexes) == {CHAT, "metadata.kind", "metadata.price"}
    before = played.calls["CreateFieldIndex"]
    assert len(await index.search(X, 5, filed("c-1"))) == 3
    assert played.calls["CreateFieldIndex"] == before


async def test_an_existing_collection_gets_its_indexes_once(played: PlayedQdrant, indexes: QdrantIndexes) -> None:
    await indexes.index(spec()).upsert(points(3))
    assert not played.collections["docs"].indexes
    for _ in range(3):
        await indexes.index(spec(standing_filter=json.dumps(filed("")))).upsert(points(3))
    assert played.calls["CreateFieldIndex"] == 1


async def test_a_search_gets_the_index_that_the_server_asks_for(played: PlayedQdrant, indexes: QdrantIndexes) -> None:
    index = indexes.index(spec())
    await index.upsert(points(6, flowise_chatId="c-1"))
    played.strict = True
    wanted = {"must": [filed("c-1"), on("n", match={"any": [1, 2]})], "must_not": [on("gone", match={"value": True})]}
    assert await index.count(wanted["must"][0]) == 6
    assert len(played.collections["docs"].indexes) == 1
    with pytest.raises(TradewindError):
        await index.count({"must": [{"key": "x" * 10_000, "match": {"value": "y", "z": 1}}]})
    await index.delete_where({"must": [on("n", match={"value": 3})]})
    assert len(played.collections["docs"].points) == 5
    assert played.collections["docs"].indexes["metadata.n"] == 1  # Integer.


async def test_where_no_index_may_be_made_the_sentence_says_which(played: PlayedQdrant, indexes: QdrantIndexes) -> None:
    index = indexes.index(spec())
    await index.upsert(points(3))
    played.strict = True
    played.answers["CreateFieldIndex"] = [(Code.PERMISSION_DENIED, "Forbidden: Write access is required")]
    said = await refused(index.count({"must": [on("kind", match={"value": "menu"})]}), InvalidInput)
    assert "metadata.kind" in said and "keyword index" in said


async def test_callers_cannot_have_any_number_of_indexes_made(played: PlayedQdrant, indexes: QdrantIndexes) -> None:
    index = indexes.index(spec())
    await index.upsert(points(1))
    played.strict = True
    for number in range(32):
        await index.count({"must": [on(f"key{number}", match={"value": "menu"})]})
    await refused(index.count({"must": [on("one-more", match={"value": "menu"})]}), InvalidInput)
    assert len(played.collections["docs"].indexes) == 32


async def test_texts_are_compared_by_words_as_the_embedded_engine_does(played: PlayedQdrant, indexes: QdrantIndexes) -> None:
    index = indexes.index(spec())
    await index.upsert(points(3))
    assert await index.count({"must": [{"key": "content", "match": {"text_any": "text nothing"}}]}) == 3
    assert played.collections["docs"].indexes["content"] == 4  # Text.


# What it says


SAYS = [
    (Code.INTERNAL, "Service internal error: No space left on device: WAL buffer size exceeds it", "disk is full"),
    (Code.RESOURCE_EXHAUSTED, "Rate limiting exceeded: Read rate limit. Retry after 7s", "limit is reached; try again in 7"),
    (Code.RESOURCE_EXHAUSTED, "Sent message larger than max (70 vs. 64)", "smaller batch size"),
    (Code.INTERNAL, "Service internal error: task panicked at ./lib/x.rs:7", "failed inside"),
    (Code.FAILED_PRECONDITION, "Locked: Shard is locked", "is locked"),
    (Code.UNKNOWN, "h2 protocol error", "does not explain"),
    (Code.DEADLINE_EXCEEDED, "Timeout error: Operation 'Search' timed out after 60 seconds", "own time limit"),
    (Code.PERMISSION_DENIED, "Forbidden: Access to collection docs is required", "does not permit this on the collection docs"),
    (Code.PERMISSION_DENIED, "Invalid api-key", "refused its API key"),
    (Code.UNAUTHENTICATED, "Must provide an API key", "refused its API key"),
    (Code.NOT_FOUND, "Not found: Shard key europe not found", "such as a shard"),
    (Code.DATA_LOSS, "checksum", "is damaged"),
    (Code.UNIMPLEMENTED, "Received http2 header with status: 404", "does not speak gRPC"),
    (Code.UNAVAILABLE, "Trying to connect an http1.x server", "does not speak gRPC"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "details", "sentence"), SAYS)
async def test_each_answer_has_a_true_sentence_and_a_line_in_the_log(
    played: PlayedQdrant, indexes: QdrantIndexes, caplog: pytest.LogCaptureFixture, code: Any, details: str, sentence: str
) -> None:
    index = indexes.index(spec())
    await index.upsert(points(1))
    played.answers["Query"] = [(code, details)]
    with caplog.at_level(logging.WARNING, "tradewind.vectors"):
        said = await refused(index.search(X, 1))
    assert sentence in said
    assert "./lib" not in said
    assert f"{code.name} {details}" in caplog.text


async def test_words_of_the_caller_are_not_taken_for_the_servers_state(played: PlayedQdrant, indexes: QdrantIndexes) -> None:
    index = indexes.index(spec())
    await index.upsert(points(1))
    played.answers["Query"] = [(Code.INVALID_ARGUMENT, "Wrong input: no space left in rate limit")]
    assert "refused the request" in await refused(index.search(X, 1), InvalidInput)


async def test_a_rate_limit_is_waited_for_when_writing(played: PlayedQdrant, indexes: QdrantIndexes) -> None:
    index = indexes.index(spec())
    await index.upsert(points(1))
    played.answers["Upsert"] = [
        (Code.RESOURCE_EXHAUSTED, "Rate limiting exceeded: Write rate limit exceeded. Retry after 1s")
    ] * 2
    await index.upsert(points(1))
    assert len(played.collections["docs"].points) == 2


async def test_a_missing_collection_holds_nothing_and_other_things_missing_are_errors(
    played: PlayedQdrant, indexes: QdrantIndexes
) -> None:
    index = indexes.index(spec("none"))
    assert await index.search(X, 1) == []
    played.answers["Query"] = [(Code.NOT_FOUND, "Not found: Vector with name other is not configured in this collection")]
    await refused(index.search(X, 1))


# Keys


async def test_a_key_for_one_collection_is_ready_and_a_wrong_one_is_not(played: PlayedQdrant) -> None:
    played.keys = {"all": None, "one": {"docs"}}
    for key, ready in (("all", True), ("one", True), ("other", False), (None, False)):
        indexes = QdrantIndexes(url=played.url, api_key=key)
        try:
            assert await indexes.ready() is ready, key
            if ready:
                await indexes.index(spec()).upsert(points(1))
                assert await indexes.version() == "1.16.3"
        finally:
            await indexes.aclose()


@pytest.mark.parametrize("key", ["ключ", "a–b", "a\nb", "a b"])
async def test_a_key_that_no_header_can_hold_is_told(played: PlayedQdrant, key: str) -> None:
    indexes = QdrantIndexes(url=played.url, api_key=key)
    try:
        assert "key" in await refused(indexes.index(spec()).exists())
        assert await indexes.ready() is False
    finally:
        await indexes.aclose()


# Names


@pytest.mark.parametrize("name", [".", "..", "漢" * 86])
async def test_names_that_would_destroy_the_server_never_reach_it(
    played: PlayedQdrant, indexes: QdrantIndexes, name: str
) -> None:
    await indexes.index(spec()).upsert(points(1))
    with pytest.raises(InvalidInput) as caught:
        await indexes.index(spec(name)).upsert(points(1))
    assert caught.value.reason is Reason.NODE_INPUT_INVALID
    assert set(played.collections) == {"docs"} and not played.stopped


async def test_a_collection_deleted_during_an_upsert(
    played: PlayedQdrant, indexes: QdrantIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "SETTLE_SECONDS", 0.0)
    index = indexes.index(spec(batch_size=1))
    played.answers["Upsert"] = []
    began = time.monotonic()
    work = asyncio.create_task(index.upsert(points(500)))
    while played.calls["Upsert"] < 10:  # noqa: ASYNC110
        await asyncio.sleep(0)
    played.collections.clear()
    assert "deleted meanwhile" in await refused(work, Conflict)
    assert time.monotonic() - began < 60
