"""One OpenAI-compatible endpoint: its address, its key, one pool of kept connections, and what its failures mean."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson

from tradewind_server.errors import (
    DeadlineExceeded,
    FailedPrecondition,
    InvalidInput,
    Reason,
    ResourceExhausted,
    TradewindError,
    Unavailable,
)

CONNECT_SECONDS = 5.0
RETRY_PAUSES = (0.3, 1.2)  # A dead endpoint is reported within seconds, not after minutes.
MOST_SHOWN = 200
MOST_ANSWER_BYTES = 32 * 1024 * 1024
CONTEXT_TYPES = ("context_length_exceeded", "exceed_context_size_error")


class Endpoint:
    """Posts JSON to one base address. Shared by all models that live there.

    ``socket`` reaches an embedded model over a unix socket. ``label`` names the endpoint in messages: a host or "The
    embedded chat model", never a key or a path of this server.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        label: str | None = None,
        socket: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 120.0,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.label = label or f"The model endpoint {urlsplit(base_url).netloc.rpartition('@')[2]}"
        self._socket = socket
        self._timeout = timeout
        self._headers = {"Content-Type": "application/json", **(headers or {})}
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key}"
        self._secret = api_key
        self._session: aiohttp.ClientSession | None = None

    def _open(self) -> aiohttp.ClientSession:
        """The session, made inside the running loop at first use."""
        if self._session is None or self._session.closed:
            connector: aiohttp.BaseConnector = (
                aiohttp.UnixConnector(self._socket, limit=0)
                if self._socket
                else aiohttp.TCPConnector(limit=0, ttl_dns_cache=60)
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=aiohttp.ClientTimeout(
                    total=None, connect=CONNECT_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=self._timeout
                ),
                headers=self._headers,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=True,
            )
        return self._session

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()

    @asynccontextmanager
    async def post(self, path: str, body: Mapping[str, Any]) -> AsyncIterator[aiohttp.ClientResponse]:
        """The response to one request, once its status is 200. Retries what a second try may cure, before any byte of
        an answer was read: refused connections and statuses 500, 502, 503 and 529. Leaving the block closes or keeps
        the connection.
        """
        payload = orjson.dumps(body)
        response = await self._send(path, payload)
        try:
            yield response
        except (TimeoutError, aiohttp.ClientError) as error:
            raise self._broken(error) from error
        finally:
            response.release() if response.content.at_eof() else response.close()

    async def _send(self, path: str, payload: bytes) -> aiohttp.ClientResponse:
        for pause in (*RETRY_PAUSES, None):
            try:
                response = await self._open().post(self.base_url + path, data=payload, allow_redirects=False)
            except (TimeoutError, aiohttp.ClientError, OSError) as error:
                failure: TradewindError = self._broken(error)
                retry = isinstance(failure, Unavailable)
            else:
                if response.status == 200:
                    return response
                retry = response.status in (500, 502, 503, 529)
                failure = await self._refused(response)
            if not retry or pause is None:
                raise failure
            await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    async def json(self, path: str, body: Mapping[str, Any]) -> Any:
        """The whole JSON answer to one request."""
        async with self.post(path, body) as response:
            return self.parse(await response.read())

    def parse(self, text: bytes) -> Any:
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            raise self.garbled() from None

    def garbled(self) -> TradewindError:
        return Unavailable(Reason.MODEL_UNAVAILABLE, f"{self.label} sent an answer that is not of the OpenAI form.")

    def _broken(self, error: BaseException) -> TradewindError:
        if isinstance(error, aiohttp.ConnectionTimeoutError):
            return Unavailable(Reason.MODEL_UNAVAILABLE, f"{self.label} cannot be reached; check that it is running.")
        if isinstance(error, TimeoutError):
            seconds = f"{self._timeout:g} seconds"
            return DeadlineExceeded(Reason.MODEL_TIMEOUT, f"{self.label} said nothing for {seconds}.")
        if isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientPayloadError):
            return Unavailable(Reason.MODEL_UNAVAILABLE, f"{self.label} broke off its answer; try again.")
        if isinstance(error, aiohttp.InvalidURL | ValueError):
            return FailedPrecondition(
                Reason.NODE_INPUT_INVALID, "The base path of a model node is not a URL; it looks like https://host/v1."
            )
        hint = "it may be starting; try again shortly" if self._socket else "check that it is running"
        return Unavailable(Reason.MODEL_UNAVAILABLE, f"{self.label} cannot be reached; {hint}.")

    async def _refused(self, response: aiohttp.ClientResponse) -> TradewindError:
        """What a status other than 200 means to the caller."""
        try:
            text = await response.content.read(64 * 1024)
        except (TimeoutError, aiohttp.ClientError):
            text = b""
        finally:
            response.close()
        detail, kind, numbers = self._error_of(text)
        status = response.status
        if kind in CONTEXT_TYPES or (status in (400, 413) and "context" in detail.lower() and "token" in detail.lower()):
            return InvalidInput(
                Reason.CONTEXT_LENGTH_EXCEEDED,
                "The question does not fit into the model's context; shorten it.",
                **numbers,
            )
        if status in (401, 403):
            return FailedPrecondition(
                Reason.MODEL_REFUSED, f"{self.label} refused the API key; check the credential of the model node."
            )
        if status == 429:
            wait = response.headers.get("retry-after", "")
            return ResourceExhausted(
                Reason.MODEL_RATE_LIMITED,
                f"{self.label} allows no more calls right now; try again later.",
                retry_after=float(wait) if wait.isdigit() else None,
            )
        if status >= 500:
            return Unavailable(Reason.MODEL_UNAVAILABLE, f"{self.label} answered {status}; try again later.")
        said = f": {detail}" if detail else ""
        return FailedPrecondition(Reason.MODEL_REFUSED, f"{self.label} refused the request with {status}{said}")

    def _error_of(self, text: bytes) -> tuple[str, str, dict[str, str]]:
        """Message, kind and token numbers of an error body; empty where it says nothing."""
        try:
            body = orjson.loads(text)
        except orjson.JSONDecodeError:
            return "", "", {}
        error = body.get("error", body) if isinstance(body, dict) else {}
        if isinstance(error, str):
            error = {"message": error}
        if not isinstance(error, dict):
            return "", "", {}
        detail = " ".join(str(error.get("message") or "").split())
        if self._secret:
            detail = detail.replace(self._secret, "***")
        kind = str(error.get("code") or "")
        kind = kind if kind in CONTEXT_TYPES else str(error.get("type") or "")
        numbers = {"actual": error.get("n_prompt_tokens"), "limit": error.get("n_ctx")}
        return detail[:MOST_SHOWN], kind, {name: str(value) for name, value in numbers.items() if value}
