"""Entities and results as the contract's messages. One function for each; nothing here decides anything."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from google.protobuf.struct_pb2 import Value
from tradewind.v1 import chat_message_pb2, chatflow_pb2, prediction_pb2, vector_upsert_pb2

from tradewind_server.chats.ports import ChatMessage, ChatSession, Feedback
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.chatflows import Chatflow
from tradewind_server.flows.prediction import PredictionResult
from tradewind_server.ingest.ports import UpsertResult
from tradewind_server.rpc.json_values import fill_list, fill_struct, fill_value, from_value

CHATFLOW_TEXTS = (
    "apikeyid",
    "chatbot_config",
    "api_config",
    "analytic",
    "category",
    "speech_to_text",
    "text_to_speech",
    "follow_up_prompts",
    "mcp_server_config",
)
CHATFLOW_FLAGS = ("deployed", "is_public")
JSON_NAMES = {"is_public": "isPublic"}
MESSAGE_VALUES = (
    "execution_id",
    "source_documents",
    "used_tools",
    "file_annotations",
    "agent_reasoning",
    "reason_content",
    "file_uploads",
    "artifacts",
    "action",
    "memory_type",
    "session_id",
    "lead_email",
    "follow_up_prompts",
)
ROWS_AT_ONCE = 50


def iso(moment: datetime) -> str:
    """``2025-01-01T11:28:36.000Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def chatflow_message(flow: Chatflow) -> chatflow_pb2.Chatflow:
    message = chatflow_pb2.Chatflow(
        id=flow.id,
        name=flow.name,
        flow_data=flow.flow_data,
        type=flow.type,
        created_date=iso(flow.created_date),
        updated_date=iso(flow.updated_date),
        workspace_id=flow.workspace_id,
    )
    for name in CHATFLOW_TEXTS + CHATFLOW_FLAGS:
        fill_value(getattr(message, name), getattr(flow, name))
    return message


def chatflow_fields(fields: chatflow_pb2.ChatflowFields) -> dict[str, Any]:
    """The fields that are set; an explicit null is None."""
    given: dict[str, Any] = {}
    for descriptor, value in fields.ListFields():
        given[descriptor.name] = from_value(value) if isinstance(value, Value) else value
    return checked_flags(given)


def checked_flags(given: dict[str, Any]) -> dict[str, Any]:
    """The fields themselves. Raises ``InvalidInput`` where a flag is none."""
    for name in CHATFLOW_FLAGS:
        if given.get(name) is not None and not isinstance(given[name], bool):
            raise InvalidInput(Reason.INVALID_CHATFLOW, f"{JSON_NAMES.get(name, name)} must be true, false or null.")
    return given


def imported_chatflows(imported: Iterable[tuple[Chatflow, list[str]]]) -> list[chatflow_pb2.ImportedChatflow]:
    return [chatflow_pb2.ImportedChatflow(id=flow.id, name=flow.name, notes=notes) for flow, notes in imported]


async def chat_messages(rows: Iterable[ChatMessage], *, with_feedback: bool) -> list[chat_message_pb2.ChatMessage]:
    """A list of messages. A long one takes turns with other calls, because each row may carry whole documents."""
    messages = []
    for row in rows:
        messages.append(chat_message(row, with_feedback=with_feedback))
        if len(messages) % ROWS_AT_ONCE == 0:
            await asyncio.sleep(0)
    return messages


def chat_message(row: ChatMessage, *, with_feedback: bool = False) -> chat_message_pb2.ChatMessage:
    """``feedback`` is printed, as an object or null, only where it was asked for."""
    message = chat_message_pb2.ChatMessage(
        id=row.id,
        role=row.role,
        chatflow_id=row.chatflow_id,
        content=row.content,
        chat_type=row.chat_type,
        chat_id=row.chat_id,
        created_date=iso(row.created_date),
    )
    for name in MESSAGE_VALUES:
        fill_value(getattr(message, name), getattr(row, name))
    fill_value(message.execution, None)
    if with_feedback:
        fill_value(message.feedback, feedback_json(row.feedback) if row.feedback else None)
    return message


def feedback_json(row: Feedback) -> dict[str, Any]:
    """Feedback as every door shows it (contract §0.5)."""
    return {
        "id": row.id,
        "chatflowid": row.chatflow_id,
        "chatId": row.chat_id,
        "messageId": row.message_id,
        "rating": row.rating,
        "content": row.content,
        "createdDate": iso(row.created_date),
    }


def chat_session(session: ChatSession) -> chat_message_pb2.ChatSession:
    return chat_message_pb2.ChatSession(
        session_id=session.session_id,
        chat_id=session.chat_id,
        message_count=session.message_count,
        first_date=iso(session.first_date),
        last_date=iso(session.last_date),
    )


def prediction_response(result: PredictionResult) -> prediction_pb2.PredictResponse:
    # optional fields take None for absent.
    response = prediction_pb2.PredictResponse(
        text=result.text,
        question=result.question,
        chat_id=result.chat_id,
        chat_message_id=result.chat_message_id,
        session_id=result.session_id,
        memory_type=result.memory_type or None,
        follow_up_prompts=_encoded(result.follow_up_prompts),
        is_stream_valid=result.streamed,
    )
    if result.json is not None:
        fill_value(response.json, result.json)
    for name in ("source_documents", "used_tools", "artifacts"):
        values = getattr(result, name)
        if values is not None:
            target = getattr(response, name)
            target.SetInParent()
            fill_list(target, values)
    return response


def _encoded(prompts: str | None) -> str | None:
    """The JSON text once more as JSON: clients decode twice (contract §3.8, recorded)."""
    return None if prompts is None else orjson.dumps(prompts).decode()


def prediction_json(result: PredictionResult) -> dict[str, Any]:
    """The same as JSON, for doors that answer raw bytes."""
    answer = {
        "text": result.text,
        "json": result.json,
        "question": result.question,
        "chatId": result.chat_id,
        "chatMessageId": result.chat_message_id,
        "sessionId": result.session_id,
        "memoryType": result.memory_type or None,
        "sourceDocuments": result.source_documents,
        "usedTools": result.used_tools,
        "artifacts": result.artifacts,
        "followUpPrompts": _encoded(result.follow_up_prompts),
    }
    return {**{name: value for name, value in answer.items() if value is not None}, "isStreamValid": result.streamed}


def fill_upsert(response: vector_upsert_pb2.UpsertResponse, result: UpsertResult) -> None:
    """Write counts and chunks into a message."""
    response.num_added = result.num_added
    response.num_updated = result.num_updated
    response.num_skipped = result.num_skipped
    response.num_deleted = result.num_deleted
    if result.added_truncated:
        response.added_docs_truncated = True
    response.warnings.extend(result.warnings)
    for chunk in result.added:
        document = response.added_docs.add(page_content=chunk["pageContent"])
        metadata: Mapping[str, Any] = chunk.get("metadata") or {}
        document.metadata.SetInParent()
        fill_struct(document.metadata, metadata)
        if chunk.get("id"):
            document.id = chunk["id"]


def upsert_json(result: UpsertResult) -> dict[str, Any]:
    """The same as JSON, for doors that answer raw bytes."""
    answer: dict[str, Any] = {
        "numAdded": result.num_added,
        "numUpdated": result.num_updated,
        "numSkipped": result.num_skipped,
        "numDeleted": result.num_deleted,
        "addedDocs": result.added,
    }
    if result.added_truncated:
        answer["addedDocsTruncated"] = True
    if result.warnings:
        answer["warnings"] = result.warnings
    return answer
