"""How a Qdrant endpoint is named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.outbound.addresses import web_parts

GRPC_PORT = 6334
REST_PORT = 6333
SCHEME_PORTS = {"https": 443, "http": 80}


def socket_file(socket: Path) -> Path:
    """The file behind an embedded engine's socket: qdrant-client appends its port to the host."""
    return socket.with_name(f"{socket.name}:{GRPC_PORT}")


@dataclass(frozen=True, slots=True)
class QdrantAddress:
    """Host and gRPC port of a Qdrant server; ``host`` is ``unix:PATH`` for the embedded engine."""

    host: str
    port: int
    tls: bool

    @property
    def target(self) -> str:
        """What a gRPC channel is opened to."""
        host = f"[{self.host}]" if ":" in self.host and not self.host.startswith("unix:") else self.host
        return f"{host}:{self.port}"


def parse_url(url: str) -> QdrantAddress:
    """The gRPC address behind a URL.

    Chatflows name Qdrant's REST port, 6333: its gRPC port stands beside it. A URL without a port means 443 or 80, as in
    Flowise; a bare host means the gRPC port. Of any other port the URL has to be right: one that speaks REST is told so.
    """
    bare = "//" not in url
    parts = web_parts(f"http://{url}" if bare else url)
    if parts is None or not parts.hostname:
        raise InvalidInput(Reason.NODE_INPUT_INVALID, "The Qdrant server URL is not a URL; it looks like https://host:6333.")
    port = parts.port
    if port is None:
        port = GRPC_PORT if bare else SCHEME_PORTS[parts.scheme]
    return QdrantAddress(parts.hostname, GRPC_PORT if port == REST_PORT else port, parts.scheme == "https")
