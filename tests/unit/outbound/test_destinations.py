"""Which addresses flows may call."""

from __future__ import annotations

import ipaddress

import pytest
from tradewind_server.outbound.destinations import Destinations, is_public

PRIVATE = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.168.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.255",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "172.32.0.1",
    "192.169.0.1",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_outside_the_public_internet_is_closed(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    assert not Destinations().may_reach(address, by_name=False)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_open(address: str) -> None:
    assert Destinations().may_reach(address, by_name=False)


def test_what_is_no_address_is_closed() -> None:
    assert not Destinations().may_reach("localhost", by_name=True)


def test_an_operator_opens_addresses_and_networks() -> None:
    opened = Destinations.from_entries(["10.1.0.0/16", "192.168.7.9", "fd12::/64"])
    assert all(opened.may_reach(one, by_name=False) for one in ("10.1.2.3", "192.168.7.9", "fd12::5"))
    assert not any(opened.may_reach(one, by_name=False) for one in ("10.2.0.1", "192.168.7.8", "fd13::5", "127.0.0.1"))


def test_an_operator_opens_hosts_by_name() -> None:
    opened = Destinations.from_entries(["Wiki.Intra"])
    assert opened.names("wiki.intra") and opened.names("WIKI.intra.")
    assert not opened.names("evil-wiki.intra") and not opened.names("intra")
    assert opened.may_reach("10.0.0.5", by_name=True)
    assert not opened.may_reach("10.0.0.5", by_name=False)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "0.0.0.0", "fe80::1", "::ffff:169.254.169.254"]
)
def test_no_opened_name_leads_to_metadata(address: str) -> None:
    opened = Destinations.from_entries(["wiki.intra"])
    assert not opened.may_reach(address, by_name=True)
    assert Destinations.from_entries([address]).may_reach(address, by_name=False)
