"""Every method and every route of the contract, as the descriptor has them, with a request that reaches the rules."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import grpc
from google.api import annotations_pb2
from google.protobuf import descriptor_pb2, message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from tradewind_server.rpc.contract import load_contract
from tradewind_server.rpc.methods import Level

FLOW_FIELDS = ("chatflow_id", "id")
DEADLINE = 30.0
BODY = {"text": "one", "chatId": "one", "chatMessageId": "one"}
"""What bodies need beside the chatflow that they name."""
PAGE_FILE = ("SystemService/DocsFile", "name", "swagger-ui.css")
"""The one method whose request names a thing that is always there."""


@dataclass(frozen=True, slots=True)
class Route:
    """One HTTP binding of a method. ``path`` still has its variables in braces."""

    verb: str
    path: str
    body: str

    def filled(self, flow: str) -> str:
        """The path with the chatflow's id in place of its id, and plain text in place of anything else."""
        parts = []
        for part in self.path.split("/"):
            name = part.strip("{}")
            parts.append(part if name == part else flow if name in FLOW_FIELDS else "one")
        return "/".join(parts)


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the contract: where it is, who may call it, and its routes."""

    path: str
    level: Level
    permissions: tuple[str, ...]
    takes_stream: bool
    yields_stream: bool
    input_type: Descriptor
    routes: tuple[Route, ...]

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    def request(self, flow: str) -> Message:
        """A request for that chatflow; what else it needs is filled with plain values."""
        message: Message = message_factory.GetMessageClass(self.input_type)()
        fill(message, flow)
        if self.name == PAGE_FILE[0]:
            setattr(message, *PAGE_FILE[1:])
        return message

    def code(self, channel: grpc.Channel, message: Message, metadata: Sequence[tuple[str, str]] = ()) -> grpc.StatusCode:
        """What the method answers. A stream is read to its end."""
        return self.outcome(channel, message, metadata)[0]

    def outcome(
        self, channel: grpc.Channel, message: Message, metadata: Sequence[tuple[str, str]] = ()
    ) -> tuple[grpc.StatusCode, bytes]:
        """The code, and all bytes of the answer."""
        makers: Mapping[tuple[bool, bool], Any] = {
            (False, False): channel.unary_unary,
            (False, True): channel.unary_stream,
            (True, False): channel.stream_unary,
            (True, True): channel.stream_stream,
        }
        data = message.SerializeToString()
        call = makers[self.takes_stream, self.yields_stream](self.path)
        given = iter([data]) if self.takes_stream else data
        try:
            answer = call(given, metadata=tuple(metadata), timeout=DEADLINE)
            return grpc.StatusCode.OK, b"".join(answer) if self.yields_stream else answer
        except grpc.RpcError as error:
            return error.code(), (error.details() or "").encode()


def fill(message: Message, flow: str, depth: int = 0) -> None:
    """Ids of chatflows get ``flow``; of a oneof the first member is taken, which is the request of an upload. A body that is
    all of a request names the chatflow itself."""
    if [field.name for field in message.DESCRIPTOR.fields] == ["body"] and flow:
        message.body.data = json.dumps({"chatflowid": flow, "chatflowId": flow, **BODY}).encode()  # type: ignore[attr-defined]
        return
    for field in message.DESCRIPTOR.fields:
        taken = field.containing_oneof is not None and field.containing_oneof.fields[0] is not field
        if taken and not field.has_presence:
            continue
        if field.containing_oneof is not None and len(field.containing_oneof.fields) > 1 and taken:
            continue
        if field.name in FLOW_FIELDS and field.type == FieldDescriptor.TYPE_STRING:
            setattr(message, field.name, flow)
        elif field.name in ("message_id", "feedback_id", "lead_id"):
            setattr(message, field.name, id_within(flow, field.name) if flow else "")
        elif field.name == "rating" and field.type == FieldDescriptor.TYPE_ENUM:
            setattr(message, field.name, 1)
        elif (
            field.name in ("chat_id", "chat_message_id", "question", "text", "file_name", "name")
            and field.type == FieldDescriptor.TYPE_STRING
        ):
            setattr(message, field.name, "one")
        elif field.name in ("ids", "chatflow_ids") and field.type == FieldDescriptor.TYPE_STRING:
            getattr(message, field.name).append(flow)
        elif (
            field.name in ("options", "chatflow", "prediction", "predict", "request")
            and field.message_type is not None
            and depth < 2
        ):
            getattr(message, field.name).SetInParent()
            fill(getattr(message, field.name), flow, depth + 1)


def id_within(flow: str, name: str) -> str:
    """The id of a message or of a feedback that ``flow`` may have: always the same one."""
    return str(uuid.uuid5(uuid.UUID(flow), name))


def methods() -> list[Method]:
    """All methods of the contract."""
    contract = load_contract()
    known = contract.methods()
    found = []
    for service in contract.services():
        for one in service.methods:
            method = known[f"/{service.full_name}/{one.name}"]
            found.append(
                Method(
                    path=method.path,
                    level=method.level,
                    permissions=method.permissions,
                    takes_stream=method.takes_stream,
                    yields_stream=method.yields_stream,
                    input_type=one.input_type,
                    routes=tuple(_routes(descriptor_pb2.MethodOptions.FromString(one.GetOptions().SerializeToString()))),
                )
            )
    return found


def _routes(options: descriptor_pb2.MethodOptions) -> Iterator[Route]:
    extension: Any = annotations_pb2.http
    if not options.HasExtension(extension):
        return
    rule = options.Extensions[extension]
    for one in (rule, *rule.additional_bindings):
        verb = one.WhichOneof("pattern")
        if verb == "custom":
            yield Route(one.custom.kind, one.custom.path, one.body)
        else:
            yield Route(verb.upper(), getattr(one, verb), one.body)
