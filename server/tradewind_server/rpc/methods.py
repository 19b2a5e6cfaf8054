"""Descriptions of the methods that this server serves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from tradewind_server.rpc.field_rules import FieldCheck

HEALTH = "grpc.health.v1.Health"
REFLECTION = ("grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection")
SYSTEM = "tradewind.rest.v1.SystemService"


class Level(Enum):
    """Who may call a method (docs/contract.md §3.2)."""

    PUBLIC = "ACCESS_LEVEL_PUBLIC"
    CHATFLOW = "ACCESS_LEVEL_CHATFLOW"
    KEY = "ACCESS_LEVEL_KEY"
    ADMIN = "ACCESS_LEVEL_ADMIN"


@dataclass(frozen=True, slots=True)
class Query:
    """The query parameters of a GET or DELETE route. ``names`` maps each accepted spelling to the JSON name."""

    names: Mapping[str, str]
    repeatable: frozenset[str]
    in_path: frozenset[str]
    """Variables of the path, reduced to lower-case letters. In the query they have no effect and are not refused."""
    deletes: bool


@dataclass(frozen=True, slots=True)
class Method:
    """One method: ``path`` is ``/tradewind.v1.PredictionService/Predict``."""

    path: str
    service: str
    name: str
    level: Level
    permissions: tuple[str, ...] = ()
    long_running: bool = False
    takes_stream: bool = False
    yields_stream: bool = False
    query: Query | None = None
    """The query parameters of a REST route that lists or deletes; None for others."""
    check: FieldCheck | None = None
    """Checks each request message; None when its type has no rules."""
    chatflow_field: tuple[str, ...] = ()
    """Of a method with one request that needs a key: the path to its field with the id of a chatflow; empty where it has
    none."""

    def chatflow_id(self, request: Any) -> str:
        """The chatflow that a request is about, in lower case; empty where it names none."""
        value = request
        for name in self.chatflow_field:
            value = getattr(value, name)
        return value.lower() if isinstance(value, str) else ""


class UndeclaredAccess(Exception):
    """A method has no access option. The server must not start."""


def open_methods() -> dict[str, Method]:
    """The public methods of health and reflection, which are not in the protos of this repository."""
    check, list_method, watch = (Method(f"/{HEALTH}/{name}", HEALTH, name, Level.PUBLIC) for name in ("Check", "List", "Watch"))
    reflections = [
        Method(f"/{service}/{name}", service, name, Level.PUBLIC, takes_stream=True, yields_stream=True)
        for service in REFLECTION
        for name in ("ServerReflectionInfo",)
    ]
    methods = (check, list_method, replace(watch, yields_stream=True), *reflections)
    return {method.path: method for method in methods}


def permissions_of(methods: Iterable[Method]) -> frozenset[str]:
    """All permissions that methods ask for. An API key holds some of them, or ``*``."""
    return frozenset(permission for method in methods for permission in method.permissions)
