"""Logging: one JSON object or one readable line for each event, on standard error, without secrets."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

import orjson

from tradewind_server.observability.context import REQUEST_ID
from tradewind_server.observability.spans import current_trace_id
from tradewind_server.settings import Settings

# Keys of ours and of common model providers, and whatever follows a scheme or a name of a secret.
SECRETS = re.compile(
    r"(?P<key>\b(?:tw_|sk-)[A-Za-z0-9_\-]{8,})"
    r"|(?P<scheme>\bbearer\s+)[A-Za-z0-9._~+/=\-]{6,}"
    r"|(?P<name>\b(?:authorization|x-api-key|api[_-]?key|password|secret)\b[\"']?\s*[:=]\s*[\"']?(?:bearer\s+|basic\s+)?)"
    r"[^\s\"',}]+"
    r"|(?P<url>://[^/\s:@]+:)[^@\s/]+(?=@)",
    re.IGNORECASE,
)
FLUSH_SECONDS = 0.2
FLUSH_BYTES = 64 * 1024
MOST_WAITING_BYTES = 4 * 1024 * 1024
QUIET_LIBRARIES = ("asyncio", "alembic", "httpx", "httpcore", "qdrant_client", "grpc", "aiohttp.access")


FOREIGN_HEADER = "Invalid encoding on"
"""How gRPC tells of a header that is not UTF-8, with all of it and a traceback: the sender's bytes, a key perhaps."""


def is_our_own(record: logging.LogRecord) -> bool:
    """Whether a record is more than what a caller can have written as often as he likes."""
    return not str(record.msg).startswith(FOREIGN_HEADER)


def redact(text: str) -> str:
    """The text with every secret in it replaced by ``***``."""
    return SECRETS.sub(lambda match: (match["scheme"] or match["name"] or match["url"] or "") + "***", text)


def one_line(text: str) -> str:
    """A text whose line breaks and control characters are written out: a value in it cannot begin a line of its own."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _whole(text: str) -> str:
    """Half of a character is none, and JSON cannot hold it."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


class JsonFormatter(logging.Formatter):
    """A record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": _iso(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if request_id := REQUEST_ID.get():
            line["requestId"] = request_id
        if trace_id := current_trace_id():
            line["traceId"] = trace_id
        if record.exc_info:
            line["traceback"] = redact(self.formatException(record.exc_info))
        return orjson.dumps({name: _whole(value) for name, value in line.items()}).decode()


class ConsoleFormatter(logging.Formatter):
    """A record for a person's eyes."""

    def format(self, record: logging.LogRecord) -> str:
        request_id = REQUEST_ID.get()
        text = f"{_iso(record.created)[11:23]} {record.levelname.lower():7} {one_line(record.getMessage())}"
        if request_id:
            text += f"  [{request_id}]"
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        return redact(text)


def log_format(settings: Settings, stream: TextIO) -> Literal["json", "console"]:
    return settings.log_format or ("console" if stream.isatty() else "json")


def configure_logging(settings: Settings, stream: TextIO = sys.stderr) -> None:
    """Send all records of this process to ``stream``, in the configured form and from the configured level on."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter() if log_format(settings, stream) == "json" else ConsoleFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    grpc_strings = logging.getLogger("grpc._cython.cygrpc")
    grpc_strings.filters[:] = [is_our_own]
    if settings.log_level != "debug":
        for name in QUIET_LIBRARIES:
            logging.getLogger(name).setLevel(logging.WARNING)


class LineWriter:
    """Gathers access log lines and writes them together, in a thread: a call never waits for a slow terminal.

    When the reader of the log falls far behind, lines are dropped and counted rather than kept without bound.
    """

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._thread = ThreadPoolExecutor(1, "log")
        self._lines: list[bytes] = []
        self._size = 0
        self._drop_count = 0
        self._timer: asyncio.TimerHandle | None = None
        self._running: asyncio.Future[None] | None = None

    def line(self, text: bytes) -> None:
        if self._size > MOST_WAITING_BYTES:
            self._drop_count += 1
            return
        self._lines.append(text)
        self._size += len(text)
        if self._timer is None and self._running is None:
            delay = 0.0 if self._size > FLUSH_BYTES else FLUSH_SECONDS
            self._timer = asyncio.get_running_loop().call_later(delay, self._flush)

    def _flush(self) -> None:
        self._timer = None
        if self._lines:
            self._running = asyncio.get_running_loop().run_in_executor(self._thread, self._put, self._pop_lines())
            self._running.add_done_callback(self._on_flush)

    def _on_flush(self, done: asyncio.Future[None]) -> None:
        self._running = None
        if not done.cancelled():
            done.exception()  # A log that cannot be written must not stop the service.
        if self._lines and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(FLUSH_SECONDS, self._flush)

    def _pop_lines(self) -> bytes:
        if self._drop_count:
            self._lines.append(orjson.dumps({"level": "warning", "message": f"{self._drop_count} access lines dropped"}))
            self._drop_count = 0
        self._lines.append(b"")
        data = b"\n".join(self._lines)
        self._lines, self._size = [], 0
        return data

    def _put(self, data: bytes) -> None:
        self._write(data)

    async def close(self) -> None:
        """Write what is left."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._running is not None:
            await asyncio.wait({self._running})
        if self._lines:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._put, self._pop_lines())


def stderr_writer(stream: TextIO = sys.stderr) -> LineWriter:
    """Access lines beside the other records, on standard error."""

    def write(data: bytes) -> None:
        stream.write(data.decode())
        stream.flush()

    return LineWriter(write)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
