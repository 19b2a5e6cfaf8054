"""The engine's directory: one folder a collection, whole or absent."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

edge = pytest.importorskip("qdrant_edge", reason="the embedded engine is not installed")

from tradewind_server.vectors.engine.collections import Collections, DamagedCollection, Description, DirectoryInUse  # noqa: E402


def description(name: str, size: int = 2) -> Description:
    return Description(name=name, size=size, distance="Cosine", metadata={"embedding_model": "m"})


def write(collections: Collections, name: str, number: int = 1) -> None:
    collection = collections.get(name)
    assert collection is not None
    given = [edge.Point(str(uuid.uuid4()), [1.0, 0.0], {"n": n}) for n in range(number)]
    collection.shard.update(edge.UpdateOperation.upsert_points(given))


def test_created_once(tmp_path: Path) -> None:
    collections = Collections(tmp_path)
    assert collections.create(description("docs")) is True
    assert collections.create(description("docs", size=5)) is False
    found = collections.get("docs")
    assert found is not None
    assert found.description.size == 2
    assert collections.get("other") is None


def test_reopened_with_points_and_description(tmp_path: Path) -> None:
    collections = Collections(tmp_path)
    names = ["docs", "漢" * 100, "a/b", "..", "x" * 255]
    for name in names:
        collections.create(description(name))
        write(collections, name, 3)
    collections.close()
    again = Collections(tmp_path)
    assert sorted(one.name for one in again) == sorted(names)
    for name in names:
        found = again.get(name)
        assert found is not None
        assert found.description == description(name)
        assert found.shard.count(edge.CountRequest(exact=True)) == 3
    assert all(path.parent == tmp_path for path in tmp_path.iterdir())
    again.close()


def test_deleted_with_its_files(tmp_path: Path) -> None:
    collections = Collections(tmp_path)
    collections.create(description("docs"))
    write(collections, "docs")
    assert collections.delete("docs") is True
    assert collections.delete("docs") is False
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]
    assert collections.create(description("docs", size=7)) is True


def test_one_process_at_a_time(tmp_path: Path) -> None:
    first = Collections(tmp_path)
    with pytest.raises(DirectoryInUse, match="in use by another server"):
        Collections(tmp_path)
    first.close()
    Collections(tmp_path).close()


def test_unfinished_work_is_cleared_and_foreign_folders_stay(tmp_path: Path) -> None:
    for name in ("new-1", "gone-2", "notes"):
        (tmp_path / name / "inner").mkdir(parents=True)
    collections = Collections(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "notes"]
    collections.close()


@pytest.mark.parametrize("harm", ["description", "shard"])
def test_a_damaged_collection_is_named_and_can_be_deleted(tmp_path: Path, harm: str) -> None:
    collections = Collections(tmp_path)
    collections.create(description("broken"))
    collections.create(description("whole"))
    collections.close()
    if harm == "description":
        (tmp_path / "c-broken" / "collection.json").unlink()
    else:
        (tmp_path / "c-broken" / "shard").rename(tmp_path / "c-broken" / "elsewhere")
    again = Collections(tmp_path)
    assert list(again.damages) == ["c-broken"]
    assert again.get("whole") is not None
    for attempt in (lambda: again.get("broken"), lambda: again.create(description("broken"))):
        with pytest.raises(DamagedCollection, match="broken"):
            attempt()
    assert again.delete("broken") is True
    assert again.create(description("broken")) is True
    again.close()
