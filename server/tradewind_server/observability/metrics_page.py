"""The page where Prometheus reads the numbers: a small server of its own, which a web page in a browser cannot read."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable, Sequence
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CollectorRegistry, make_wsgi_app

SECONDS = 10.0
"""Longest silence of a connection."""
REFUSAL = b"The metrics do not answer under this host name; TRADEWIND_METRICS_HOSTS lists those under which they do.\n"
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def is_allowed(host: str, names: frozenset[str]) -> bool:
    """Whether a ``Host`` header names this server: by an IP address, or by one of the names, whatever the port.

    Another name may be one that its owner made point here, to have a browser read the page for him.
    """
    name = host.strip()
    if name.startswith("["):
        name, closed, port = name[1:].partition("]")
        if not closed:
            return False
        port = port.removeprefix(":")
    elif name.count(":") <= 1:
        name, _, port = name.partition(":")
    else:
        port = ""
    if port and not port.isdecimal():
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name.lower().removesuffix(".") in names
    return True


def guard(page: Application, hosts: Sequence[str]) -> Application:
    """The page, for callers who know it by a name of its own. A call without ``Host`` comes from no browser."""
    names = frozenset({"localhost", *(host.lower().removesuffix(".") for host in hosts)})

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if is_allowed(environ.get("HTTP_HOST", "localhost"), names):
            return page(environ, start_response)
        start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(REFUSAL)))])
        return [REFUSAL]

    return serve


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _ServerV6(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = SECONDS

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a line for each scrape tells nobody anything."""


def page_server(host: str, port: int, registry: CollectorRegistry, hosts: Sequence[str]) -> WSGIServer:
    """A server on the address that answers once ``serve_forever`` runs."""
    page: Any = make_wsgi_app(registry)
    return make_server(host, port, guard(page, hosts), _ServerV6 if ":" in host else _Server, _Handler)
