"""No room but the adapters speaks HTTP of its own: an address named by a flow has one way out, with the wall around it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import tradewind_server

SERVER = Path(tradewind_server.__file__).parent
MAY = {"models", "outbound"}
CLIENTS = {
    "aiohttp",
    "httpx",
    "requests",
    "urllib3",
    "urllib.request",
    "http.client",
    "ftplib",
    "smtplib",
    "websockets",
    "yarl",
}


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    return found


def clients_in(path: Path) -> set[str]:
    return {name for name in imported(path) for client in CLIENTS if name == client or name.startswith(client + ".")}


MODULES = [path for path in sorted(SERVER.rglob("*.py")) if path.relative_to(SERVER).parts[0] not in MAY]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SERVER)))
def test_no_other_room_holds_an_http_client(path: Path) -> None:
    assert not clients_in(path)


def test_the_look_finds_a_client() -> None:
    assert {"aiohttp", "yarl"} <= clients_in(SERVER / "outbound" / "client.py")
