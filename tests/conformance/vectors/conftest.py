"""The real adapters of the port ``VectorIndex``: the embedded engine as a child process, and a Qdrant server if given."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.flows.vector_ports import CollectionSpec, VectorIndex
from tradewind_server.vectors.qdrant import QdrantIndexes

SERVER = os.environ.get("QDRANT_TEST_URL")


class Engine:
    """An embedded engine on a directory of its own; killed and started as a test likes."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="tw-"))  # Short: a socket's path has 107 bytes.
        self.directory = self.home / "vectors"
        self.socket = self.home / "qdrant.sock"
        self.process: subprocess.Popen[str] | None = None
        self.starts = 0

    def command(self) -> list[str]:
        module = "tradewind_server.vectors.engine"
        return [sys.executable, "-m", module, "--dir", str(self.directory), "--socket", str(self.socket)]

    def start(self) -> dict[str, Any]:
        """Start the process and wait for its line; what the line says."""
        self.process = subprocess.Popen(self.command(), stdout=subprocess.PIPE, text=True)
        self.starts += 1
        assert self.process.stdout is not None
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        return said

    async def ensure_started(self) -> None:
        """What the supervisor does for the adapter."""
        if self.process is None or self.process.poll() is not None:
            await asyncio.to_thread(self.start)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self._reap()

    def terminate(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return self._reap()

    def _reap(self) -> int:
        assert self.process is not None
        code = self.process.wait(20)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code

    def remove(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.home)


@dataclass
class Collections:
    """Hands out collections with names that no other test uses, and drops them afterwards."""

    indexes: QdrantIndexes
    embedded: bool
    used: list[VectorIndex] = field(default_factory=list)

    def spec(self, name: str | None = None, *, workspace_id: str = DEFAULT_WORKSPACE, **other: Any) -> CollectionSpec:
        other.setdefault("embedding_model", "small-model")
        return CollectionSpec(workspace_id=workspace_id, name=name or f"test-{uuid.uuid4().hex}", **other)

    def __call__(self, name: str | None = None, **other: Any) -> VectorIndex:
        index = self.indexes.index(self.spec(name, **other))
        self.used.append(index)
        return index


@pytest.fixture(scope="session")
def shared_engine() -> Iterator[Engine]:
    engine = Engine()
    engine.start()
    yield engine
    assert engine.terminate() == 0
    engine.remove()


@pytest.fixture
def engine() -> Iterator[Engine]:
    """An engine of the test's own, not started yet."""
    engine = Engine()
    yield engine
    engine.remove()


@pytest.fixture
async def own(engine: Engine) -> AsyncIterator[Collections]:
    """Collections in the test's own engine, which is started at need."""
    indexes = QdrantIndexes(socket=engine.socket, ensure_started=engine.ensure_started)
    yield Collections(indexes, embedded=True)
    await indexes.aclose()


@pytest.fixture(
    params=[
        "embedded",
        pytest.param("server", marks=pytest.mark.skipif(not SERVER, reason="QDRANT_TEST_URL names no Qdrant server")),
    ]
)
async def collections(request: pytest.FixtureRequest) -> AsyncIterator[Collections]:
    """The adapter under test; every case of the suite runs over each."""
    if request.param == "embedded":
        shared: Engine = request.getfixturevalue("shared_engine")
        indexes = QdrantIndexes(socket=shared.socket)
    else:
        indexes = QdrantIndexes(url=SERVER, api_key=os.environ.get("QDRANT_TEST_API_KEY"))
    given = Collections(indexes, embedded=request.param == "embedded")
    yield given
    for index in given.used:
        await index.drop()
    await indexes.aclose()
