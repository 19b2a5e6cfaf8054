"""``ChatflowService`` over gRPC."""

from __future__ import annotations

from datetime import UTC

import grpc
import orjson
from tradewind.v1 import chatflow_check_pb2, chatflow_pb2, chatflow_pb2_grpc

from tradewind_server.access.authenticator import Authenticator
from tradewind_server.chatflows.admission import Admission
from tradewind_server.chatflows.public_chatflows import PublishedChatflows
from tradewind_server.chatflows.service import ChatflowService
from tradewind_server.flows.compile.streaming import is_streamable
from tradewind_server.flows.drawing import parse_flow
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.rpc.bodies import Bodies
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.chatflows import (
    TYPE_NAMES,
    changed_fields,
    chatflow,
    chatflow_input,
    chatflow_problem,
    new_fields,
)
from tradewind_server.rpc.rest_shapes import chatflow_json
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.pages import next_token, offset_of
from tradewind_server.rpc.services.requests import caller_of, origin_of, version_of


class ChatflowServicer(chatflow_pb2_grpc.ChatflowServiceServicer):
    """Maps requests and responses around :class:`ChatflowService`."""

    def __init__(
        self,
        chatflows: ChatflowService,
        public_chatflows: PublishedChatflows,
        authenticator: Authenticator,
        admission: Admission,
        registry: Registry,
        bodies: Bodies,
        *,
        max_list: int,
    ) -> None:
        self._chatflows = chatflows
        self._public_chatflows = public_chatflows
        self._authenticator = authenticator
        self._admission = admission
        self._registry = registry
        self._bodies = bodies
        self._max_list = max_list

    async def CreateChatflow(
        self, request: chatflow_pb2.CreateChatflowRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.CreateChatflowResponse:
        result = await self._chatflows.create(current_call().workspace_id, new_fields(request.chatflow))
        return chatflow_pb2.CreateChatflowResponse(chatflow=chatflow(result))

    async def GetChatflow(
        self, request: chatflow_pb2.GetChatflowRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.GetChatflowResponse:
        flow = await self._chatflows.get(current_call().workspace_id, request.id)
        return chatflow_pb2.GetChatflowResponse(chatflow=chatflow(flow))

    async def ListChatflows(
        self, request: chatflow_pb2.ListChatflowsRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.ListChatflowsResponse:
        size = min(request.page_size or self._max_list, self._max_list)
        offset = offset_of(request.page_token)
        type_ = TYPE_NAMES.get(request.type)
        flows, total = await self._chatflows.list(current_call().workspace_id, type_, offset, size)
        return chatflow_pb2.ListChatflowsResponse(
            chatflows=[chatflow(flow) for flow in flows],
            next_page_token=next_token(offset, len(flows), total),
            total_size=total,
        )

    async def UpdateChatflow(
        self, request: chatflow_pb2.UpdateChatflowRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.UpdateChatflowResponse:
        mask = request.update_mask if request.HasField("update_mask") else None
        changes = changed_fields(request.chatflow, mask)
        flow = await self._chatflows.update(current_call().workspace_id, request.chatflow.id, changes)
        return chatflow_pb2.UpdateChatflowResponse(chatflow=chatflow(flow))

    async def DeleteChatflow(
        self, request: chatflow_pb2.DeleteChatflowRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.DeleteChatflowResponse:
        await self._chatflows.delete(current_call().workspace_id, request.id)
        return chatflow_pb2.DeleteChatflowResponse()

    async def ImportChatflows(
        self, request: chatflow_pb2.ImportChatflowsRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.ImportChatflowsResponse:
        name = request.name if request.HasField("name") else None
        data = await self._bodies.value(request.file, "The file")
        entries = await self._chatflows.import_file(current_call().workspace_id, data, name)
        return chatflow_pb2.ImportChatflowsResponse(
            chatflows=[
                chatflow_pb2.ImportedChatflow(id=flow.id, name=flow.name, notes=notes) for flow, notes in entries.chatflows
            ]
        )

    async def ExportChatflows(
        self, request: chatflow_pb2.ExportChatflowsRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.ExportChatflowsResponse:
        flows = await self._chatflows.export(current_call().workspace_id, request.ids)
        file = {"ChatFlow": [chatflow_json(flow) for flow in flows]}
        return chatflow_pb2.ExportChatflowsResponse(file=orjson.dumps(file))

    async def CheckChatflow(
        self, request: chatflow_check_pb2.CheckChatflowRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_check_pb2.CheckChatflowResponse:
        _, problems = await self._chatflows.problems(current_call().workspace_id, request.id)
        return chatflow_check_pb2.CheckChatflowResponse(problems=[chatflow_problem(one) for one in problems])

    async def ListChatflowInputs(
        self, request: chatflow_check_pb2.ListChatflowInputsRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_check_pb2.ListChatflowInputsResponse:
        inputs = await self._chatflows.inputs(current_call().workspace_id, request.id)
        return chatflow_check_pb2.ListChatflowInputsResponse(inputs=[chatflow_input(one) for one in inputs])

    async def HasChatflowChanged(
        self, request: chatflow_check_pb2.HasChatflowChangedRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_check_pb2.HasChatflowChangedResponse:
        date = request.update_time.ToDatetime(UTC)
        has_changed = await self._chatflows.has_changed(current_call().workspace_id, request.id, date)
        return chatflow_check_pb2.HasChatflowChangedResponse(changed=has_changed)

    async def GetPublicChatflow(
        self, request: chatflow_pb2.GetPublicChatflowRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.GetPublicChatflowResponse:
        admitted = await self._admission.admit(request.id, caller_of(current_call()), counts=False)
        return chatflow_pb2.GetPublicChatflowResponse(chatflow=chatflow(self._public_chatflows.page(admitted)))

    async def ListChatflowsOfKey(
        self, request: chatflow_pb2.ListChatflowsOfKeyRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.ListChatflowsOfKeyResponse:
        holder = await self._authenticator.holder(request.api_key, current_call().address)
        flows = await self._public_chatflows.of_key(holder)
        return chatflow_pb2.ListChatflowsOfKeyResponse(chatflows=[chatflow(flow) for flow in flows])

    async def GetChatflowStreaming(
        self, request: chatflow_pb2.GetChatflowStreamingRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.GetChatflowStreamingResponse:
        view = await self._admission.view(request.id, origin_of(current_call()), version_of(request))
        streams = is_streamable(view.chatflow, view.config, parse_flow(view.chatflow.flow_data), self._registry)
        return chatflow_pb2.GetChatflowStreamingResponse(is_streaming=streams)


def _chatflows(domain: Domain) -> object:
    return ChatflowServicer(
        domain.rule(ChatflowService),
        domain.rule(PublishedChatflows),
        domain.rule(Authenticator),
        domain.admission,
        domain.registry,
        domain.bodies,
        max_list=domain.settings.max_list,
    )


SERVICES = (Service(chatflow_pb2_grpc.add_ChatflowServiceServicer_to_server, _chatflows),)
