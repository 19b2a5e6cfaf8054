"""The one way out for addresses that flows and callers name: the port ``Outbound`` over aiohttp.

Each hop is a request of its own through :mod:`tradewind_server.outbound.guarded_sessions`: a redirect meets the same wall.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import aiohttp
from multidict import CIMultiDictProxy
from yarl import URL

from tradewind_server.errors import InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.outbound.destinations import Destinations
from tradewind_server.outbound.guarded_sessions import GuardedSessions, Lookup, refusal, refusal_of_address
from tradewind_server.outbound.headers import own_headers
from tradewind_server.outbound.ports import OutboundReply

UNPACK_THREADS = 2
MOST_REDIRECTS = 5
LONGEST_URL = 8192
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
KEEP_BODY = frozenset({307, 308})
HARMLESS = frozenset({"accept", "accept-language", "user-agent"})
"""Headers that follow a redirect to another host. Any other may be a key."""
WINDOW_BITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
PACKING = frozenset({"content-encoding", "content-length", "transfer-encoding"})


@dataclass(frozen=True, slots=True)
class _Hop:
    """One request of a call; a redirect makes the next one."""

    method: str
    url: URL
    headers: Mapping[str, str]
    body: bytes | None

    @property
    def host(self) -> str:
        return self.url.host or ""


class HttpOutbound:
    """The port ``Outbound``. ``most_bytes`` bounds an answer, unpacked."""

    def __init__(
        self, destinations: Destinations, *, most_bytes: int, user_agent: str = "Tradewind", look_up: Lookup | None = None
    ) -> None:
        self._most_bytes = most_bytes
        self._user_agent = user_agent
        self._unpackers = ThreadPoolExecutor(UNPACK_THREADS, "unpack")
        self._sessions = GuardedSessions(destinations, look_up, unpacks=False)

    async def aclose(self) -> None:
        await self._sessions.aclose()

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = 20.0,
    ) -> OutboundReply:
        if method not in METHODS:
            raise refusal(f"{method[:20]} is not a method this server calls with; use GET or POST.")
        target = parse_url(url)
        if params:
            # A model may write half of a character.
            target = target.extend_query({name: _whole(value) for name, value in params.items()})
        hop = _Hop(method, target, self._own_headers(headers), body)
        try:
            async with asyncio.timeout(timeout):
                for _ in range(MOST_REDIRECTS + 1):
                    answer = await self._send(hop)
                    if isinstance(answer, OutboundReply):
                        return answer
                    hop = answer
        except TimeoutError:
            raise failure(f"{hop.host} did not answer within {timeout:g} seconds.") from None
        raise failure(f"{hop.host} redirects more than {MOST_REDIRECTS} times.")

    def _own_headers(self, headers: Mapping[str, str] | None) -> dict[str, str]:
        try:
            own = own_headers(headers or {})
        except ValueError:
            raise refusal("A header of the request holds characters that headers may not hold.") from None
        if not any(name.lower() == "user-agent" for name in own):
            own["User-Agent"] = self._user_agent
        return own

    async def _send(self, hop: _Hop) -> OutboundReply | _Hop:
        """The answer to one request, or the request it redirects to."""
        try:
            async with self._sessions.session(hop.host).request(
                hop.method,
                hop.url,
                headers={**hop.headers, "Accept-Encoding": "gzip, deflate"},
                data=hop.body,
                allow_redirects=False,
            ) as response:
                location = response.headers.get("Location")
                if response.status in REDIRECTS and location:
                    return follow_redirect(hop, response.status, location)
                body = b"" if hop.method == "HEAD" else await self._body(response, hop.host)
                return OutboundReply(
                    response.status,
                    str(hop.url),
                    response.content_type,
                    body,
                    response.charset or "",
                    _headers_of(response.headers),
                )
        except (aiohttp.ClientError, ValueError) as error:
            raise _public(error, hop.host) from error

    async def _body(self, response: aiohttp.ClientResponse, host: str) -> bytes:
        most = self._most_bytes
        parts, size = [], 0
        if (response.content_length or 0) > most:
            raise too_large(host, most)
        async for part in response.content.iter_any():
            size += len(part)
            if size > most:
                raise too_large(host, most)
            parts.append(part)
        data = b"".join(parts)
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding in ("", "identity") or not data:
            return data
        if encoding not in WINDOW_BITS:
            raise failure(f"{host} answers in the encoding {encoding[:20]}, which it was not asked for.")
        try:
            work = partial(decompress, data, WINDOW_BITS[encoding], most + 1)
            body = await asyncio.get_running_loop().run_in_executor(self._unpackers, work)
        except zlib.error:
            raise failure(f"{host} answers with damaged {encoding} data.") from None
        if len(body) > most:
            raise too_large(host, most)
        return body


def _headers_of(headers: CIMultiDictProxy[str]) -> dict[str, str]:
    """The headers of an answer, those about its packing left out: it is unpacked already."""
    names = {name.lower() for name in headers} - PACKING
    return {name: ", ".join(headers.getall(name)) for name in sorted(names)}


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def parse_url(text: str) -> URL:
    """The URL behind a text; ``InvalidInput(OUTBOUND_REFUSED)`` for anything but a plain http or https address."""
    if len(text) > LONGEST_URL:
        raise refusal(f"The address is longer than {LONGEST_URL} characters.")
    try:
        url = URL(text.strip())
        host = url.host
    except ValueError:
        host = None
    if not host or url.scheme not in ("http", "https"):
        raise refusal("The address must begin with http:// or https:// and a host.")
    if url.raw_user is not None or url.raw_password is not None:
        raise refusal("The address carries a user name or a password; send them as a header.")
    return url


def follow_redirect(hop: _Hop, status: int, location: str) -> _Hop:
    """The request that a redirect asks for. Another host gets neither the headers nor the body that were meant for this one."""
    try:
        target = parse_url(str(hop.url.join(URL(location))))
    except ValueError:
        raise failure(f"{hop.host} redirects to something that is not an address.") from None
    method, body, headers = hop.method, hop.body, hop.headers
    if status not in KEEP_BODY and method not in ("GET", "HEAD"):
        method, body = "GET", None
        headers = {name: value for name, value in headers.items() if name.lower() != "content-type"}
    if target.origin() != hop.url.origin():
        if body is not None:
            raise refusal(f"{hop.host} redirects the body it was sent to another host, which this server does not do.")
        headers = {name: value for name, value in headers.items() if name.lower() in HARMLESS}
    return _Hop(method, target, headers, body)


def decompress(data: bytes, window_bits: int, most: int) -> bytes:
    """At most ``most`` bytes of what was packed. Some servers say deflate and leave its header out."""
    try:
        return zlib.decompressobj(window_bits).decompress(data, most)
    except zlib.error:
        if window_bits != WINDOW_BITS["deflate"]:
            raise
        return zlib.decompressobj(-window_bits).decompress(data, most)


def failure(message: str) -> Unavailable:
    return Unavailable(Reason.OUTBOUND_FAILED, message)


def too_large(host: str, most: int) -> InvalidInput:
    return refusal(f"The answer of {host} is larger than {most / 1024 / 1024:g} MiB.")


def _public(error: Exception, host: str) -> TradewindError:
    if (no_way := refusal_of_address(error, host)) is not None:
        return no_way
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return failure(f"The host {host} is not known; check the address.")
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError):
        return failure(f"{host} has no valid certificate.")
    if isinstance(error, aiohttp.InvalidURL | UnicodeError):
        return refusal("The address is not one this server can call; it looks like https://host/path.")
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ServerTimeoutError):
        return failure(f"{host} cannot be reached.")
    if isinstance(error, aiohttp.ClientError):
        return failure(f"{host} broke off its answer.")
    return refusal("A header of the request holds characters that headers may not hold.")
