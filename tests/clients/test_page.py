"""The example page: gRPC-Web from a real browser, through the gate, from a page of another origin."""

from __future__ import annotations

import functools
import threading
import urllib.parse
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from harness.browser import browser_path, value_once
from harness.client_programs import PAGE, Builds, ClientProgram
from harness.flows import drawing
from harness.runner import PAGE_ORIGIN, World

PAGE_SECONDS = 30
OUTPUT = "document.querySelector('#output[data-state=done]')?.textContent"

pytestmark = pytest.mark.timeout(1500)


@pytest.fixture(scope="module")
def browser() -> str:
    found = browser_path()
    if found is None:
        pytest.skip("The page is not tried: there is no Chromium here.")
    return found


@pytest.fixture(scope="module")
def page(browser: str, builds: Builds) -> ClientProgram:
    lack = PAGE.lack()
    if lack:
        pytest.skip(f"The page is not tried: {lack}.")
    return builds.built(PAGE)


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """What was asked for is of no interest."""


@pytest.fixture(scope="module")
def pages(page: ClientProgram) -> Iterator[int]:
    """The port of a server of the page's files."""
    handler = functools.partial(QuietHandler, directory=str(page.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


async def shown(browser: str, port: int, folder: Path, origin: str = PAGE_ORIGIN, **fields: str) -> str:
    """What the page shows once it is done. The browser finds the origin's host on this machine."""
    address = f"{origin}/index.html#{urllib.parse.urlencode(fields)}"
    host = urllib.parse.urlsplit(origin).hostname
    rules = f"--host-resolver-rules=MAP {host}:80 127.0.0.1:{port}"
    text = await value_once(browser, folder / "profile", address, OUTPUT, rules, seconds=PAGE_SECONDS)
    return str(text)


async def test_it_asks_streams_lists_and_reads_the_reason(browser: str, pages: int, world: World, tmp_path: Path) -> None:
    flow = world.stack.create_flow(drawing("conversation"))
    key = world.keys["reader"].text
    output = await shown(browser, pages, tmp_path, server=world.stack.rest, chatflow=flow, key=key, text="When does it leave?")
    answer, streamed, pieces, *messages, last = output.strip().splitlines()
    assert answer.startswith("answer: Reply ") and streamed.startswith("stream: Reply ")
    assert int(pieces.removeprefix("pieces: ")) > 1
    assert messages == [
        "message: user: When does it leave?",
        f"message: api: {answer.removeprefix('answer: ')}",
        "message: user: And what does it cost?",
        f"message: api: {streamed.removeprefix('stream: ')}",
    ]
    assert last == "expected: NOT_FOUND CHATFLOW_NOT_FOUND"


async def test_a_page_of_an_origin_that_is_not_listed_learns_nothing(
    browser: str, pages: int, world: World, tmp_path: Path
) -> None:
    flow = world.stack.create_flow(drawing("conversation"))
    output = await shown(browser, pages, tmp_path, "http://elsewhere.example", server=world.stack.rest, chatflow=flow)
    assert output.startswith("error: UNKNOWN") and "Reply" not in output
