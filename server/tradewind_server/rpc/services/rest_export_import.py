"""The REST routes of exports and imports of a workspace (docs/contract.md §9.15)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.chats.filters import message_filter
from tradewind_server.chats.ports import MessageFilter
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rest_stubs import export_import_pb2 as pb
from tradewind_server.rest_stubs import export_import_pb2_grpc
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind, collect
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.rest_files import disposition
from tradewind_server.transfer.exporter import WorkspaceExporter
from tradewind_server.transfer.importer import WorkspaceImporter
from tradewind_server.transfer.transcripts import ChatTranscripts

MIB = 1024 * 1024
JSON = "application/json"
MOST_CHOICES = 10
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


MESSAGES: BodyFields = {
    **dict.fromkeys(("chatflowId", "startDate", "endDate"), BodyKind.TEXT),
    **dict.fromkeys(("chatType", "feedbackType"), BodyKind.ANY),
}


def chosen_messages(body: Mapping[str, Any]) -> MessageFilter:
    """The filter of a body. Raises ``InvalidInput`` naming the field that is none."""
    if not body.get("chatflowId"):
        raise InvalidInput(Reason.INVALID_ARGUMENT, "chatflowId is missing; name the chatflow.")
    dates = {"start_date": body.get("startDate"), "end_date": body.get("endDate")}
    return message_filter(body["chatflowId"], dates, _texts(body, "chatType"), _texts(body, "feedbackType"))


def _texts(body: Mapping[str, Any], name: str) -> list[str]:
    value = body.get(name)
    texts = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(texts, list) or len(texts) > MOST_CHOICES or not all(isinstance(text, str) for text in texts):
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"{name} must be a text, or a list of at most {MOST_CHOICES} texts.")
    return texts


def chosen_lists(body: Mapping[str, Any]) -> frozenset[str]:
    """The lists whose flags are true, or the text "true"."""
    return frozenset(one for name, lists in CHOICES.items() if body.get(name) in (True, "true") for one in lists)


async def parts_of(pieces: AsyncIterator[bytes]) -> AsyncIterator[HttpBody]:
    """JSON text in messages of a bounded size; the first alone has the content type."""
    content_type = JSON
    async with aclosing(pieces) as texts:  # type: ignore[type-var]
        async for text in texts:
            for start in range(0, len(text), MIB):
                yield HttpBody(content_type=content_type, data=text[start : start + MIB])
                content_type = ""


class ExportImportRestServicer(export_import_pb2_grpc.ExportImportRestServiceServicer):
    def __init__(
        self,
        exporter: WorkspaceExporter,
        importer: WorkspaceImporter,
        transcripts: ChatTranscripts,
        bodies: Bodies,
        *,
        most_megabytes: int,
    ) -> None:
        self._exporter = exporter
        self._transcripts = transcripts
        self._importer = importer
        self._bodies = bodies
        self._most_megabytes = most_megabytes

    async def ExportWorkspaceBody(
        self, request: pb.ExportWorkspaceBodyRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[HttpBody]:
        lists = chosen_lists(await self._bodies.json(request.body.data, FLAGS))
        async with aclosing(parts_of(self._exporter.pieces(current_call().workspace_id, lists))) as parts:  # type: ignore[type-var]
            async for part in parts:
                yield part

    async def ExportChatflowMessages(
        self, request: pb.ExportChatflowMessagesRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[HttpBody]:
        filters = chosen_messages(await self._bodies.json(request.body.data, MESSAGES))
        workspace_id = current_call().workspace_id
        name = await self._transcripts.file_name(workspace_id, filters.chatflow_id)
        async with aclosing(parts_of(self._transcripts.pieces(workspace_id, filters))) as parts:  # type: ignore[type-var]
            async for part in parts:
                if part.content_type:  # What fails before the first part has its status.
                    await context.send_initial_metadata((("content-disposition", disposition(name)),))
                yield part

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
        domain.rule(ChatTranscripts),
        domain.bodies,
        most_megabytes=domain.settings.max_body_mb,
    )


SERVICES = (Service(export_import_pb2_grpc.add_ExportImportRestServiceServicer_to_server, _transfers),)
