"""The lists of an export, one entry for each: how it is read out of a workspace and how its entries become rows.

A new kind of entity that travels is one more entry of :func:`families`. What no entry names stays behind, and is told.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.transfer.chat_entries import (
    EXECUTION_COLUMNS,
    FEEDBACK_COLUMNS,
    MESSAGE_COLUMNS,
    execution_rows,
    feedback_rows,
    history_rows,
    lead_rows,
    message_rows,
)
from tradewind_server.transfer.draft import ImportDraft
from tradewind_server.transfer.entries import Column, entry_of
from tradewind_server.transfer.flow_entries import (
    ASSISTANT_COLUMNS,
    CHATFLOW_COLUMNS,
    TEMPLATE_COLUMNS,
    TOOL_COLUMNS,
    VARIABLE_COLUMNS,
    assistant_rows,
    chatflow_rows,
    template_rows,
    tool_rows,
    variable_rows,
)
from tradewind_server.transfer.ports import Entry, TableRows, TransferStore
from tradewind_server.transfer.store_entries import chunk_entries, chunk_rows, loader_ids, store_entries, store_rows

EXPORT_LISTS = (
    "AgentFlow",
    "AgentFlowV2",
    "AssistantFlow",
    "AssistantCustom",
    "AssistantOpenAI",
    "AssistantAzure",
    "ChatFlow",
    "ChatMessage",
    "ChatMessageFeedback",
    "CustomTemplate",
    "DocumentStore",
    "DocumentStoreFileChunk",
    "Execution",
    "Tool",
    "Variable",
)
"""The lists of a whole export, all of them always present, in Flowise's order."""
CHATFLOW_TYPES_BY_LIST = {
    "ChatFlow": "CHATFLOW",
    "AgentFlow": "MULTIAGENT",
    "AgentFlowV2": "AGENTFLOW",
    "AssistantFlow": "ASSISTANT",
}
ASSISTANT_TYPES_BY_LIST = {"AssistantCustom": "CUSTOM", "AssistantOpenAI": "OPENAI", "AssistantAzure": "AZURE"}
Read = Callable[[TransferStore, str], AsyncIterator[Entry]]
MakeRows = Callable[[Entry, ImportDraft], Sequence[TableRows]]


def _no_ids(entry: Entry) -> Iterable[tuple[str, str]]:
    return ()


@dataclass(frozen=True, slots=True)
class Family:
    """One list of an export. ``rows`` raises ``InvalidInput`` for an entry that is none."""

    name: str
    plural: str
    """What its entries are called in sentences."""
    table: str
    """Where its entries' ids must be free."""
    rows: MakeRows
    read: Read | None = None
    """None for what an export leaves out."""
    of_chats: bool = False
    """Whether it holds what people said."""
    other_ids: Callable[[Entry], Iterable[tuple[str, str]]] = _no_ids
    """Tables and ids inside an entry that must be free too."""


def families(registry: Registry) -> tuple[Family, ...]:
    """All families, in the order in which an import reads them: what others refer to comes first."""
    return (
        *(_chatflows(name, type_) for name, type_ in CHATFLOW_TYPES_BY_LIST.items()),
        *(_assistants(name, type_) for name, type_ in ASSISTANT_TYPES_BY_LIST.items()),
        Family("Tool", "tools", "tool", tool_rows, _reader("tool", TOOL_COLUMNS)),
        Family("CustomTemplate", "templates", "custom_template", template_rows, _reader("custom_template", TEMPLATE_COLUMNS)),
        Family("Variable", "variables", "variable", variable_rows, _reader("variable", VARIABLE_COLUMNS)),
        Family(
            "DocumentStore",
            "document stores",
            "document_store",
            store_rows,
            partial(store_entries, registry=registry),
            other_ids=loader_ids,
        ),
        Family("DocumentStoreFileChunk", "chunks of document stores", "document_store_chunk", chunk_rows, chunk_entries),
        Family(
            "ChatMessage", "messages", "chat_message", message_rows, _reader("chat_message", MESSAGE_COLUMNS), of_chats=True
        ),
        Family(
            "ChatMessageFeedback",
            "feedback",
            "chat_message_feedback",
            feedback_rows,
            _reader("chat_message_feedback", FEEDBACK_COLUMNS),
            of_chats=True,
        ),
        Family("Execution", "executions", "execution", execution_rows, _reader("execution", EXECUTION_COLUMNS), of_chats=True),
        Family("Lead", "leads", "lead", lead_rows, of_chats=True),
        Family("UpsertHistory", "past upserts", "upsert_history", history_rows),
    )


def _assistants(name: str, type_: str) -> Family:
    read = _reader("assistant", ASSISTANT_COLUMNS, {"type": type_})
    return Family(name, "assistants", "assistant", partial(assistant_rows, type_=type_), read)


def _chatflows(name: str, type_: str) -> Family:
    read = _reader("chatflow", CHATFLOW_COLUMNS, {"type": type_})
    return Family(name, "chatflows", "chatflow", partial(chatflow_rows, type_=type_), read)


def _reader(table: str, columns: Sequence[Column], where: Mapping[str, Any] | None = None) -> Read:
    """Reads a table whose rows are the entries."""

    async def read(store: TransferStore, workspace_id: str) -> AsyncIterator[Entry]:
        async for page in store.pages(workspace_id, table, where or {}):
            for row in page:
                yield entry_of(row, columns)

    return read
