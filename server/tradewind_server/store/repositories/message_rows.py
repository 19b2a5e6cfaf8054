"""Chat messages as rows of their table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from tradewind_server.chats.ports import ChatMessage
from tradewind_server.store.repositories.repository import dump, load, storable

JSON_COLUMNS = (
    "source_documents",
    "used_tools",
    "file_annotations",
    "agent_reasoning",
    "reason_content",
    "file_uploads",
    "action",
    "artifacts",
    "usage",
)
PLAIN_COLUMNS = (
    "id",
    "role",
    "chatflow_id",
    "content",
    "chat_id",
    "created_date",
    "chat_type",
    "session_id",
    "memory_type",
    "execution_id",
    "lead_email",
    "follow_up_prompts",
    "edited_date",
)


def row_of(workspace_id: str, message: ChatMessage) -> dict[str, Any]:
    """The values of all columns of a message."""
    row = {name: getattr(message, name) for name in PLAIN_COLUMNS}
    row["workspace_id"] = workspace_id
    row["content"] = storable(message.content)
    for name in JSON_COLUMNS:
        value = getattr(message, name)
        row[name] = None if value is None else dump(value)
    return row


def message_of(row: Row[Any]) -> ChatMessage:
    """A stored message, without its feedback."""
    values = row._mapping
    return ChatMessage(
        **{name: values[name] for name in PLAIN_COLUMNS},
        **{name: load(values[name]) for name in JSON_COLUMNS},
    )
