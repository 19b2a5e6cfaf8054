"""Reads the descriptor of the protos: the methods, who may call each, and the rules of request values.

The gate reads the same descriptor. The generated stubs carry neither access options nor rules, because they are the package
that callers install.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from google.api import annotations_pb2, http_pb2
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor, ServiceDescriptor

from tradewind_server.errors import Reason
from tradewind_server.resources import descriptor
from tradewind_server.rpc.field_rules import Compiler, Extensions
from tradewind_server.rpc.methods import Level, Method, Query, UndeclaredAccess

REST_PACKAGE = "tradewind.rest.v1"
PACKAGES = ("tradewind.v1", REST_PACKAGE)
REASON_PREFIX = "ERROR_REASON_"
CHATFLOW_ID = "chatflow_id"
METHOD_OPTIONS, FIELD_OPTIONS = "google.protobuf.MethodOptions", "google.protobuf.FieldOptions"
LEVELS = frozenset(level.value for level in Level)


class Contract:
    """The services of one descriptor image, in a descriptor pool of its own."""

    def __init__(self, image: bytes) -> None:
        files = descriptor_pb2.FileDescriptorSet.FromString(image).file
        self.pool = descriptor_pool.DescriptorPool()
        for file in files:
            self.pool.AddSerializedFile(file.SerializeToString())
        self._files = [self.pool.FindFileByName(file.name) for file in files if file.package in PACKAGES]
        self._access = self.pool.FindExtensionByName("tradewind.v1.access")
        self._violation = self.pool.FindExtensionByName("tradewind.v1.violation")
        self._rules = self.pool.FindExtensionByName("buf.validate.field")
        self._levels = self.pool.FindEnumTypeByName("tradewind.v1.AccessLevel").values_by_number
        self._reasons = self.pool.FindEnumTypeByName("tradewind.v1.ErrorReason").values_by_number
        self._compiler = Compiler(Extensions(self._rules_of, self._reason_of))

    def services(self) -> Iterator[ServiceDescriptor]:
        for file in self._files:
            yield from file.services_by_name.values()

    def methods(self) -> dict[str, Method]:
        """All methods, by path. Raises :class:`UndeclaredAccess` for a method without an access option, and ``UnknownRule``."""
        methods = (self._method(one) for service in self.services() for one in service.methods)
        return {method.path: method for method in methods}

    def rest_routes(self) -> dict[str, tuple[str, str]]:
        """The HTTP method and the path of each method that is called over REST alone, by its service and name."""
        methods = (one for service in self.services() if service.file.package == REST_PACKAGE for one in service.methods)
        routes = ((method, _rule(method)) for method in methods)
        return {
            f"{method.containing_service.name}/{method.name}": (kind.upper(), getattr(rule, kind))
            for method, rule in routes
            if (kind := rule.WhichOneof("pattern")) is not None
        }

    def _method(self, descriptor: MethodDescriptor) -> Method:
        service = descriptor.containing_service.full_name
        access = self._options(METHOD_OPTIONS, descriptor).Extensions[self._access]
        level = self._levels[access.level].name
        if level not in LEVELS:
            raise UndeclaredAccess(f"{service}/{descriptor.name} declares no access; add the option to its proto file.")
        return Method(
            path=f"/{service}/{descriptor.name}",
            service=service,
            name=descriptor.name,
            level=Level(level),
            permissions=tuple(access.permissions),
            long_running=access.long_running,
            takes_stream=descriptor.client_streaming,
            yields_stream=descriptor.server_streaming,
            query=_query(descriptor),
            check=self._compiler.check_of(descriptor.input_type),
            chatflow_field=_chatflow_field(descriptor, access.chatflow) if Level(level) is Level.KEY else (),
        )

    def _rules_of(self, field: FieldDescriptor) -> Any:
        options = self._options(FIELD_OPTIONS, field)
        return options.Extensions[self._rules] if options.HasExtension(self._rules) else None

    def _reason_of(self, field: FieldDescriptor) -> str:
        number = self._options(FIELD_OPTIONS, field).Extensions[self._violation]
        name = self._reasons[number].name.removeprefix(REASON_PREFIX)
        return Reason.INVALID_ARGUMENT.value if name == "UNSPECIFIED" else name

    def _options(self, kind: str, descriptor: MethodDescriptor | FieldDescriptor) -> Any:
        """The options parsed in this pool. Extensions of the process's default pool have other types and would not be found."""
        class_ = message_factory.GetMessageClass(self.pool.FindMessageTypeByName(kind))
        return class_.FromString(descriptor.GetOptions().SerializeToString())


def load_contract() -> Contract:
    """The contract that this server serves. Reads files and blocks; called once at start."""
    return Contract(descriptor().read_bytes())


def _chatflow_field(descriptor: MethodDescriptor, declared_path: str) -> tuple[str, ...]:
    """The path to the field of a single request that names a chatflow. Raises ``LookupError`` for one that is not there."""
    if descriptor.client_streaming:
        return ()
    path = declared_path or CHATFLOW_ID
    message: Descriptor | None = descriptor.input_type
    for name in path.split("."):
        field = message.fields_by_name.get(name) if message is not None else None
        if field is None:
            if declared_path:
                raise LookupError(f"{descriptor.full_name} has no field {declared_path}; correct its access option.")
            return ()
        message = field.message_type
    return tuple(path.split("."))


def _query(descriptor: MethodDescriptor) -> Query | None:
    rule = _rule(descriptor)
    path = rule.get or rule.delete
    in_path = set(re.findall(r"{(\w+)", path))
    fields = [field for field in descriptor.input_type.fields if field.name not in in_path]
    if not path or not (fields or rule.delete):
        return None
    return Query(
        names={spelling: field.json_name for field in fields for spelling in (field.name, field.json_name)},
        repeatable=frozenset(field.json_name for field in fields if field.is_repeated),
        in_path=frozenset(name.replace("_", "") for name in in_path),
        deletes=bool(rule.delete),
    )


def _rule(descriptor: MethodDescriptor) -> http_pb2.HttpRule:
    """The route of a method; an empty one where it has none."""
    option: Any = annotations_pb2.http
    options = descriptor_pb2.MethodOptions.FromString(descriptor.GetOptions().SerializeToString())
    rule: http_pb2.HttpRule = options.Extensions[option]
    return rule
