"""Connections that lead nowhere but where they may: kept by host, each socket checked as it is made.

A host name is looked up once for a connection, and the connection goes to an address that was looked at: the socket itself
is refused for any other. So a name that changes its address between look-up and connection, and an address in another
spelling, meet the same wall.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.outbound.destinations import Destinations

CONNECT_SECONDS = 5.0
LOOKUP_THREADS = 8
Lookup = Callable[[str, int], Awaitable[Sequence[str]]]


class AddressRefusal(OSError):
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
            raise AddressRefusal
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


class GuardedNames:
    """Names for connections that are not made here: each is looked up once, and the connection is pinned to what it gave."""

    def __init__(self, destinations: Destinations, look_up: Lookup | None = None) -> None:
        self._destinations = destinations
        self._look_up = look_up or SystemNames()

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host that may be reached.

        Raises ``InvalidInput(OUTBOUND_REFUSED)`` where there are none, and ``OSError`` where the name is not known or the
        look-up takes too long.
        """
        async with asyncio.timeout(CONNECT_SECONDS):
            addresses = await self._look_up(host, port)
        by_name = self._destinations.names(host)
        reachable = [one for one in addresses if self._destinations.may_reach(one, by_name=by_name)]
        if addresses and not reachable:
            raise refusal_of_host(host)
        return reachable

    async def all_addresses(self, host: str, port: int) -> list[str]:
        """Those of a host of the operator's own, whatever they are."""
        async with asyncio.timeout(CONNECT_SECONDS):
            return list(await self._look_up(host, port))


class GuardedSessions:
    """Kept connections to what ``destinations`` let through; made inside the running loop at first use.

    ``unpacks`` is whether answers come decompressed; a caller that bounds what they unpack to does it himself.
    ``most`` connections are kept at once, ``most_of_a_host`` to one host; 0 is as many as there are calls.
    """

    def __init__(
        self,
        destinations: Destinations,
        look_up: Lookup | None = None,
        *,
        unpacks: bool,
        most: int = 100,
        most_of_a_host: int = 20,
    ) -> None:
        self._destinations = destinations
        self._look_up = look_up or SystemNames()
        self._unpacks = unpacks
        self._most = most
        self._most_of_a_host = most_of_a_host
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def aclose(self) -> None:
        for session in self._sessions.values():
            await session.close()

    def session(self, host: str) -> aiohttp.ClientSession:
        """One pool of connections for hosts the operator named, one for all others."""
        by_name = self._destinations.names(host)
        session = self._sessions.get(by_name)
        if session is None or session.closed:
            session = self._make(by_name)
            self._sessions[by_name] = session
        return session

    def _make(self, by_name: bool) -> aiohttp.ClientSession:
        def may_reach(address: str) -> bool:
            return self._destinations.may_reach(address, by_name=by_name)

        def make_socket(info: tuple[Any, ...]) -> socket.socket:
            if not may_reach(info[4][0]):
                raise AddressRefusal
            return socket.socket(family=info[0], type=info[1], proto=info[2])

        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=_Resolver(self._look_up, may_reach),
                use_dns_cache=False,
                socket_factory=make_socket,
                limit=self._most,
                limit_per_host=self._most_of_a_host,
            ),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=self._unpacks,
            trust_env=False,
        )


def refusal(message: str) -> InvalidInput:
    return InvalidInput(Reason.OUTBOUND_REFUSED, message)


def refusal_of_address(error: BaseException, host: str) -> InvalidInput | None:
    """What a connection that was not let through means to the caller; None for other errors."""
    if not isinstance(error.__cause__, AddressRefusal):
        return None
    return refusal_of_host(host)


def refusal_of_host(host: str) -> InvalidInput:
    return refusal(
        f"{host} is not in the public internet, and flows may call nothing else; the operator can open it with "
        "TRADEWIND_OUTBOUND_ALLOW."
    )
