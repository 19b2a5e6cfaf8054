"""Finds the services: each module under ``services/`` lists its own in ``SERVICES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from tradewind_server.rpc import services
from tradewind_server.rpc.interceptors.chain import Registrar
from tradewind_server.rpc.service import Domain, Service

Register = Callable[[Registrar], None]


def all_services() -> Iterator[Service]:
    """The ``SERVICES`` of all modules, in the order of the file names."""
    for module in sorted(iter_modules(services.__path__), key=lambda module_info: module_info.name):
        yield from getattr(import_module(f"{services.__name__}.{module.name}"), "SERVICES", ())


def doors(domain: Domain) -> tuple[Register, ...]:
    """One function for each service that registers it at a gRPC server."""
    return tuple(_registration(service, domain) for service in all_services())


def _registration(service: Service, domain: Domain) -> Register:
    servicer = service.make(domain)
    return lambda server: service.add(servicer, server)
