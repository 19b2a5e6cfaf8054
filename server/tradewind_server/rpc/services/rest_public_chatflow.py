"""The REST routes of chatflows for those who do not own them (docs/contract.md §9.9)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.access.authenticator import Authenticator
from tradewind_server.chatflows.admission import Admission
from tradewind_server.chatflows.public_chatflows import PublishedChatflows
from tradewind_server.rest_stubs import chatflow_pb2, public_chatflow_pb2, public_chatflow_pb2_grpc
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.rest_shapes import chatflow_message
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.requests import caller_of


class PublicChatflowRestServicer(public_chatflow_pb2_grpc.PublicChatflowRestServiceServicer):
    """Keys that stand in a path are checked here: their routes are public to everything that looks at headers."""

    def __init__(self, chatflows: PublishedChatflows, admission: Admission, authenticator: Authenticator) -> None:
        self._chatflows = chatflows
        self._admission = admission
        self._authenticator = authenticator

    async def GetPublicChatflowEntity(
        self, request: public_chatflow_pb2.GetPublicChatflowEntityRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.Chatflow:
        admitted = await self._admission.admit(request.id, caller_of(current_call()), counts=False)
        return chatflow_message(self._chatflows.page(admitted))

    async def ListChatflowsOfKeyArray(
        self, request: public_chatflow_pb2.ListChatflowsOfKeyArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[chatflow_pb2.Chatflow]:
        holder = await self._authenticator.holder(request.apikey, current_call().address)
        for chatflow in await self._chatflows.of_key(holder):
            yield chatflow_message(chatflow)

    async def VerifyApiKey(
        self, request: public_chatflow_pb2.VerifyApiKeyRequest, context: grpc.aio.ServicerContext
    ) -> HttpBody:
        await self._authenticator.holder(request.apikey, current_call().address)
        return HttpBody(content_type="application/json", data=b'"OK"')


def _make(domain: Domain) -> object:
    return PublicChatflowRestServicer(domain.rule(PublishedChatflows), domain.admission, domain.rule(Authenticator))


SERVICES = (Service(public_chatflow_pb2_grpc.add_PublicChatflowRestServiceServicer_to_server, _make),)
