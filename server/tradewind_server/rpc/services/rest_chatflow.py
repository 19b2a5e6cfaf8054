"""The REST routes of chatflows, and of what the chat widget asks (docs/contract.md §9)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.chatflows.admission import Admission
from tradewind_server.chatflows.service import ChatflowService
from tradewind_server.flows.compile.streaming import is_streamable
from tradewind_server.flows.drawing import parse_flow
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.public_config import public_chatbot_config, upload_flags
from tradewind_server.rest_stubs import chatflow_pb2, chatflow_pb2_grpc
from tradewind_server.rpc.bodies import CHATFLOW, IMPORT, Bodies, collect, snake
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.rest_shapes import chatflow_message, check_flags, imported_chatflows
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import limit_of, positive, values_of
from tradewind_server.rpc.services.requests import origin_of

MIB = 1024 * 1024


class ChatflowRestServicer(chatflow_pb2_grpc.ChatflowRestServiceServicer):
    def __init__(
        self,
        chatflows: ChatflowService,
        admission: Admission,
        registry: Registry,
        bodies: Bodies,
        *,
        most_megabytes: int,
        max_list: int,
    ) -> None:
        self._chatflows = chatflows
        self._admission = admission
        self._registry = registry
        self._bodies = bodies
        self._most_megabytes = most_megabytes
        self._max_list = max_list

    async def CreateChatflowEntity(
        self, request: chatflow_pb2.CreateChatflowEntityRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.Chatflow:
        fields = await self._fields(request.body)
        return chatflow_message(await self._chatflows.create(current_call().workspace_id, fields))

    async def GetChatflowEntity(
        self, request: chatflow_pb2.GetChatflowEntityRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.Chatflow:
        return chatflow_message(await self._chatflows.get(current_call().workspace_id, request.id))

    async def ListChatflowsArray(
        self, request: chatflow_pb2.ListChatflowsArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[chatflow_pb2.Chatflow]:
        type_ = request.type if request.HasField("type") else None
        limit = limit_of(values_of(request), self._max_list)
        flows, _ = await self._chatflows.list(current_call().workspace_id, type_, limit=limit)
        # The whole list first: a failure behind the first row would reach the caller as a valid, shorter array.
        for message in [chatflow_message(flow) for flow in flows]:
            yield message

    async def UpdateChatflowEntity(
        self, request: chatflow_pb2.UpdateChatflowEntityRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.Chatflow:
        changes = await self._fields(request.body)
        return chatflow_message(await self._chatflows.update(current_call().workspace_id, request.id, changes))

    async def DeleteChatflowEntity(
        self, request: chatflow_pb2.DeleteChatflowEntityRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.DeletedChatflow:
        count = await self._chatflows.delete(current_call().workspace_id, request.id)
        return chatflow_pb2.DeletedChatflow(affected=count)

    async def ImportChatflowsBody(
        self,
        request_iterator: AsyncIterator[chatflow_pb2.ImportChatflowsBodyRequest],
        context: grpc.aio.ServicerContext,
    ) -> chatflow_pb2.ImportChatflowsBodyResponse:
        data = await collect(request_iterator, self._most_megabytes * MIB)
        body = await self._bodies.json(data, IMPORT)
        entries = await self._chatflows.import_file(current_call().workspace_id, body.get("data"), body.get("name"))
        return chatflow_pb2.ImportChatflowsBodyResponse(chatflows=imported_chatflows(entries.chatflows))

    async def _fields(self, body: HttpBody) -> dict[str, Any]:
        """The fields of a body by column name; an explicit null is None. Raises ``InvalidInput``."""
        fields = await self._bodies.json(body.data, CHATFLOW)
        return check_flags({snake(name): value for name, value in fields.items()})

    async def ExportChatflows(
        self, request: chatflow_pb2.ExportChatflowsRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.ExportChatflowsResponse:
        flows = await self._chatflows.export(current_call().workspace_id, request.ids)
        return chatflow_pb2.ExportChatflowsResponse(chatflows=[chatflow_message(flow) for flow in flows])

    async def GetChatflowStreaming(
        self, request: chatflow_pb2.GetChatflowStreamingRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.GetChatflowStreamingResponse:
        view = await self._admission.view(request.id, origin_of(current_call()))
        return chatflow_pb2.GetChatflowStreamingResponse(
            is_streaming=is_streamable(view.chatflow, view.config, parse_flow(view.chatflow.flow_data), self._registry)
        )

    async def GetPublicChatbotConfig(
        self, request: chatflow_pb2.GetPublicChatbotConfigRequest, context: grpc.aio.ServicerContext
    ) -> HttpBody:
        view = await self._admission.view(request.id, origin_of(current_call()))
        config = public_chatbot_config(view, self._registry, self._most_megabytes)
        return HttpBody(content_type="application/json", data=orjson.dumps(config))

    async def GetChatflowUploads(
        self, request: chatflow_pb2.GetChatflowUploadsRequest, context: grpc.aio.ServicerContext
    ) -> HttpBody:
        view = await self._admission.view(request.id, origin_of(current_call()))
        flags = upload_flags(view, self._registry, self._most_megabytes)
        return HttpBody(content_type="application/json", data=orjson.dumps(flags))


class ChatflowPageRestServicer(chatflow_pb2_grpc.ChatflowPageRestServiceServicer):
    def __init__(self, chatflows: ChatflowService, *, max_list: int) -> None:
        self._chatflows = chatflows
        self._max_list = max_list

    async def ListChatflowsPage(
        self, request: chatflow_pb2.ListChatflowsPageRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.ChatflowPage:
        values = values_of(request)
        page, limit = positive(values, "page") or 1, limit_of(values, self._max_list) or self._max_list
        type_ = request.type if request.HasField("type") else None
        flows, total = await self._chatflows.list(current_call().workspace_id, type_, (page - 1) * limit, limit)
        return chatflow_pb2.ChatflowPage(data=[chatflow_message(flow) for flow in flows], total=total)


def _entities(domain: Domain) -> object:
    return ChatflowRestServicer(
        domain.rule(ChatflowService),
        domain.admission,
        domain.registry,
        domain.bodies,
        most_megabytes=domain.settings.max_body_mb,
        max_list=domain.settings.max_list,
    )


def _pages(domain: Domain) -> object:
    return ChatflowPageRestServicer(domain.rule(ChatflowService), max_list=domain.settings.max_list)


SERVICES = (
    Service(chatflow_pb2_grpc.add_ChatflowRestServiceServicer_to_server, _entities),
    Service(chatflow_pb2_grpc.add_ChatflowPageRestServiceServicer_to_server, _pages),
)
