"""The collections of one data directory: a folder each, with the shard and a description beside it.

A collection appears and disappears by renaming its folder, so that a killed process leaves it whole or absent. Shards are
opened at their first use: an open one holds some megabytes, and most collections of a server rest.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import shutil
import threading
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import qdrant_edge as edge

from tradewind_server.backup.copying import copy_directory
from tradewind_server.vectors.engine_files import (
    DESCRIPTION,
    PREFIXES,
    SHARD,
    TEMPORARY_PREFIXES,
    try_lock,
    write_address,
)

DISTANCES = {
    "Cosine": edge.Distance.Cosine,
    "Euclid": edge.Distance.Euclid,
    "Dot": edge.Distance.Dot,
    "Manhattan": edge.Distance.Manhattan,
}
LONGEST_FOLDER = 200  # A file name has at most 255 bytes.


class DirectoryInUse(Exception):
    """Another process serves this directory."""


class DamagedCollection(Exception):
    """A collection's files are not whole. It can still be deleted."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The collection {name} is damaged; delete it and write it again.")


@dataclass(frozen=True, slots=True)
class Description:
    """What a collection was created with. ``configuration`` is the JSON form of the request that made it."""

    name: str
    size: int
    distance: str
    metadata: dict[str, Any] = field(default_factory=dict)
    on_disk_payload: bool | None = None
    configuration: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Collection:
    """An open collection. ``dirty`` is set while its last writes stand in the log alone, as they may when it opens. Writes
    wait for ``copy`` while its files are copied.
    """

    description: Description
    shard: edge.EdgeShard
    dirty: bool = True
    copy: asyncio.Future[None] | None = None

    async def when_writable(self) -> None:
        """Returns once nobody copies its files."""
        while self.copy is not None:
            await asyncio.wait((self.copy,))


class Collections:
    """All collections of a directory, locked against a second process."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        lock_file = try_lock(directory)
        if lock_file is None:
            raise DirectoryInUse(f"The vector directory {directory} is in use by another server.")
        self._lock_file = lock_file
        self._changing = threading.RLock()
        self._descriptions: dict[str, Description] = {}
        self._open: dict[str, Collection] = {}
        self.damages: dict[str, str] = {}
        """Folders that hold no whole collection, with what is wrong with each."""
        for folder in sorted(path for path in directory.iterdir() if path.is_dir()):
            if folder.name.startswith(TEMPORARY_PREFIXES):
                shutil.rmtree(folder)
            elif folder.name.startswith(PREFIXES):
                self._load(folder)

    def _load(self, folder: Path) -> None:
        try:
            description = Description(**json.loads((folder / DESCRIPTION).read_text()))
        except (OSError, TypeError, ValueError) as error:
            self.damages[folder.name] = f"{DESCRIPTION}: {error}"
            return
        if not (folder / SHARD).is_dir():
            self.damages[folder.name] = "its shard is missing"
        else:
            self._descriptions[description.name] = description

    def _folder(self, name: str) -> Path:
        readable = "c-" + quote(name, safe="")
        digest_name = "h-" + hashlib.sha256(name.encode()).hexdigest()
        return self._directory / (readable if len(readable) <= LONGEST_FOLDER else digest_name)

    def get(self, name: str) -> Collection | None:
        """The open collection of this name; raises :class:`DamagedCollection`."""
        collection = self._open.get(name)
        return collection if collection is not None else self._open_collection(name)

    def _open_collection(self, name: str) -> Collection | None:
        with self._changing:
            folder = self._folder(name)
            if folder.name in self.damages:
                raise DamagedCollection(name)
            description = self._descriptions.get(name)
            if description is None:
                return None
            if name not in self._open:
                try:
                    shard = edge.EdgeShard.load(str(folder / SHARD))
                except Exception as error:  # What the engine raises, whatever is wrong with the files.
                    self.damages[folder.name] = str(error)
                    raise DamagedCollection(name) from error
                self._open[name] = Collection(description, shard)
            return self._open[name]

    def exists(self, name: str) -> bool:
        """Whether there is a collection of this name, without opening it; raises :class:`DamagedCollection`."""
        if self._folder(name).name in self.damages:
            raise DamagedCollection(name)
        return name in self._descriptions

    def __iter__(self) -> Iterator[Description]:
        return iter(list(self._descriptions.values()))

    @property
    def dirty_collections(self) -> list[Collection]:
        """Open collections with writes that only their logs hold."""
        return [collection for collection in list(self._open.values()) if collection.dirty]

    def flush(self, collection: Collection) -> None:
        """Write an open collection out, and shorten its log."""
        with self._changing:
            if self._open.get(collection.description.name) is collection:
                collection.dirty = False
                collection.shard.flush()

    def announce(self, socket: Path) -> None:
        """Say in the directory behind which socket its collections are served."""
        write_address(self._lock_file, socket)

    async def snapshot(self, name: str) -> Path | None:
        """A copy of a collection's folder, written out whole; None where there is no such collection, or no longer.

        It lies in this directory under a name that the next start removes. Searches go on beside, writes wait.
        """
        collection = self.get(name)
        if collection is None:
            return None
        await collection.when_writable()
        folder, draft = self._folder(name), self._directory / f"gone-{uuid.uuid4().hex}"
        collection.copy = asyncio.get_running_loop().create_future()
        try:
            self.flush(collection)
            with contextlib.suppress(FileNotFoundError):  # It was deleted meanwhile.
                await asyncio.to_thread(copy_directory, folder, draft / folder.name)
        finally:
            collection.copy.set_result(None)
            collection.copy = None
        if self._open.get(name) is not collection:
            shutil.rmtree(draft, ignore_errors=True)
            return None
        return draft / folder.name

    def create(self, description: Description) -> bool:
        """Create a collection; False where it exists. Raises :class:`DamagedCollection`."""
        with self._changing:
            if self.exists(description.name):
                return False
            draft = self._directory / f"new-{uuid.uuid4().hex}"
            (draft / SHARD).mkdir(parents=True)
            edge.EdgeShard.create(str(draft / SHARD), _shard_config(description)).close()
            (draft / DESCRIPTION).write_text(json.dumps(asdict(description)))
            draft.rename(self._folder(description.name))
            self._descriptions[description.name] = description
            return True

    def delete(self, name: str) -> bool:
        """Delete a collection, damaged or not; False where there is none."""
        trash = self._directory / f"gone-{uuid.uuid4().hex}"
        with self._changing:
            folder = self._folder(name)
            damage = self.damages.pop(folder.name, None)
            if self._descriptions.pop(name, None) is None and damage is None:
                return False
            collection = self._open.pop(name, None)
            if collection is not None:
                collection.shard.close()
            folder.rename(trash)
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


def _shard_config(description: Description) -> edge.EdgeConfig:
    """Vectors and payloads are read through the page cache: what is not searched takes no memory, what is stays in it.

    One thread searches a shard; more cannot help, since each call holds the interpreter.
    """
    vectors = edge.EdgeVectorParams(description.size, DISTANCES[description.distance], memory=edge.Memory.Cold)
    return edge.EdgeConfig(vectors=vectors, on_disk_payload=description.on_disk_payload, max_search_threads=1)
