"""How a Qdrant endpoint is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from tradewind_server.errors import InvalidInput
from tradewind_server.vectors.address import QdrantAddress, parse_url, socket_file


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://qdrant:6333", QdrantAddress("qdrant", 6334, False)),
        ("http://qdrant:6334", QdrantAddress("qdrant", 6334, False)),
        ("http://qdrant:6333/", QdrantAddress("qdrant", 6334, False)),
        ("http://qdrant", QdrantAddress("qdrant", 80, False)),
        ("qdrant:6333", QdrantAddress("qdrant", 6334, False)),
        ("localhost", QdrantAddress("localhost", 6334, False)),
        ("http://qdrant:7000", QdrantAddress("qdrant", 7000, False)),
        ("https://abc.eu-central.aws.cloud.qdrant.io:6333", QdrantAddress("abc.eu-central.aws.cloud.qdrant.io", 6334, True)),
        ("https://qdrant.example", QdrantAddress("qdrant.example", 443, True)),
        ("https://qdrant.example:443", QdrantAddress("qdrant.example", 443, True)),
        ("qdrant.example", QdrantAddress("qdrant.example", 6334, False)),
        ("http://127.0.0.1:6333", QdrantAddress("127.0.0.1", 6334, False)),
    ],
)
def test_a_rest_url_names_the_grpc_port_beside_it(url: str, address: QdrantAddress) -> None:
    assert parse_url(url) == address


@pytest.mark.parametrize(
    "url", ["", "http://", "ftp://qdrant:6333", "http://qdrant:port", "http://qdrant:99999", "file:///etc"]
)
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput, match="https://host:6333"):
        parse_url(url)


def test_the_socket_file_ends_in_the_port_that_the_client_appends() -> None:
    assert socket_file(Path("/run/tw/qdrant.sock")) == Path("/run/tw/qdrant.sock:6334")
