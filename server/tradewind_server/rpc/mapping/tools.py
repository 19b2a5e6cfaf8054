"""Maps tools between ``tradewind.v1`` messages and domain fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from google.protobuf.field_mask_pb2 import FieldMask
from tradewind.v1 import tool_pb2 as pb

from tradewind_server.chatflows.tools import StoredTool
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rpc.mapping.parts import timestamp

TYPE_NAMES = {
    number: name.removeprefix("TOOL_PARAMETER_TYPE_").lower() for name, number in pb.ToolParameterType.items() if number
}
TYPES = {name: f"TOOL_PARAMETER_TYPE_{name.upper()}" for name in TYPE_NAMES.values()}
"""Enum names by the type of a stored parameter. Messages accept the name of an enum value."""
SETTABLE = {
    "name": "name",
    "description": "description",
    "color": "color",
    "icon_src": "iconSrc",
    "parameters": "schema",
    "func": "func",
}
"""Message fields that a caller sets, with the entity's public name."""


def tool(row: StoredTool, workspace_id: str) -> pb.Tool:
    return pb.Tool(
        id=row.id,
        name=row.name,
        description=row.description,
        color=row.color,
        icon_src=row.icon_src,
        parameters=_parameters(row.schema),
        func=row.func,
        create_time=timestamp(row.created_date),
        update_time=timestamp(row.updated_date),
        workspace_id=workspace_id,
    )


def _parameters(text: str | None) -> Iterator[pb.ToolParameter]:
    """The parameters in a stored schema; none where it is no list of them."""
    try:
        result = orjson.loads(text or "[]")
    except orjson.JSONDecodeError:
        return
    for item in result if isinstance(result, list) else ():
        if isinstance(item, Mapping) and item.get("property"):
            yield pb.ToolParameter(
                property=str(item["property"]),
                description=str(item.get("description") or ""),
                type=TYPES.get(str(item.get("type"))),
                required=item.get("required") is True,
            )


def new_fields(message: pb.Tool) -> dict[str, Any]:
    """The fields that are set, by the entity's public names."""
    result: dict[str, Any] = {
        name: getattr(message, name) for name in ("name", "description", "color") if getattr(message, name)
    }
    if message.HasField("icon_src"):
        result["iconSrc"] = message.icon_src
    if message.HasField("func"):
        result["func"] = message.func
    if message.parameters:
        result["schema"] = _schema(message)
    return result


def _schema(message: pb.Tool) -> str:
    """The parameters as the canvas stores them."""
    items = [
        {
            "id": number,
            "property": one.property,
            "description": one.description,
            "type": TYPE_NAMES.get(one.type, "string"),
            "required": one.required,
        }
        for number, one in enumerate(message.parameters, 1)
    ]
    return orjson.dumps(items).decode()


def changed_fields(message: pb.Tool, mask: FieldMask | None) -> dict[str, Any]:
    """The changed fields of an update: those of a field mask, where absent ones are cleared, or without one those that are set.

    Raises ``InvalidInput(INVALID_ARGUMENT)`` for a name in the mask that cannot be changed.
    """
    result = new_fields(message)
    if mask is None or not mask.paths:
        return result
    names = tuple(SETTABLE) if "*" in mask.paths else tuple(mask.paths)
    for name in names:
        if name not in SETTABLE:
            columns = ", ".join(SETTABLE)
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"updateMask: {name[:60]} cannot be changed; it takes {columns}.")
    empty = dict.fromkeys(("name", "description", "color"), "")
    return {SETTABLE[name]: result.get(SETTABLE[name], empty.get(name)) for name in names}
