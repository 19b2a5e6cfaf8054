"""Maps variables between ``tradewind.v1`` messages and domain fields."""

from __future__ import annotations

from typing import Any

from google.protobuf.field_mask_pb2 import FieldMask
from tradewind.v1 import variable_pb2 as pb

from tradewind_server.chatflows.variables import RUNTIME, STATIC, Variable
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rpc.mapping.parts import timestamp

TYPES = {STATIC: pb.VARIABLE_TYPE_STATIC, RUNTIME: pb.VARIABLE_TYPE_RUNTIME}
TYPE_NAMES = {number: name for name, number in TYPES.items()}
SETTABLE = ("name", "value", "type")


def variable(row: Variable, workspace_id: str) -> pb.Variable:
    return pb.Variable(
        id=row.id,
        name=row.name,
        value=row.value,
        type=TYPES.get(row.type),
        create_time=timestamp(row.created_date),
        update_time=timestamp(row.updated_date),
        workspace_id=workspace_id,
    )


def new_fields(message: pb.Variable) -> dict[str, Any]:
    """The fields that are set, by the domain's names."""
    fields: dict[str, Any] = {}
    if message.name:
        fields["name"] = message.name
    if message.HasField("value"):
        fields["value"] = message.value
    if message.type:
        fields["type"] = TYPE_NAMES[message.type]
    return fields


def changed_fields(message: pb.Variable, mask: FieldMask | None) -> dict[str, Any]:
    """The changed fields of an update: those of a field mask, where absent ones are cleared, or without one those that are set.

    Raises ``InvalidInput(INVALID_ARGUMENT)`` for a name in the mask that cannot be changed.
    """
    fields = new_fields(message)
    if mask is None or not mask.paths:
        return fields
    names = SETTABLE if "*" in mask.paths else tuple(mask.paths)
    for name in names:
        if name not in SETTABLE:
            columns = ", ".join(SETTABLE)
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"updateMask: {name[:60]} cannot be changed; it takes {columns}.")
    empty = {"name": "", "value": None, "type": STATIC}
    return {name: fields.get(name, empty[name]) for name in names}
