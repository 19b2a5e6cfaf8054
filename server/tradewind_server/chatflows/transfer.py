"""Reads and writes Flowise's export files: chatflows, variables, and the kinds of entries that are not imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.variables import LONGEST_VALUE, VARIABLE_TYPES, Variable
from tradewind_server.errors import InvalidInput, Reason

LONGEST_NAME = 255
FLOW_LISTS = ("ChatFlow", "AgentFlow", "AgentFlowV2", "AssistantFlow")
VARIABLES = "Variable"
NOT_TAKEN = {
    "AssistantCustom": "assistants",
    "AssistantOpenAI": "assistants",
    "AssistantAzure": "assistants",
    "Tool": "tools",
    "CustomTemplate": "templates",
    "DocumentStore": "document stores",
    "DocumentStoreFileChunk": "chunks of document stores",
    "ChatMessage": "chat messages",
    "ChatMessageFeedback": "feedback",
    "Execution": "executions",
}
"""The lists of a whole export that are not imported, with their names in messages."""
COLUMN_NAMES = {
    "flow_data": "flowData",
    "chatbot_config": "chatbotConfig",
    "api_config": "apiConfig",
    "speech_to_text": "speechToText",
    "text_to_speech": "textToSpeech",
    "follow_up_prompts": "followUpPrompts",
    "mcp_server_config": "mcpServerConfig",
    "is_public": "isPublic",
}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The result of an import. ``left_out`` has one sentence about the entries that were not imported."""

    chatflows: Sequence[tuple[Chatflow, list[str]]]
    """The stored chatflows with their notes, in the order of the file."""
    variables: Sequence[str] = ()
    left_out: Sequence[str] = ()


def exported_entries(data: Any) -> list[Any]:
    """The raw chatflow entries of a file; none for a value that is neither a list nor an object."""
    if isinstance(data, list):
        return data
    if _is_whole_export(data):
        return [one for name in FLOW_LISTS if isinstance(data.get(name), list) for one in data[name]]
    return [data] if isinstance(data, dict) else []


def _is_whole_export(data: Any) -> bool:
    """Whether a file is a whole export: an object of lists, without the keys of a drawing or of a stored chatflow."""
    if not isinstance(data, dict) or "nodes" in data or "flowData" in data:
        return False
    return any(isinstance(data.get(name), list) for name in (*FLOW_LISTS, VARIABLES, *NOT_TAKEN))


def left_out(data: Any) -> list[str]:
    """One sentence that names the kinds of entries that are not imported; no sentence when there are none."""
    kinds = _kinds_not_taken(data)
    return [f"The file's {_sentence_list(kinds)} are not taken: an import stores chatflows and variables."] if kinds else []


def nothing_taken(data: Any) -> str:
    """The error message for a file without a chatflow or variable."""
    kinds = _kinds_not_taken(data)
    holds = f"holds only {_sentence_list(kinds)}, which are not taken" if kinds else "holds no chatflow"
    return f"The file {holds}; export a chatflow from the canvas as JSON."


def _kinds_not_taken(data: Any) -> list[str]:
    if not _is_whole_export(data):
        return []
    return list(dict.fromkeys(kind for name, kind in NOT_TAKEN.items() if isinstance(data.get(name), list) and data[name]))


def _sentence_list(kinds: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(kinds[:-1]), kinds[-1]) if part)


def entry_fields(raw: Any, name: str | None) -> dict[str, Any]:
    """The fields of one exported chatflow, by column name, without its ``apikeyid``. Raises ``InvalidInput``."""
    if not isinstance(raw, dict):
        raise InvalidInput(Reason.INVALID_CHATFLOW, "An entry of the file is not a chatflow.")
    if "nodes" in raw:
        return {"name": name or raw.get("name") or "Untitled", "flow_data": orjson.dumps(raw).decode()}
    names = {public: private for private, public in COLUMN_NAMES.items()}
    fields: dict[str, Any] = {names.get(str(key), str(key)): value for key, value in raw.items()}
    fields.pop("apikeyid", None)
    for flag in ("deployed", "is_public"):
        if flag in fields and fields[flag] is not None:
            fields[flag] = bool(fields[flag])
    if isinstance(fields.get("flow_data"), dict):
        fields["flow_data"] = orjson.dumps(fields["flow_data"]).decode()
    if not isinstance(fields.get("flow_data"), str):
        raise InvalidInput(Reason.INVALID_CHATFLOW, "An entry of the file has neither nodes nor flowData.")
    return fields


@contextmanager
def name_errors(entry: dict[str, Any], position: int) -> Iterator[None]:
    """Puts position and name of the chatflow in front of the message of an ``InvalidInput``. ``position`` counts from 0."""
    try:
        yield
    except InvalidInput as error:
        name = str(entry.get("name") or "").strip()[:LONGEST_NAME] or "without a name"
        message = f"Chatflow {position + 1} of the file, {name}: {error.message}"
        raise InvalidInput(error.reason, message, **error.metadata) from None


def variable(raw: Any, new_id: str, moment: datetime) -> Variable:
    """One variable of an export. Raises ``InvalidInput(INVALID_ARGUMENT)`` for one without a name or with too long a value.

    A ``runtime`` variable has no value in an export: it stands in the environment of the server.
    """
    name = raw.get("name") if isinstance(raw, dict) else None
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInput(Reason.INVALID_ARGUMENT, "A variable of the file has no name.")
    value, type_ = raw.get("value"), raw.get("type")
    if isinstance(value, str) and len(value) > LONGEST_VALUE:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"A variable of the file is longer than {LONGEST_VALUE} characters.")
    kind = type_ if type_ in VARIABLE_TYPES else VARIABLE_TYPES[0]
    return Variable(new_id, name, value if isinstance(value, str) and value else None, kind, moment, moment)


def exported_chatflow(flow: Chatflow) -> dict[str, Any]:
    """A chatflow as an entry of an export file."""
    fields = {name: getattr(flow, name) for name in ("id", "name", "type", "category", "deployed")}
    return {**fields, **{public: getattr(flow, private) for private, public in COLUMN_NAMES.items()}}
