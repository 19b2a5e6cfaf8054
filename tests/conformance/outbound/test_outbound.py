"""What every adapter of the port ``Outbound`` does."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from tradewind_server.errors import InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.outbound.client import HttpOutbound
from tradewind_server.outbound.destinations import Destinations
from tradewind_server.outbound.ports import Outbound

from fakes.web_server import WebServer

MOST_BYTES = 64 * 1024


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with WebServer() as running:
        yield running


@pytest.fixture(params=["aiohttp"])
async def outbound() -> AsyncIterator[Outbound]:
    """An adapter that may reach 127.0.0.1 besides the public internet."""
    adapter = HttpOutbound(Destinations.from_entries(["127.0.0.1"]), most_bytes=MOST_BYTES)
    yield adapter
    await adapter.aclose()


async def test_an_answer_comes_back_whole(outbound: Outbound, server: WebServer) -> None:
    server.says("/page", "hé", content_type="text/html")
    reply = await outbound.request("GET", server.url("/page"))
    assert (reply.status, reply.text, reply.content_type) == (200, "hé", "text/html")
    assert reply.url == server.url("/page")


async def test_headers_parameters_and_body_arrive(outbound: Outbound, server: WebServer) -> None:
    await outbound.request(
        "POST",
        server.url("/form?a=1"),
        headers={"X-Api-Key": "k", "Content-Type": "application/json"},
        params={"q": "wind & tide"},
        body=b'{"x":1}',
    )
    [seen] = server.seen
    assert (seen.method, seen.path) == ("POST", "/form")
    assert dict(seen.query) == {"a": "1", "q": "wind & tide"}
    assert seen.headers["X-Api-Key"] == "k"
    assert seen.headers["Content-Type"] == "application/json"
    assert server.bodies == [b'{"x":1}']


@pytest.mark.parametrize("status", [400, 404, 500, 503])
async def test_an_error_status_is_an_answer(outbound: Outbound, server: WebServer, status: int) -> None:
    server.says("/", "no", status=status)
    reply = await outbound.request("GET", server.url("/"))
    assert (reply.status, reply.text) == (status, "no")


async def test_packed_answers_come_unpacked(outbound: Outbound, server: WebServer) -> None:
    server.says_packed("/", b"tide " * 100)
    assert (await outbound.request("GET", server.url("/"))).body == b"tide " * 100


async def test_redirects_are_followed_and_the_last_address_is_told(outbound: Outbound, server: WebServer) -> None:
    server.sends_to("/a", "/b")
    server.sends_to("/b", server.url("/c?x=1"))
    server.says("/c", "here")
    reply = await outbound.request("GET", server.url("/a"))
    assert (reply.text, reply.url) == ("here", server.url("/c?x=1"))


async def test_redirects_in_a_circle_end(outbound: Outbound, server: WebServer) -> None:
    server.sends_to("/a", "/a")
    with pytest.raises(Unavailable) as raised:
        await outbound.request("GET", server.url("/a"))
    assert raised.value.reason is Reason.OUTBOUND_FAILED
    assert len(server.seen) <= 20


async def test_an_answer_that_is_too_large_is_refused(outbound: Outbound, server: WebServer) -> None:
    server.says("/", "x" * (MOST_BYTES + 1))
    with pytest.raises(InvalidInput) as raised:
        await outbound.request("GET", server.url("/"))
    assert raised.value.reason is Reason.OUTBOUND_REFUSED


async def test_an_answer_that_unpacks_to_too_much_is_refused(outbound: Outbound, server: WebServer) -> None:
    server.says_packed("/", b"\0" * 50_000_000)
    with pytest.raises(InvalidInput) as raised:
        await outbound.request("GET", server.url("/"))
    assert raised.value.reason is Reason.OUTBOUND_REFUSED


async def test_an_endless_answer_is_refused_at_the_limit(outbound: Outbound, server: WebServer) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 10_000)

    server.routes["/"] = endless
    with pytest.raises(InvalidInput) as raised:
        await outbound.request("GET", server.url("/"))
    assert raised.value.reason is Reason.OUTBOUND_REFUSED


async def test_a_host_that_says_nothing_fails_in_time(outbound: Outbound, server: WebServer) -> None:
    async def silent(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    server.routes["/"] = silent
    with pytest.raises(Unavailable) as raised:
        await outbound.request("GET", server.url("/"), timeout=0.05)
    assert raised.value.reason is Reason.OUTBOUND_FAILED
    assert "127.0.0.1 did not answer" in raised.value.message


async def test_a_closed_port_fails(outbound: Outbound) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Unavailable) as raised:
            await outbound.request("GET", f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert raised.value.reason is Reason.OUTBOUND_FAILED


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/", "http://[::1]/"])
async def test_private_addresses_are_refused(outbound: Outbound, url: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await outbound.request("GET", url)
    assert raised.value.reason is Reason.OUTBOUND_REFUSED


async def test_a_cancelled_call_leaves_the_host(outbound: Outbound, server: WebServer) -> None:
    asked, left = asyncio.Event(), asyncio.Event()

    async def slow(_: web.Request) -> web.StreamResponse:
        asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            left.set()
        raise AssertionError

    server.routes["/"] = slow
    call = asyncio.create_task(outbound.request("GET", server.url("/")))
    await asked.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await asyncio.wait_for(left.wait(), 60)


@pytest.mark.parametrize(
    "headers",
    [
        {"X": "a\r\nHost: evil"},
        {"X": "a\nb"},
        {"X\r\nY": "a"},
        {"Host: evil, X": "a"},
        {"Host ": "evil"},
        {"X": "\x00"},
        {"": "a"},
    ],
)
async def test_what_is_more_than_a_header_is_refused(outbound: Outbound, server: WebServer, headers: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        await outbound.request("GET", server.url("/"), headers=headers)
    assert caught.value.reason == Reason.OUTBOUND_REFUSED
    assert server.seen == []


async def test_half_of_a_character_in_a_parameter_is_replaced(outbound: Outbound, server: WebServer) -> None:
    server.says("/", "ok")
    assert (await outbound.request("GET", server.url("/"), params={"q": "a\ud83d"})).text == "ok"


@pytest.mark.parametrize(
    "url", ["http://[", "http://a.example:x/", "http://a.example:99999/", "http://\ud800/", "http://", "x" * 9000]
)
async def test_an_address_that_is_none_is_refused_in_a_sentence(outbound: Outbound, url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        await outbound.request("GET", url)
    assert caught.value.reason == Reason.OUTBOUND_REFUSED


@pytest.mark.parametrize("host", ["a" * 300 + ".example", "a..example"])
async def test_a_host_that_cannot_be_looked_up_is_no_fault_of_a_header(outbound: Outbound, host: str) -> None:
    with pytest.raises(TradewindError) as caught:
        await outbound.request("GET", f"http://{host}/")
    assert "header" not in caught.value.message
