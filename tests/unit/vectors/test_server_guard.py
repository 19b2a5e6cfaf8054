"""Qdrant servers that drawings name: where they may lie, and that our own is never one of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.flows.vector_ports import CollectionSpec
from tradewind_server.outbound.destinations import Destinations
from tradewind_server.vectors.address import GRPC_PORT, QdrantAddress, parse_url
from tradewind_server.vectors.qdrant import QdrantIndexes
from tradewind_server.vectors.server_guard import ServerGuard

OTHER = "7d1d0c6f-3a55-4a4c-9d6d-0d8a6f1f2b3c"
OWN = QdrantAddress("qdrant", GRPC_PORT, False)
NAMES = {
    "public.example": ["93.184.215.14", "2606:2800:21f:cb07::1"],
    "mixed.example": ["10.0.0.5", "93.184.215.14"],
    "six.example": ["2606:2800:21f:cb07::1"],
    "inside.example": ["10.0.0.9"],
    "metadata.example": ["169.254.169.254"],
    "qdrant": ["10.0.0.7"],
    "alias.example": ["10.0.0.7"],
    "nothing.example": [],
}


async def look_up(host: str, port: int) -> Sequence[str]:
    if host in NAMES:
        return NAMES[host]
    if (host.replace(".", "").isdecimal() and "." in host) or ":" in host:
        return [host]
    raise OSError(host)


def guard(*opened: str) -> ServerGuard:
    return ServerGuard(Destinations.from_entries(opened), OWN, look_up)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://public.example:6333", "ipv4:93.184.215.14:6334"),
        ("http://mixed.example:7000", "ipv4:93.184.215.14:7000"),
        ("https://six.example", "ipv6:[2606:2800:21f:cb07::1]:443"),
    ],
)
async def test_a_public_server_is_pinned_to_its_addresses(url: str, target: str) -> None:
    assert await guard().target(parse_url(url)) == target


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:6333",
        "http://[::1]:6333",
        "http://[::ffff:127.0.0.1]:6333",
        "http://[64:ff9b::7f00:1]:6333",
        "http://169.254.169.254",
        "http://inside.example:6333",
        "http://metadata.example",
    ],
)
async def test_a_private_server_is_refused_until_it_is_opened(url: str) -> None:
    with pytest.raises(InvalidInput, match="TRADEWIND_OUTBOUND_ALLOW") as caught:
        await guard("metadata.example").target(parse_url(url))
    assert caught.value.reason is Reason.OUTBOUND_REFUSED
    assert await guard("inside.example").target(parse_url("http://inside.example:6333")) == "ipv4:10.0.0.9:6334"


@pytest.mark.parametrize("host", ["alias.example", "10.0.0.7"])
async def test_our_own_server_has_no_other_name(host: str) -> None:
    opened = guard("10.0.0.0/8")
    with pytest.raises(InvalidInput, match="own Qdrant"):
        await opened.target(parse_url(f"http://{host}:6333"))
    assert await opened.target(parse_url(f"http://{host}:7000")) == "ipv4:10.0.0.7:7000"


@pytest.mark.parametrize("host", ["unknown.example", "nothing.example"])
async def test_a_name_that_is_not_known(host: str) -> None:
    with pytest.raises(Unavailable, match="is not known") as caught:
        await guard().target(parse_url(f"http://{host}:6333"))
    assert caught.value.reason is Reason.VECTOR_STORE_UNAVAILABLE


@pytest.mark.parametrize("url", ["http://qdrant:6333", "http://QDRANT:6334/", "qdrant"])
def test_a_drawing_that_names_our_own_server_stays_within_its_workspace(url: str) -> None:
    """Its name for a collection is prefixed as without an address, so that none of another workspace is read."""
    indexes = QdrantIndexes(url="http://qdrant:6333")
    spec = CollectionSpec(OTHER, "docs", "m", url=url, api_key="k")
    assert indexes.index(spec).name == f"{OTHER}__docs"
    with pytest.raises(InvalidInput, match="id of a workspace"):
        indexes.index(CollectionSpec(DEFAULT_WORKSPACE, f"{OTHER}__docs", "m", url=url))
    assert indexes.index(CollectionSpec(OTHER, "docs", "m", url="http://elsewhere:6333")).name == "docs"


async def test_a_call_to_a_private_server_is_refused() -> None:
    indexes = QdrantIndexes(socket=Path("/nowhere"), destinations=Destinations())
    with pytest.raises(InvalidInput, match="TRADEWIND_OUTBOUND_ALLOW"):
        await indexes.index(CollectionSpec(DEFAULT_WORKSPACE, "docs", "m", url="http://127.0.0.1:1")).exists()
    await indexes.aclose()
