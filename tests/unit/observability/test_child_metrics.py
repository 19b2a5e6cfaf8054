"""The restarts of the stack's children, asked of the supervisor."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tradewind_server.observability.child_metrics import ChildMetrics
from tradewind_server.supervisor.control import ControlServer


async def counts(socket: Path) -> dict[str, float]:
    families = await asyncio.to_thread(lambda: list(ChildMetrics(socket).collect()))
    return {sample.labels["child"]: sample.value for family in families for sample in family.samples}


async def test_the_supervisors_counts_are_shown_by_name(tmp_path: Path) -> None:
    socket = tmp_path / "control.sock"
    server = ControlServer(socket, {}, lambda: {"worker": 3, "envoy": 0})
    await server.start()
    try:
        assert await counts(socket) == {"worker": 3, "envoy": 0}
    finally:
        await server.stop()


@pytest.mark.parametrize("answer", [b"", b"{}\n", b"[1]\n", b'{"restarts": {"worker": "x"}}\n', b"\xff\n"])
async def test_a_supervisor_that_says_nothing_readable_is_left_out(tmp_path: Path, answer: bytes) -> None:
    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(answer)
        writer.close()

    socket = tmp_path / "control.sock"
    server = await asyncio.start_unix_server(respond, str(socket))
    try:
        assert await counts(socket) == {}
    finally:
        server.close()


async def test_without_a_supervisor_there_are_no_counts(tmp_path: Path) -> None:
    assert await counts(tmp_path / "nothing.sock") == {}
