"""How a worker has a lazy child started."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.errors import Reason, Unavailable
from tradewind_server.supervisor.child import ChildFailed
from tradewind_server.supervisor.control import ControlServer, ensure_started


class FakeChild:
    """Counts its starts."""

    def __init__(self, error: ChildFailed | None = None) -> None:
        self.error = error
        self.starts = 0

    async def start(self) -> None:
        self.starts += 1
        if self.error:
            raise self.error


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[tuple[Path, dict[str, Any]]]:
    children: dict[str, Any] = {"qdrant": FakeChild(), "broken": FakeChild(ChildFailed("It does not start."))}
    socket = tmp_path / "control.sock"
    server = ControlServer(socket, children)
    await server.start()
    yield socket, children
    await server.stop()


async def test_a_named_child_is_started(served: tuple[Path, dict[str, Any]]) -> None:
    socket, children = served
    await ensure_started(socket, "qdrant")
    assert children["qdrant"].starts == 1


@pytest.mark.parametrize("name", ["broken", "unknown"])
async def test_what_does_not_start_is_told_without_its_inside(served: tuple[Path, dict[str, Any]], name: str) -> None:
    with pytest.raises(Unavailable, match="cannot be started") as caught:
        await ensure_started(served[0], name)
    assert "It does not start." not in caught.value.message


async def test_without_a_supervisor_it_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="try again in a few seconds"):
        await ensure_started(tmp_path / "nothing.sock", "qdrant", 0.2)


async def test_another_child_is_called_by_its_own_name(served: tuple[Path, dict[str, Any]]) -> None:
    with pytest.raises(Unavailable, match="The embedded speech model cannot be started") as caught:
        await ensure_started(served[0], "broken", label="The embedded speech model", reason=Reason.MODEL_UNAVAILABLE)
    assert caught.value.reason == Reason.MODEL_UNAVAILABLE


async def test_nonsense_on_the_socket_is_answered_and_harms_nobody(served: tuple[Path, dict[str, Any]]) -> None:
    socket, children = served
    for line in (b"{\n", b"[]\n", b"\n", b'{"start": 3}\n'):
        reader, writer = await asyncio.open_unix_connection(str(socket))
        writer.write(line)
        assert b'"ok": false' in await reader.readline()
        writer.close()
    await ensure_started(socket, "qdrant")
    assert children["qdrant"].starts == 1
