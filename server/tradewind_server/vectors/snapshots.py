"""The port ``VectorSnapshots``: folders of the embedded engine, whether it runs or not, and snapshots of a Qdrant server."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import grpc

from tradewind_server.backup.copying import copy_directory
from tradewind_server.backup.ports import ServerSnapshot
from tradewind_server.errors import Reason, Unavailable
from tradewind_server.vectors.address import GRPC_PORT, QdrantAddress, parse_url
from tradewind_server.vectors.connection import Connection
from tradewind_server.vectors.engine_files import PREFIXES, read_address, try_lock
from tradewind_server.vectors.failures import meaning
from tradewind_server.vectors.protocol import q
from tradewind_server.vectors.trust import Trust

LIST_SECONDS = 10.0
SNAPSHOT_SECONDS = 3600.0
"""A server copies some 100 MB a second; a collection may have hundreds of gigabytes."""


class EmbeddedSnapshots:
    """Of the embedded engine's directory: by asking the engine where one serves it, else by reading it under its lock."""

    kind = "embedded"

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def save(self, target: Path) -> Sequence[ServerSnapshot]:
        if not self._directory.exists():
            return ()
        lock = try_lock(self._directory)
        if lock is None:
            asyncio.run(self._ask(target))
            return ()
        with lock:
            for folder in sorted(self._directory.iterdir()):
                if folder.name.startswith(PREFIXES):
                    copy_directory(folder, target / folder.name)
        return ()

    async def _ask(self, target: Path) -> None:
        """Have the engine that serves the directory copy each collection, and move the copies away from there."""
        socket = read_address(self._directory)
        if socket is None:
            raise Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, "The embedded vector engine is only just starting; try again.")
        host = str(socket).removesuffix(f":{GRPC_PORT}")

        async def fetch(connection: Connection, name: str) -> None:
            answer = await connection.call(
                "snapshots", "Create", q.CreateSnapshotRequest(collection_name=name), SNAPSHOT_SECONDS
            )
            folder = self._directory / answer.snapshot_description.name
            await asyncio.to_thread(shutil.move, folder, target / folder.name)
            folder.parent.rmdir()

        await for_each_collection(Connection(QdrantAddress(f"unix:{host}", GRPC_PORT, False), None), fetch)


class QdrantServerSnapshots:
    """Of all collections of the server that the key reaches; they stay where that server keeps snapshots."""

    kind = "server"

    def __init__(self, url: str, api_key: str | None, trust: Trust) -> None:
        self._address = parse_url(url)
        self._api_key = api_key
        self._trust = trust

    def save(self, target: Path) -> Sequence[ServerSnapshot]:
        return asyncio.run(self._ask())

    async def _ask(self) -> Sequence[ServerSnapshot]:
        snapshots: list[ServerSnapshot] = []

        async def make(connection: Connection, name: str) -> None:
            answer = await connection.call(
                "snapshots", "Create", q.CreateSnapshotRequest(collection_name=name), SNAPSHOT_SECONDS
            )
            snapshot = answer.snapshot_description
            snapshots.append(ServerSnapshot(name, snapshot.name, snapshot.size, snapshot.checksum))

        await for_each_collection(Connection(self._address, self._api_key, self._trust), make)
        return snapshots


async def for_each_collection(connection: Connection, work: Callable[[Connection, str], Awaitable[None]]) -> None:
    """Do it for one collection after the other; one that was deleted meanwhile is passed over."""
    try:
        name = ""
        try:
            answer = await connection.call("collections", "List", q.ListCollectionsRequest(), LIST_SECONDS)
            for name in sorted(collection.name for collection in answer.collections):
                try:
                    await work(connection, name)
                except grpc.aio.AioRpcError as error:
                    if error.code() is not grpc.StatusCode.NOT_FOUND:
                        raise
        except grpc.aio.AioRpcError as error:
            raise meaning(error, name) from error
    finally:
        await connection.close()
