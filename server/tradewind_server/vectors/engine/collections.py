"""The collections of one data directory: a folder each, with the shard and a description beside it.

A collection appears and disappears by renaming its folder, so that a killed process leaves it whole or absent.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import threading
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote, unquote

import qdrant_edge as edge

DISTANCES = {
    "Cosine": edge.Distance.Cosine,
    "Euclid": edge.Distance.Euclid,
    "Dot": edge.Distance.Dot,
    "Manhattan": edge.Distance.Manhattan,
}
DESCRIPTION = "collection.json"
UNFINISHED = ("new-", "gone-")


class DirectoryInUse(Exception):
    """Another process serves this directory."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a collection was created with."""

    size: int
    distance: str
    metadata: dict[str, Any] = field(default_factory=dict)
    on_disk_payload: bool | None = None


@dataclass(slots=True)
class Collection:
    """An open collection."""

    name: str
    description: Description
    shard: edge.EdgeShard


class Collections:
    """All collections of a directory, locked against a second process."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        self._lock_file = self._take(directory / "lock")
        self._changing = threading.Lock()
        self._open: dict[str, Collection] = {}
        for folder in sorted(path for path in directory.iterdir() if path.is_dir()):
            if folder.name.startswith(UNFINISHED):
                shutil.rmtree(folder)
            elif (folder / DESCRIPTION).exists():
                self._load(folder)

    @staticmethod
    def _take(path: Path) -> TextIO:
        file = path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise DirectoryInUse(f"The vector directory {path.parent} is in use by another server.") from None
        return file

    def _folder(self, name: str) -> Path:
        return self._directory / ("c-" + quote(name, safe=""))

    def _load(self, folder: Path) -> None:
        name = unquote(folder.name.removeprefix("c-"))
        description = Description(**json.loads((folder / DESCRIPTION).read_text()))
        self._open[name] = Collection(name, description, edge.EdgeShard.load(str(folder / "shard")))

    def get(self, name: str) -> Collection | None:
        return self._open.get(name)

    def __iter__(self) -> Iterator[Collection]:
        return iter(list(self._open.values()))

    def create(self, name: str, description: Description) -> bool:
        """Create a collection; False where it exists."""
        with self._changing:
            if name in self._open:
                return False
            draft = self._directory / f"new-{uuid.uuid4().hex}"
            (draft / "shard").mkdir(parents=True)
            vectors = edge.EdgeVectorParams(description.size, DISTANCES[description.distance])
            config = edge.EdgeConfig(vectors=vectors, on_disk_payload=description.on_disk_payload)
            edge.EdgeShard.create(str(draft / "shard"), config).close()
            (draft / DESCRIPTION).write_text(json.dumps(asdict(description)))
            folder = self._folder(name)
            draft.rename(folder)
            self._load(folder)
            return True

    def delete(self, name: str) -> bool:
        """Delete a collection; False where there is none."""
        with self._changing:
            collection = self._open.pop(name, None)
            if collection is None:
                return False
            collection.shard.close()
            trash = self._directory / f"gone-{uuid.uuid4().hex}"
            self._folder(name).rename(trash)
            shutil.rmtree(trash)
            return True

    def close(self) -> None:
        """Write everything out and let the directory go."""
        with self._changing:
            for collection in self._open.values():
                collection.shard.flush()
                collection.shard.close()
            self._open.clear()
            self._lock_file.close()
