"""``CredentialService`` over gRPC. No message that leaves holds a field of a credential."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import grpc
from tradewind.v1 import credential_pb2 as pb
from tradewind.v1 import credential_pb2_grpc

from tradewind_server.access.credentials import CredentialService
from tradewind_server.access.ports import Credential, CredentialUse
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.parts import timestamp
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.pages import next_token, offset_of


def message_of(row: Credential) -> pb.Credential:
    return pb.Credential(
        id=row.id,
        name=row.name,
        type=row.provider,
        create_time=timestamp(row.created_date),
        update_time=timestamp(row.updated_date),
        workspace_id=row.workspace_id,
    )


def uses_of(rows: Iterable[CredentialUse]) -> list[pb.CredentialUse]:
    return [pb.CredentialUse(id=row.id, name=row.name) for row in rows]


def fields_of(request: pb.CreateCredentialRequest | pb.UpdateCredentialRequest) -> dict[str, Any]:
    """The fields that are set, by the domain's names."""
    pairs = {"name": request.credential.name, "provider": request.credential.type, "secret": dict(request.fields)}
    return {name: value for name, value in pairs.items() if value}


class CredentialServicer(credential_pb2_grpc.CredentialServiceServicer):
    """Maps requests and responses around :class:`CredentialService`."""

    def __init__(self, credentials: CredentialService, *, max_list: int) -> None:
        self._credentials = credentials
        self._max_list = max_list

    async def CreateCredential(
        self, request: pb.CreateCredentialRequest, context: grpc.aio.ServicerContext
    ) -> pb.CreateCredentialResponse:
        row = await self._credentials.create(current_call().workspace_id, fields_of(request))
        return pb.CreateCredentialResponse(credential=message_of(row))

    async def ListCredentials(
        self, request: pb.ListCredentialsRequest, context: grpc.aio.ServicerContext
    ) -> pb.ListCredentialsResponse:
        offset = offset_of(request.page_token)
        size = min(request.page_size or self._max_list, self._max_list)
        rows = await self._credentials.list(current_call().workspace_id, list(request.types), request.name or None)
        page = rows[offset : offset + size]
        return pb.ListCredentialsResponse(
            credentials=map(message_of, page),
            next_page_token=next_token(offset, len(page), len(rows)),
            total_size=len(rows),
        )

    async def GetCredential(
        self, request: pb.GetCredentialRequest, context: grpc.aio.ServicerContext
    ) -> pb.GetCredentialResponse:
        row, uses = await self._credentials.get(current_call().workspace_id, request.id)
        return pb.GetCredentialResponse(credential=message_of(row), uses=uses_of(uses))

    async def UpdateCredential(
        self, request: pb.UpdateCredentialRequest, context: grpc.aio.ServicerContext
    ) -> pb.UpdateCredentialResponse:
        row = await self._credentials.update(current_call().workspace_id, request.credential.id, fields_of(request))
        return pb.UpdateCredentialResponse(credential=message_of(row))

    async def DeleteCredential(
        self, request: pb.DeleteCredentialRequest, context: grpc.aio.ServicerContext
    ) -> pb.DeleteCredentialResponse:
        removal = await self._credentials.delete(current_call().workspace_id, request.id)
        return pb.DeleteCredentialResponse(affected=removal.count, uses=uses_of(removal.uses))


def _make(domain: Domain) -> object:
    return CredentialServicer(domain.rule(CredentialService), max_list=domain.settings.max_list)


SERVICES = (Service(credential_pb2_grpc.add_CredentialServiceServicer_to_server, _make),)
