from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Iterator

import orjson
import pytest
from tradewind_server.observability.context import REQUEST_ID
from tradewind_server.observability.logging import MOST_WAITING_BYTES, LineWriter, configure_logging, redact
from tradewind_server.settings import Settings


@pytest.fixture(autouse=True)
def root_logger() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Authorization: Bearer abc.def-123456", "abc.def-123456"),
        ("authorization=Basic YWRtaW46cGFzcw==", "YWRtaW46cGFzcw=="),
        ("key tw_abcdefghijkl failed", "tw_abcdefghijkl"),
        ("using sk-proj-abcdefghijk", "sk-proj-abcdefghijk"),
        ('{"apiKey": "canary-value"}', "canary-value"),
        ("password=canary", "canary"),
        ("postgresql://user:canary@host/db", "canary"),
        ("X-API-Key: canary-value", "canary-value"),
    ],
)
def test_secrets_do_not_reach_the_log(text: str, secret: str) -> None:
    assert secret not in redact(text)
    assert "***" in redact(text)


def test_plain_sentences_are_left_alone() -> None:
    text = "Worker 2 listens on 127.0.0.1:50051; 3 basic checks passed."
    assert redact(text) == text


def test_json_lines_carry_the_request_and_the_traceback() -> None:
    stream = io.StringIO()
    configure_logging(Settings(_env_file=None, log_format="json"), stream)
    token = REQUEST_ID.set("r-1")
    try:
        raise ValueError("password=canary")
    except ValueError:
        logging.getLogger("tradewind").exception("It broke: %s", "tw_abcdefghijkl")
    finally:
        REQUEST_ID.reset(token)
    (line,) = [orjson.loads(one) for one in stream.getvalue().splitlines()]
    assert (line["level"], line["requestId"], line["message"]) == ("error", "r-1", "It broke: ***")
    assert "ValueError" in line["traceback"]
    assert "canary" not in stream.getvalue()


def test_a_console_line_is_readable_and_the_level_counts() -> None:
    stream = io.StringIO()
    configure_logging(Settings(_env_file=None, log_format="console", log_level="warning"), stream)
    logging.getLogger("tradewind").info("unseen")
    logging.getLogger("tradewind").warning("seen")
    assert "seen" in stream.getvalue()
    assert "unseen" not in stream.getvalue()


async def test_lines_are_written_together_and_the_rest_at_the_end() -> None:
    written: list[bytes] = []
    writer = LineWriter(written.append)
    writer.line(b"one")
    writer.line(b"two")
    assert written == []
    await writer.close()
    assert written == [b"one\ntwo\n"]


async def test_a_reader_that_falls_behind_costs_lines_and_not_memory() -> None:
    written: list[bytes] = []
    writer = LineWriter(written.append)
    for _ in range(10):
        writer.line(b"x" * (MOST_WAITING_BYTES // 4))
    await writer.close()
    assert b"5 access lines dropped" in written[0]


async def test_a_log_that_cannot_be_written_stops_nothing() -> None:
    called = asyncio.Event()
    loop = asyncio.get_running_loop()

    def broken(_: bytes) -> None:
        loop.call_soon_threadsafe(called.set)
        raise OSError("disk full")

    writer = LineWriter(broken)
    writer.line(b"x" * 70_000)
    await asyncio.wait_for(called.wait(), 60)
    writer.line(b"y")


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_value_in_a_message_cannot_begin_a_line_of_its_own(form: str) -> None:
    stream = io.StringIO()
    configure_logging(Settings(_env_file=None, log_format=form), stream)  # type: ignore[arg-type]
    logging.getLogger("tradewind").warning("It said %s", "a\r\n12:00:00 info forged \x1b[2J\x00 \ud800 Größe")
    (line,) = stream.getvalue().splitlines()
    assert "forged" in line and "\x1b" not in line and "\x00" not in line


def test_what_a_caller_wrote_into_a_header_is_not_logged_by_the_library() -> None:
    stream = io.StringIO()
    configure_logging(Settings(log_format="json"), stream)
    library = logging.getLogger("grpc._cython.cygrpc")
    library.error("Invalid encoding on %s", b"my-secret-\xe9")
    library.error("something else")
    assert "my-secret" not in stream.getvalue() and "something else" in stream.getvalue()
