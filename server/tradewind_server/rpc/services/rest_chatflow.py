"""The REST doors of chatflows: bare entities, the bare array, numbered pages, the widget's configuration."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody
from tradewind.v1 import chatflow_pb2, common_pb2, rest_chatflow_pb2, rest_chatflow_pb2_grpc

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.chatflow_service import ChatflowService
from tradewind_server.flows.public_config import public_chatbot_config, upload_flags
from tradewind_server.flows.run import Predictor
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping import chatflow_fields, chatflow_message


class ChatflowRestServicer(rest_chatflow_pb2_grpc.ChatflowRestServiceServicer):
    def __init__(self, chatflows: ChatflowService, predictor: Predictor, *, most_megabytes: int) -> None:
        self._chatflows = chatflows
        self._predictor = predictor
        self._most_megabytes = most_megabytes

    async def CreateChatflowEntity(
        self, request: chatflow_pb2.ChatflowFields, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.Chatflow:
        return chatflow_message(await self._chatflows.create(current_call().workspace_id, chatflow_fields(request)))

    async def GetChatflowEntity(
        self, request: rest_chatflow_pb2.GetChatflowEntityRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.Chatflow:
        return chatflow_message(await self._chatflows.get(current_call().workspace_id, request.id))

    async def ListChatflowsArray(
        self, request: rest_chatflow_pb2.ListChatflowsArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[chatflow_pb2.Chatflow]:
        type_ = request.type if request.HasField("type") else None
        flows, _ = await self._chatflows.list(current_call().workspace_id, type_)
        # The whole list first: a failure behind the first row would reach the caller as a valid, shorter array.
        for message in [chatflow_message(flow) for flow in flows]:
            yield message

    async def UpdateChatflowEntity(
        self, request: rest_chatflow_pb2.UpdateChatflowEntityRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.Chatflow:
        changes = chatflow_fields(request.fields)
        return chatflow_message(await self._chatflows.update(current_call().workspace_id, request.id, changes))

    async def DeleteChatflowEntity(
        self, request: rest_chatflow_pb2.DeleteChatflowEntityRequest, context: grpc.aio.ServicerContext
    ) -> common_pb2.DeleteResult:
        affected = await self._chatflows.delete(current_call().workspace_id, request.id)
        return common_pb2.DeleteResult(affected=affected)

    async def GetPublicChatbotConfig(
        self, request: rest_chatflow_pb2.GetPublicChatbotConfigRequest, context: grpc.aio.ServicerContext
    ) -> HttpBody:
        config = public_chatbot_config(await self._predictor.find(request.id), self._most_megabytes)
        return HttpBody(content_type="application/json", data=orjson.dumps(config))

    async def GetChatflowUploads(
        self, request: rest_chatflow_pb2.GetChatflowUploadsRequest, context: grpc.aio.ServicerContext
    ) -> HttpBody:
        flags = upload_flags(await self._predictor.find(request.id), self._most_megabytes)
        return HttpBody(content_type="application/json", data=orjson.dumps(flags))


class ChatflowPageRestServicer(rest_chatflow_pb2_grpc.ChatflowPageRestServiceServicer):
    def __init__(self, chatflows: ChatflowService, *, max_list: int) -> None:
        self._chatflows = chatflows
        self._max_list = max_list

    async def ListChatflowsPage(
        self, request: rest_chatflow_pb2.ListChatflowsPageRequest, context: grpc.aio.ServicerContext
    ) -> rest_chatflow_pb2.ChatflowPage:
        if request.page < 1 or not 1 <= request.limit <= self._max_list:
            raise InvalidInput(
                Reason.INVALID_FILTER, f"page must be a number from 1, and limit one from 1 to {self._max_list}."
            )
        type_ = request.type if request.HasField("type") else None
        offset = (request.page - 1) * request.limit
        flows, total = await self._chatflows.list(current_call().workspace_id, type_, offset, request.limit)
        return rest_chatflow_pb2.ChatflowPage(data=[chatflow_message(flow) for flow in flows], total=total)
