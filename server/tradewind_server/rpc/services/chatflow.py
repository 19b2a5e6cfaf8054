"""``ChatflowService``: chatflows over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import chatflow_pb2, chatflow_pb2_grpc

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.chatflow_service import ChatflowService
from tradewind_server.flows.flowdata import parse_flow
from tradewind_server.flows.run import Predictor
from tradewind_server.flows.streamable import is_streamable
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.json_values import from_value
from tradewind_server.rpc.mapping import chatflow_fields, chatflow_message, imported_chatflows
from tradewind_server.rpc.services.requests import origin_of


class ChatflowServicer(chatflow_pb2_grpc.ChatflowServiceServicer):
    """Maps in, asks the :class:`ChatflowService`, maps out."""

    def __init__(self, chatflows: ChatflowService, predictor: Predictor, *, max_list: int) -> None:
        self._chatflows = chatflows
        self._predictor = predictor
        self._max_list = max_list

    async def CreateChatflow(
        self, request: chatflow_pb2.CreateChatflowRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.CreateChatflowResponse:
        stored = await self._chatflows.create(current_call().workspace_id, chatflow_fields(request.fields))
        return chatflow_pb2.CreateChatflowResponse(chatflow=chatflow_message(stored))

    async def GetChatflow(
        self, request: chatflow_pb2.GetChatflowRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.GetChatflowResponse:
        flow = await self._chatflows.get(current_call().workspace_id, request.id)
        return chatflow_pb2.GetChatflowResponse(chatflow=chatflow_message(flow))

    async def ListChatflows(
        self, request: chatflow_pb2.ListChatflowsRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.ListChatflowsResponse:
        if request.page_size < 0:
            raise InvalidInput(Reason.INVALID_FILTER, "page_size cannot be negative.")
        size = min(request.page_size or self._max_list, self._max_list)
        offset = _offset(request.page_token)
        type_ = request.type if request.HasField("type") else None
        flows, total = await self._chatflows.list(current_call().workspace_id, type_, offset, size)
        behind = offset + len(flows)
        return chatflow_pb2.ListChatflowsResponse(
            chatflows=[chatflow_message(flow) for flow in flows],
            next_page_token=str(behind) if flows and behind < total else "",
            total=total,
        )

    async def UpdateChatflow(
        self, request: chatflow_pb2.UpdateChatflowRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.UpdateChatflowResponse:
        changes = chatflow_fields(request.fields)
        flow = await self._chatflows.update(current_call().workspace_id, request.id, changes)
        return chatflow_pb2.UpdateChatflowResponse(chatflow=chatflow_message(flow))

    async def DeleteChatflow(
        self, request: chatflow_pb2.DeleteChatflowRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.DeleteChatflowResponse:
        affected = await self._chatflows.delete(current_call().workspace_id, request.id)
        return chatflow_pb2.DeleteChatflowResponse(affected=affected)

    async def ImportChatflows(
        self, request: chatflow_pb2.ImportChatflowsRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.ImportChatflowsResponse:
        name = request.name if request.HasField("name") else None
        imported = await self._chatflows.import_file(current_call().workspace_id, from_value(request.data), name)
        return chatflow_pb2.ImportChatflowsResponse(chatflows=imported_chatflows(imported.chatflows))

    async def ExportChatflows(
        self, request: chatflow_pb2.ExportChatflowsRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.ExportChatflowsResponse:
        workspace_id = current_call().workspace_id
        if len(request.ids) > self._max_list:
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"At most {self._max_list} chatflows go into one file.")
        if request.ids:
            flows = [await self._chatflows.get(workspace_id, one) for one in request.ids]
        else:
            flows, _ = await self._chatflows.list(workspace_id)
        return chatflow_pb2.ExportChatflowsResponse(chatflows=[chatflow_message(flow) for flow in flows])

    async def GetChatflowStreaming(
        self, request: chatflow_pb2.GetChatflowStreamingRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.GetChatflowStreamingResponse:
        flow = await self._predictor.shown(request.id, origin_of(current_call()))
        streams = is_streamable(flow, parse_flow(flow.flow_data))
        return chatflow_pb2.GetChatflowStreamingResponse(is_streaming=streams)


def _offset(token: str) -> int:
    if not token:
        return 0
    if not token.isascii() or not token.isdigit() or len(token) > 9:
        raise InvalidInput(Reason.INVALID_FILTER, "The page token is not one of ours; start again without it.")
    return int(token)
