"""Which addresses a flow may call: those of the public internet, and what the operator opened by name or network."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _networks(*texts: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(text) for text in texts)


# Written out: what Python itself counts as global changed between its releases.
NOT_PUBLIC = _networks(
    "0.0.0.0/8",  # "This network"; 0.0.0.0 reaches the machine itself.
    "10.0.0.0/8",
    "100.64.0.0/10",  # Carrier-grade NAT, and the metadata service of one cloud.
    "127.0.0.0/8",
    "169.254.0.0/16",  # Link-local: the metadata services of most clouds.
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",  # Relays of 6to4.
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",  # Multicast.
    "240.0.0.0/4",
    "2001::/23",  # Protocol assignments, among them Teredo, which wraps an IPv4 address.
    "2001:db8::/32",
    "2002::/16",  # 6to4, which wraps an IPv4 address.
    "3fff::/20",
)
PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
"""Outside of it lie loopback, unique local, link-local, multicast and all other forms that wrap an IPv4 address."""
NEVER_BY_NAME = _networks(
    "0.0.0.0/8",
    "100.100.100.200/32",  # A metadata service.
    "169.254.0.0/16",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/128",
    "::ffff:0:0/96",
    "64:ff9b::/96",
    "fd00:ec2::254/128",  # A metadata service.
    "fe80::/10",
    "ff00::/8",
)
"""What no name leads to, even one that the operator opened: whoever owns the name could point it there."""


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def is_public(address: Address) -> bool:
    """Whether an address lies in the public internet and wraps no other address."""
    return not _within(address, NOT_PUBLIC) and (address.version == 4 or address in PUBLIC_IPV6)


@dataclass(frozen=True, slots=True)
class Destinations:
    """What may be reached. ``hosts`` are names as they stand in a URL, in lower case."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def from_entries(cls, entries: Iterable[str]) -> Destinations:
        """The public internet and what the operator lists: host names, addresses and networks (``10.1.0.0/16``)."""
        hosts, networks = set(), []
        for entry in entries:
            try:
                networks.append(ipaddress.ip_network(entry, strict=False))
            except ValueError:
                hosts.add(_plain(entry))
        return cls(frozenset(hosts), tuple(networks))

    def names(self, host: str) -> bool:
        """Whether the operator opened this very host name."""
        return _plain(host) in self.hosts

    def may_reach(self, address: str, *, by_name: bool) -> bool:
        """Whether a connection to an address may be made; ``by_name`` says that the operator opened the name it came from."""
        try:
            ip = ipaddress.ip_address(address)
        except ValueError:
            return False
        if _within(ip, self.networks) or is_public(ip):
            return True
        return by_name and not _within(ip, NEVER_BY_NAME)


def _plain(host: str) -> str:
    return host.lower().rstrip(".")
