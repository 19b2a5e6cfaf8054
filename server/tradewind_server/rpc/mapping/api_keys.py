"""Maps API keys between ``tradewind.v1`` messages and domain fields. No message holds a digest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from google.protobuf.field_mask_pb2 import FieldMask
from tradewind.v1 import api_key_pb2 as pb

from tradewind_server.access.ports import ApiKey, KeyedChatflow
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rpc.mapping.parts import timestamp

NAMES = {"name": "name", "permissions": "permissions", "chatflow_ids": "chatflow_ids", "expire_time": "expires_date"}
"""Fields that a caller may change, by their name in the mask."""


def api_key(row: ApiKey, chatflows: Iterable[KeyedChatflow] = ()) -> pb.ApiKey:
    """The key; ``chatflows`` ask for it."""
    return pb.ApiKey(
        id=row.id,
        name=row.name,
        prefix=row.prefix,
        permissions=sorted(row.permissions),
        chatflow_ids=sorted(row.chatflow_ids),
        expire_time=timestamp(row.expires_date) if row.expires_date else None,
        create_time=timestamp(row.created_date),
        update_time=timestamp(row.updated_date),
        last_use_time=timestamp(row.last_used) if row.last_used else None,
        previous_expire_time=timestamp(row.previous_until) if row.previous_until else None,
        workspace_id=row.workspace_id,
        keyed_chatflows=map(keyed_chatflow, chatflows),
    )


def keyed_chatflow(row: KeyedChatflow) -> pb.KeyedChatflow:
    return pb.KeyedChatflow(id=row.id, name=row.name)


def key_fields(message: pb.ApiKey) -> dict[str, Any]:
    """The fields that are set, by the domain's names."""
    fields: dict[str, Any] = {}
    if message.name:
        fields["name"] = message.name
    if message.permissions:
        fields["permissions"] = list(message.permissions)
    if message.chatflow_ids:
        fields["chatflow_ids"] = list(message.chatflow_ids)
    if message.HasField("expire_time"):
        fields["expires_date"] = _moment(message)
    return fields


def changed_key_fields(message: pb.ApiKey, mask: FieldMask | None) -> dict[str, Any]:
    """The changed fields of an update: those of a field mask, where absent ones are cleared, or without one those that are set.

    Raises ``InvalidInput(INVALID_ARGUMENT)`` for a name in the mask that cannot be changed.
    """
    fields = key_fields(message)
    if mask is None or not mask.paths:
        return fields
    paths = tuple(NAMES) if "*" in mask.paths else tuple(mask.paths)
    for path in paths:
        if path not in NAMES:
            raise InvalidInput(
                Reason.INVALID_ARGUMENT, f"updateMask: {path[:60]} cannot be changed; it takes {', '.join(NAMES)}."
            )
    empty: dict[str, Any] = {"name": "", "permissions": [], "chatflow_ids": [], "expires_date": None}
    return {NAMES[path]: fields.get(NAMES[path], empty[NAMES[path]]) for path in paths}


def _moment(message: pb.ApiKey) -> Any:
    try:
        return message.expire_time.ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise InvalidInput(Reason.INVALID_ARGUMENT, "expireTime is no date of the years 1 to 9999.") from None
