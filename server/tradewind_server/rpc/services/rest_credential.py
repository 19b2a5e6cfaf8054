"""The REST routes of credentials (docs/contract.md §9.13). No answer holds a field of a credential."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import grpc

from tradewind_server.access.credentials import CredentialService
from tradewind_server.access.ports import Credential, CredentialUse
from tradewind_server.rest_stubs import credential_pb2, credential_pb2_grpc
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.json_values import fill_list
from tradewind_server.rpc.rest_shapes import iso
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import values_of

FIELDS: BodyFields = {"name": BodyKind.TEXT, "credentialName": BodyKind.TEXT, "plainDataObj": BodyKind.OBJECT}
NAMES = {"name": "name", "credentialName": "provider", "plainDataObj": "secret"}


def entity(row: Credential) -> credential_pb2.Credential:
    return credential_pb2.Credential(
        id=row.id,
        name=row.name,
        credential_name=row.provider,
        created_date=iso(row.created_date),
        updated_date=iso(row.updated_date),
        workspace_id=row.workspace_id,
    )


def domain_fields(body: Mapping[str, Any]) -> dict[str, Any]:
    return {NAMES[name]: value for name, value in body.items()}


class CredentialRestServicer(credential_pb2_grpc.CredentialRestServiceServicer):
    def __init__(self, credentials: CredentialService, bodies: Bodies) -> None:
        self._credentials = credentials
        self._bodies = bodies

    async def CreateCredentialEntity(
        self, request: credential_pb2.CreateCredentialEntityRequest, context: grpc.aio.ServicerContext
    ) -> credential_pb2.Credential:
        fields = domain_fields(await self._bodies.json(request.body.data, FIELDS))
        return entity(await self._credentials.create(current_call().workspace_id, fields))

    async def ListCredentialsArray(
        self, request: credential_pb2.ListCredentialsArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[credential_pb2.Credential]:
        types, name = list(request.credential_name), values_of(request).get("name")
        for row in await self._credentials.list(current_call().workspace_id, types, name):
            yield entity(row)

    async def GetCredentialEntity(
        self, request: credential_pb2.GetCredentialEntityRequest, context: grpc.aio.ServicerContext
    ) -> credential_pb2.Credential:
        row, uses = await self._credentials.get(current_call().workspace_id, request.id)
        message = entity(row)
        message.chat_flows.SetInParent()
        fill_list(message.chat_flows, [{"id": use.id, "name": use.name} for use in uses])
        return message

    async def UpdateCredentialEntity(
        self, request: credential_pb2.UpdateCredentialEntityRequest, context: grpc.aio.ServicerContext
    ) -> credential_pb2.Credential:
        changes = domain_fields(await self._bodies.json(request.body.data, FIELDS))
        return entity(await self._credentials.update(current_call().workspace_id, request.id, changes))

    async def DeleteCredentialEntity(
        self, request: credential_pb2.DeleteCredentialEntityRequest, context: grpc.aio.ServicerContext
    ) -> credential_pb2.DeletedCredentials:
        removal = await self._credentials.delete(current_call().workspace_id, request.id)
        message = credential_pb2.DeletedCredentials(affected=removal.count)
        if removal.uses:
            fill_list(message.warnings, [unused_sentence(use) for use in removal.uses])
        return message


def unused_sentence(use: CredentialUse) -> str:
    return f"The chatflow {use.name} ({use.id}) names this credential, and now does without it."


def _credentials(domain: Domain) -> object:
    return CredentialRestServicer(domain.rule(CredentialService), domain.bodies)


SERVICES = (Service(credential_pb2_grpc.add_CredentialRestServiceServicer_to_server, _credentials),)
