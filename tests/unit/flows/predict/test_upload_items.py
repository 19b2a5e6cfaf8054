"""The bytes of ``uploads``, however clients write them."""

from __future__ import annotations

import base64

import pytest
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.predict.upload_items import decode, parse_items

DATA = "Größe ???>>>~~~ ÿÿ €".encode() * 20
PLAIN = base64.b64encode(DATA).decode()


def bytes_of(uri: str) -> bytes:
    (item,) = parse_items([{"type": "file", "name": "a.txt", "mime": "text/plain", "data": uri}])
    return decode(item)[1]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.rstrip("="),
        "\r\n".join(PLAIN[at : at + 76] for at in range(0, len(PLAIN), 76)),
        base64.urlsafe_b64encode(DATA).decode(),
        PLAIN.replace("+", "%2B").replace("=", "%3D"),
        PLAIN.replace("+", " "),
        " ".join(PLAIN[at : at + 40] for at in range(0, len(PLAIN), 40)),
    ],
    ids=["plain", "unpadded", "lines", "url", "percent", "form", "groups"],
)
@pytest.mark.parametrize(
    "head", ["data:text/plain;base64,", "DATA:TEXT/PLAIN;BASE64,", "data:Text/Plain;Charset=UTF-8;Base64,"]
)
def test_base64_as_clients_write_it(head: str, text: str) -> None:
    assert "+" in PLAIN and "/" in PLAIN and PLAIN.endswith("=")
    assert bytes_of(head + text) == DATA


@pytest.mark.parametrize("text", ["@@@", "a", PLAIN[:-3], "Größe"])
def test_what_is_no_base64_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"uploads\[0\]\.data is not valid base64"):
        bytes_of("data:text/plain;base64," + text)


def test_a_uri_without_base64() -> None:
    assert bytes_of("data:text/plain,Gr%C3%BC%C3%9Fe") == "Grüße".encode()
