"""Messages, feedback, leads and past upserts as rows and entries."""

from __future__ import annotations

from collections.abc import Sequence

from tradewind_server.chatflows.ids import LONGEST_ID
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.transfer.draft import ImportDraft
from tradewind_server.transfer.entries import Column, row_of
from tradewind_server.transfer.ports import Entry, TableRows

ROLES = {"userMessage": "userMessage", "apiMessage": "apiMessage", "user": "userMessage", "assistant": "apiMessage"}
CHAT_TYPES = ("INTERNAL", "EXTERNAL", "MCP", "EVALUATION", "SCHEDULED", "WEBHOOK")
ENDED_STATES = ("FINISHED", "ERROR", "TERMINATED", "TIMEOUT")
RATINGS = ("THUMBS_UP", "THUMBS_DOWN")
CHATFLOW = Column("chatflowid", "chatflow_id", is_required=True)
CREATED = Column("createdDate", "created_date", "date", True)
CHAT = Column("chatId", "chat_id", is_required=True, longest=LONGEST_ID)
ID = Column("id", "id", is_required=True)
MESSAGE_COLUMNS = (
    ID,
    Column("role", "role", is_required=True),
    CHATFLOW,
    Column("content", "content", is_required=True),
    Column("executionId", "execution_id", longest=36),
    Column("sourceDocuments", "source_documents", "json"),
    Column("usedTools", "used_tools", "json"),
    Column("fileAnnotations", "file_annotations", "json"),
    Column("agentReasoning", "agent_reasoning", "json"),
    Column("reasonContent", "reason_content", "json"),
    Column("fileUploads", "file_uploads", "json"),
    Column("artifacts", "artifacts", "json"),
    Column("action", "action", "json"),
    Column("chatType", "chat_type", is_required=True, longest=16),
    CHAT,
    Column("memoryType", "memory_type"),
    Column("sessionId", "session_id", longest=LONGEST_ID),
    Column("leadEmail", "lead_email"),
    Column("followUpPrompts", "follow_up_prompts", "json"),
    Column("usage", "usage", "json"),
    CREATED,
    Column("editedDate", "edited_date", "date"),
)
FEEDBACK_COLUMNS = (
    ID,
    CHATFLOW,
    CHAT,
    Column("messageId", "message_id", is_required=True),
    Column("rating", "rating", is_required=True),
    Column("content", "content"),
    CREATED,
)
LEAD_COLUMNS = (ID, CHATFLOW, CHAT, Column("name", "name"), Column("email", "email"), Column("phone", "phone"), CREATED)
EXECUTION_COLUMNS = (
    ID,
    Column("executionData", "execution_data", "json", True),
    Column("state", "state", is_required=True),
    Column("agentflowId", "chatflow_id", is_required=True),
    Column("sessionId", "session_id", is_required=True, longest=LONGEST_ID),
    Column("isPublic", "is_public", "flag"),
    CREATED,
    Column("updatedDate", "updated_date", "date", True),
    Column("stoppedDate", "stopped_date", "date"),
)
HISTORY_COLUMNS = (
    ID,
    CHATFLOW,
    Column("result", "result", "json", True),
    Column("flowData", "flow_data", "json", True),
    Column("date", "date", "date", True),
)


def message_rows(entry: Entry, draft: ImportDraft) -> Sequence[TableRows]:
    """A message of a chatflow of the file. Raises ``InvalidInput``."""
    if not _has_chatflow(entry, draft, "Messages of chatflows that are not there were left out."):
        return ()
    role = ROLES.get(str(entry.get("role")))
    if role is None:
        raise InvalidInput(Reason.INVALID_ARGUMENT, "role must be userMessage or apiMessage.")
    chat_type = entry.get("chatType")
    values = {
        **entry,
        "role": role,
        "content": entry.get("content") or "",
        "chatType": chat_type if chat_type in CHAT_TYPES else "INTERNAL",
    }
    row = row_of(values, MESSAGE_COLUMNS, draft.now)
    draft.messages.add(row["id"])
    return (TableRows("chat_message", [row]),)


def feedback_rows(entry: Entry, draft: ImportDraft) -> Sequence[TableRows]:
    """The feedback of a message of the file. Raises ``InvalidInput``."""
    message = str(entry.get("messageId"))
    if message not in draft.messages or message in draft.rated_messages:
        draft.leave_out("Feedback of messages that are not there, or that have one already, was left out.")
        return ()
    if entry.get("rating") not in RATINGS:
        raise InvalidInput(Reason.INVALID_ARGUMENT, "rating must be THUMBS_UP or THUMBS_DOWN.")
    draft.rated_messages.add(message)
    return (TableRows("chat_message_feedback", [row_of(entry, FEEDBACK_COLUMNS, draft.now)]),)


def execution_rows(entry: Entry, draft: ImportDraft) -> Sequence[TableRows]:
    """A run of an agent flow, with its trace. One that had not ended cannot go on here: it is terminated."""
    if entry.get("agentflowId") not in draft.chatflows:
        draft.leave_out("Executions of chatflows that are not there were left out.")
        return ()
    state = entry.get("state")
    values = {
        **entry,
        "state": state if state in ENDED_STATES else "TERMINATED",
        "executionData": entry.get("executionData") or "[]",
    }
    return (TableRows("execution", [row_of(values, EXECUTION_COLUMNS, draft.now)]),)


def lead_rows(entry: Entry, draft: ImportDraft) -> Sequence[TableRows]:
    if not _has_chatflow(entry, draft, "Leads of chatflows that are not there were left out."):
        return ()
    return (TableRows("lead", [row_of(entry, LEAD_COLUMNS, draft.now)]),)


def history_rows(entry: Entry, draft: ImportDraft) -> Sequence[TableRows]:
    if not _has_chatflow(entry, draft, "Past upserts of chatflows that are not there were left out."):
        return ()
    values = {**entry, "result": entry.get("result") or "{}", "flowData": entry.get("flowData") or "[]"}
    return (TableRows("upsert_history", [row_of(values, HISTORY_COLUMNS, draft.now)]),)


def _has_chatflow(entry: Entry, draft: ImportDraft, sentence: str) -> bool:
    if entry.get("chatflowid") in draft.chatflows:
        return True
    draft.leave_out(sentence)
    return False
