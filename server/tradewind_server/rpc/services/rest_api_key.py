"""The REST routes of API keys (docs/contract.md §9.11)."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import timedelta
from typing import Any

import grpc

from tradewind_server.access.api_keys import ApiKeyService
from tradewind_server.access.ports import ApiKey, KeyedChatflow, Principal
from tradewind_server.chats.dates import parse_date
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rest_stubs import api_key_pb2, api_key_pb2_grpc
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.json_values import fill_list, fill_value
from tradewind_server.rpc.rest_shapes import iso
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import limit_of, positive, values_of

FIELDS: BodyFields = {
    "keyName": BodyKind.TEXT,
    "permissions": BodyKind.ANY,
    "expiresDate": BodyKind.TEXT,
    "chatflowIds": BodyKind.ANY,
}
NAMES = {
    "keyName": "name", "permissions": "permissions", "expiresDate": "expires_date", "chatflowIds": "chatflow_ids"
}  # fmt: skip
ROTATION: BodyFields = {"overlapSeconds": BodyKind.ANY}
MOST_SECONDS = 10**9
"""Largest number that is read at all."""
ELLIPSIS = "…"


def entity(row: ApiKey, chatflows: Iterable[KeyedChatflow], secret: str = "") -> api_key_pb2.ApiKey:
    """A row of the list. ``secret`` is the whole key, where it was made just now."""
    message = api_key_pb2.ApiKey(
        id=row.id,
        api_key=secret or f"{row.prefix}{ELLIPSIS}",
        key_name=row.name,
        permissions=sorted(row.permissions),
        updated_date=iso(row.updated_date),
        workspace_id=row.workspace_id,
        expires_date=iso(row.expires_date) if row.expires_date else None,
        last_used_date=iso(row.last_used) if row.last_used else None,
        previous_expires_date=iso(row.previous_until) if row.previous_until else None,
    )
    if row.chatflow_ids:
        fill_list(message.chatflow_ids, sorted(row.chatflow_ids))
    for chatflow in chatflows:
        item = message.chat_flows.add(flow_name=chatflow.name, updated_date=iso(chatflow.updated_date))
        fill_value(item.category, chatflow.category)
    return message


def domain_fields(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a body by the domain's names. Raises ``InvalidInput`` for a date that is none."""
    fields = {NAMES[name]: value for name, value in body.items()}
    if fields.get("expires_date") is not None:
        try:
            fields["expires_date"] = parse_date(fields["expires_date"])
        except ValueError:
            raise InvalidInput(
                Reason.INVALID_ARGUMENT, "expiresDate must be a date such as 2030-01-01T00:00:00Z, or null."
            ) from None
    return fields


def overlap_of(body: Mapping[str, Any]) -> timedelta | None:
    value = body.get("overlapSeconds")
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not is_number or abs(value) > MOST_SECONDS:
        raise InvalidInput(Reason.INVALID_ARGUMENT, "overlapSeconds must be a number of seconds, at most 2592000.")
    return timedelta(seconds=value)


class ApiKeyRestServicer(api_key_pb2_grpc.ApiKeyRestServiceServicer):
    def __init__(self, keys: ApiKeyService, bodies: Bodies, *, max_list: int) -> None:
        self._keys = keys
        self._bodies = bodies
        self._max_list = max_list

    async def CreateApiKeyArray(
        self, request: api_key_pb2.CreateApiKeyArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[api_key_pb2.ApiKey]:
        caller = current_call().principal
        fields = domain_fields(await self._bodies.json(request.body.data, FIELDS))
        key, secret = await self._keys.create(caller, fields)
        for message in await self._rows(caller, {key.id: secret}):
            yield message

    async def ListApiKeysArray(
        self, request: api_key_pb2.ListApiKeysArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[api_key_pb2.ApiKey]:
        limit = limit_of(values_of(request), self._max_list)
        for message in (await self._rows(current_call().principal, {}))[:limit]:
            yield message

    async def UpdateApiKeyArray(
        self, request: api_key_pb2.UpdateApiKeyArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[api_key_pb2.ApiKey]:
        caller = current_call().principal
        fields = domain_fields(await self._bodies.json(request.body.data, FIELDS))
        await self._keys.update(caller, request.id, fields)
        for message in await self._rows(caller, {}):
            yield message

    async def RotateApiKeyEntity(
        self, request: api_key_pb2.RotateApiKeyEntityRequest, context: grpc.aio.ServicerContext
    ) -> api_key_pb2.ApiKey:
        caller = current_call().principal
        overlap = overlap_of(await self._bodies.json(request.body.data, ROTATION))
        key, secret = await self._keys.rotate(caller, request.id, overlap)
        return entity(key, (await self._keys.keyed_chatflows(caller)).get(key.id, ()), secret)

    async def DeleteApiKeyEntity(
        self, request: api_key_pb2.DeleteApiKeyEntityRequest, context: grpc.aio.ServicerContext
    ) -> api_key_pb2.DeletedApiKeys:
        removal = await self._keys.delete(current_call().principal, request.id)
        message = api_key_pb2.DeletedApiKeys(affected=removal.count)
        if removal.chatflows:
            fill_list(message.warnings, [closed_sentence(chatflow) for chatflow in removal.chatflows])
        return message

    async def _rows(self, caller: Principal, secrets: Mapping[str, str]) -> list[api_key_pb2.ApiKey]:
        rows, by_key = await self._keys.list(caller), await self._keys.keyed_chatflows(caller)
        return [entity(row, by_key.get(row.id, ()), secrets.get(row.id, "")) for row in rows]


def closed_sentence(chatflow: KeyedChatflow) -> str:
    return f"The chatflow {chatflow.name} ({chatflow.id}) asks for this key and is closed now; assign another key to it."


class ApiKeyPageRestServicer(api_key_pb2_grpc.ApiKeyPageRestServiceServicer):
    def __init__(self, keys: ApiKeyService, *, max_list: int) -> None:
        self._keys = keys
        self._max_list = max_list

    async def ListApiKeysPage(
        self, request: api_key_pb2.ListApiKeysPageRequest, context: grpc.aio.ServicerContext
    ) -> api_key_pb2.ApiKeyPage:
        caller, values = current_call().principal, values_of(request)
        page, limit = positive(values, "page") or 1, limit_of(values, self._max_list) or self._max_list
        rows, by_key = await self._keys.list(caller), await self._keys.keyed_chatflows(caller)
        part = rows[(page - 1) * limit : page * limit]
        return api_key_pb2.ApiKeyPage(total=len(rows), data=[entity(row, by_key.get(row.id, ())) for row in part])


def _entities(domain: Domain) -> object:
    return ApiKeyRestServicer(domain.rule(ApiKeyService), domain.bodies, max_list=domain.settings.max_list)


def _pages(domain: Domain) -> object:
    return ApiKeyPageRestServicer(domain.rule(ApiKeyService), max_list=domain.settings.max_list)


SERVICES = (
    Service(api_key_pb2_grpc.add_ApiKeyRestServiceServicer_to_server, _entities),
    Service(api_key_pb2_grpc.add_ApiKeyPageRestServiceServicer_to_server, _pages),
)
