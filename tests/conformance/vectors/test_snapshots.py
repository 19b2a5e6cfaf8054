"""Copies of the embedded engine's collections, of one that serves and of one that rests."""

from __future__ import annotations

import asyncio
import os
import uuid
from pathlib import Path

import pytest
from tradewind_server.backup.copying import copy_directory
from tradewind_server.errors import Unavailable
from tradewind_server.flows.vector_ports import Point
from tradewind_server.vectors.snapshots import EmbeddedSnapshots

from .conftest import Collections, Engine


def points(number: int) -> list[Point]:
    return [Point(str(uuid.uuid4()), (1.0, n / number, 0.5), f"text {n}", {"n": n}) for n in range(number)]


@pytest.mark.parametrize("serves", [True, False])
async def test_a_copy_holds_every_acknowledged_point(engine: Engine, own: Collections, tmp_path: Path, serves: bool) -> None:
    await own("docs").upsert(points(40))
    await own("x" * 200).upsert(points(3))
    if not serves:
        assert engine.terminate() == 0
    copies = tmp_path / "copies"
    copies.mkdir()
    assert await asyncio.to_thread(EmbeddedSnapshots(engine.directory).save, copies) == ()
    assert len(list(copies.iterdir())) == 2
    assert [path.name for path in engine.directory.iterdir() if path.name.startswith("gone-")] == []
    await own("docs").upsert(points(5))  # Writes go on, into the original alone.
    assert await own("docs").count() == 45
    engine.kill()
    for folder in engine.directory.iterdir():
        if folder.is_dir():
            folder.rename(tmp_path / f"original-{folder.name}")
    copy_directory(copies, engine.directory)
    assert await own("docs").count() == 40
    (first, *_) = await own("docs").search((1.0, 0.0, 0.5), 1)
    assert (first.content, first.metadata) == ("text 0", {"n": 0})


def test_where_no_vectors_were_ever_stored_there_is_nothing_to_copy(tmp_path: Path) -> None:
    assert EmbeddedSnapshots(tmp_path / "qdrant").save(tmp_path) == ()


async def test_an_engine_that_died_without_giving_the_lock_back_is_no_reason_to_wait(
    engine: Engine, own: Collections, tmp_path: Path
) -> None:
    await own("docs").upsert(points(2))
    engine.kill()
    await asyncio.to_thread(EmbeddedSnapshots(engine.directory).save, tmp_path)
    assert len(os.listdir(tmp_path)) == 1


def test_an_engine_that_does_not_say_its_address_yet_is_told(tmp_path: Path) -> None:
    from tradewind_server.vectors.engine_files import try_lock

    lock = try_lock(tmp_path)
    assert lock is not None
    with lock, pytest.raises(Unavailable, match="only just starting"):
        EmbeddedSnapshots(tmp_path).save(tmp_path)
