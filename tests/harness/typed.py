"""Flowise's JSON and the typed messages, each way: cases are written once, in the JSON that REST has."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

from google.protobuf.json_format import MessageToDict, ParseDict, ParseError
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from tradewind.v1 import chat_message_pb2, common_pb2, feedback_pb2, prediction_pb2, vector_upsert_pb2

ANSWER_TEXTS = {
    "question": "question",
    "chatId": "chat_id",
    "chatMessageId": "chat_message_id",
    "sessionId": "session_id",
}
ROLES = {"userMessage": 1, "user": 1, "apiMessage": 2, "assistant": 2}
ROLE_NAMES = {1: "userMessage", 2: "apiMessage"}
KINDS = {"file:full": 1, "stored-file:full": 1, "file:rag": 2, "audio": 3}
FILTERS = {"chatId": "chat_id", "sessionId": "session_id", "memoryType": "memory_type", "messageId": "message_id"}


class NotTyped(Exception):
    """What a case says cannot be said with the typed messages: no stub could send it."""


class _Predict(Protocol):
    chatflow_id: str
    question: str
    history: Any
    attachments: Any


def name_version(message: Any, flow: str) -> None:
    """Name a chatflow, and its version where one stands behind the id as it does in paths."""
    message.chatflow_id, _, version = flow.partition("@")
    if version:
        message.version = version


def filled(message: Any, body: Any, flow: str) -> Any:
    """A prediction request of the JSON body of one."""
    if not isinstance(body, Mapping):
        raise NotTyped("the body is no object")
    name_version(message, flow)
    for name, field in (("question", "question"), ("chatId", "chat_id"), ("leadEmail", "lead_email")):
        value = body.get(name)
        if value is not None:
            setattr(message, field, text(value, name))
    if body.get("action") is not None:
        raise NotTyped("action is not typed yet")
    if body.get("form") is not None:
        struct(message.form, body["form"], "form")
    if body.get("humanInput") is not None:
        decide(message.human_input, body["humanInput"])
    if body.get("keepRun") in (True, "true"):
        message.keep_run = True
    override = body.get("overrideConfig")
    if override is not None:
        struct(message.override_config, override, "overrideConfig")
    for item in listed(body.get("history"), "history"):
        if item is not None:
            message.history.append(history_item(item))
    for item in listed(body.get("uploads"), "uploads"):
        if item is not None:
            message.attachments.append(attachment(item))
    return message


def decide(message: prediction_pb2.HumanDecision, decision: Any) -> None:
    """A person's decision of its JSON form."""
    if not isinstance(decision, Mapping) or decision.get("type") not in ("proceed", "reject"):
        raise NotTyped("humanInput has no type that is typed")
    message.type = prediction_pb2.HumanDecisionType.Value(f"HUMAN_DECISION_TYPE_{decision['type'].upper()}")
    message.start_node_id = text(decision.get("startNodeId", ""), "startNodeId")
    message.feedback = text(decision.get("feedback", ""), "feedback")


STATUSES = {"IN_PROGRESS": "INPROGRESS"}


def status(number: int) -> str:
    name = prediction_pb2.AgentFlowStatus.Name(number).removeprefix("AGENT_FLOW_STATUS_")
    return STATUSES.get(name, name)


def steps(items: Any) -> list[dict[str, Any]]:
    """What an agent flow did, as REST prints it."""
    return [
        {
            "nodeId": one.node_id,
            "nodeLabel": one.node_label,
            "previousNodeIds": list(one.previous_node_ids),
            "status": status(one.status),
            "data": as_json(one.data),
        }
        for one in items
    ]


def action(message: prediction_pb2.HumanAction) -> dict[str, Any]:
    return {
        "id": message.id,
        "mapping": {"approve": message.approve_label, "reject": message.reject_label},
        "data": {"nodeId": message.node_id, "nodeLabel": message.node_label, "input": as_json(message.input)},
    }


def flow_node(node: prediction_pb2.AgentFlowNode) -> dict[str, Any]:
    data = {"nodeId": node.node_id, "nodeLabel": node.node_label, "status": status(node.status)}
    return {**data, "error": node.error} if node.error else data


def text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise NotTyped(f"{name} is no text")
    return value


