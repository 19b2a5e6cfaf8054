"""Every door of a chatflow that a web page may call asks for the page. Which doors there are is read from the contract."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import grpc
import pytest
from tradewind.v1 import (
    chat_attachment_pb2,
    chat_message_pb2,
    chatflow_pb2,
    execution_pb2,
    feedback_pb2,
    lead_pb2,
    prediction_pb2,
    run_pb2,
    speech_pb2,
    vector_upsert_pb2,
)
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chats.ports import Feedback
from tradewind_server.flows.agentflow.executions import Execution
from tradewind_server.rest_stubs import chat_attachment_pb2 as rest_chat_attachment_pb2
from tradewind_server.rest_stubs import chat_message_pb2 as rest_chat_message_pb2
from tradewind_server.rest_stubs import chatflow_pb2 as rest_chatflow_pb2
from tradewind_server.rest_stubs import execution_pb2 as rest_execution_pb2
from tradewind_server.rest_stubs import feedback_pb2 as rest_feedback_pb2
from tradewind_server.rest_stubs import files_pb2 as rest_files_pb2
from tradewind_server.rest_stubs import lead_pb2 as rest_lead_pb2
from tradewind_server.rest_stubs import prediction_pb2 as rest_prediction_pb2
from tradewind_server.rest_stubs import public_chatflow_pb2
from tradewind_server.rest_stubs import run_pb2 as rest_run_pb2
from tradewind_server.rest_stubs import speech_pb2 as rest_speech_pb2
from tradewind_server.rest_stubs import vector_upsert_pb2 as rest_vector_upsert_pb2
from tradewind_server.rpc.contract import load_contract
from tradewind_server.rpc.methods import Level

DAY = datetime(2025, 1, 1, tzinfo=UTC)
FLOW = "11111111-1111-4111-8111-111111111111"
CONFIG = '{"allowedOrigins":["https://good.example"]}'
FORM = {
    "content_type": "multipart/form-data; boundary=b",
    "data": b'--b\r\nContent-Disposition: form-data; name="question"\r\n\r\nhi\r\n--b--',
}
FEEDBACK = "44444444-4444-4444-8444-444444444444"
JSON = {"content_type": "application/json", "data": b'{"question": "hi"}'}
LEAD = {"content_type": "application/json", "data": f'{{"chatflowid": "{FLOW}"}}'.encode()}
SPEECH = {
    "content_type": "application/json",
    "data": f'{{"chatflowId": "{FLOW}", "text": "hi", "chatId": "c", "chatMessageId": "m"}}'.encode(),
}
REQUESTS: dict[str, Any] = {
    "PredictionService/Predict": prediction_pb2.PredictRequest(chatflow_id=FLOW, question="hi"),
    "PredictionService/StreamPredict": prediction_pb2.StreamPredictRequest(chatflow_id=FLOW, question="hi"),
    "PredictionService/UploadPredict": prediction_pb2.UploadPredictRequest(options={"chatflow_id": FLOW, "question": "hi"}),
    "PredictionRestService/PredictBody": rest_prediction_pb2.PredictBodyRequest(chatflow_id=FLOW, body=JSON),
    "PredictionFormRestService/PredictForm": rest_prediction_pb2.PredictFormRequest(chatflow_id=FLOW, body=FORM),
    "RunService/StartRun": run_pb2.StartRunRequest(prediction={"chatflow_id": FLOW, "question": "hi"}),
    "RunRestService/StartRunBody": rest_run_pb2.StartRunBodyRequest(chatflow_id=FLOW, body=JSON),
    "VectorUpsertService/Upsert": vector_upsert_pb2.UpsertRequest(chatflow_id=FLOW),
    "VectorUpsertService/StreamUpsert": vector_upsert_pb2.StreamUpsertRequest(options={"chatflow_id": FLOW}),
    "VectorUpsertService/UploadUpsert": vector_upsert_pb2.UploadUpsertRequest(options={"chatflow_id": FLOW}),
    "VectorUpsertService/StreamUploadUpsert": vector_upsert_pb2.StreamUploadUpsertRequest(options={"chatflow_id": FLOW}),
    "VectorUpsertRestService/UpsertBody": rest_vector_upsert_pb2.UpsertBodyRequest(chatflow_id=FLOW, body=JSON),
    "VectorUpsertFormRestService/UpsertForm": rest_vector_upsert_pb2.UpsertFormRequest(chatflow_id=FLOW, body=FORM),
    "ChatMessageService/AbortChatMessage": chat_message_pb2.AbortChatMessageRequest(chatflow_id=FLOW, chat_id="c"),
    "ChatMessageAbortRestService/AbortChatMessage": rest_chat_message_pb2.AbortChatMessageRequest(
        chatflow_id=FLOW, chat_id="c"
    ),
    "FeedbackService/CreateFeedback": feedback_pb2.CreateFeedbackRequest(chatflow_id=FLOW, message_id=FLOW, rating=1),  # type: ignore[arg-type]
    "FeedbackService/UpdateFeedback": feedback_pb2.UpdateFeedbackRequest(feedback_id=FEEDBACK),
    "FeedbackRestService/CreateFeedbackBody": rest_feedback_pb2.CreateFeedbackBodyRequest(chatflow_id=FLOW, body=JSON),
    "FeedbackRestService/UpdateFeedbackBody": rest_feedback_pb2.UpdateFeedbackBodyRequest(feedback_id=FEEDBACK),
    "LeadService/CreateLead": lead_pb2.CreateLeadRequest(chatflow_id=FLOW),
    "LeadRestService/CreateLeadBody": rest_lead_pb2.CreateLeadBodyRequest(body=LEAD),
    "ChatflowRestService/GetChatflowStreaming": rest_chatflow_pb2.GetChatflowStreamingRequest(id=FLOW),
    "ChatflowService/GetChatflowStreaming": chatflow_pb2.GetChatflowStreamingRequest(id=FLOW),
    "ChatflowService/GetPublicChatflow": chatflow_pb2.GetPublicChatflowRequest(id=FLOW),
    "PublicChatflowRestService/GetPublicChatflowEntity": public_chatflow_pb2.GetPublicChatflowEntityRequest(id=FLOW),
    "ChatflowRestService/GetPublicChatbotConfig": rest_chatflow_pb2.GetPublicChatbotConfigRequest(id=FLOW),
    "ChatflowRestService/GetChatflowUploads": rest_chatflow_pb2.GetChatflowUploadsRequest(id=FLOW),
    "ChatAttachmentService/UploadChatAttachments": chat_attachment_pb2.UploadChatAttachmentsRequest(
        options={"chatflow_id": FLOW, "chat_id": FLOW}
    ),
    "ChatAttachmentFormRestService/AttachForm": rest_chat_attachment_pb2.AttachFormRequest(
        chatflow_id=FLOW, chat_id=FLOW, body=FORM
    ),
    "SpeechService/StreamSpeech": speech_pb2.StreamSpeechRequest(chatflow_id=FLOW, text="hi"),
    "SpeechService/AbortSpeech": speech_pb2.AbortSpeechRequest(chatflow_id=FLOW, chat_id="c", chat_message_id="m"),
    "SpeechRestService/GenerateSpeech": rest_speech_pb2.GenerateSpeechRequest(body=SPEECH),
    "SpeechRestService/AbortSpeechBody": rest_speech_pb2.AbortSpeechBodyRequest(body=SPEECH),
    "ExecutionService/GetPublicExecution": execution_pb2.GetPublicExecutionRequest(id=FLOW),
    "ExecutionRestService/GetPublicExecutionEntity": rest_execution_pb2.GetPublicExecutionEntityRequest(id=FLOW),
    "FileRestService/GetUploadFile": rest_files_pb2.GetUploadFileRequest(chatflow_id=FLOW, chat_id=FLOW, file_name="a"),
}
"""One call of each door; a door that is missing here fails the first test."""
OF_RUNS = frozenset(
    {
        *(f"RunService/{name}" for name in ("GetRun", "StreamRunEvents", "CancelRun")),
        *(f"RunRestService/{name}" for name in ("GetRunEntity", "StreamRunFrames", "CancelRunEntity")),
    }
)
"""To a page that may not ask the chatflow, its runs look like none: tests/unit/runs/test_access.py."""
NO_CHATFLOW = frozenset({"SystemService"})
NO_OWNER = frozenset(
    {
        "NodeTypeRestService/GetNodeIcon",
        "AssistantRestService/DownloadAssistantFile",
    }
)
"""Doors to what is the same for everybody: icons, and nothing."""
KEY_ALONE = frozenset(
    {
        "ChatflowService/ListChatflowsOfKey",
        "PublicChatflowRestService/ListChatflowsOfKeyArray",
        "PublicChatflowRestService/VerifyApiKey",
        "ApiKeyService/VerifyApiKey",
    }
)
"""Doors that name an API key and no chatflow: no list of pages could be asked."""
METHODS = load_contract().methods()


def open_doors() -> dict[str, Any]:
    """The methods that answer without an API key of the workspace, by ``Service/Method``."""
    names = {path: path.removeprefix("/tradewind.v1.").removeprefix("/tradewind.rest.v1.") for path in METHODS}
    return {
        names[path]: method
        for path, method in METHODS.items()
        if method.level in (Level.PUBLIC, Level.CHATFLOW)
        and names[path].partition("/")[0] not in NO_CHATFLOW
        and names[path] not in KEY_ALONE | NO_OWNER | OF_RUNS
    }


def test_every_open_door_of_a_chatflow_is_tried() -> None:
    assert set(REQUESTS) == set(open_doors())


async def ask(world: Any, door: str, origin: str) -> grpc.StatusCode:
    method, request = open_doors()[door], REQUESTS[door]
    kind = "stream_" if method.takes_stream else "unary_"
    make = getattr(world.channel, kind + ("stream" if method.yields_stream else "unary"))
    call = make(method.path, request_serializer=lambda one: one.SerializeToString(), response_deserializer=bytes)

    async def requests() -> AsyncIterator[Any]:
        yield request

    answer = call(requests() if method.takes_stream else request, metadata=(("origin", origin),), timeout=60)
    try:
        if method.yields_stream:
            [one async for one in answer]
        else:
            await answer
    except grpc.aio.AioRpcError as error:
        trailers = dict([*(error.trailing_metadata() or ())])
        assert (error.code() is grpc.StatusCode.PERMISSION_DENIED) is (trailers.get("x-error-reason") == "ORIGIN_NOT_ALLOWED")
        return error.code()
    return grpc.StatusCode.OK


@pytest.mark.parametrize("door", sorted(REQUESTS))
async def test_a_page_that_the_owner_did_not_list_is_refused(world: Any, door: str) -> None:
    world.predictor.flows[FLOW] = replace(world.predictor.flows[FLOW], chatbot_config=CONFIG)
    stored = Feedback(FEEDBACK, FLOW, "c", "m", "THUMBS_UP", None, DAY)
    world.feedbacks.rows[FEEDBACK] = (DEFAULT_WORKSPACE, stored)
    published = Execution(FLOW, DEFAULT_WORKSPACE, FLOW, "s", "FINISHED", DAY, DAY, is_public=True)
    world.executions.rows[FLOW] = published
    for origin in ("https://evil.example", "http://good.example", "http://[", "null"):
        assert await ask(world, door, origin) is grpc.StatusCode.PERMISSION_DENIED
    assert await ask(world, door, "https://good.example") is not grpc.StatusCode.PERMISSION_DENIED
