"""What sessions said before: read at the start of every turn of a chatflow with a memory."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from tradewind_server.chats.ports import MessageRole
from tradewind_server.store.dialects.dialect import Parameters, SharedWork, StoreDialect
from tradewind_server.store.repositories.message_queries import MESSAGES

History = list[tuple[MessageRole, str]]
"""Roles and contents, oldest first."""


def newest_of(workspace_id: str, chatflow_id: str, session_id: str, most: int) -> Parameters:
    """The parameters that mean the newest messages of one session, ``most`` of them."""
    return {"workspace": workspace_id, "chatflow": chatflow_id, "session": session_id, "most": most}


def histories(dialect: StoreDialect) -> SharedWork[Parameters, History]:
    """Reads many histories at once."""
    columns = MESSAGES.c
    newest = (
        select(columns.role, columns.content)
        .where(
            columns.workspace_id == bindparam("workspace"),
            columns.chatflow_id == bindparam("chatflow"),
            columns.session_id == bindparam("session"),
        )
        .order_by(columns.created_date.desc(), columns.id.desc())
        .limit(bindparam("most"))
    )
    return dialect.oldest_first(newest, (columns.created_date, columns.id))
