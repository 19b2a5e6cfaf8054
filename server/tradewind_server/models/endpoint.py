"""One model endpoint: its address, its key, kept connections, and what its failures mean."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import unquote

import aiohttp
import orjson
from yarl import URL

from tradewind_server.bounded_json import foreign_json
from tradewind_server.errors import DeadlineExceeded, FailedPrecondition, Reason, TradewindError, Unavailable
from tradewind_server.models.failures import OVERLOADED, meaning, read_refusal, refusal_of
from tradewind_server.outbound.addresses import web_parts
from tradewind_server.outbound.destinations import Destinations
from tradewind_server.outbound.guarded_sessions import GuardedSessions, refusal_of_address
from tradewind_server.outbound.headers import own_headers

CONNECT_SECONDS = 5.0
RETRY_PAUSES = (0.3, 1.2)
RETRY_SECONDS = 8.0  # A dead endpoint is reported within seconds, not after minutes.
ANSWERS = (200, 201, 202)
"""201 and 202 are a run that was made, or that goes on."""
PASSING_STATUSES = (500, 502, 503, OVERLOADED)
MOST_ANSWER_BYTES = 64 * 1024 * 1024
MOST_REFUSAL_BYTES = 64 * 1024
BEARER = ("Authorization", "Bearer ")
Signer = Callable[[str, str, bytes], Mapping[str, str]]
"""The headers that show who asks, made anew for each request of a method, an address and a body."""


class Connections:
    """The kept connections of a server: one pool for all addresses, one for each unix socket."""

    def __init__(self) -> None:
        self._sessions: dict[str | None, aiohttp.ClientSession] = {}

    def session(self, socket: str | None, host: str) -> aiohttp.ClientSession:
        """The session, made inside the running loop at first use."""
        session = self._sessions.get(socket)
        if session is None or session.closed:
            connector: aiohttp.BaseConnector = (
                aiohttp.UnixConnector(socket, limit=0) if socket else aiohttp.TCPConnector(limit=0, ttl_dns_cache=60)
            )
            session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
            self._sessions[socket] = session
        return session

    async def aclose(self) -> None:
        for session in self._sessions.values():
            await session.close()


class GuardedConnections(Connections):
    """Those to services outside: the guard of outbound calls decides which addresses they may lead to."""

    def __init__(self, destinations: Destinations) -> None:
        super().__init__()
        self._guard = GuardedSessions(destinations, unpacks=True, most=0, most_of_a_host=0)

    def session(self, socket: str | None, host: str) -> aiohttp.ClientSession:
        return self._guard.session(host)

    async def aclose(self) -> None:
        await self._guard.aclose()


class Endpoint:
    """Posts JSON to one base address. Shared by all models that live there.

    ``auth`` is the header that carries the key and what stands before the key in it; ``query`` is added to each
    address. ``signer`` stands for a key where requests are signed. ``socket`` reaches an embedded model over a unix socket.
    ``label`` names the endpoint in messages: a host
    or "The embedded chat model", never a key or a path of this server. ``dialect`` names what it speaks.
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
        auth: tuple[str, str] = BEARER,
        query: str = "",
        dialect: str = "OpenAI",
        connections: Connections | None = None,
        signer: Signer | None = None,
    ) -> None:
        parts = web_parts(base_url)
        host = parts.netloc.rpartition("@")[2] if parts else ""
        self._base = f"{parts.scheme}://{host}{parts.path.rstrip('/')}" if parts else None
        queries = [part for part in (parts.query if parts else "", query) if part]
        self._query = "?" + "&".join(queries) if queries else ""
        self.label = label or f"The model endpoint {host}"
        self._socket = socket
        self._host = (parts.hostname or "") if parts else ""
        self._silence = timeout
        self._dialect = dialect
        all_headers = {"Content-Type": "application/json", **(headers or {})}
        self._secrets = [value for value in ((headers or {}).values()) if value]
        if api_key:
            all_headers[auth[0]] = auth[1] + api_key
            self._secrets.append(api_key)
        elif parts and parts.username:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            all_headers["Authorization"] = "Basic " + b64encode(pair.encode("utf-8", "replace")).decode()
        if parts and parts.password:
            self._secrets.append(unquote(parts.password))
        self._headers: Mapping[str, str] | None = None
        """None where one of them is no header: then each request says so."""
        with suppress(ValueError):
            self._headers = own_headers(all_headers)
        self._signer = signer
        self._connections = connections or Connections()
        self._timeout = aiohttp.ClientTimeout(
            total=None, connect=CONNECT_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=timeout
        )

    async def aclose(self) -> None:
        """Close the connections; whoever shares them with others closes those instead."""
        await self._connections.aclose()

    @asynccontextmanager
    async def post(self, path: str, body: Mapping[str, Any] | bytes, model: str = "") -> AsyncIterator[aiohttp.ClientResponse]:
        """The response to one request, once its status is that of one. Bytes are sent as they are. Retries what a second
        try may cure, before any byte of an answer was read: refused connections and statuses 500, 502, 503 and 529. Leaving the
        block closes or keeps the connection.
        """
        async with self._exchange("POST", path, body if isinstance(body, bytes) else orjson.dumps(body), model) as response:
            yield response

    @asynccontextmanager
    async def _exchange(
        self, method: str, path: str, payload: bytes | None, model: str
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        response = await self._send(method, path, payload, model)
        try:
            yield response
        except (TimeoutError, aiohttp.ClientError) as error:
            raise self._connection_error(error) from error
        finally:
            response.release() if response.content.at_eof() else response.close()

    async def _send(self, method: str, path: str, payload: bytes | None, model: str) -> aiohttp.ClientResponse:
        if self._base is None:
            raise _no_url()
        if self._headers is None:
            raise _no_header()
        url = self._base + path + (self._query.replace("?", "&", 1) if "?" in path else self._query)
        clock = asyncio.get_running_loop().time
        start = clock()
        # A loop of its own: tenacity takes 45 µs of each call, also of one that succeeds at once.
        for pause in (*RETRY_PAUSES, None):
            attempt_start = clock()
            headers: Mapping[str, str] = self._headers
            if self._signer is not None:
                headers = {**headers, **self._signer(method, url, payload or b"")}
            try:
                response = await self._connections.session(self._socket, self._host).request(
                    method,
                    url if self._signer is None else URL(url, encoded=True),  # What is signed is sent as it is written.
                    data=payload,
                    headers=headers,
                    timeout=self._timeout,
                    allow_redirects=False,
                )
            except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
                failure = self._connection_error(error)
                retry = isinstance(failure, Unavailable) and not isinstance(error, TimeoutError)
            else:
                if response.status in ANSWERS:
                    return response
                retry = response.status in PASSING_STATUSES
                failure = await self._refusal(response, model)
            now = clock()
            # Another try may take as long as this one did.
            if not retry or pause is None or (now - start) + pause + (now - attempt_start) > RETRY_SECONDS:
                raise failure
            await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    async def json(self, path: str, body: Mapping[str, Any] | bytes, model: str = "") -> Any:
        """The whole JSON answer to one request."""
        async with self.post(path, body, model) as response:
            return self.parse(await self.read(response))

    async def get_json(self, path: str, model: str = "") -> Any:
        """The JSON answer to a question that changes nothing."""
        async with self._exchange("GET", path, None, model) as response:
            return self.parse(await self.read(response))

    async def read(self, response: aiohttp.ClientResponse) -> bytes:
        """A whole answer, of a bounded size."""
        length = response.content_length
        if length is not None and length <= MOST_ANSWER_BYTES and "Content-Encoding" not in response.headers:
            return await response.read()
        chunks: list[bytes] = []
        size = 0
        async for chunk in response.content.iter_any():
            size += len(chunk)
            self.bound(size)
            chunks.append(chunk)
        return b"".join(chunks)

    def bound(self, size: int) -> None:
        """Raises ``Unavailable`` for an answer that is larger than any answer."""
        if size > MOST_ANSWER_BYTES:
            raise Unavailable(
                Reason.MODEL_UNAVAILABLE, f"{self.label} sent an answer of more than {MOST_ANSWER_BYTES >> 20} MiB."
            )

    def parse(self, text: bytes) -> Any:
        try:
            return loads(text)
        except ValueError:
            raise self.garbled_error() from None

    def garbled_error(self) -> TradewindError:
        return Unavailable(Reason.MODEL_UNAVAILABLE, f"{self.label} sent an answer that is not of the {self._dialect} form.")

    def interruption(self, event: Any) -> TradewindError:
        """What an error inside a stream means."""
        refusal = refusal_of(event, self._secrets)
        statuses = [int(kind) for kind in refusal.kinds if kind.isdigit() and len(kind) == 3]
        return meaning(self.label, "", statuses[0] if statuses else 500, refusal)

    def unreadable_call(self, tool: str) -> TradewindError:
        """What a call of a tool means whose arguments cannot be read."""
        return Unavailable(
            Reason.OUTPUT_UNPARSABLE,
            f"{self.label} called the tool {tool} with arguments that are not a JSON object; try again, or use a model "
            "that calls tools reliably.",
            tool=tool,
        )

    def _connection_error(self, error: BaseException) -> TradewindError:
        if (no_way := refusal_of_address(error, self._host)) is not None:
            return no_way
        if isinstance(error, aiohttp.ConnectionTimeoutError):
            return Unavailable(Reason.MODEL_UNAVAILABLE, f"{self.label} cannot be reached; check that it is running.")
        if isinstance(error, TimeoutError):
            return DeadlineExceeded(Reason.MODEL_TIMEOUT, f"{self.label} said nothing for {self._silence:g} seconds.")
        if isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientPayloadError):
            return Unavailable(Reason.MODEL_UNAVAILABLE, f"{self.label} broke off its answer; try again.")
        if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
            return _no_url()
        if isinstance(error, ValueError):
            return _no_header()
        hint = "it may be starting; try again shortly" if self._socket else "check that it is running"
        return Unavailable(Reason.MODEL_UNAVAILABLE, f"{self.label} cannot be reached; {hint}.")

    async def _refusal(self, response: aiohttp.ClientResponse, model: str) -> TradewindError:
        """What a status other than 200 means to the caller."""
        try:
            text = await response.content.read(MOST_REFUSAL_BYTES)
        except (TimeoutError, aiohttp.ClientError):
            text = b""
        finally:
            response.close()
        wait = response.headers.get("retry-after", "")
        return meaning(self.label, model, response.status, read_refusal(text, self._secrets), wait)


def _no_header() -> TradewindError:
    return FailedPrecondition(
        Reason.NODE_INPUT_INVALID, "A header of a model node cannot be sent; check its base options and its key."
    )


def loads(text: bytes) -> Any:
    """A JSON value from an endpoint, read fast; what only the patient reader takes, by that. Raises ``ValueError``."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return foreign_json(text)


def _no_url() -> TradewindError:
    return FailedPrecondition(
        Reason.NODE_INPUT_INVALID, "The base path of a model node is not a URL; it looks like https://host/v1."
    )
