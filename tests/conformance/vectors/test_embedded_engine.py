"""The embedded engine as a process: what outlives it, what it refuses, how fast it is back."""

from __future__ import annotations

import asyncio
import subprocess
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.errors import Reason, Unavailable
from tradewind_server.flows.vector_ports import Point
from tradewind_server.vectors import connection
from tradewind_server.vectors.qdrant import QdrantIndexes


def points(number: int, content: str = "text") -> list[Point]:
    return [Point(str(uuid.uuid4()), (1.0, n / max(number, 1), 0.5), content, {"n": n}) for n in range(number)]


def run_second(engine: Any, socket: Path) -> subprocess.CompletedProcess[str]:
    command = [*engine.command()[:-1], str(socket)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30)


async def test_the_engine_starts_at_the_first_use(engine: Any, own: Any) -> None:
    assert await own.indexes.ready() is True
    assert engine.starts == 0
    await asyncio.gather(*[own("docs").count() for _ in range(5)])
    assert engine.starts >= 1
    assert await own.indexes.ready() is True


def test_it_says_when_it_serves(engine: Any) -> None:
    said = engine.start()
    assert said["ready"] is True
    assert Path(said["address"].removeprefix("unix:")).is_socket()
    assert engine.terminate() == 0


async def test_a_restart_keeps_everything(engine: Any, own: Any) -> None:
    index = own("docs", embedding_model="small-model", distance="Euclid")
    await index.upsert(points(300, "Grüße 🌍"))
    await own("other").upsert(points(2))
    await own("dropped").upsert(points(2))
    await own("dropped").drop()
    assert engine.terminate() == 0
    found = await index.search((1.0, 0.0, 0.5), 1)
    assert engine.starts == 2
    assert (found[0].content, found[0].metadata, found[0].score) == ("Grüße 🌍", {"n": 0}, 0.0)
    assert await index.count() == 300
    assert await index.count({"must": [{"key": "metadata.n", "match": {"value": 7}}]}) == 1
    assert await own("other").count() == 2
    assert await own("dropped").exists() is False
    with pytest.raises(Exception, match="small-model") as caught:
        await index.search((1.0, 0.0), 1)
    assert caught.value.reason is Reason.VECTOR_DIMENSION_MISMATCH  # type: ignore[attr-defined]


async def test_acknowledged_points_outlive_kills_and_the_writer_does_not_notice(engine: Any, own: Any) -> None:
    index = own("docs")
    acknowledged: list[str] = []
    progress = asyncio.Event()
    stop = asyncio.Event()

    async def write() -> None:
        while not stop.is_set():
            batch = points(40)
            await index.upsert(batch)
            acknowledged.extend(point.id for point in batch)
            progress.set()

    writers = [asyncio.create_task(write()) for _ in range(3)]
    for kills in range(1, 4):
        for _ in range(5):
            progress.clear()
            await asyncio.wait_for(progress.wait(), 60)
        before = list(acknowledged)
        engine.kill()
        assert await index.count({"must": [{"has_id": before}]}) == len(before)
        assert engine.starts == kills + 1
    stop.set()
    await asyncio.gather(*writers)
    assert await index.count({"must": [{"has_id": acknowledged}]}) == len(acknowledged)


async def test_it_is_back_soon_after_a_kill(engine: Any, own: Any) -> None:
    index = own("docs")
    await index.upsert(points(10))
    engine.kill()
    engine.start()
    began = time.monotonic()
    assert await index.count() == 10
    assert time.monotonic() - began < 20  # A client that waits longer and longer would come back after a minute.


async def test_while_it_is_away_calls_end_in_one_sentence(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE_SECONDS", 0.2)
    engine.start()
    indexes = QdrantIndexes(socket=engine.socket)
    try:
        index = indexes.index(own_spec("docs", batch_size=1))
        await index.upsert(points(2))
        engine.kill()
        for attempt in (index.count, lambda: index.search((1.0, 0.0, 0.5), 1), lambda: index.upsert(points(3)), index.drop):
            with pytest.raises(Unavailable) as caught:
                await attempt()
            assert caught.value.reason is Reason.VECTOR_STORE_UNAVAILABLE
        assert await indexes.ready() is False
        engine.start()
        assert await indexes.ready() is True
        assert await index.count() == 2
    finally:
        await indexes.aclose()


async def test_nobody_waits_again_for_what_somebody_has_waited_for_in_vain(
    engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE_SECONDS", 0.2)
    engine.start()
    indexes = QdrantIndexes(socket=engine.socket)
    try:
        index = indexes.index(own_spec("docs"))
        await index.upsert(points(2))
        engine.kill()
        with pytest.raises(Unavailable):
            await index.count()
        monkeypatch.setattr(connection, "PATIENCE_SECONDS", 3600.0)
        async with asyncio.timeout(60):
            for attempt in (index.count, lambda: index.delete(["00000000-0000-4000-8000-000000000001"])):
                with pytest.raises(Unavailable):
                    await attempt()
            engine.start()
            while True:  # Once it answers again, a call waits for it as before.
                with suppress(Unavailable):
                    assert await index.count() == 2
                    break
            engine.kill()
            waiting = asyncio.create_task(index.count())
            await asyncio.sleep(0.3)
            assert not waiting.done()
            engine.start()
            assert await waiting == 2
    finally:
        await indexes.aclose()


def own_spec(name: str, **other: Any) -> Any:
    from tradewind_server.access.ports import DEFAULT_WORKSPACE
    from tradewind_server.flows.vector_ports import CollectionSpec

    return CollectionSpec(workspace_id=DEFAULT_WORKSPACE, name=name, embedding_model="small-model", **other)


async def test_a_second_engine_on_the_directory_is_refused(engine: Any, own: Any) -> None:
    index = own("docs")
    await index.upsert(points(5))
    second = await asyncio.to_thread(run_second, engine, engine.home / "second.sock")
    assert second.returncode == 1
    assert second.stdout == ""
    assert "in use by another server" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1
    assert await index.count() == 5
    assert engine.terminate() == 0
    assert await index.count() == 5  # The lock went with its holder.


def test_a_socket_path_that_is_too_long_is_refused(engine: Any) -> None:
    refused = run_second(engine, engine.home / ("s" * 120))
    assert refused.returncode == 1
    assert "socket path" in refused.stderr
    assert "Traceback" not in refused.stderr


async def test_leftovers_of_a_killed_creation_and_deletion_are_cleared(engine: Any, own: Any) -> None:
    index = own("docs")
    await index.upsert(points(3))
    engine.kill()
    folder = next(path for path in engine.directory.iterdir() if path.is_dir())
    (engine.directory / "new-1").mkdir()
    folder.rename(engine.directory / "gone-1")
    assert await index.exists() is False
    assert not list(engine.directory.glob("new-*")) + list(engine.directory.glob("gone-*"))
    await index.upsert(points(4))
    assert await index.count() == 4


async def test_a_damaged_collection_leaves_the_others_alone(engine: Any, own: Any) -> None:
    await own("broken").upsert(points(3))
    await own("whole").upsert(points(3))
    engine.kill()
    (engine.directory / "c-broken" / "collection.json").write_text("{")
    assert await own("whole").count() == 3
    for attempt in (lambda: own("broken").count(), lambda: own("broken").upsert(points(1))):
        with pytest.raises(Unavailable, match="broken"):
            await attempt()
    await own("broken").drop()
    await own("broken").upsert(points(1))
    assert await own("broken").count() == 1
