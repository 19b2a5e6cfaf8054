"""What the server knows of each method of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from tradewind_server.rpc.field_rules import Check

HEALTH = "grpc.health.v1.Health"
REFLECTION = ("grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection")
SYSTEM = "tradewind.rest.v1.SystemService"


class Level(Enum):
    """How a caller must be known."""

    PUBLIC = "ACCESS_LEVEL_PUBLIC"
    CHATFLOW = "ACCESS_LEVEL_CHATFLOW"
    KEY = "ACCESS_LEVEL_KEY"


@dataclass(frozen=True, slots=True)
class Query:
    """The parameters of a GET or DELETE route: each spelling that binds, to its JSON name."""

    names: Mapping[str, str]
    repeated: frozenset[str]
    in_path: frozenset[str]
    """Variables of the path in lower-case letters alone: in the query they change nothing."""
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
    """On REST routes that list or delete."""
    check: Check | None = None
    """The rules of its request, or of each message of a stream of them."""


class UndeclaredAccess(Exception):
    """A method does not say who may call it: the server must not start."""


def open_methods() -> dict[str, Method]:
    """Health and reflection, which are no part of the contract: anyone may call them."""
    check, listed, watch = (Method(f"/{HEALTH}/{name}", HEALTH, name, Level.PUBLIC) for name in ("Check", "List", "Watch"))
    reflections = [
        Method(f"/{service}/{name}", service, name, Level.PUBLIC, takes_stream=True, yields_stream=True)
        for service in REFLECTION
        for name in ("ServerReflectionInfo",)
    ]
    found = (check, listed, replace(watch, yields_stream=True), *reflections)
    return {method.path: method for method in found}


def permissions_of(methods: Iterable[Method]) -> frozenset[str]:
    """Every permission that a method asks for: an API key can hold these, and ``*`` for all."""
    return frozenset(permission for method in methods for permission in method.permissions)
