"""Maps chatflows between ``tradewind.v1`` messages and domain fields."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import orjson
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.struct_pb2 import Struct
from tradewind.v1 import chatflow_check_pb2
from tradewind.v1 import chatflow_pb2 as pb

from tradewind_server.chatflows.ports import Chatflow, DrawingProblem, OverridableInput
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rpc.json_values import fill_struct, from_struct
from tradewind_server.rpc.mapping.parts import timestamp

TYPES = {
    name.removeprefix("CHATFLOW_TYPE_"): pb.ChatflowType.Name(number) for name, number in pb.ChatflowType.items() if number
}
"""Enum names by chatflow type. Messages accept the name of an enum value."""
TYPE_NAMES = {number: name.removeprefix("CHATFLOW_TYPE_") for name, number in pb.ChatflowType.items() if number}
OBJECTS = (
    "chatbot_config", "api_config", "analytic", "speech_to_text", "text_to_speech", "follow_up_prompts", "mcp_server_config",
)  # fmt: skip
"""Columns that hold JSON text and are ``Struct`` fields in messages."""
PLAIN = {"name": "name", "deployed": "deployed", "is_public": "is_public", "apikey_id": "apikeyid", "category": "category"}
"""Message fields that equal a column, with the column's name."""
OUTPUT = frozenset({"id", "create_time", "update_time", "workspace_id", "version_number", "live_version_number"})
SETTABLE = frozenset({*PLAIN, *OBJECTS, "type", "flow_data"})


def chatflow(flow: Chatflow) -> pb.Chatflow:
    message = pb.Chatflow(
        id=flow.id,
        name=flow.name,
        type=TYPES.get(flow.type),
        apikey_id=flow.apikeyid,
        category=flow.category,
        create_time=timestamp(flow.created_date),
        update_time=timestamp(flow.updated_date),
        workspace_id=flow.workspace_id,
        version_number=flow.version_number,
        live_version_number=flow.live_number,
    )
    if flow.deployed is not None:
        message.deployed = flow.deployed
    if flow.is_public is not None:
        message.is_public = flow.is_public
    for name in ("flow_data", *OBJECTS):
        fill_object(getattr(message, name), getattr(flow, name))
    return message


def chatflow_problem(problem: DrawingProblem) -> chatflow_check_pb2.ChatflowProblem:
    return chatflow_check_pb2.ChatflowProblem(
        sentence=problem.sentence,
        node_id=problem.node_id,
        node_label=problem.node_label,
        node_type=problem.node_type,
    )


def chatflow_input(one: OverridableInput) -> chatflow_check_pb2.ChatflowInput:
    return chatflow_check_pb2.ChatflowInput(
        node_id=one.node_id, node_label=one.node_label, name=one.name, label=one.label, type=one.type, schema=one.schema
    )


def fill_object(target: Struct, text: str | None) -> None:
    """Fill a ``Struct`` from a JSON text. A text that is not a JSON object, as imported rows may hold, leaves it unset."""
    if not text:
        return
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return
    if isinstance(value, dict):
        target.SetInParent()
        fill_struct(target, value)


def new_fields(message: pb.Chatflow) -> dict[str, Any]:
    """The fields of a new chatflow, by column name."""
    return _columns(message, {field.name for field, _ in message.ListFields()} & SETTABLE)


def changed_fields(message: pb.Chatflow, mask: FieldMask | None) -> dict[str, Any]:
    """The changed fields of an update, by column name. With a field mask these are its fields, and absent ones are cleared;
    without a mask, the fields that are set.

    Raises ``InvalidInput(INVALID_ARGUMENT)`` for a name in the mask that cannot be changed.
    """
    if mask is None or not mask.paths:
        return new_fields(message)
    for path in mask.paths:
        if path == "*":
            return _columns(message, SETTABLE)
        if path not in SETTABLE:
            names = ", ".join(sorted(SETTABLE))
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"updateMask: {path[:60]} cannot be changed; it takes {names}.")
    return _columns(message, set(mask.paths))


def _columns(message: pb.Chatflow, names: Collection[str]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name in names:
        if name == "type":
            columns["type"] = TYPE_NAMES.get(message.type, "CHATFLOW")
        elif name == "flow_data":
            columns["flow_data"] = orjson.dumps(from_struct(message.flow_data)).decode()
        elif name in OBJECTS:
            present = message.HasField(name)
            columns[name] = orjson.dumps(from_struct(getattr(message, name))).decode() if present else None
        elif name == "name":
            columns["name"] = message.name
        else:
            columns[PLAIN[name]] = getattr(message, name) if message.HasField(name) else None
    return columns
