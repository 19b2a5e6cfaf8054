"""``ApiKeyService`` over gRPC."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import grpc
from tradewind.v1 import api_key_pb2, api_key_pb2_grpc

from tradewind_server.access.api_keys import ApiKeyService, workspace_of
from tradewind_server.access.authenticator import Authenticator
from tradewind_server.access.ports import Principal
from tradewind_server.access.workspaces import WorkspaceService
from tradewind_server.errors import InvalidInput, PermissionDenied, Reason
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.api_keys import api_key, changed_key_fields, key_fields, keyed_chatflow
from tradewind_server.rpc.mapping.parts import timestamp
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.pages import next_token, offset_of


class ApiKeyServicer(api_key_pb2_grpc.ApiKeyServiceServicer):
    """Maps requests and responses around :class:`ApiKeyService`."""

    def __init__(
        self, keys: ApiKeyService, authenticator: Authenticator, workspaces: WorkspaceService, *, max_list: int
    ) -> None:
        self._keys = keys
        self._workspaces = workspaces
        self._authenticator = authenticator
        self._max_list = max_list

    async def CreateApiKey(
        self, request: api_key_pb2.CreateApiKeyRequest, context: grpc.aio.ServicerContext
    ) -> api_key_pb2.CreateApiKeyResponse:
        key, secret = await self._keys.create(await self._caller(request.workspace_id), key_fields(request.key))
        return api_key_pb2.CreateApiKeyResponse(key=api_key(key), secret=secret)

    async def ListApiKeys(
        self, request: api_key_pb2.ListApiKeysRequest, context: grpc.aio.ServicerContext
    ) -> api_key_pb2.ListApiKeysResponse:
        caller, offset = await self._caller(request.workspace_id), offset_of(request.page_token)
        size = min(request.page_size or self._max_list, self._max_list)
        rows, by_key = await self._keys.list(caller), await self._keys.keyed_chatflows(caller)
        page = rows[offset : offset + size]
        return api_key_pb2.ListApiKeysResponse(
            keys=[api_key(row, by_key.get(row.id, ())) for row in page],
            next_page_token=next_token(offset, len(page), len(rows)),
            total_size=len(rows),
        )

    async def GetApiKey(
        self, request: api_key_pb2.GetApiKeyRequest, context: grpc.aio.ServicerContext
    ) -> api_key_pb2.GetApiKeyResponse:
        caller = await self._caller(request.workspace_id)
        key = await self._keys.get(caller, request.id)
        by_key = await self._keys.keyed_chatflows(caller)
        return api_key_pb2.GetApiKeyResponse(key=api_key(key, by_key.get(key.id, ())))

    async def UpdateApiKey(
        self, request: api_key_pb2.UpdateApiKeyRequest, context: grpc.aio.ServicerContext
    ) -> api_key_pb2.UpdateApiKeyResponse:
        mask = request.update_mask if request.HasField("update_mask") else None
        changes = changed_key_fields(request.key, mask)
        key = await self._keys.update(await self._caller(request.workspace_id), request.key.id, changes)
        return api_key_pb2.UpdateApiKeyResponse(key=api_key(key))

    async def RotateApiKey(
        self, request: api_key_pb2.RotateApiKeyRequest, context: grpc.aio.ServicerContext
    ) -> api_key_pb2.RotateApiKeyResponse:
        overlap = _overlap(request) if request.HasField("overlap") else None
        key, secret = await self._keys.rotate(await self._caller(request.workspace_id), request.id, overlap)
        return api_key_pb2.RotateApiKeyResponse(key=api_key(key), secret=secret)

    async def DeleteApiKey(
        self, request: api_key_pb2.DeleteApiKeyRequest, context: grpc.aio.ServicerContext
    ) -> api_key_pb2.DeleteApiKeyResponse:
        removal = await self._keys.delete(await self._caller(request.workspace_id), request.id)
        return api_key_pb2.DeleteApiKeyResponse(affected=removal.count, closed_chatflows=map(keyed_chatflow, removal.chatflows))

    async def _caller(self, workspace_id: str) -> Principal:
        """The caller in its own workspace; the admin in the one that it names. Raises ``PermissionDenied`` and ``NotFound``."""
        caller = current_call().principal
        if workspace_id.lower() in ("", workspace_of(caller)):
            return caller
        if caller.kind != "admin":
            raise PermissionDenied(Reason.PERMISSION_DENIED, "Only the admin may name another workspace than its own.")
        return replace(caller, workspace_id=(await self._workspaces.get(workspace_id)).id)

    async def VerifyApiKey(
        self, request: api_key_pb2.VerifyApiKeyRequest, context: grpc.aio.ServicerContext
    ) -> api_key_pb2.VerifyApiKeyResponse:
        holder = await self._authenticator.holder(request.api_key, current_call().address)
        return api_key_pb2.VerifyApiKeyResponse(
            id=holder.key_id,
            workspace_id=workspace_of(holder),
            permissions=sorted(holder.permissions),
            chatflow_ids=sorted(holder.chatflow_ids),
            expire_time=timestamp(holder.expires_date) if holder.expires_date else None,
        )


def _overlap(request: api_key_pb2.RotateApiKeyRequest) -> timedelta:
    try:
        return request.overlap.ToTimedelta()
    except (ValueError, OverflowError):
        raise InvalidInput(Reason.INVALID_ARGUMENT, "overlap is no duration.") from None


def _make(domain: Domain) -> object:
    return ApiKeyServicer(
        domain.rule(ApiKeyService), domain.rule(Authenticator), domain.rule(WorkspaceService), max_list=domain.settings.max_list
    )


SERVICES = (Service(api_key_pb2_grpc.add_ApiKeyServiceServicer_to_server, _make),)
