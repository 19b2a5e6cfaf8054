"""Server reflection as ``grpc.reflection.v1`` and ``v1alpha``, served by one servicer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.descriptor import FileDescriptor
from grpc_reflection.v1alpha import reflection, reflection_pb2

from tradewind_server.rpc.methods import REFLECTION

OLD, NEW = "grpc.reflection.v1alpha", "grpc.reflection.v1"
V1_FILE = "grpc/reflection/v1/reflection.proto"


def v1_file() -> descriptor_pb2.FileDescriptorProto:
    """The file descriptor of ``v1``: that of ``v1alpha`` with another package, which is all that differs."""
    file = descriptor_pb2.FileDescriptorProto()
    reflection_pb2.DESCRIPTOR.CopyToProto(file)
    file.name, file.package = V1_FILE, NEW
    for message in file.message_type:
        for field in (one for one in message.field if one.type_name):
            field.type_name = field.type_name.replace(f".{OLD}.", f".{NEW}.")
    for service in file.service:
        for method in service.method:
            method.input_type = method.input_type.replace(f".{OLD}.", f".{NEW}.")
            method.output_type = method.output_type.replace(f".{OLD}.", f".{NEW}.")
    return file


class Symbols:
    """A descriptor pool that also finds methods, fields and enum values by name, and the file of ``v1``."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._v1: Any = descriptor_pool.DescriptorPool()
        self._v1.Add(v1_file())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)

    def FindFileByName(self, name: str) -> FileDescriptor:
        descriptor: FileDescriptor = self._v1.FindFileByName(name) if name == V1_FILE else self._pool.FindFileByName(name)
        return descriptor

    def FindFileContainingSymbol(self, name: str) -> FileDescriptor:
        pool = self._v1 if name.startswith(f"{NEW}.") else self._pool
        try:
            descriptor: FileDescriptor = pool.FindFileContainingSymbol(name)
        except KeyError:
            descriptor = _file_of_part(pool, *name.rpartition(".")[::2])
        return descriptor


def _file_of_part(pool: Any, whole: str, part: str) -> FileDescriptor:
    """The file of ``part``, a method, field, oneof or enum value of ``whole``. Raises ``KeyError``."""
    kinds: tuple[tuple[Callable[[str], Any], str], ...] = (
        (pool.FindServiceByName, "methods_by_name"),
        (pool.FindMessageTypeByName, "fields_by_name"),
        (pool.FindMessageTypeByName, "oneofs_by_name"),
        (pool.FindEnumTypeByName, "values_by_name"),
    )
    for lookup, parts in kinds:
        try:
            descriptor = lookup(whole)
        except KeyError:
            continue
        if part in getattr(descriptor, parts):
            file: FileDescriptor = descriptor.file
            return file
    raise KeyError(f"{whole}.{part}")


def add_reflection(services: Sequence[str], registrar: Any) -> None:
    """Register the servicer under both names. ``services`` are the services that it lists besides reflection."""
    servicer = reflection.aio.ReflectionServicer((*services, *REFLECTION), pool=Symbols(descriptor_pool.Default()))
    handler = grpc.stream_stream_rpc_method_handler(
        servicer.ServerReflectionInfo,
        request_deserializer=reflection_pb2.ServerReflectionRequest.FromString,
        response_serializer=reflection_pb2.ServerReflectionResponse.SerializeToString,
    )
    for name in REFLECTION:
        registrar.add_registered_method_handlers(name, {"ServerReflectionInfo": handler})
