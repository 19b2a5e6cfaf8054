"""The REST routes of versions of chatflows (docs/contract.md §9.12)."""

from __future__ import annotations

import grpc

from tradewind_server.chatflows.version_service import VersionService
from tradewind_server.chatflows.versions import VersionSummary
from tradewind_server.rest_stubs import chatflow_pb2, chatflow_version_pb2_grpc
from tradewind_server.rest_stubs import chatflow_version_pb2 as pb
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.rest_shapes import chatflow_message, iso
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import limit_of, positive, values_of


def line(version: VersionSummary) -> pb.ChatflowVersionLine:
    return pb.ChatflowVersionLine(number=version.number, saved_date=iso(version.date), labels=version.labels, size=version.size)


class ChatflowVersionRestServicer(chatflow_version_pb2_grpc.ChatflowVersionRestServiceServicer):
    def __init__(self, versions: VersionService, *, max_list: int) -> None:
        self._versions = versions
        self._max_list = max_list

    async def ListVersionsPage(
        self, request: pb.ListVersionsPageRequest, context: grpc.aio.ServicerContext
    ) -> pb.ChatflowVersionPage:
        values = values_of(request)
        page, limit = positive(values, "page") or 1, limit_of(values, self._max_list) or self._max_list
        versions, total = await self._versions.list(current_call().workspace_id, request.id, (page - 1) * limit, limit)
        return pb.ChatflowVersionPage(data=[line(version) for version in versions], total=total)

    async def GetVersionEntity(
        self, request: pb.GetVersionEntityRequest, context: grpc.aio.ServicerContext
    ) -> pb.ChatflowVersionEntity:
        version, chatflow = await self._versions.chatflow_at(current_call().workspace_id, request.id, request.version)
        return pb.ChatflowVersionEntity(
            number=version.number,
            saved_date=iso(version.date),
            labels=version.labels,
            chatflow=chatflow_message(chatflow),
        )

    async def LabelVersion(self, request: pb.LabelVersionRequest, context: grpc.aio.ServicerContext) -> pb.ChatflowVersionLine:
        version = await self._versions.label(current_call().workspace_id, request.id, request.version, request.label)
        return line(version.summary)

    async def UnlabelVersion(
        self, request: pb.UnlabelVersionRequest, context: grpc.aio.ServicerContext
    ) -> pb.ChatflowVersionLine:
        version = await self._versions.unlabel(current_call().workspace_id, request.id, request.version, request.label)
        return line(version.summary)

    async def RestoreVersion(
        self, request: pb.RestoreVersionRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.Chatflow:
        return chatflow_message(await self._versions.restore(current_call().workspace_id, request.id, request.version))

    async def DeleteVersionEntity(
        self, request: pb.DeleteVersionEntityRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_pb2.DeletedChatflow:
        await self._versions.delete(current_call().workspace_id, request.id, request.version)
        return chatflow_pb2.DeletedChatflow(affected=1)


def _versions(domain: Domain) -> object:
    return ChatflowVersionRestServicer(domain.rule(VersionService), max_list=domain.settings.max_list)


SERVICES = (Service(chatflow_version_pb2_grpc.add_ChatflowVersionRestServiceServicer_to_server, _versions),)
