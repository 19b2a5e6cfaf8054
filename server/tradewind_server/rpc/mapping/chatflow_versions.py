"""Maps versions of chatflows to ``tradewind.v1`` messages."""

from __future__ import annotations

from tradewind.v1 import chatflow_pb2
from tradewind.v1 import chatflow_version_pb2 as pb

from tradewind_server.chatflows.versions import VERSION_COLUMNS, ChatflowVersion, VersionSummary
from tradewind_server.rpc.mapping.chatflows import OBJECTS, TYPES, fill_object
from tradewind_server.rpc.mapping.parts import timestamp

assert {*OBJECTS, "flow_data", "type"} == {*VERSION_COLUMNS}, "a version is a type and JSON texts"


def version_summary(version: VersionSummary) -> pb.ChatflowVersionSummary:
    return pb.ChatflowVersionSummary(
        number=version.number, save_time=timestamp(version.date), labels=version.labels, size=version.size
    )


def version_texts(version: ChatflowVersion) -> chatflow_pb2.Chatflow:
    """The drawing, type and settings of a version."""
    message = chatflow_pb2.Chatflow(type=TYPES.get(version.type))
    for name in ("flow_data", *OBJECTS):
        fill_object(getattr(message, name), getattr(version, name))
    return message
