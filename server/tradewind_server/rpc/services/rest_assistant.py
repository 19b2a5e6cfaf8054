"""The REST routes of assistants (docs/contract.md §9.14)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.chatflows.assistants import AssistantService, StoredAssistant
from tradewind_server.errors import NotFound, Reason
from tradewind_server.flows.assistant_components import AssistantComponents
from tradewind_server.rest_stubs import assistant_pb2, assistant_pb2_grpc, node_type_pb2
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.json_values import fill_value
from tradewind_server.rpc.rest_shapes import iso
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import limit_of, positive, values_of
from tradewind_server.rpc.services.rest_node_type import node_message

FIELDS: BodyFields = {
    "details": BodyKind.ANY,
    "credential": BodyKind.TEXT,
    "iconSrc": BodyKind.TEXT,
    "type": BodyKind.TEXT,
}
INSTRUCTION: BodyFields = {"task": BodyKind.TEXT, "selectedChatModel": BodyKind.OBJECT}
NO = ("", "false")
"""What ``isDeleteBoth`` may say for no."""


def entity(row: StoredAssistant, workspace_id: str) -> assistant_pb2.Assistant:
    message = assistant_pb2.Assistant(
        id=row.id,
        details=row.details,
        credential=row.credential,
        type=row.type,
        created_date=iso(row.created_date),
        updated_date=iso(row.updated_date),
        workspace_id=workspace_id,
    )
    fill_value(message.icon_src, row.icon_src)
    return message


class AssistantRestServicer(assistant_pb2_grpc.AssistantRestServiceServicer):
    def __init__(self, assistants: AssistantService, components: AssistantComponents, bodies: Bodies, *, max_list: int) -> None:
        self._assistants = assistants
        self._components = components
        self._bodies = bodies
        self._max_list = max_list

    async def CreateAssistantEntity(
        self, request: assistant_pb2.CreateAssistantEntityRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.Assistant:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, FIELDS)
        return entity(await self._assistants.create(workspace, fields), workspace)

    async def GetAssistantEntity(
        self, request: assistant_pb2.GetAssistantEntityRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.Assistant:
        workspace = current_call().workspace_id
        return entity(await self._assistants.get(workspace, request.id), workspace)

    async def ListAssistantsArray(
        self, request: assistant_pb2.ListAssistantsArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[assistant_pb2.Assistant]:
        workspace, values = current_call().workspace_id, values_of(request)
        rows, _ = await self._assistants.list(workspace, values.get("type"), limit=limit_of(values, self._max_list))
        for message in [entity(row, workspace) for row in rows]:
            yield message

    async def UpdateAssistantEntity(
        self, request: assistant_pb2.UpdateAssistantEntityRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.Assistant:
        workspace = current_call().workspace_id
        changes = await self._bodies.json(request.body.data, FIELDS)
        return entity(await self._assistants.update(workspace, request.id, changes), workspace)

    async def DeleteAssistantEntity(
        self, request: assistant_pb2.DeleteAssistantEntityRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.DeletedAssistants:
        remote = request.is_delete_both.lower() not in NO
        count = await self._assistants.delete(current_call().workspace_id, request.id, remote=remote)
        return assistant_pb2.DeletedAssistants(affected=count)

    async def ListAssistantChatModels(
        self, request: assistant_pb2.ListAssistantChatModelsRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[node_type_pb2.Node]:
        for one in self._components.chat_models():
            yield node_message(one)

    async def ListAssistantTools(
        self, request: assistant_pb2.ListAssistantToolsRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[node_type_pb2.Node]:
        for one in self._components.tools():
            yield node_message(one)

    async def ListAssistantDocumentStores(
        self, request: assistant_pb2.ListAssistantDocumentStoresRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[assistant_pb2.AssistantDocumentStore]:
        for one in await self._components.document_stores(current_call().workspace_id):
            yield assistant_pb2.AssistantDocumentStore(name=one.id, label=one.name, description=one.description)

    async def DownloadAssistantFile(
        self, request: assistant_pb2.DownloadAssistantFileRequest, context: grpc.aio.ServicerContext
    ) -> HttpBody:
        raise NotFound(Reason.FILE_NOT_FOUND, "Files that an assistant made at OpenAI are not here.")

    async def GenerateInstruction(
        self, request: assistant_pb2.GenerateInstructionRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.GeneratedInstruction:
        fields = await self._bodies.json(request.body.data, INSTRUCTION)
        content = await self._components.write_instruction(
            current_call().workspace_id, fields.get("task"), fields.get("selectedChatModel")
        )
        return assistant_pb2.GeneratedInstruction(content=content)


class AssistantPageRestServicer(assistant_pb2_grpc.AssistantPageRestServiceServicer):
    def __init__(self, assistants: AssistantService, *, max_list: int) -> None:
        self._assistants = assistants
        self._max_list = max_list

    async def ListAssistantsPage(
        self, request: assistant_pb2.ListAssistantsPageRequest, context: grpc.aio.ServicerContext
    ) -> assistant_pb2.AssistantPage:
        workspace, values = current_call().workspace_id, values_of(request)
        page, limit = positive(values, "page") or 1, limit_of(values, self._max_list) or self._max_list
        rows, total = await self._assistants.list(workspace, values.get("type"), (page - 1) * limit, limit)
        return assistant_pb2.AssistantPage(data=[entity(row, workspace) for row in rows], total=total)


def _entities(domain: Domain) -> object:
    return AssistantRestServicer(
        domain.rule(AssistantService),
        domain.rule(AssistantComponents),
        domain.bodies,
        max_list=domain.settings.max_list,
    )


def _pages(domain: Domain) -> object:
    return AssistantPageRestServicer(domain.rule(AssistantService), max_list=domain.settings.max_list)


SERVICES = (
    Service(assistant_pb2_grpc.add_AssistantRestServiceServicer_to_server, _entities),
    Service(assistant_pb2_grpc.add_AssistantPageRestServiceServicer_to_server, _pages),
)
