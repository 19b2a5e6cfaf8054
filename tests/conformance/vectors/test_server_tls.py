"""TLS to a Qdrant server: a private authority, client certificates, and what is said where the two ends do not fit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import grpc
import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.errors import Unavailable
from tradewind_server.flows.vector_ports import CollectionSpec
from tradewind_server.outbound.destinations import Destinations
from tradewind_server.vectors.qdrant import QdrantIndexes
from tradewind_server.vectors.trust import NOBODY, Trust, read_trust

from fakes.certificates import self_signed
from fakes.qdrant_server import PlayedQdrant

SPEC = CollectionSpec(DEFAULT_WORKSPACE, "docs", "m")


@asynccontextmanager
async def server(credentials: grpc.ServerCredentials | None) -> AsyncIterator[int]:
    played = PlayedQdrant()
    await played.start(credentials)
    try:
        yield played.port
    finally:
        await played.stop()


async def said(url: str, trust: Trust = NOBODY, *, named_by_a_flow: bool = False) -> str:
    """What a call ends in; empty where it works."""
    own = {"socket": Path("/nowhere")} if named_by_a_flow else {"url": url}
    indexes = QdrantIndexes(**own, trust=trust, destinations=Destinations.from_entries(["localhost"]))  # type: ignore[arg-type]
    spec = CollectionSpec(DEFAULT_WORKSPACE, "docs", "m", url=url) if named_by_a_flow else SPEC
    try:
        async with asyncio.timeout(30):  # Waiting would not help.
            assert await indexes.index(spec).exists() is False
    except Unavailable as error:
        return error.message
    finally:
        await indexes.aclose()
    return ""


async def test_a_private_authority(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    async with server(grpc.ssl_server_credentials([(key.read_bytes(), certificate.read_bytes())])) as port:
        url = f"https://localhost:{port}"
        assert await said(url, read_trust(certificate, None, None)) == ""
        assert await said(url, read_trust(certificate, None, None), named_by_a_flow=True) == ""
        assert "TRADEWIND_QDRANT_CA" in await said(url)
        assert "another host name" in await said(f"https://127.0.0.1:{port}", read_trust(certificate, None, None))


async def test_a_client_certificate_is_shown_to_our_own_server_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tradewind_server.vectors.connection.PATIENCE_SECONDS", 0.2)
    certificate, key = self_signed(tmp_path)
    pair = [(key.read_bytes(), certificate.read_bytes())]
    async with server(grpc.ssl_server_credentials(pair, certificate.read_bytes(), True)) as port:
        url, whole = f"https://localhost:{port}", read_trust(certificate, certificate, key)
        assert await said(url, whole) == ""
        assert await said(url, read_trust(certificate, None, None)) != ""
        assert await said(url, whole, named_by_a_flow=True) != ""


async def test_tls_to_plain_and_plain_to_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, key = self_signed(tmp_path)
    async with server(None) as port:
        assert "speaks no TLS" in await said(f"https://localhost:{port}")
    monkeypatch.setattr("tradewind_server.vectors.connection.PATIENCE_SECONDS", 0.2)
    async with server(grpc.ssl_server_credentials([(key.read_bytes(), certificate.read_bytes())])) as port:
        assert "write https://" in await said(f"http://localhost:{port}")


async def test_a_port_that_speaks_http_and_no_grpc() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")
        writer.close()

    listener = await asyncio.start_server(answer, "localhost", 0)
    port = listener.sockets[0].getsockname()[1]
    assert "name the gRPC port, usually 6334" in await said(f"http://localhost:{port}")
    listener.close()


async def test_a_host_that_nobody_knows() -> None:
    assert "host of the Qdrant server's URL" in await said("http://nohost.invalid:6334")


@pytest.mark.parametrize("missing", ["ca.pem", "cert.pem"])
def test_a_file_that_cannot_be_read(tmp_path: Path, missing: str) -> None:
    with pytest.raises(OSError, match=missing):
        read_trust(tmp_path / missing, None, None)