def listed(value: Any, name: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise NotTyped(f"{name} is no list")
    return value


def struct(target: Message, value: Any, name: str) -> None:
    try:
        ParseDict(value, target)
    except (ParseError, AttributeError, TypeError):
        raise NotTyped(f"{name} is no object") from None


def history_item(item: Any) -> prediction_pb2.HistoryMessage:
    if not isinstance(item, Mapping):
        raise NotTyped("an item of history is no object")
    role = item.get("role") if item.get("role") is not None else item.get("type")
    content = item.get("content") if item.get("content") is not None else item.get("message")
    if role not in ROLES or not isinstance(content, str):
        raise NotTyped("an item of history has no known role, or no text")
    return prediction_pb2.HistoryMessage(role=ROLES[role], content=content)  # type: ignore[arg-type]


def attachment(item: Any) -> common_pb2.Attachment:
    if not isinstance(item, Mapping) or not all(isinstance(value, str | None) for value in item.values()):
        raise NotTyped("an upload is no object of texts")
    sort, data = item.get("type"), item.get("data") or ""
    found = common_pb2.Attachment(name=item.get("name") or "", mime=item.get("mime") or "", kind=KINDS.get(str(sort), 0))  # type: ignore[arg-type]
    if sort in ("stored-file", "stored-file:full"):
        found.stored = True
    elif sort == "file:rag" and not data:
        pass
    elif data.startswith("data:"):
        head, mark, body = data.partition(";base64,")
        try:
            found.data = (
                base64.b64decode(body + "=" * (-len(body) % 4), validate=True)
                if mark
                else unquote_to_bytes(data.partition(",")[2])
            )
        except ValueError:
            raise NotTyped("an upload is no base64") from None
        found.mime = head[5:].partition(";")[0] or found.mime
    elif sort in ("url", "file") and data.startswith("http"):
        found.url = data
    elif sort == "file:full" and data:
        found.data, found.mime = data.encode(), found.mime or "text/plain"
        found.name = found.name if "." in found.name else f"{found.name or 'file'}.txt"
    else:
        raise NotTyped("an upload is of no typed kind")
    return found


def upsert_request(body: Any, flow: str) -> vector_upsert_pb2.UpsertRequest:
    if not isinstance(body, Mapping):
        raise NotTyped("the body is no object")
    message = vector_upsert_pb2.UpsertRequest()
    name_version(message, flow)
    stop = body.get("stopNodeId")
    nodes = [stop] if isinstance(stop, str) and stop else stop or []
    message.stop_node_ids.extend(text(node, "stopNodeId") for node in listed(nodes, "stopNodeId"))
    if body.get("overrideConfig") is not None:
        struct(message.override_config, body["overrideConfig"], "overrideConfig")
    if body.get("chatId") is not None:
        message.chat_id = text(body["chatId"], "chatId")
    return message


def message_filter(query: Mapping[str, Any]) -> chat_message_pb2.ChatMessageFilter:
    found = chat_message_pb2.ChatMessageFilter()
    for name, field in FILTERS.items():
        if query.get(name) is not None:
            setattr(found, field, text(query[name], name))
    for name, target in (("startDate", found.start_time), ("endDate", found.end_time)):
        if query.get(name) is not None:
            target.CopyFrom(moment(query[name], name))
    found.chat_types.extend(enum(query.get("chatType"), common_pb2.ChatType, "CHAT_TYPE_"))
    found.ratings.extend(enum(query.get("feedbackType"), common_pb2.Rating, "RATING_"))
    return found


def moment(value: Any, name: str) -> Timestamp:
    try:
        date = datetime.fromisoformat(value)
    except (ValueError, TypeError):
        raise NotTyped(f"{name} is no time") from None
    found = Timestamp()
    found.FromDatetime(date if date.tzinfo else date.replace(tzinfo=UTC))
    return found


def enum(value: Any, kind: Any, prefix: str) -> list[int]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    numbers = []
    for item in values:
        for one in json.loads(item) if isinstance(item, str) and item.startswith("[") else [item]:
            if f"{prefix}{one}" not in set(kind.keys()):
                raise NotTyped(f"{one} is none of {prefix}")
            numbers.append(kind.Value(f"{prefix}{one}"))
    return numbers


def list_request(query: Mapping[str, Any], flow: str) -> chat_message_pb2.ListChatMessagesRequest:
    request = chat_message_pb2.ListChatMessagesRequest(chatflow_id=flow, filter=message_filter(query))
    order = query.get("order") if query.get("order") is not None else query.get("sort")
    if order is not None:
        if str(order).upper() not in ("ASC", "DESC"):
            raise NotTyped("the order is none")
        request.order = common_pb2.SortOrder.Value(f"SORT_ORDER_{order.upper()}")
    if query.get("feedback") is not None:
        if str(query["feedback"]).lower() not in ("true", "false"):
            raise NotTyped("feedback is neither true nor false")
        request.with_feedback = str(query["feedback"]).lower() == "true"
    if query.get("pageSize") is not None:
        request.page_size = int(query["pageSize"])
    return request


def unless_empty(wanted: Any) -> Any:
    """What a case wants of an answer, over gRPC: a list without items is no other than one that is not there."""
    if not isinstance(wanted, Mapping):
        return wanted
    return {name: "<absent>" if value == [] else value for name, value in wanted.items()}


def as_json(value: Message) -> Any:
    return MessageToDict(value)


def answer(response: prediction_pb2.PredictResponse) -> dict[str, Any]:
    """A prediction as REST prints it."""
    found: dict[str, Any] = {"isStreamValid": response.streamable}
    for name, field in (
        ("question", "question"),
        ("chatId", "chat_id"),
        ("chatMessageId", "chat_message_id"),
        ("sessionId", "session_id"),
    ):
        if getattr(response, field):
            found[name] = getattr(response, field)
    if response.HasField("text"):
        found["text"] = response.text
    if response.HasField("json"):
        found["json"] = as_json(response.json)
    if response.HasField("flow_variables"):
        found["flowVariables"] = {name: as_json(one) for name, one in response.flow_variables.fields.items()}
    if response.HasField("memory_type"):
        found["memoryType"] = response.memory_type
    found |= extras(response)
    if response.follow_up_prompts:
        found["followUpPrompts"] = json.dumps(prompts(response.follow_up_prompts), ensure_ascii=False)
    if response.HasField("usage"):
        found["usage"] = usage(response.usage)
    if response.execution_id:
        found["executionId"] = response.execution_id
        found["agentFlowExecutedData"] = steps(response.steps)
    if response.HasField("action"):
        found["action"] = action(response.action)
    return found


def prompts(items: Iterable[str]) -> str:
    return json.dumps(list(items), ensure_ascii=False, separators=(",", ":"))


def extras(message: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if message.source_documents:
        found["sourceDocuments"] = sources(message.source_documents)
    if message.used_tools:
        found["usedTools"] = tools(message.used_tools)
    if message.artifacts:
        found["artifacts"] = [as_json(item) for item in message.artifacts]
    return found


def sources(items: Iterable[common_pb2.SourceDocument]) -> list[Any]:
    return [
        {"pageContent": item.page_content, "metadata": whole(as_json(item.metadata)), **({"id": item.id} if item.id else {})}
        for item in items
    ]


def tools(items: Iterable[common_pb2.UsedTool]) -> list[Any]:
    return [
        {
            "tool": item.tool,
            "toolInput": whole(as_json(item.input)) if item.HasField("input") else {},
            "toolOutput": whole(as_json(item.output)) if item.HasField("output") else "",
            **({"sourceDocuments": sources(item.source_documents)} if item.source_documents else {}),
            **({"error": item.error} if item.HasField("error") else {}),
        }
        for item in items
    ]


def whole(value: Any) -> Any:
    """Whole numbers as such: free JSON of protobuf knows floating point alone."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: whole(one) for key, one in value.items()}
    return [whole(one) for one in value] if isinstance(value, list) else value


def usage(value: common_pb2.TokenUsage) -> dict[str, Any]:
    names = {
        "prompt_tokens": "promptTokens",
        "completion_tokens": "completionTokens",
        "cached_tokens": "cachedTokens",
        "reasoning_tokens": "reasoningTokens",
    }
    counts = {public: getattr(value, name) if value.HasField(name) else None for name, public in names.items()}  # type: ignore[arg-type]
    return {**counts, "model": value.model or None, "provider": value.provider or None, "calls": value.calls}


def event(response: prediction_pb2.StreamPredictResponse) -> dict[str, Any]:
    """An event of a stream as REST frames it."""
    match response.WhichOneof("event"):
        case "start":
            return {"event": "start", "data": ""}
        case "token":
            return {"event": "token", "data": response.token.text}
        case "source_documents":
            return {"event": "sourceDocuments", "data": sources(response.source_documents.source_documents)}
        case "used_tools":
            return {"event": "usedTools", "data": tools(response.used_tools.used_tools)}
        case "artifacts":
            return {"event": "artifacts", "data": [as_json(item) for item in response.artifacts.artifacts]}
        case "speech_start":
            start = response.speech_start
            return {"event": "tts_start", "data": {"chatMessageId": start.chat_message_id, "format": start.format}}
        case "speech":
            audio = base64.b64encode(response.speech.audio).decode()
            return {"event": "tts_data", "data": {"chatMessageId": response.speech.chat_message_id, "audioChunk": audio}}
        case "speech_end":
            return {"event": "tts_end", "data": {"chatMessageId": response.speech_end.chat_message_id}}
        case "speech_abort":
            return {"event": "tts_abort", "data": {"chatMessageId": response.speech_abort.chat_message_id}}
        case "error":
            return {"event": "error", "data": response.error.message}
        case "agent_flow_event":
            return {"event": "agentFlowEvent", "data": status(response.agent_flow_event.status)}
        case "next_agent_flow":
            return {"event": "nextAgentFlow", "data": flow_node(response.next_agent_flow)}
        case "agent_flow_steps":
            return {"event": "agentFlowExecutedData", "data": steps(response.agent_flow_steps.steps)}
        case "called_tools":
            return {"event": "calledTools", "data": tools(response.called_tools.used_tools)}
        case "usage_metadata":
            return {"event": "usageMetadata", "data": as_json(response.usage_metadata)}
        case "action":
            return {"event": "action", "data": action(response.action)}
        case "metadata":
            return {"event": "metadata", "data": metadata(response.metadata)}
        case name:
            return {"event": str(name), "data": "[DONE]"}


def metadata(message: prediction_pb2.AnswerMetadata) -> dict[str, Any]:
    found: dict[str, Any] = {
        "chatId": message.chat_id,
        "chatMessageId": message.chat_message_id,
        "question": message.question,
        "sessionId": message.session_id,
    }
    if message.run_id:
        found["runId"] = message.run_id
    if message.HasField("memory_type"):
        found["memoryType"] = message.memory_type
    if message.follow_up_prompts:
        found["followUpPrompts"] = prompts(message.follow_up_prompts)
    if message.HasField("usage"):
        found["usage"] = usage(message.usage)
    if message.HasField("action"):
        found["action"] = action(message.action)
    return found


def upsert_answer(response: vector_upsert_pb2.UpsertResponse) -> dict[str, Any]:
    found: dict[str, Any] = {
        "numAdded": response.num_added,
        "numUpdated": response.num_updated,
        "numSkipped": response.num_skipped,
        "numDeleted": response.num_deleted,
        "addedDocs": sources(response.added_docs),
    }
    if response.HasField("added_docs_truncated"):
        found["addedDocsTruncated"] = response.added_docs_truncated
    if response.warnings:
        found["warnings"] = list(response.warnings)
    return found


def row(message: chat_message_pb2.ChatMessage, *, with_feedback: bool) -> dict[str, Any]:
    """A stored message as REST lists it."""
    found: dict[str, Any] = {
        "id": message.id,
        "role": ROLE_NAMES[message.role],
        "chatflowid": message.chatflow_id,
        "executionId": message.execution_id or None,
        "content": message.content,
        **dict.fromkeys(("sourceDocuments", "usedTools", "fileAnnotations", "agentReasoning", "reasonContent", "artifacts")),
        "fileUploads": [upload(item) for item in message.attachments] or None,
        "action": None,
        "chatType": common_pb2.ChatType.Name(message.chat_type).removeprefix("CHAT_TYPE_"),
        "chatId": message.chat_id,
        "memoryType": message.memory_type,
        "sessionId": message.session_id if message.HasField("session_id") else None,
        "createdDate": stamp(message.create_time),
        "leadEmail": message.lead_email if message.HasField("lead_email") else None,
        "followUpPrompts": prompts(message.follow_up_prompts) if message.follow_up_prompts else None,
        "execution": None,
        **extras(message),
    }
    if message.HasField("usage"):
        found["usage"] = usage(message.usage)
    if message.HasField("edit_time"):
        found["editedDate"] = stamp(message.edit_time)
    if with_feedback:
        found["feedback"] = feedback(message.feedback) if message.HasField("feedback") else None
    return found


UPLOADS = {0: "stored-file", 1: "stored-file:full", 2: "file:rag", 3: "audio"}


def upload(item: common_pb2.StoredAttachment) -> dict[str, Any]:
    if item.HasField("url"):
        return {"type": "url", "name": item.name, "mime": item.mime, "data": item.url}
    return {"type": UPLOADS[item.kind], "name": item.name, "mime": item.mime}


def feedback(item: feedback_pb2.Feedback) -> dict[str, Any]:
    return {
        "id": item.id,
        "chatflowid": item.chatflow_id,
        "chatId": item.chat_id,
        "messageId": item.message_id,
        "rating": common_pb2.Rating.Name(item.rating).removeprefix("RATING_"),
        "content": item.content if item.HasField("content") else None,
        "createdDate": stamp(item.create_time),
    }


def stamp(value: Timestamp) -> str:
    moment = value.ToDatetime(tzinfo=UTC)
    return moment.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
