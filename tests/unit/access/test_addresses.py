"""From peers and forwarded headers to what counts as one caller."""

from __future__ import annotations

import pytest
from tradewind_server.access.addresses import forwarded_host, host_of, network_of


@pytest.mark.parametrize(
    ("peer", "host"),
    [
        ("ipv4:10.0.0.1:5000", "10.0.0.1"),
        ("ipv6:[2001:db8::1]:5000", "[2001:db8::1]"),
        ("ipv6:%5B2001:db8::1%5D:5000", "[2001:db8::1]"),
        ("unix:/run/worker-0.sock", "unix:/run/worker-0.sock"),
    ],
)
def test_the_host_of_a_peer(peer: str, host: str) -> None:
    assert host_of(peer) == host


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("10.0.0.1:443", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("::1", "::/64"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("fe80::1%25eth0", "fe80::/64"),
        ("unix", "unix"),
        ("somewhere", "somewhere"),
        ("", ""),
    ],
)
def test_what_counts_as_one_caller(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("forwarded", "hops", "host"),
    [
        ("10.0.0.1", 0, "10.0.0.1"),
        ("1.1.1.1, 10.0.0.1", 0, "10.0.0.1"),
        ("6.6.6.6, 1.1.1.1, 10.0.0.1", 1, "1.1.1.1"),
        ("6.6.6.6,1.1.1.1,10.0.0.2,10.0.0.1", 2, "1.1.1.1"),
        ("10.0.0.1", 1, "10.0.0.1"),
        ("6.6.6.6, 10.0.0.1", 2, "10.0.0.1"),
        ("unix, 10.0.0.1", 1, "10.0.0.1"),
        ("x" * 5000 + ", 10.0.0.1", 1, "10.0.0.1"),
        ("[2001:db8::1]:80, 10.0.0.1", 1, "[2001:db8::1]:80"),
        ("", 0, ""),
        ("", 3, ""),
    ],
)
def test_each_trusted_proxy_is_stepped_over_and_no_more(forwarded: str, hops: int, host: str) -> None:
    assert forwarded_host(forwarded, hops) == host
