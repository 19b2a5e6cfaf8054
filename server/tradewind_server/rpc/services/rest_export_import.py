"""The REST routes of exports and imports of a workspace (docs/contract.md §9.15)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.rest_stubs import export_import_pb2 as pb
from tradewind_server.rest_stubs import export_import_pb2_grpc
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind, collect
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.transfer.exporter import WorkspaceExporter
from tradewind_server.transfer.importer import WorkspaceImporter

MIB = 1024 * 1024
JSON = "application/json"
CHOICES = {
    "agentflow": ("AgentFlow",),
    "agentflowv2": ("AgentFlowV2",),
    "assistantCustom": ("AssistantCustom", "AssistantFlow"),
    "assistantOpenAI": ("AssistantOpenAI",),
    "assistantAzure": ("AssistantAzure",),
    "chatflow": ("ChatFlow",),
    "chat_message": ("ChatMessage",),
    "chat_feedback": ("ChatMessageFeedback",),
    "custom_template": ("CustomTemplate",),
    "document_store": ("DocumentStore", "DocumentStoreFileChunk"),
    "execution": ("Execution",),
    "tool": ("Tool",),
    "variable": ("Variable",),
}
"""The lists of an export by the flag that asks for them."""
FLAGS: BodyFields = dict.fromkeys(CHOICES, BodyKind.SWITCH)


def chosen_lists(body: Mapping[str, Any]) -> frozenset[str]:
    """The lists whose flags are true, or the text "true"."""
    return frozenset(one for name, lists in CHOICES.items() if body.get(name) in (True, "true") for one in lists)


class ExportImportRestServicer(export_import_pb2_grpc.ExportImportRestServiceServicer):
    def __init__(
        self, exporter: WorkspaceExporter, importer: WorkspaceImporter, bodies: Bodies, *, most_megabytes: int
    ) -> None:
        self._exporter = exporter
        self._importer = importer
        self._bodies = bodies
        self._most_megabytes = most_megabytes

    async def ExportWorkspaceBody(
        self, request: pb.ExportWorkspaceBodyRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[HttpBody]:
        lists = chosen_lists(await self._bodies.json(request.body.data, FLAGS))
        content_type = JSON
        async with aclosing(self._exporter.pieces(current_call().workspace_id, lists)) as pieces:  # type: ignore[type-var]
            async for piece in pieces:
                for start in range(0, len(piece), MIB):
                    yield HttpBody(content_type=content_type, data=piece[start : start + MIB])
                    content_type = ""  # Only the first message's counts.

    async def ImportWorkspaceBody(
        self, request_iterator: AsyncIterator[pb.ImportWorkspaceBodyRequest], context: grpc.aio.ServicerContext
    ) -> HttpBody:
        data = await collect(request_iterator, self._most_megabytes * MIB)
        value = await self._bodies.value(data, "The body")
        result = await self._importer.run(current_call().workspace_id, value)
        answer: dict[str, Any] = {"message": "success"}
        if result.notes:
            answer["warnings"] = result.notes
        return HttpBody(content_type=JSON, data=orjson.dumps(answer))


def _transfers(domain: Domain) -> object:
    return ExportImportRestServicer(
        domain.rule(WorkspaceExporter),
        domain.rule(WorkspaceImporter),
        domain.bodies,
        most_megabytes=domain.settings.max_body_mb,
    )


SERVICES = (Service(export_import_pb2_grpc.add_ExportImportRestServiceServicer_to_server, _transfers),)
