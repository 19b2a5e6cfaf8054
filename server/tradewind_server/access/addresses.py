"""Who calls, as far as an address tells: the part of it that a caller cannot choose."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from urllib.parse import unquote

NETWORK_BITS = 64
"""Of an IPv6 address: the rest of it a caller may choose."""


MOST_REMEMBERED = 4096
"""Addresses whose network is not worked out again: it is asked for in each call."""


def host_of(peer: str) -> str:
    """The address in what gRPC calls a peer: ``ipv4:1.2.3.4:5``, ``ipv6:[::1]:5``, also with escaped brackets."""
    kind, _, rest = peer.partition(":")
    if kind not in ("ipv4", "ipv6"):
        return peer
    return (unquote(rest) if "%" in rest else rest).rpartition(":")[0]


def forwarded_host(header: str, trusted_hops: int) -> str:
    """The caller in ``X-Forwarded-For``, whose last entry is the other end of the connection.

    Each trusted proxy has written the entry before its own. Where there are fewer entries than that, or no address stands
    there, the call came around the proxies, and only the connection's own address is believed.
    """
    if not trusted_hops:
        return header.rpartition(",")[2].strip()
    chain = [entry.strip() for entry in header.rsplit(",", trusted_hops + 1)[-trusted_hops - 1 :]]
    return chain[0] if len(chain) > trusted_hops and _parse(chain[0]) is not None else chain[-1]


@lru_cache(maxsize=MOST_REMEMBERED)
def network_of(address: str) -> str:
    """What counts as one caller: an IPv4 address, or the network of an IPv6 one. Other texts stay as they are."""
    parsed_address = _parse(address)
    if parsed_address is None:
        return address
    if isinstance(parsed_address, ipaddress.IPv6Address):
        if parsed_address.ipv4_mapped is not None:
            return str(parsed_address.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(parsed_address), NETWORK_BITS), strict=False))
    return str(parsed_address)


def _parse(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Also with a port or a zone, as proxies write them; None for what is no address."""
    host = unquote(address).strip().removeprefix("ipv4:").removeprefix("ipv6:")
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
