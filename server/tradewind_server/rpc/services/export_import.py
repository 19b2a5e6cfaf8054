"""``ExportImportService`` over gRPC."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing

import grpc
from tradewind.v1 import export_import_pb2 as pb
from tradewind.v1 import export_import_pb2_grpc

from tradewind_server.rpc.bodies import Bodies, too_large
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.transfer.exporter import WorkspaceExporter
from tradewind_server.transfer.importer import WorkspaceImporter

MIB = 1024 * 1024


class ExportImportServicer(export_import_pb2_grpc.ExportImportServiceServicer):
    """Maps requests and responses around :class:`WorkspaceExporter` and :class:`WorkspaceImporter`."""

    def __init__(
        self, exporter: WorkspaceExporter, importer: WorkspaceImporter, bodies: Bodies, *, most_megabytes: int
    ) -> None:
        self._exporter = exporter
        self._importer = importer
        self._bodies = bodies
        self._most_megabytes = most_megabytes

    async def ExportWorkspace(
        self, request: pb.ExportWorkspaceRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[pb.ExportWorkspaceResponse]:
        lists = self._exporter.lists(with_messages=request.with_messages)
        async with aclosing(self._exporter.pieces(current_call().workspace_id, lists)) as pieces:  # type: ignore[type-var]
            async for piece in pieces:
                for start in range(0, len(piece), MIB):
                    yield pb.ExportWorkspaceResponse(chunk=piece[start : start + MIB])

    async def ImportWorkspace(
        self, request_iterator: AsyncIterator[pb.ImportWorkspaceRequest], context: grpc.aio.ServicerContext
    ) -> pb.ImportWorkspaceResponse:
        data = bytearray()
        async for request in request_iterator:
            data += request.chunk
            if len(data) > self._most_megabytes * MIB:
                raise too_large()
        value = await self._bodies.value(bytes(data), "The file")
        result = await self._importer.run(current_call().workspace_id, value)
        return pb.ImportWorkspaceResponse(
            lists=[pb.ImportedList(name=name, count=count) for name, count in result.counts.items()], notes=result.notes
        )


def _transfers(domain: Domain) -> object:
    return ExportImportServicer(
        domain.rule(WorkspaceExporter),
        domain.rule(WorkspaceImporter),
        domain.bodies,
        most_megabytes=domain.settings.max_body_mb,
    )


SERVICES = (Service(export_import_pb2_grpc.add_ExportImportServiceServicer_to_server, _transfers),)
