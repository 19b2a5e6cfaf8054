"""Creates, reads, changes, deletes, imports and exports stored chatflows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

import orjson

from tradewind_server.access.ports import Credentials
from tradewind_server.bounded_json import check_size, without_mark
from tradewind_server.chatflows.ids import UUID, check_id, not_found
from tradewind_server.chatflows.ports import (
    CHATFLOW_TYPES,
    Chatflow,
    Chatflows,
    DrawingProblem,
    Drawings,
    OverridableInput,
)
from tradewind_server.chatflows.transfer import (
    COLUMN_NAMES,
    LONGEST_NAME,
    ImportResult,
    entry_fields,
    exported_chatflow,
    exported_entries,
    left_out,
    name_errors,
    nothing_taken,
    variable,
)
from tradewind_server.chatflows.variables import RUNTIME, Variable, Variables, not_opened
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.ports import Blobs
from tradewind_server.observability.steps import count_created

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
MOST_EXPORTED = 1000


class ChatflowService:
    """The chatflows of a workspace. A chatflow of another workspace is ``NotFound(CHATFLOW_NOT_FOUND)``, like a missing one."""

    def __init__(
        self,
        *,
        chatflows: Chatflows,
        credentials: Credentials,
        variables: Variables,
        drawings: Drawings,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
        blobs: Blobs | None = None,
        clear_stores: Callable[[Chatflow], Awaitable[None]] | None = None,
        open_names: Collection[str] = (),
    ) -> None:
        """``clear_stores`` removes the vectors of a chatflow after its deletion; ``open_names`` are those of the environment
        that runtime variables may have."""
        self._chatflows = chatflows
        self._credentials = credentials
        self._variables = variables
        self._drawings = drawings
        self._new_id = new_id
        self._now = now
        self._blobs = blobs
        self._clear_stores = clear_stores
        self._open_names = open_names

    async def create(self, workspace_id: str, fields: Mapping[str, Any]) -> Chatflow:
        """Store a new chatflow. Raises ``InvalidInput(INVALID_CHATFLOW)``.

        Node types are not checked here: an unsupported one is refused when the chatflow is run.
        """
        columns = check_fields(fields, self._drawings)
        if "flow_data" not in columns:
            raise InvalidInput(Reason.INVALID_CHATFLOW, "flowData is missing; send the drawing as JSON text.")
        now = self._now()
        values = {"name": "Untitled", "type": self._drawings.type_of(columns["flow_data"]), **columns}
        chatflow = await self._chatflows.create(
            Chatflow(id=self._new_id(), workspace_id=workspace_id, created_date=now, updated_date=now, **values)
        )
        count_created(chatflow.type)
        return chatflow

    async def get(self, workspace_id: str, chatflow_id: str) -> Chatflow:
        flow = await self._chatflows.get(workspace_id, check_id(chatflow_id))
        if flow is None:
            raise not_found(chatflow_id)
        return flow

    async def update(self, workspace_id: str, chatflow_id: str, fields: Mapping[str, Any]) -> Chatflow:
        """Change the fields in ``fields`` and leave the others. Raises ``NotFound`` and ``InvalidInput(INVALID_CHATFLOW)``."""
        flow = await self._chatflows.update(workspace_id, check_id(chatflow_id), check_fields(fields, self._drawings))
        if flow is None:
            raise not_found(chatflow_id)
        return flow

    async def delete(self, workspace_id: str, chatflow_id: str) -> int:
        """Delete a chatflow with its messages, files, records and vectors. Returns 1; raises ``NotFound``."""
        flow = await self.get(workspace_id, chatflow_id)
        deleted = await self._chatflows.delete(workspace_id, flow.id)
        if not deleted:
            raise not_found(chatflow_id)
        if self._blobs is not None:
            await self._blobs.delete_owner(workspace_id, flow.id)
        if self._clear_stores is not None:
            await self._clear_stores(flow)
        return deleted

    async def import_file(self, workspace_id: str, data: Any, name: str | None = None) -> ImportResult:
        """Store the chatflows of an exported file under new ids.

        The file is a drawing, a stored chatflow, a list of these, or a whole export, whose variables are stored too.
        ``name`` names a drawing, which has no name of its own. All entries are validated before the first is stored.
        Raises ``InvalidInput``.
        """
        entries = [entry_fields(raw, name) for raw in exported_entries(data)]
        variables = self._variables_of(data)
        if not entries and not variables:
            raise InvalidInput(Reason.INVALID_CHATFLOW, nothing_taken(data))
        for position, entry in enumerate(entries):
            with name_errors(entry, position) if len(entries) > 1 else nullcontext():
                check_fields(entry, self._drawings)
        values = await self._variables.values(workspace_id) if variables else {}
        await self._variables.put(workspace_id, [one for one in variables if one.value or one.name not in values])
        chatflows = [await self.create(workspace_id, entry) for entry in entries]
        return ImportResult(
            chatflows=[(chatflow, await self.notes(workspace_id, chatflow)) for chatflow in chatflows],
            variables=[one.name for one in variables],
            left_out=[*left_out(data), *self._closed(variables)],
        )

    def _variables_of(self, data: Any) -> list[Variable]:
        """The variables of a whole export. Those whose value the export left out are included with the value None."""
        raw = data.get("Variable") if isinstance(data, dict) and "nodes" not in data else None
        moment = self._now()
        return [variable(one, self._new_id(), moment) for one in raw] if isinstance(raw, list) else []

    def _closed(self, variables: Sequence[Variable]) -> list[str]:
        """One sentence for each runtime variable of a file whose name is not opened here."""
        return [not_opened(one.name) for one in variables if one.type == RUNTIME and one.name not in self._open_names]

    async def notes(self, workspace_id: str, chatflow: Chatflow) -> list[str]:
        """One sentence for each part of the chatflow that behaves differently on this server."""

        async def holds(credential: str) -> bool:
            return await self._credentials.reveal(workspace_id, credential) is not None

        variables = await self._variables.values(workspace_id)
        return await self._drawings.notes(chatflow, variables, holds)

    async def problems(self, workspace_id: str, chatflow_id: str) -> tuple[Chatflow, list[DrawingProblem]]:
        """Why the chatflow will not run, and the chatflow; no problems when it will. Raises ``NotFound``."""
        flow = await self.get(workspace_id, chatflow_id)
        return flow, self._drawings.problems(flow.flow_data, await self._variables.values(workspace_id))

    async def inputs(self, workspace_id: str, chatflow_id: str) -> list[OverridableInput]:
        """The inputs that overrides can replace once the owner opens them. Raises ``NotFound`` and ``InvalidInput``."""
        return self._drawings.inputs((await self.get(workspace_id, chatflow_id)).flow_data)

    async def has_changed(self, workspace_id: str, chatflow_id: str, date: datetime) -> bool:
        """Whether the chatflow was saved at another time than ``date``. Milliseconds count, as dates are printed with them."""
        stored_date = (await self.get(workspace_id, chatflow_id)).updated_date
        return _milliseconds(stored_date) != _milliseconds(date)

    async def export(self, workspace_id: str, ids: Sequence[str]) -> Sequence[Chatflow]:
        """The chatflows of these ids, or those of the workspace when ``ids`` is empty.

        Raises ``InvalidInput`` for more than ``MOST_EXPORTED`` ids, and ``NotFound`` for an unknown one.
        """
        if len(ids) > MOST_EXPORTED:
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"At most {MOST_EXPORTED} chatflows go into one file.")
        if ids:
            return [await self.get(workspace_id, chatflow_id) for chatflow_id in ids]
        flows, _ = await self._chatflows.list(workspace_id)
        return flows

    async def export_file(self, workspace_id: str, ids: list[str]) -> dict[str, Any]:
        """Chatflows in the format of Flowise's export: ``{"ChatFlow": […]}``. Raises ``NotFound`` for an unknown id."""
        if ids:
            flows = [await self.get(workspace_id, one) for one in ids]
        else:
            flows, _ = await self._chatflows.list(workspace_id)
        return {"ChatFlow": [exported_chatflow(flow) for flow in flows]}

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[Chatflow], int]:
        if type_ is not None:
            check_type(type_)
        return await self._chatflows.list(workspace_id, type_, offset, limit)


