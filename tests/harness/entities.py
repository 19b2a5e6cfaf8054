"""Stored entities that callers create, list, change and delete: one call of a case, over REST and over gRPC."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Protocol

import grpc
from google.protobuf.message import Message
from tradewind.v1 import (
    assistant_pb2,
    assistant_pb2_grpc,
    common_pb2,
    tool_pb2,
    tool_pb2_grpc,
    upsert_history_pb2,
    upsert_history_pb2_grpc,
    variable_pb2,
    variable_pb2_grpc,
)

from harness.document_stores import DocumentStores
from harness.typed import NotTyped, as_json, moment, stamp, text, whole

Rest = tuple[str, str, dict[str, Any]]
"""Verb, path, and arguments of a request."""
Typed = tuple[Any, Message, Callable[[Any], Any]]
"""A method of a stub, its request, and what makes the JSON of its answer."""
VERBS = {"create": "POST", "list": "GET", "get": "GET", "update": "PUT", "delete": "DELETE"}

MASKED = {"iconSrc": "icon_src", "schema": "parameters"}
"""Names in a mask that differ from those of REST."""


@dataclass(frozen=True)
class Kind:
    """One kind of entity. A case says ``{create: fields}``, ``{list: query}``, ``{get: id}``, ``{update: fields, id: …}`` or
    ``{delete: id}``; the answer is that of REST.
    """

    path: str
    noun: str
    messages: ModuleType
    stub: Callable[[grpc.Channel], Any]
    fields: Callable[[Mapping[str, Any]], Message]
    """The typed entity of JSON fields. Raises ``NotTyped``."""
    shown: Callable[[Any], dict[str, Any]]
    """The JSON of a typed entity."""

    def rest(self, given: Mapping[str, Any]) -> Rest:
        action = next(name for name in VERBS if name in given)
        verb, value = VERBS[action], given[action]
        if action == "list":
            return verb, self.path, {"params": value}
        if action == "create":
            return verb, self.path, {"json": value}
        if action == "update":
            return verb, f"{self.path}/{given['id']}", {"json": value}
        return verb, f"{self.path}/{value}", {}

    def typed(self, channel: grpc.Channel, given: Mapping[str, Any]) -> Typed:
        action = next(name for name in VERBS if name in given)
        value, one = given[action], self.noun.lower()
        name = f"{action.title()}{self.noun}{'s' if action == 'list' else ''}"
        method, request = getattr(self.stub(channel), name), getattr(self.messages, f"{name}Request")
        if action == "list":
            if set(value) - {"page", "limit"}:
                raise NotTyped("a list takes more than pages")
            return method, request(**page_of(value)), lambda answer: self._listed(answer, paged="page" in value)
        if action == "delete":
            return method, request(id=value), lambda answer: {"affected": answer.affected}
        if action == "get":
            return method, request(id=value), lambda answer: self.shown(getattr(answer, one))
        entity: Any = self.fields(value)
        if action == "update":
            entity.id = given["id"]
        message = request(**{one: entity})
        nulls = [field for field, content in value.items() if content is None]
        if action == "update" and nulls:
            message.update_mask.paths.extend(MASKED.get(field, field) for field in value)
        return method, message, lambda answer: self.shown(getattr(answer, one))

    def _listed(self, answer: Any, *, paged: bool) -> Any:
        rows = [self.shown(row) for row in getattr(answer, f"{self.noun.lower()}s")]
        return {"data": rows, "total": answer.total_size} if paged else rows


def page_of(query: Mapping[str, Any]) -> dict[str, Any]:
    """A page of REST as the typed list asks for it. Tokens of these lists count rows."""
    try:
        page, limit = int(query.get("page", 1)), int(query.get("limit", 0))
    except ValueError:
        raise NotTyped("page or limit is no number") from None
    if page < 1 or limit < 0 or ("page" in query and not limit):
        raise NotTyped("there is no such page")
    return {"page_size": limit, "page_token": str((page - 1) * limit) if page > 1 else ""}


def variable_fields(given: Mapping[str, Any]) -> variable_pb2.Variable:
    message = variable_pb2.Variable()
    for name in ("name", "value"):
        if given.get(name) is not None:
            setattr(message, name, text(given[name], name))
    if given.get("type") is not None:
        number = variable_pb2.VariableType.items()
        known = {word.removeprefix("VARIABLE_TYPE_").lower(): value for word, value in number if value}
        if given["type"] not in known:
            raise NotTyped("the type is none")
        message.type = known[given["type"]]
    return message


def variable(message: variable_pb2.Variable) -> dict[str, Any]:
    return {
        "id": message.id,
        "name": message.name,
        "value": message.value if message.HasField("value") else None,
        "type": variable_pb2.VariableType.Name(message.type).removeprefix("VARIABLE_TYPE_").lower(),
        "createdDate": stamp(message.create_time),
        "updatedDate": stamp(message.update_time),
        "workspaceId": message.workspace_id,
    }


def tool_fields(given: Mapping[str, Any]) -> tool_pb2.Tool:
    message = tool_pb2.Tool()
    for name in ("name", "description", "color", "iconSrc", "func"):
        if given.get(name) is not None:
            setattr(message, MASKED.get(name, name), text(given[name], name))
    if given.get("schema") is not None:
        try:
            rows = json.loads(text(given["schema"], "schema"))
        except ValueError:
            raise NotTyped("the schema is no JSON") from None
        for row in rows:
            type_ = tool_pb2.ToolParameterType.Value(f"TOOL_PARAMETER_TYPE_{row['type'].upper()}")
            message.parameters.add(
                property=row["property"], description=row["description"], type=type_, required=row["required"]
            )
    return message


def tool(message: tool_pb2.Tool) -> dict[str, Any]:
    parameters = [
        {
            "id": number,
            "property": one.property,
            "description": one.description,
            "type": tool_pb2.ToolParameterType.Name(one.type).removeprefix("TOOL_PARAMETER_TYPE_").lower(),
            "required": one.required,
        }
        for number, one in enumerate(message.parameters, 1)
    ]
    return {
        "id": message.id,
        "name": message.name,
        "description": message.description,
        "color": message.color,
        "iconSrc": message.icon_src if message.HasField("icon_src") else None,
        "schema": json.dumps(parameters, separators=(",", ":")) if parameters else None,
        "func": message.func if message.HasField("func") else None,
        "createdDate": stamp(message.create_time),
        "updatedDate": stamp(message.update_time),
        "workspaceId": message.workspace_id,
    }


ASSISTANT_TYPE = "ASSISTANT_TYPE_"


def assistant_fields(given: Mapping[str, Any]) -> assistant_pb2.Assistant:
    message = assistant_pb2.Assistant()
    if isinstance(given.get("details"), dict):
        raise NotTyped("details are a text here")
    for name, field in (("details", "details"), ("credential", "credential"), ("iconSrc", "icon_src")):
        if given.get(name) is not None:
            setattr(message, field, text(given[name], name))
    if given.get("type") is not None:
        known = {word.removeprefix(ASSISTANT_TYPE): value for word, value in assistant_pb2.AssistantType.items() if value}
        if given["type"] not in known:
            raise NotTyped("the type is none")
        message.type = known[given["type"]]
    return message


def assistant(message: assistant_pb2.Assistant) -> dict[str, Any]:
    return {
        "id": message.id,
        "details": message.details,
        "credential": message.credential,
        "iconSrc": message.icon_src if message.HasField("icon_src") else None,
        "type": assistant_pb2.AssistantType.Name(message.type).removeprefix(ASSISTANT_TYPE),
        "createdDate": stamp(message.create_time),
        "updatedDate": stamp(message.update_time),
        "workspaceId": message.workspace_id,
    }


class History:
    """Finished upserts. A case says ``{list: query, of: flow}`` or ``{delete: ids}``."""

    def rest(self, given: Mapping[str, Any]) -> Rest:
        if "list" in given:
            return "GET", f"/api/v1/upsert-history/{given['of']}", {"params": given["list"]}
        return "PATCH", "/api/v1/upsert-history", {"json": {"ids": given["delete"]}}

    def typed(self, channel: grpc.Channel, given: Mapping[str, Any]) -> Typed:
        stub = upsert_history_pb2_grpc.UpsertHistoryServiceStub(channel)
        if "list" in given:
            return stub.ListUpsertHistory, listed(given["list"], given["of"]), entries
        ids = given["delete"]
        if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
            raise NotTyped("ids is no list of texts")
        request = upsert_history_pb2.DeleteUpsertHistoryRequest(ids=ids)
        return stub.DeleteUpsertHistory, request, lambda answer: {"affected": answer.affected}


def listed(query: Mapping[str, Any], flow: str) -> upsert_history_pb2.ListUpsertHistoryRequest:
    request = upsert_history_pb2.ListUpsertHistoryRequest(chatflow_id=flow)
    if "page" in query:
        raise NotTyped("pages are not numbered")
    if query.get("order") is not None:
        if query["order"] not in ("ASC", "DESC"):
            raise NotTyped("the order is none")
        request.order = common_pb2.SortOrder.Value(f"SORT_ORDER_{query['order']}")
    for name, target in (("startDate", request.start_time), ("endDate", request.end_time)):
        if name in query:
            target.CopyFrom(moment(query[name], name))
    request.page_size = int(query.get("limit", 0))
    return request


def entries(answer: upsert_history_pb2.ListUpsertHistoryResponse) -> list[Any]:
    return [
        {
            "id": one.id,
            "chatflowid": one.chatflow_id,
            "result": {
                "numAdded": one.num_added,
                "numUpdated": one.num_updated,
                "numSkipped": one.num_skipped,
                "numDeleted": one.num_deleted,
            },
            "flowData": [node(item) for item in one.nodes],
            "date": stamp(one.create_time),
        }
        for one in answer.entries
    ]


def node(item: upsert_history_pb2.UpsertedNode) -> dict[str, Any]:
    values = [
        {"label": one.label, "name": one.name, "type": one.type, "value": whole(as_json(one.value))} for one in item.settings
    ]
    return {"label": item.label, "name": item.name, "category": item.category, "id": item.id, "paramValues": values}


class AnyKind(Protocol):
    """How a case speaks of one kind of entity, through either door."""

    def rest(self, given: Mapping[str, Any]) -> Rest: ...

    def typed(self, channel: grpc.Channel, given: Mapping[str, Any]) -> Typed: ...


KINDS: Mapping[str, AnyKind] = {
    "stores": DocumentStores(),
    "assistants": Kind(
        "/api/v1/assistants",
        "Assistant",
        assistant_pb2,
        assistant_pb2_grpc.AssistantServiceStub,
        assistant_fields,
        assistant,
    ),
    "history": History(),
    "tools": Kind("/api/v1/tools", "Tool", tool_pb2, tool_pb2_grpc.ToolServiceStub, tool_fields, tool),
    "variables": Kind(
        "/api/v1/variables",
        "Variable",
        variable_pb2,
        variable_pb2_grpc.VariableServiceStub,
        variable_fields,
        variable,
    ),
}
