"""Stored chatflows: what may be saved, and chatflows as files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import orjson

from tradewind_server.access.ports import Credentials
from tradewind_server.bounded_json import check_size, without_mark
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.chatflows import CHATFLOW_TYPES, Chatflow, Chatflows
from tradewind_server.flows.flowdata import parse_flow
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.notes import notes_on
from tradewind_server.flows.prediction import UUID, check_id
from tradewind_server.flows.variables import VARIABLE_TYPES, Variable, Variables

JSON_FIELDS = (
    "chatbot_config",
    "api_config",
    "analytic",
    "speech_to_text",
    "text_to_speech",
    "follow_up_prompts",
    "mcp_server_config",
)
WRITABLE = frozenset({"name", "flow_data", "type", "deployed", "is_public", "apikeyid", "category", *JSON_FIELDS})
LONGEST_NAME = 255
EXPORT_LISTS = ("ChatFlow", "AgentFlow", "AgentFlowV2", "AssistantFlow")
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


class ChatflowService:
    """Keeps chatflows of a workspace. Missing and foreign ones look the same: ``NotFound(CHATFLOW_NOT_FOUND)``."""

    def __init__(
        self,
        *,
        chatflows: Chatflows,
        credentials: Credentials,
        variables: Variables,
        registry: Registry,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
        blobs: Blobs | None = None,
        clear_stores: Callable[[Chatflow], Awaitable[None]] | None = None,
    ) -> None:
        """``clear_stores`` takes what a deleted chatflow has left out of the vector stores."""
        self._chatflows = chatflows
        self._credentials = credentials
        self._variables = variables
        self._registry = registry
        self._new_id = new_id
        self._now = now
        self._blobs = blobs
        self._clear_stores = clear_stores

    async def create(self, workspace_id: str, fields: Mapping[str, Any]) -> Chatflow:
        """Store a new chatflow. A node type that does not run here is no obstacle: it is refused when the flow is run."""
        checked = check_fields(fields)
        if "flow_data" not in checked:
            raise InvalidInput(Reason.INVALID_CHATFLOW, "flowData is missing; send the drawing as JSON text.")
        now = self._now()
        values = {"name": "Untitled", "type": "CHATFLOW", **checked}
        return await self._chatflows.create(
            Chatflow(id=self._new_id(), workspace_id=workspace_id, created_date=now, updated_date=now, **values)
        )

    async def get(self, workspace_id: str, chatflow_id: str) -> Chatflow:
        flow = await self._chatflows.get(workspace_id, check_id(chatflow_id))
        if flow is None:
            raise not_found(chatflow_id)
        return flow

    async def update(self, workspace_id: str, chatflow_id: str, fields: Mapping[str, Any]) -> Chatflow:
        """Change the given fields only."""
        flow = await self._chatflows.update(workspace_id, check_id(chatflow_id), check_fields(fields))
        if flow is None:
            raise not_found(chatflow_id)
        return flow

    async def delete(self, workspace_id: str, chatflow_id: str) -> int:
        """Delete a chatflow with its messages, files and records, and what it alone has put into vector stores."""
        flow = await self.get(workspace_id, chatflow_id)
        deleted = await self._chatflows.delete(workspace_id, flow.id)
        if not deleted:
            raise not_found(chatflow_id)
        if self._blobs is not None:
            await self._blobs.delete_owner(workspace_id, flow.id)
        if self._clear_stores is not None:
            await self._clear_stores(flow)
        return deleted

    async def import_file(self, workspace_id: str, data: Any, name: str | None = None) -> list[tuple[Chatflow, list[str]]]:
        """Store the chatflows of an exported file under new ids: a drawing, a stored chatflow, a list, or a whole export.

        Variables of a whole export are stored too. Nothing is stored when one of them is not valid. With each chatflow
        come notes on what will be different here.
        """
        entries = [_entry(raw, name) for raw in _entries(data)]
        if not entries:
            raise InvalidInput(Reason.INVALID_CHATFLOW, "The file holds no chatflow; export one from the canvas as JSON.")
        for entry in entries:
            parse_flow(check_fields(entry)["flow_data"])
        await self._import_variables(workspace_id, data)
        stored = [await self.create(workspace_id, entry) for entry in entries]
        return [(chatflow, await self.notes(workspace_id, chatflow)) for chatflow in stored]

    async def _import_variables(self, workspace_id: str, data: Any) -> None:
        """Values that the export blanked stay as they are here."""
        raw = data.get("Variable") if isinstance(data, dict) else None
        moment = self._now()
        variables = [_variable(one, self._new_id(), moment) for one in raw] if isinstance(raw, list) else []
        known = await self._variables.values(workspace_id) if variables else {}
        await self._variables.put(workspace_id, [one for one in variables if one.value or one.name not in known])

    async def notes(self, workspace_id: str, chatflow: Chatflow) -> list[str]:
        """What of a chatflow will be different on this server, one sentence each."""

        async def holds(credential: str) -> bool:
            return await self._credentials.reveal(workspace_id, credential) is not None

        variables = await self._variables.values(workspace_id)
        return await notes_on(chatflow, parse_flow(chatflow.flow_data), self._registry, variables, holds)

    async def export_file(self, workspace_id: str, ids: list[str]) -> dict[str, Any]:
        """Chatflows as Flowise's own export has them."""
        if ids:
            flows = [await self.get(workspace_id, one) for one in ids]
        else:
            flows, _ = await self._chatflows.list(workspace_id)
        return {"ChatFlow": [_exported(flow) for flow in flows]}

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[Chatflow], int]:
        if type_ is not None:
            check_type(type_)
        return await self._chatflows.list(workspace_id, type_, offset, limit)


