"""Maps entities and results to the messages and JSON objects of the REST routes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chats.leads import Lead
from tradewind_server.chats.ports import ChatMessage, Feedback
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.agentflow.executions import Execution
from tradewind_server.flows.predict.messages import PredictionResult
from tradewind_server.ingest.ports import UpsertResult
from tradewind_server.rest_stubs import chat_message_pb2, chatflow_pb2, feedback_pb2, lead_pb2
from tradewind_server.rpc.json_values import fill_value

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
    """The moment as ISO 8601 in UTC with milliseconds: ``2025-01-01T11:28:36.000Z``."""
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


def chatflow_json(flow: Chatflow) -> dict[str, Any]:
    """A chatflow as a JSON object, for export files."""
    texts = {public_name(name): getattr(flow, name) for name in CHATFLOW_TEXTS + CHATFLOW_FLAGS}
    return {
        "id": flow.id,
        "name": flow.name,
        "flowData": flow.flow_data,
        **texts,
        "type": flow.type,
        "createdDate": iso(flow.created_date),
        "updatedDate": iso(flow.updated_date),
        "workspaceId": flow.workspace_id,
    }


def public_name(name: str) -> str:
    """The camelCase name of a snake_case one: ``chatbotConfig`` for ``chatbot_config``."""
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


def check_flags(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields unchanged. Raises ``InvalidInput(INVALID_CHATFLOW)`` when a flag is not a boolean or null."""
    for name in CHATFLOW_FLAGS:
        if fields.get(name) is not None and not isinstance(fields[name], bool):
            raise InvalidInput(Reason.INVALID_CHATFLOW, f"{JSON_NAMES.get(name, name)} must be true, false or null.")
    return fields


def imported_chatflows(entries: Iterable[tuple[Chatflow, list[str]]]) -> list[chatflow_pb2.ImportedChatflow]:
    return [chatflow_pb2.ImportedChatflow(id=flow.id, name=flow.name, notes=notes) for flow, notes in entries]


async def chat_messages(
    rows: Iterable[ChatMessage], *, with_feedback: bool, executions: Mapping[str, Execution] | None = None
) -> list[chat_message_pb2.ChatMessage]:
    """The messages of a list, with their executions.

    It yields to the event loop after each ``ROWS_AT_ONCE`` rows, which may hold whole documents.
    """
    messages = []
    for row in rows:
        message = chat_message(row, with_feedback=with_feedback)
        execution = (executions or {}).get(row.execution_id or "")
        if execution is not None:
            fill_value(message.execution, execution_json(execution))
        messages.append(message)
        if len(messages) % ROWS_AT_ONCE == 0:
            await asyncio.sleep(0)
    return messages


def chat_message(row: ChatMessage, *, with_feedback: bool = False) -> chat_message_pb2.ChatMessage:
    """A stored message (docs/contract.md §8.2). ``with_feedback`` prints ``feedback``, null when there is none."""
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
    if row.usage is not None:
        fill_value(message.usage, row.usage)
    if row.edited_date is not None:
        fill_value(message.edited_date, iso(row.edited_date))
    if with_feedback:
        fill_value(message.feedback, feedback_json(row.feedback) if row.feedback else None)
    return message


def execution_json(row: Execution) -> dict[str, Any]:
    """An execution as a JSON object (docs/contract.md §14.4)."""
    return {
        "id": row.id,
        "executionData": row.execution_data,
        "state": row.state,
        "agentflowId": row.chatflow_id,
        "sessionId": row.session_id,
        "action": None,
        "isPublic": row.is_public,
        "createdDate": iso(row.created_date),
        "updatedDate": iso(row.updated_date),
        "stoppedDate": iso(row.stopped_date) if row.stopped_date else None,
        "workspaceId": row.workspace_id,
    }


def feedback_json(row: Feedback) -> dict[str, Any]:
    """Feedback as a JSON object (docs/contract.md §8.3)."""
    return {
        "id": row.id,
        "chatflowid": row.chatflow_id,
        "chatId": row.chat_id,
        "messageId": row.message_id,
        "rating": row.rating,
        "content": row.content,
        "createdDate": iso(row.created_date),
    }


def feedback_message(row: Feedback) -> feedback_pb2.Feedback:
    """Feedback as its own routes answer it (docs/contract.md §8.3)."""
    message = feedback_pb2.Feedback(
        id=row.id,
        chatflow_id=row.chatflow_id,
        chat_id=row.chat_id,
        message_id=row.message_id,
        rating=row.rating,
        created_date=iso(row.created_date),
    )
    fill_value(message.content, row.content)
    return message


def lead_message(row: Lead, *, with_nulls: bool) -> lead_pb2.Lead:
    """A lead (docs/contract.md §8.5). What it does not have is printed as null, or left out."""
    message = lead_pb2.Lead(id=row.id, chatflow_id=row.chatflow_id, chat_id=row.chat_id, created_date=iso(row.created_date))
    for name in ("name", "email", "phone"):
        value = getattr(row, name)
        if with_nulls or value is not None:
            fill_value(getattr(message, name), value)
    return message


def _prompts_json(prompts: str | None) -> str | None:
    """The JSON text encoded as a JSON string again, because clients decode it twice (docs/contract.md §4.5)."""
    return None if prompts is None else orjson.dumps(prompts).decode()


def prediction_json(result: PredictionResult) -> dict[str, Any]:
    """An answer as a JSON object, without what is absent (docs/contract.md §4.5)."""
    answer = {
        "text": result.text,
        "json": result.json,
        "question": result.question,
        "form": result.form,
        "chatId": result.chat_id,
        "chatMessageId": result.chat_message_id,
        "executionId": result.execution_id,
        "agentFlowExecutedData": result.trace,
        "action": result.action,
        "sessionId": result.session_id,
        "memoryType": result.memory_type or None,
        "sourceDocuments": result.source_documents,
        "usedTools": result.used_tools,
        "artifacts": result.artifacts,
        "flowVariables": result.flow_variables,
        "followUpPrompts": _prompts_json(result.follow_up_prompts),
        "usage": result.usage.as_json() if result.usage and result.usage.calls else None,
    }
    return {**{name: value for name, value in answer.items() if value is not None}, "isStreamValid": result.as_stream}


def upsert_json(result: UpsertResult) -> dict[str, Any]:
    """The result of an upsert as a JSON object (docs/contract.md §7.4)."""
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
