"""Waiting for the calls that run through Envoy."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tradewind_server.supervisor.gate_drain import drain_gate, running_calls


class Admin:
    """Envoy's own page, as far as a drain reads it: one figure after the other, and the last one from then on."""

    def __init__(self, *figures: int) -> None:
        self.figures = list(figures)
        self.requests: list[str] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.requests.append(" ".join(head.split(" ", 2)[:2]))
        body = ""
        if head.startswith("GET"):
            figure = self.figures.pop(0) if len(self.figures) > 1 else self.figures[0]
            body = f"http.main.downstream_rq_active: {figure}\n"
        writer.write(f"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}".encode())
        await writer.drain()
        writer.close()


async def test_it_ends_when_the_last_call_has(tmp_path: Path) -> None:
    admin = Admin(2, 1, 0)
    async with await asyncio.start_unix_server(admin.answer, tmp_path / "a.sock"):
        await drain_gate(tmp_path / "a.sock", 60)
    assert admin.requests[0] == "POST /drain_listeners?graceful&skip_exit" and len(admin.requests) == 4


async def test_calls_that_do_not_end_are_left_in_the_end(tmp_path: Path) -> None:
    admin = Admin(1)
    async with await asyncio.start_unix_server(admin.answer, tmp_path / "a.sock"):
        await drain_gate(tmp_path / "a.sock", 0.01)
        assert await running_calls(tmp_path / "a.sock") == 1


async def test_an_envoy_that_is_gone_is_not_waited_for(tmp_path: Path) -> None:
    await drain_gate(tmp_path / "absent.sock", 60)
    assert await running_calls(tmp_path / "absent.sock") == 0
