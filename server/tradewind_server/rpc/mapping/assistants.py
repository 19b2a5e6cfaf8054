"""Maps assistants between ``tradewind.v1`` messages and domain fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tradewind.v1 import assistant_pb2 as pb

from tradewind_server.chatflows.assistants import StoredAssistant, details_of
from tradewind_server.rpc.mapping.parts import timestamp

PREFIX = "ASSISTANT_TYPE_"
MOST_STORES = 100


def assistant(row: StoredAssistant, workspace_id: str) -> pb.Assistant:
    details = details_of(row)
    return pb.Assistant(
        id=row.id,
        details=row.details,
        credential=row.credential,
        icon_src=row.icon_src,
        type=PREFIX + row.type,
        name=_text(details.get("name")),
        instruction=_text(details.get("instruction")),
        chatflow_id=_text(details.get("flowId")),
        document_stores=_stores(details.get("documentStores")),
        create_time=timestamp(row.created_date),
        update_time=timestamp(row.updated_date),
        workspace_id=workspace_id,
    )


def type_name(number: int) -> str | None:
    """The name of a type, as it is stored; None for the value that is not set."""
    return pb.AssistantType.Name(number).removeprefix(PREFIX) if number else None


def fields_of(message: pb.Assistant) -> dict[str, Any]:
    """The fields that are set, by the entity's public names."""
    result: dict[str, Any] = {}
    if message.HasField("details"):
        result["details"] = message.details
    if message.HasField("credential"):
        result["credential"] = message.credential
    if message.HasField("icon_src"):
        result["iconSrc"] = message.icon_src or None
    if message.type:
        result["type"] = type_name(message.type)
    return result


def _stores(value: Any) -> Iterator[pb.AssistantDocumentStore]:
    for store in value[:MOST_STORES] if isinstance(value, list) else ():
        if isinstance(store, Mapping):
            yield pb.AssistantDocumentStore(
                id=_text(store.get("id")),
                name=_text(store.get("name")),
                description=_text(store.get("description")),
                return_source_documents=store.get("returnSourceDocuments") is True,
            )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