def not_found(chatflow_id: str) -> NotFound:
    return NotFound(Reason.CHATFLOW_NOT_FOUND, f"Chatflow {chatflow_id} not found")


def check_type(type_: Any) -> str:
    if type_ not in CHATFLOW_TYPES:
        raise InvalidInput(Reason.INVALID_CHATFLOW, f"Invalid Chatflow Type: it must be one of {', '.join(CHATFLOW_TYPES)}.")
    return str(type_)


def check_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields a caller may set, checked; others are ignored. Raises ``InvalidInput(INVALID_CHATFLOW)``."""
    checked = {name: value for name, value in fields.items() if name in WRITABLE}
    if checked.get("name") is None:
        checked.pop("name", None)
    elif not 0 < len(str(checked["name"]).strip()) <= LONGEST_NAME:
        raise InvalidInput(Reason.INVALID_CHATFLOW, f"The name must have 1 to {LONGEST_NAME} characters.")
    if checked.get("type") is None:
        checked.pop("type", None)
    else:
        check_type(checked["type"])
    if checked.get("flow_data") is None:
        checked.pop("flow_data", None)
    else:
        checked["flow_data"] = without_mark(str(checked["flow_data"]))
        check_size(checked["flow_data"].encode("utf-8", "replace"), "flowData")
        parse_flow(checked["flow_data"])
    for name in JSON_FIELDS:
        text = checked.get(name)
        if text is not None:
            _check_json(COLUMN_NAMES.get(name, name), text)
    for name in ("apikeyid", "category"):
        if checked.get(name) is not None and not isinstance(checked[name], str):
            raise InvalidInput(Reason.INVALID_CHATFLOW, f"{name} must be a string.")
    key = checked.get("apikeyid")
    if key == "":
        checked["apikeyid"] = None
    elif key is not None and not UUID.fullmatch(key):
        raise InvalidInput(Reason.INVALID_CHATFLOW, "apikeyid must be the id of an API key, a UUID.")
    return checked


def _check_json(name: str, text: Any) -> None:
    if isinstance(text, str):
        check_size(text.encode("utf-8", "replace"), name)
    try:
        if not isinstance(text, str) or not isinstance(orjson.loads(without_mark(text) or "{}"), dict | list):
            raise ValueError
    except ValueError:
        raise InvalidInput(Reason.INVALID_CHATFLOW, f"{name} must be JSON text of an object.") from None


def _entries(data: Any) -> list[Any]:
    if isinstance(data, list):
        return data
    if isinstance(data, dict) and any(isinstance(data.get(name), list) for name in EXPORT_LISTS):
        return [one for name in EXPORT_LISTS for one in data.get(name) or []]
    return [data] if isinstance(data, dict) else []


def _entry(raw: Any, name: str | None) -> dict[str, Any]:
    """The fields of one exported chatflow; a key of another server's is never taken over."""
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


def _variable(raw: Any, new_id: str, moment: datetime) -> Variable:
    """One variable of an export. A ``runtime`` one has no value in it, and gets none from this server's environment."""
    name = raw.get("name") if isinstance(raw, dict) else None
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInput(Reason.INVALID_ARGUMENT, "A variable of the file has no name.")
    value, type_ = raw.get("value"), raw.get("type")
    kind = type_ if type_ in VARIABLE_TYPES else VARIABLE_TYPES[0]
    return Variable(new_id, name, value if isinstance(value, str) and value else None, kind, moment, moment)


def _exported(flow: Chatflow) -> dict[str, Any]:
    fields = {name: getattr(flow, name) for name in ("id", "name", "type", "category", "deployed")}
    return {**fields, **{public: getattr(flow, private) for private, public in COLUMN_NAMES.items()}}
