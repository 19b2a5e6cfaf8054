"""Maps predictions between ``tradewind.v1`` messages and domain values."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from tradewind.v1 import common_pb2
from tradewind.v1 import prediction_pb2 as pb

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.llm.usage import usage_from_json
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.messages import PredictionRequest, PredictionResult
from tradewind_server.rpc.json_values import fill_value, from_struct
from tradewind_server.rpc.mapping import agentflows
from tradewind_server.rpc.mapping.parts import (
    ROLE_NAMES,
    artifacts,
    follow_up_prompts,
    source_documents,
    token_usage,
    used_tools,
)

KINDS = {
    common_pb2.ATTACHMENT_KIND_FULL_TEXT: ("file:full", "stored-file:full"),
    common_pb2.ATTACHMENT_KIND_RETRIEVED: ("file:rag", "stored-file"),
    common_pb2.ATTACHMENT_KIND_AUDIO: ("audio", "stored-file"),
}
"""Upload types by attachment kind: of a file with its bytes, and of a stored file."""
REASON_PREFIX = "ERROR_REASON_"
PredictMessage = pb.PredictRequest | pb.StreamPredictRequest


def prediction_request(message: PredictMessage) -> PredictionRequest:
    """The domain request of a prediction. Raises ``InvalidInput`` for an attachment without content."""
    override = from_struct(message.override_config)
    if message.HasField("session_id"):
        override["sessionId"] = message.session_id
    return PredictionRequest(
        question=message.question,
        override_config=override,
        history=[{"role": ROLE_NAMES[item.role], "content": item.content} for item in message.history] or None,
        chat_id=message.chat_id if message.HasField("chat_id") else None,
        uploads=[_upload(index, item) for index, item in enumerate(message.attachments)] or None,
        lead_email=message.lead_email if message.HasField("lead_email") else None,
        form=from_struct(message.form) if message.HasField("form") else None,
        human_input=agentflows.human_input(message.human_input) if message.HasField("human_input") else None,
    )


def _upload(index: int, item: common_pb2.Attachment) -> dict[str, str]:
    sort, upload_type = KINDS.get(item.kind, ("file", "stored-file"))
    upload = {"name": item.name, "mime": item.mime}
    match item.WhichOneof("content"):
        case "data":
            return {"type": sort, "data": f"data:{item.mime};base64,{base64.b64encode(item.data).decode()}", **upload}
        case "url":
            return {"type": "audio" if sort == "audio" else "url", "data": item.url, **upload}
        case "stored":
            return {"type": upload_type, **upload}
    if item.kind == common_pb2.ATTACHMENT_KIND_RETRIEVED:
        return {"type": sort, **upload}
    raise InvalidInput(Reason.UPLOAD_INVALID, f"attachments[{index}] has no content; set data, url or stored.")


def predict_response(result: PredictionResult) -> pb.PredictResponse:
    # optional fields take None for absent.
    response = pb.PredictResponse(
        text=result.text,
        question=result.question or "",
        chat_id=result.chat_id,
        chat_message_id=result.chat_message_id,
        session_id=result.session_id,
        memory_type=result.memory_type or None,
        source_documents=source_documents(result.source_documents),
        used_tools=used_tools(result.used_tools),
        artifacts=artifacts(result.artifacts),
        follow_up_prompts=follow_up_prompts(result.follow_up_prompts),
        streamable=result.as_stream,
        usage=token_usage(result.usage),
        execution_id=result.execution_id or "",
        steps=agentflows.steps(result.trace),
        action=agentflows.human_action(result.action),
    )
    if result.json is not None:
        fill_value(response.json, result.json)
    for name, value in (result.flow_variables or {}).items():
        fill_value(response.flow_variables.fields[name], value)
    return response


def stream_response(event: Event) -> pb.StreamPredictResponse:
    """The response message of one event."""
    return EVENTS[event.name](event)


def _start(_: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(start=pb.AnswerStarted())


def _token(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(token=pb.AnswerToken(text=event.data))


def _sources(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(source_documents=pb.AnswerSources(source_documents=source_documents(event.data)))


def _tools(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(used_tools=pb.AnswerTools(used_tools=used_tools(event.data)))


def _artifacts(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(artifacts=pb.AnswerArtifacts(artifacts=artifacts(event.data)))


def _metadata(event: Event) -> pb.StreamPredictResponse:
    data: Mapping[str, Any] = event.data
    metadata = pb.AnswerMetadata(
        chat_id=data["chatId"],
        chat_message_id=data["chatMessageId"],
        question=data.get("question") or "",
        session_id=data["sessionId"],
        memory_type=data.get("memoryType") or None,
        follow_up_prompts=follow_up_prompts(data.get("followUpPrompts")),
        usage=token_usage(usage_from_json(data.get("usage"))),
        action=agentflows.human_action(data.get("action")),
        run_id=data.get("runId", ""),
    )
    return pb.StreamPredictResponse(metadata=metadata)


def _error(event: Event) -> pb.StreamPredictResponse:
    reason = REASON_PREFIX + event.reason if event.reason else None
    return pb.StreamPredictResponse(error=pb.AnswerError(message=event.data, reason=reason))


def _abort(_: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(abort=pb.AnswerAborted())


def _end(_: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(end=pb.AnswerEnd())


def _flow_event(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(agent_flow_event=agentflows.flow_event(event.data))


def _flow_node(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(next_agent_flow=agentflows.flow_node(event.data))


def _flow_steps(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(agent_flow_steps=pb.AgentFlowSteps(steps=agentflows.steps(event.data)))


def _called_tools(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(called_tools=pb.AnswerTools(used_tools=used_tools(event.data)))


def _call_usage(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(usage_metadata=agentflows.call_usage(event.data))


def _action(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(action=agentflows.human_action(event.data))


def _thinking(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(thinking=pb.AnswerThinking(text=event.data))


def _speech_start(event: Event) -> pb.StreamPredictResponse:
    start = pb.AnswerSpeechStarted(chat_message_id=event.data["chatMessageId"], format=event.data["format"])
    return pb.StreamPredictResponse(speech_start=start)


def _speech(event: Event) -> pb.StreamPredictResponse:
    audio = base64.b64decode(event.data["audioChunk"])
    return pb.StreamPredictResponse(speech=pb.AnswerSpeech(chat_message_id=event.data["chatMessageId"], audio=audio))


def _speech_end(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(speech_end=pb.AnswerSpeechEnd(chat_message_id=event.data["chatMessageId"]))


def _speech_abort(event: Event) -> pb.StreamPredictResponse:
    return pb.StreamPredictResponse(speech_abort=pb.AnswerSpeechAborted(chat_message_id=event.data["chatMessageId"]))


EVENTS: Mapping[str, Callable[[Event], pb.StreamPredictResponse]] = {
    events.START: _start,
    events.TOKEN: _token,
    events.SOURCES: _sources,
    events.TOOLS: _tools,
    events.ARTIFACTS: _artifacts,
    events.TTS_START: _speech_start,
    events.TTS_DATA: _speech,
    events.TTS_END: _speech_end,
    events.TTS_ABORT: _speech_abort,
    events.METADATA: _metadata,
    events.ERROR: _error,
    events.ABORT: _abort,
    events.END: _end,
    events.FLOW: _flow_event,
    events.NODE: _flow_node,
    events.STEPS: _flow_steps,
    events.CALLED_TOOLS: _called_tools,
    events.CALL_USAGE: _call_usage,
    events.ACTION: _action,
    events.THINKING: _thinking,
}
