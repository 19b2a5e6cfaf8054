"""``ChatflowVersionService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import chatflow_version_pb2 as pb
from tradewind.v1 import chatflow_version_pb2_grpc

from tradewind_server.chatflows.version_service import VersionService
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.chatflow_versions import version_summary, version_texts
from tradewind_server.rpc.mapping.chatflows import chatflow
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.pages import next_token, offset_of


class ChatflowVersionServicer(chatflow_version_pb2_grpc.ChatflowVersionServiceServicer):
    """Maps requests and responses around :class:`VersionService`."""

    def __init__(self, versions: VersionService, *, max_list: int) -> None:
        self._versions = versions
        self._max_list = max_list

    async def ListChatflowVersions(
        self, request: pb.ListChatflowVersionsRequest, context: grpc.aio.ServicerContext
    ) -> pb.ListChatflowVersionsResponse:
        size, offset = min(request.page_size or self._max_list, self._max_list), offset_of(request.page_token)
        versions, total = await self._versions.list(current_call().workspace_id, request.chatflow_id, offset, size)
        return pb.ListChatflowVersionsResponse(
            versions=[version_summary(version) for version in versions],
            next_page_token=next_token(offset, len(versions), total),
            total_size=total,
        )

    async def GetChatflowVersion(
        self, request: pb.GetChatflowVersionRequest, context: grpc.aio.ServicerContext
    ) -> pb.GetChatflowVersionResponse:
        version = await self._versions.get(current_call().workspace_id, request.chatflow_id, request.version)
        return pb.GetChatflowVersionResponse(version=version_summary(version.summary), chatflow=version_texts(version))

    async def LabelChatflowVersion(
        self, request: pb.LabelChatflowVersionRequest, context: grpc.aio.ServicerContext
    ) -> pb.LabelChatflowVersionResponse:
        workspace_id = current_call().workspace_id
        version = await self._versions.label(workspace_id, request.chatflow_id, request.version, request.label)
        return pb.LabelChatflowVersionResponse(version=version_summary(version.summary))

    async def UnlabelChatflowVersion(
        self, request: pb.UnlabelChatflowVersionRequest, context: grpc.aio.ServicerContext
    ) -> pb.UnlabelChatflowVersionResponse:
        workspace_id = current_call().workspace_id
        version = await self._versions.unlabel(workspace_id, request.chatflow_id, request.version, request.label)
        return pb.UnlabelChatflowVersionResponse(version=version_summary(version.summary))

    async def RestoreChatflowVersion(
        self, request: pb.RestoreChatflowVersionRequest, context: grpc.aio.ServicerContext
    ) -> pb.RestoreChatflowVersionResponse:
        flow = await self._versions.restore(current_call().workspace_id, request.chatflow_id, request.version)
        return pb.RestoreChatflowVersionResponse(chatflow=chatflow(flow))

    async def DeleteChatflowVersion(
        self, request: pb.DeleteChatflowVersionRequest, context: grpc.aio.ServicerContext
    ) -> pb.DeleteChatflowVersionResponse:
        await self._versions.delete(current_call().workspace_id, request.chatflow_id, request.version)
        return pb.DeleteChatflowVersionResponse()


def _versions(domain: Domain) -> object:
    return ChatflowVersionServicer(domain.rule(VersionService), max_list=domain.settings.max_list)


SERVICES = (Service(chatflow_version_pb2_grpc.add_ChatflowVersionServiceServicer_to_server, _versions),)