def _milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def check_type(type_: Any) -> str:
    if type_ not in CHATFLOW_TYPES:
        raise InvalidInput(Reason.INVALID_CHATFLOW, f"Invalid Chatflow Type: it must be one of {', '.join(CHATFLOW_TYPES)}.")
    return str(type_)


def check_fields(fields: Mapping[str, Any], drawings: Drawings) -> dict[str, Any]:
    """The writable fields of ``fields``, validated; others are dropped. Raises ``InvalidInput(INVALID_CHATFLOW)``."""
    columns = {name: value for name, value in fields.items() if name in WRITABLE}
    if columns.get("name") is None:
        columns.pop("name", None)
    elif not 0 < len(str(columns["name"]).strip()) <= LONGEST_NAME:
        raise InvalidInput(Reason.INVALID_CHATFLOW, f"The name must have 1 to {LONGEST_NAME} characters.")
    if columns.get("type") is None:
        columns.pop("type", None)
    else:
        check_type(columns["type"])
    if columns.get("flow_data") is None:
        columns.pop("flow_data", None)
    else:
        columns["flow_data"] = without_mark(str(columns["flow_data"]))
        check_size(columns["flow_data"].encode("utf-8", "replace"), "flowData")
        drawings.check(columns["flow_data"])
    for name in JSON_FIELDS:
        text = columns.get(name)
        if text is not None:
            _check_json(COLUMN_NAMES.get(name, name), text)
    for name in ("apikeyid", "category"):
        if columns.get(name) is not None and not isinstance(columns[name], str):
            raise InvalidInput(Reason.INVALID_CHATFLOW, f"{name} must be a string.")
    if len(columns.get("category") or "") > LONGEST_NAME:
        raise InvalidInput(Reason.INVALID_CHATFLOW, f"category must have at most {LONGEST_NAME} characters.")
    key = columns.get("apikeyid")
    if key == "":
        columns["apikeyid"] = None
    elif key is not None and not UUID.fullmatch(key):
        raise InvalidInput(Reason.INVALID_CHATFLOW, "apikeyid must be the id of an API key, a UUID.")
    elif key is not None:
        columns["apikeyid"] = key.lower()
    return columns


def _check_json(name: str, text: Any) -> None:
    if isinstance(text, str):
        check_size(text.encode("utf-8", "replace"), name)
    try:
        if not isinstance(text, str) or not isinstance(orjson.loads(without_mark(text) or "{}"), dict | list):
            raise ValueError
    except ValueError:
        raise InvalidInput(Reason.INVALID_CHATFLOW, f"{name} must be JSON text of an object.") from None
