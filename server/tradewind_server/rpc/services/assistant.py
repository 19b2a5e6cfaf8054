"""``AssistantService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import assistant_pb2, assistant_pb2_grpc

from tradewind_server.chatflows.assistants import AssistantService
from tradewind_server.flows.assistant_components import AssistantComponents
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.json_values import from_struct
from tradewind_server.rpc.mapping.assistants import assistant, fields_of, type_name
from tradewind_server.rpc.mapping.node_types import node_type
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.pages import next_token, offset_of


class AssistantServicer(assistant_pb2_grpc.AssistantServiceServicer):
    """Maps requests and responses around :class:`AssistantService`."""

    def __init__(self, assistants: AssistantService, components: AssistantComponents, *, max_list: int) -> None:
        self._assistants = assistants
        self._components = components
        self._max_list = max_list

    async def CreateAssistant(
        self, request: assistant_pb2.CreateAssistantRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.CreateAssistantResponse:
        workspace = current_call().workspace_id
        result = await self._assistants.create(workspace, fields_of(request.assistant))
        return assistant_pb2.CreateAssistantResponse(assistant=assistant(result, workspace))

    async def GetAssistant(
        self, request: assistant_pb2.GetAssistantRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.GetAssistantResponse:
        workspace = current_call().workspace_id
        result = await self._assistants.get(workspace, request.id)
        return assistant_pb2.GetAssistantResponse(assistant=assistant(result, workspace))

    async def ListAssistants(
        self, request: assistant_pb2.ListAssistantsRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.ListAssistantsResponse:
        workspace, offset = current_call().workspace_id, offset_of(request.page_token)
        size = min(request.page_size or self._max_list, self._max_list)
        rows, total = await self._assistants.list(workspace, type_name(request.type), offset, size)
        return assistant_pb2.ListAssistantsResponse(
            assistants=[assistant(row, workspace) for row in rows],
            next_page_token=next_token(offset, len(rows), total),
            total_size=total,
        )

    async def UpdateAssistant(
        self, request: assistant_pb2.UpdateAssistantRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.UpdateAssistantResponse:
        workspace = current_call().workspace_id
        result = await self._assistants.update(workspace, request.assistant.id, fields_of(request.assistant))
        return assistant_pb2.UpdateAssistantResponse(assistant=assistant(result, workspace))

    async def DeleteAssistant(
        self, request: assistant_pb2.DeleteAssistantRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.DeleteAssistantResponse:
        count = await self._assistants.delete(current_call().workspace_id, request.id)
        return assistant_pb2.DeleteAssistantResponse(affected=count)

    async def ListAssistantComponents(
        self, request: assistant_pb2.ListAssistantComponentsRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.ListAssistantComponentsResponse:
        stores = await self._components.document_stores(current_call().workspace_id)
        return assistant_pb2.ListAssistantComponentsResponse(
            chat_models=map(node_type, self._components.chat_models()),
            tools=map(node_type, self._components.tools()),
            document_stores=[
                assistant_pb2.AssistantDocumentStore(id=one.id, name=one.name, description=one.description) for one in stores
            ],
        )

    async def GenerateAssistantInstruction(
        self, request: assistant_pb2.GenerateAssistantInstructionRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.GenerateAssistantInstructionResponse:
        model = request.chat_model
        chat_model = {"name": model.name, "inputs": from_struct(model.inputs), "credential": model.credential or None}
        content = await self._components.write_instruction(current_call().workspace_id, request.task, chat_model)
        return assistant_pb2.GenerateAssistantInstructionResponse(content=content)


def _assistants(domain: Domain) -> object:
    return AssistantServicer(domain.rule(AssistantService), domain.rule(AssistantComponents), max_list=domain.settings.max_list)


SERVICES = (Service(assistant_pb2_grpc.add_AssistantServiceServicer_to_server, _assistants),)
