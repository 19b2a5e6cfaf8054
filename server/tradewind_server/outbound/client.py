"""The one way out for addresses that flows and callers name: the port ``Outbound`` over aiohttp.

A host name is looked up once for a connection, and the connection goes to an address that was looked at: the socket itself
is refused for any other. So a name that changes its address between look-up and connection, an address in another spelling
and a redirect all meet the same wall.
"""

from __future__ import annotations

import asyncio
import socket
import zlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from tradewind_server.errors import InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.outbound.destinations import Destinations
from tradewind_server.outbound.headers import own_headers
from tradewind_server.outbound.ports import OutboundReply

CONNECT_SECONDS = 5.0
LOOKUP_THREADS = 8
UNPACK_THREADS = 2
MOST_REDIRECTS = 5
LONGEST_URL = 8192
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
KEEP_BODY = frozenset({307, 308})
HARMLESS = frozenset({"accept", "accept-language", "user-agent"})
"""Headers that follow a redirect to another host. Any other may be a key."""
WINDOW_BITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
Lookup = Callable[[str, int], Awaitable[Sequence[str]]]


class _AddressRefusal(OSError):
    """An address that may not be reached. An OSError, so that aiohttp carries it out as the cause of its own error."""


class SystemNames:
    """Looks names up as the system knows them, in threads of its own: a name server that is silent holds up nothing else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUP_THREADS, "dns")

    async def __call__(self, host: str, port: int) -> list[str]:
        """The addresses of a host name."""
        ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        try:
            addresses = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except UnicodeError:  # A label that no name may have.
            raise socket.gaierror(socket.EAI_NONAME, "no such name") from None
        return list(dict.fromkeys(str(one[4][0]) for one in addresses))


class _Resolver(AbstractResolver):
    """Looks a name up and keeps only the addresses that may be reached."""

    def __init__(self, look_up: Lookup, may_reach: Callable[[str], bool]) -> None:
        self._look_up = look_up
        self._may_reach = may_reach

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        addresses = await self._look_up(host, port)
        open_ones = [address for address in addresses if self._may_reach(address)]
        if addresses and not open_ones:
            raise _AddressRefusal
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in open_ones
        ]

    async def close(self) -> None:
        return None


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
        self._destinations = destinations
        self._most_bytes = most_bytes
        self._user_agent = user_agent
        self._look_up = look_up or SystemNames()
        self._unpackers = ThreadPoolExecutor(UNPACK_THREADS, "unpack")
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def aclose(self) -> None:
        for session in self._sessions.values():
            await session.close()

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
            async with self._session(self._destinations.names(hop.host)).request(
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
                return OutboundReply(response.status, str(hop.url), response.content_type, body, response.charset or "")
        except (aiohttp.ClientError, ValueError) as error:
            raise _public(error, hop.host) from error

    def _session(self, by_name: bool) -> aiohttp.ClientSession:
        """One pool of connections for hosts the operator named, one for all others; made inside the running loop."""
        session = self._sessions.get(by_name)
        if session is None or session.closed:

            def may_reach(address: str) -> bool:
                return self._destinations.may_reach(address, by_name=by_name)

            def make_socket(info: tuple[Any, ...]) -> socket.socket:
                if not may_reach(info[4][0]):
                    raise _AddressRefusal
                return socket.socket(family=info[0], type=info[1], proto=info[2])

            session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    resolver=_Resolver(self._look_up, may_reach),
                    use_dns_cache=False,
                    socket_factory=make_socket,
                    limit=100,
                    limit_per_host=20,
                ),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
            )
            self._sessions[by_name] = session
        return session

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


def refusal(message: str) -> InvalidInput:
    return InvalidInput(Reason.OUTBOUND_REFUSED, message)


def failure(message: str) -> Unavailable:
    return Unavailable(Reason.OUTBOUND_FAILED, message)


def too_large(host: str, most: int) -> InvalidInput:
    return refusal(f"The answer of {host} is larger than {most / 1024 / 1024:g} MiB.")


def _public(error: Exception, host: str) -> TradewindError:
    if isinstance(error.__cause__, _AddressRefusal):
        return refusal(
            f"{host} is not in the public internet, and flows may call nothing else; the operator can open it with "
            "TRADEWIND_OUTBOUND_ALLOW."
        )
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
