"""Chatflows, tools, assistants, variables and templates as rows and entries."""

from __future__ import annotations

from collections.abc import Sequence

from tradewind_server.chatflows.assistants import checked_fields as checked_assistant
from tradewind_server.chatflows.ids import UUID
from tradewind_server.chatflows.service import WRITABLE, check_fields
from tradewind_server.chatflows.tools import GREY, checked_fields
from tradewind_server.chatflows.transfer import entry_fields, variable
from tradewind_server.chatflows.variables import RUNTIME, not_opened
from tradewind_server.chatflows.versions import VERSION_COLUMNS
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.transfer.draft import ImportDraft
from tradewind_server.transfer.entries import Column, row_of
from tradewind_server.transfer.ports import Entry, Row, TableRows

DATES = (Column("createdDate", "created_date", "date", True), Column("updatedDate", "updated_date", "date", True))
CHATFLOW_COLUMNS = (
    Column("id", "id", is_required=True),
    Column("name", "name", is_required=True),
    Column("flowData", "flow_data", is_required=True),
    Column("deployed", "deployed", "flag"),
    Column("isPublic", "is_public", "flag"),
    Column("apikeyid", "apikeyid"),
    Column("chatbotConfig", "chatbot_config", "json"),
    Column("apiConfig", "api_config", "json"),
    Column("analytic", "analytic", "json"),
    Column("speechToText", "speech_to_text", "json"),
    Column("textToSpeech", "text_to_speech", "json"),
    Column("followUpPrompts", "follow_up_prompts", "json"),
    Column("mcpServerConfig", "mcp_server_config", "json"),
    Column("category", "category"),
    Column("type", "type", is_required=True),
    *DATES,
)
TOOL_COLUMNS = (
    Column("id", "id", is_required=True),
    Column("name", "name", is_required=True),
    Column("description", "description", is_required=True),
    Column("color", "color", is_required=True),
    Column("iconSrc", "icon_src"),
    Column("schema", "schema", "json"),
    Column("func", "func"),
    *DATES,
)
ASSISTANT_COLUMNS = (
    Column("id", "id", is_required=True),
    Column("details", "details", is_required=True),
    Column("credential", "credential", is_required=True),
    Column("iconSrc", "icon_src"),
    Column("type", "type", is_required=True),
    *DATES,
)
LONGEST_TEMPLATE = 10_000_000
"""Most characters of a template's drawing."""
TEMPLATE_COLUMNS = (
    Column("id", "id", is_required=True),
    Column("name", "name", is_required=True, longest=255),
    Column("flowData", "flow_data", "json", is_required=True),
    Column("description", "description", longest=10_000),
    Column("badge", "badge", longest=255),
    Column("framework", "framework", longest=255),
    Column("usecases", "usecases", "json"),
    Column("type", "type", longest=255),
    *DATES,
)
VARIABLE_COLUMNS = (
    Column("id", "id", is_required=True),
    Column("name", "name", is_required=True),
    Column("value", "value"),
    Column("type", "type", is_required=True),
    *DATES,
)


def chatflow_rows(entry: Entry, draft: ImportDraft, type_: str) -> Sequence[TableRows]:
    """A chatflow with its first version. Raises ``InvalidInput``.

    One that asks for an API key which is not here stays closed until its owner assigns another.
    """
    entry = {**entry, "type": entry.get("type") or type_, "name": entry.get("name") or "Untitled"}
    fields = check_fields(entry_fields(entry, None), draft.drawings)
    if "flow_data" not in fields:
        raise InvalidInput(Reason.INVALID_CHATFLOW, "flowData is missing.")
    row: Row = {one.column: None for one in CHATFLOW_COLUMNS}
    row.update({name: value for name, value in fields.items() if name in WRITABLE})
    row.update(row_of(entry, (CHATFLOW_COLUMNS[0], *DATES), draft.now))
    row["apikeyid"] = _key_of(entry, draft)
    row.update(version=1, version_number=1)
    draft.chatflows.add(row["id"])
    version = {name: row[name] for name in VERSION_COLUMNS}
    version.update(chatflow_id=row["id"], number=1, date=row["updated_date"])
    return (TableRows("chatflow", [row]), TableRows("chatflow_version", [version]))


def _key_of(entry: Entry, draft: ImportDraft) -> str | None:
    key = entry.get("apikeyid")
    if not key:
        return None
    if draft.key_owners.get(str(key)) == draft.workspace_id:
        return str(key)
    draft.note(
        f"The chatflow {entry['name']} asks for an API key that is not here: it answers nobody until another is assigned."
    )
    return str(key) if UUID.fullmatch(str(key)) and str(key) not in draft.key_owners else draft.new_id()


def tool_rows(entry: Entry, draft: ImportDraft) -> Sequence[TableRows]:
    """A tool. Raises ``InvalidInput``."""
    fields = checked_fields({"description": "", "color": GREY, **entry})
    if "name" not in fields:
        raise InvalidInput(Reason.INVALID_ARGUMENT, "name is missing.")
    row = {"color": GREY, "description": "", "icon_src": None, "schema": None, "func": None, **fields}
    return (TableRows("tool", [{**row, **row_of(entry, (TOOL_COLUMNS[0], *DATES), draft.now)}]),)


def assistant_rows(entry: Entry, draft: ImportDraft, type_: str) -> Sequence[TableRows]:
    """An assistant. Raises ``InvalidInput``. Its credential is an id that its editor made, and no key."""
    fields = checked_assistant({**entry, "type": type_, "credential": None})
    if "details" not in fields:
        raise InvalidInput(Reason.INVALID_ARGUMENT, "details is missing.")
    credential = entry.get("credential")
    fields["credential"] = credential if isinstance(credential, str) and UUID.fullmatch(credential) else draft.new_id()
    return (TableRows("assistant", [{"icon_src": None, **fields, **row_of(entry, (TOOL_COLUMNS[0], *DATES), draft.now)}]),)


def template_rows(entry: Entry, draft: ImportDraft) -> Sequence[TableRows]:
    """A template of a canvas, kept as it is for the next export. Raises ``InvalidInput``."""
    row = row_of(entry, TEMPLATE_COLUMNS, draft.now)
    if not row["flow_data"] or len(row["flow_data"]) > LONGEST_TEMPLATE:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"flowData must be a text of 1 to {LONGEST_TEMPLATE} characters.")
    return (TableRows("custom_template", [row]),)


def variable_rows(entry: Entry, draft: ImportDraft) -> Sequence[TableRows]:
    """A variable, unless its name is taken. Raises ``InvalidInput``."""
    item = variable(entry, str(entry["id"]), draft.now)
    if item.name in draft.variable_names:
        draft.note(f"The variable {item.name} is here already and keeps its value.")
        return ()
    draft.variable_names.add(item.name)
    if item.type == RUNTIME and item.name not in draft.open_names:
        draft.note(not_opened(item.name))
    dates = row_of(entry, DATES, draft.now)
    return (TableRows("variable", [{"id": item.id, "name": item.name, "value": item.value, "type": item.type, **dates}]),)
