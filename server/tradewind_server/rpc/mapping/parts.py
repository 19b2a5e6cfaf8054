"""Maps what answers and stored messages have in common: chunks, tool calls, artifacts, feedback, usage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import orjson
from google.protobuf.timestamp_pb2 import Timestamp
from tradewind.v1 import common_pb2 as pb
from tradewind.v1 import feedback_pb2

from tradewind_server.chats.ports import Feedback
from tradewind_server.flows.llm.usage import TokenUsage
from tradewind_server.rpc.json_values import fill_struct, fill_value

JsonObject = Mapping[str, Any]
T = TypeVar("T")
ROLES = {"userMessage": pb.MESSAGE_ROLE_USER, "apiMessage": pb.MESSAGE_ROLE_API}
ROLE_NAMES = {number: name for name, number in ROLES.items()}
CHAT_TYPE_NAMES = {number: name.removeprefix("CHAT_TYPE_") for name, number in pb.ChatType.items() if number}
CHAT_TYPES = {name: f"CHAT_TYPE_{name}" for name in CHAT_TYPE_NAMES.values()}
RATINGS = {"THUMBS_UP": pb.RATING_THUMBS_UP, "THUMBS_DOWN": pb.RATING_THUMBS_DOWN}
RATING_NAMES = {number: name for name, number in RATINGS.items()}


def timestamp(moment: datetime) -> Timestamp:
    result = Timestamp()
    result.FromDatetime(moment)
    return result


def source_documents(items: Iterable[Any] | None) -> list[pb.SourceDocument]:
    """Source documents from objects of the form ``{pageContent, metadata, id?}``."""
    return [source_document(item) for item in _objects(items)]


def source_document(item: JsonObject) -> pb.SourceDocument:
    document = pb.SourceDocument(page_content=str(item.get("pageContent") or ""))
    metadata = item.get("metadata")
    if isinstance(metadata, Mapping):
        document.metadata.SetInParent()
        fill_struct(document.metadata, metadata)
    if item.get("id"):
        document.id = str(item["id"])
    return document


def used_tools(items: Iterable[Any] | None) -> list[pb.UsedTool]:
    """Tool calls from objects of the form ``{tool, toolInput, toolOutput, sourceDocuments?, error?}``."""
    return [_used_tool(item) for item in _objects(items)]


def _used_tool(item: JsonObject) -> pb.UsedTool:
    tool = pb.UsedTool(tool=str(item.get("tool") or ""), source_documents=source_documents(item.get("sourceDocuments")))
    if item.get("toolInput") is not None:
        fill_value(tool.input, item["toolInput"])
    if item.get("toolOutput") is not None:
        fill_value(tool.output, item["toolOutput"])
    if item.get("error"):
        tool.error = str(item["error"])
    return tool


def artifacts(items: Iterable[Any] | None) -> list[pb.Artifact]:
    return [pb.Artifact(type=str(item.get("type") or ""), data=_text(item.get("data"))) for item in _objects(items)]


def file_annotations(items: Iterable[Any] | None) -> list[pb.FileAnnotation]:
    return [
        pb.FileAnnotation(file_path=str(item.get("filePath") or ""), file_name=str(item.get("fileName") or ""))
        for item in _objects(items)
    ]


def follow_up_prompts(text: str | None) -> Sequence[str]:
    """The suggestions in the JSON text of a list; none for any other text."""
    if not text:
        return ()
    try:
        prompts = orjson.loads(text)
    except orjson.JSONDecodeError:
        return ()
    return [one for one in prompts if isinstance(one, str)] if isinstance(prompts, list) else ()


def feedback(row: Feedback) -> feedback_pb2.Feedback:
    return feedback_pb2.Feedback(
        id=row.id,
        chatflow_id=row.chatflow_id,
        chat_id=row.chat_id,
        message_id=row.message_id,
        rating=RATINGS.get(row.rating, pb.RATING_UNSPECIFIED),
        content=row.content,
        create_time=timestamp(row.created_date),
    )


def _objects(items: Iterable[Any] | None) -> Iterable[JsonObject]:
    return (item for item in items or () if isinstance(item, Mapping))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else orjson.dumps(value).decode()


def token_usage(usage: TokenUsage | None) -> pb.TokenUsage | None:
    """Token usage of an answer. Counts that no endpoint reported are unset."""
    if usage is None or not usage.calls:
        return None
    return pb.TokenUsage(
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        cached_tokens=usage.cached_tokens,
        reasoning_tokens=usage.reasoning_tokens,
        model=usage.model,
        provider=usage.provider,
        calls=usage.calls,
    )
