"""The methods this server has, and who may call each: read from the contract's own ``access`` option at start."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from google.api import annotations_pb2, http_pb2
from google.protobuf.descriptor import FileDescriptor, MethodDescriptor
from tradewind.v1 import (
    access_pb2,
    chat_message_pb2,
    chatflow_pb2,
    prediction_pb2,
    rest_chat_message_pb2,
    rest_chatflow_pb2,
    rest_files_pb2,
    rest_prediction_pb2,
    rest_system_pb2,
    rest_vector_upsert_pb2,
    vector_upsert_pb2,
)

HEALTH = "grpc.health.v1.Health"
REFLECTION = ("grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection")
SYSTEM = "tradewind.v1.SystemService"


class Level(Enum):
    """How a caller must be known."""

    PUBLIC = access_pb2.ACCESS_LEVEL_PUBLIC
    CHATFLOW = access_pb2.ACCESS_LEVEL_CHATFLOW
    KEY = access_pb2.ACCESS_LEVEL_KEY


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


class UndeclaredAccess(Exception):
    """A method does not say who may call it: the server must not start."""


def contract_files() -> tuple[FileDescriptor, ...]:
    """Every file of the contract that declares services."""
    return (
        prediction_pb2.DESCRIPTOR,
        vector_upsert_pb2.DESCRIPTOR,
        chat_message_pb2.DESCRIPTOR,
        chatflow_pb2.DESCRIPTOR,
        rest_prediction_pb2.DESCRIPTOR,
        rest_vector_upsert_pb2.DESCRIPTOR,
        rest_chat_message_pb2.DESCRIPTOR,
        rest_chatflow_pb2.DESCRIPTOR,
        rest_files_pb2.DESCRIPTOR,
        rest_system_pb2.DESCRIPTOR,
    )


def methods_of(files: Iterable[FileDescriptor]) -> dict[str, Method]:
    """All methods by path. Raises :class:`UndeclaredAccess` where a method says nothing."""
    found = {}
    for file in files:
        for service in file.services_by_name.values():
            for descriptor in service.methods:
                method = _method(descriptor)
                found[method.path] = method
    return found


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


def _method(descriptor: MethodDescriptor) -> Method:
    service = descriptor.containing_service.full_name
    option: Any = access_pb2.access
    access: access_pb2.Access = descriptor.GetOptions().Extensions[option]
    if access.level == access_pb2.ACCESS_LEVEL_UNSPECIFIED:
        raise UndeclaredAccess(f"{service}/{descriptor.name} declares no access; add the option to its proto file.")
    return Method(
        path=f"/{service}/{descriptor.name}",
        service=service,
        name=descriptor.name,
        level=Level(access.level),
        permissions=tuple(access.permissions),
        long_running=access.long_running,
        takes_stream=descriptor.client_streaming,
        yields_stream=descriptor.server_streaming,
        query=_query(descriptor),
    )


def permissions_of(methods: Iterable[Method]) -> frozenset[str]:
    """Every permission that a method asks for: an API key can hold these, and ``*`` for all."""
    return frozenset(permission for method in methods for permission in method.permissions)


def _query(descriptor: MethodDescriptor) -> Query | None:
    option: Any = annotations_pb2.http
    rule: http_pb2.HttpRule = descriptor.GetOptions().Extensions[option]
    path = rule.get or rule.delete
    in_path = set(re.findall(r"{(\w+)", path))
    fields = [field for field in descriptor.input_type.fields if field.name not in in_path]
    if not path or not (fields or rule.delete):
        return None
    return Query(
        names={spelling: field.json_name for field in fields for spelling in (field.name, field.json_name)},
        repeated=frozenset(field.json_name for field in fields if field.is_repeated),
        in_path=frozenset(name.replace("_", "") for name in in_path),
        deletes=bool(rule.delete),
    )
