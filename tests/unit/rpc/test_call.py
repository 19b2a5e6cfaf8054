"""Where a call comes from, and how long its body is, as far as anybody may be believed about it."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.interceptors.arrival import LONGEST_BODY, body_length

SOCKET, PORT = "unix:/run/worker-0.sock", "ipv4:10.9.9.9:4711"


class Context:
    def __init__(self, peer: str) -> None:
        self._peer = peer

    def peer(self) -> str:
        return self._peer


def call(peer: str, headers: dict[str, str], **more: Any) -> Call:
    context: Any = Context(peer)
    method: Any = None
    return Call(method, context, headers, **more)


@pytest.mark.parametrize(
    ("peer", "forwarded", "hops", "address"),
    [
        (SOCKET, "1.1.1.1", {}, "1.1.1.1"),
        (SOCKET, "6.6.6.6, 1.1.1.1, 10.0.0.1", {"gate_hops": 1}, "1.1.1.1"),
        (SOCKET, "", {}, "unix"),
        (PORT, "6.6.6.6", {"gate_hops": 1}, "10.9.9.9"),
        (PORT, "6.6.6.6, 1.1.1.1", {"port_hops": 1}, "1.1.1.1"),
        (PORT, "", {"port_hops": 1}, "10.9.9.9"),
        ("ipv6:%5B2001:db8:1:2::7%5D:4711", "6.6.6.6", {}, "2001:db8:1:2::/64"),
    ],
)
def test_the_address_of_a_call(peer: str, forwarded: str, hops: dict[str, int], address: str) -> None:
    assert call(peer, {"x-forwarded-for": forwarded} if forwarded else {}, **hops).address() == address


@pytest.mark.parametrize(
    ("peer", "headers", "length"),
    [
        (SOCKET, {"x-envoy-original-path": "/api", "x-body-length": "1000"}, 1000),
        (SOCKET, {"x-envoy-original-path": "/api", "x-body-length": "-"}, LONGEST_BODY),
        (SOCKET, {"x-envoy-original-path": "/api", "x-body-length": "9" * 4000}, LONGEST_BODY),
        (SOCKET, {"x-envoy-original-path": "/api"}, LONGEST_BODY),
        (SOCKET, {"x-body-length": "1000"}, 0),
        (PORT, {"x-envoy-original-path": "/api", "x-body-length": "1000"}, 0),
    ],
)
def test_the_gate_alone_is_believed_about_a_body(peer: str, headers: dict[str, str], length: int) -> None:
    assert body_length(call(peer, headers)) == length
