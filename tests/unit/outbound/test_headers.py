"""Headers on their way to other servers."""

from __future__ import annotations

import pytest
from tradewind_server.outbound.headers import own_headers


def test_honest_headers_pass_and_those_of_the_connection_do_not() -> None:
    given = {
        "Authorization": "Bearer x",
        "X-Größe".encode("ascii", "ignore").decode(): "Größe\there",
        "Host": "evil",
        "TE": "x",
    }
    assert own_headers({**given, "Transfer-Encoding": "chunked", "Proxy-Authorization": "y", "content-length": "3"}) == {
        "Authorization": "Bearer x",
        "X-Gre": "Größe\there",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X", "a\r\nHost: evil"),
        ("X", "a\nb"),
        ("X", "a\x00"),
        ("X", "a\x7f"),
        ("X", "\ud800"),
        ("X", "a" * 20_000),
        ("X\r\nHost", "evil"),
        ("Host: evil, X", "a"),
        ("Transfer-Encoding ", "chunked"),
        (" Host", "evil"),
        ("X-Größe", "a"),
        ("", "a"),
    ],
)
def test_what_is_no_header_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="header"):
        own_headers({"Accept": "*/*", name: value})
