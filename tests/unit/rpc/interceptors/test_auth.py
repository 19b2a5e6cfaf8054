"""Who may call what, over every method of the contract."""

from __future__ import annotations

import base64
from typing import Any

import grpc
import pytest
from google.protobuf import descriptor_pb2
from tradewind.v1 import chat_attachment_pb2, chat_message_pb2, chatflow_pb2, speech_pb2
from tradewind.v1 import prediction_pb2 as pb
from tradewind.v1.chatflow_pb2_grpc import ChatflowServiceStub
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub
from tradewind_server.resources import descriptor
from tradewind_server.rest_stubs import system_pb2
from tradewind_server.rest_stubs.system_pb2_grpc import SystemServiceStub
from tradewind_server.rpc.contract import Contract, load_contract
from tradewind_server.rpc.methods import Level, Method, UndeclaredAccess

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"
METHODS = load_contract().methods()
PUBLIC = {
    "/tradewind.v1.ChatflowService/GetChatflowStreaming",
    "/tradewind.rest.v1.ChatflowRestService/GetChatflowStreaming",
    "/tradewind.rest.v1.ChatflowRestService/GetChatflowUploads",
    "/tradewind.rest.v1.ChatflowRestService/GetPublicChatbotConfig",
    # A key in the path or the message is what these look at.
    "/tradewind.v1.ChatflowService/ListChatflowsOfKey",
    "/tradewind.rest.v1.PublicChatflowRestService/ListChatflowsOfKeyArray",
    "/tradewind.rest.v1.PublicChatflowRestService/VerifyApiKey",
    "/tradewind.rest.v1.NodeTypeRestService/GetNodeIcon",
    "/tradewind.rest.v1.AssistantRestService/DownloadAssistantFile",
    "/tradewind.v1.ApiKeyService/VerifyApiKey",
    # What the owner of an execution has published.
    "/tradewind.v1.ExecutionService/GetPublicExecution",
    "/tradewind.rest.v1.ExecutionRestService/GetPublicExecutionEntity",
    *(
        f"/tradewind.rest.v1.SystemService/{name}"
        for name in ("Ping", "Liveness", "Readiness", "Version", "OpenApi", "Docs", "DocsFile", "Ip", "Settings")
    ),
}
CHATFLOW = {
    "/tradewind.v1.ChatflowService/GetPublicChatflow",
    "/tradewind.rest.v1.PublicChatflowRestService/GetPublicChatflowEntity",
    "/tradewind.rest.v1.FileRestService/GetUploadFile",
    "/tradewind.v1.ChatAttachmentService/UploadChatAttachments",
    "/tradewind.v1.SpeechService/StreamSpeech",
    "/tradewind.v1.SpeechService/AbortSpeech",
    "/tradewind.rest.v1.ChatAttachmentFormRestService/AttachForm",
    "/tradewind.v1.PredictionService/Predict",
    "/tradewind.v1.PredictionService/StreamPredict",
    "/tradewind.v1.PredictionService/UploadPredict",
    "/tradewind.rest.v1.PredictionRestService/PredictBody",
    "/tradewind.rest.v1.PredictionFormRestService/PredictForm",
    "/tradewind.rest.v1.RunRestService/StartRunBody",
    "/tradewind.rest.v1.VectorUpsertRestService/UpsertBody",
    "/tradewind.v1.VectorUpsertService/Upsert",
    "/tradewind.v1.VectorUpsertService/UploadUpsert",
    "/tradewind.v1.VectorUpsertService/StreamUpsert",
    "/tradewind.v1.VectorUpsertService/StreamUploadUpsert",
    "/tradewind.rest.v1.VectorUpsertFormRestService/UpsertForm",
    "/tradewind.v1.ChatMessageService/AbortChatMessage",
    "/tradewind.rest.v1.ChatMessageAbortRestService/AbortChatMessage",
}
CHATFLOW_INSIDE = {
    "/tradewind.v1.RunService/StartRun",
    "/tradewind.v1.RunService/GetRun",
    "/tradewind.v1.RunService/StreamRunEvents",
    "/tradewind.v1.RunService/CancelRun",
    "/tradewind.rest.v1.RunRestService/GetRunEntity",
    "/tradewind.rest.v1.RunRestService/StreamRunFrames",
    "/tradewind.rest.v1.RunRestService/CancelRunEntity",
    "/tradewind.v1.FeedbackService/CreateFeedback",
    "/tradewind.v1.FeedbackService/UpdateFeedback",
    "/tradewind.rest.v1.FeedbackRestService/CreateFeedbackBody",
    "/tradewind.rest.v1.FeedbackRestService/UpdateFeedbackBody",
    "/tradewind.v1.LeadService/CreateLead",
    "/tradewind.rest.v1.LeadRestService/CreateLeadBody",
    "/tradewind.rest.v1.SpeechRestService/GenerateSpeech",
    "/tradewind.rest.v1.SpeechRestService/AbortSpeechBody",
}
"""A body, a lead, a message, a feedback or a run says which chatflow: tests/contract/cases/{feedback,leads,runs}.yaml try
these."""
GUARDED = sorted(path for path, method in METHODS.items() if method.level is Level.KEY)


def basic(pair: str) -> tuple[tuple[str, str], ...]:
    return (("authorization", "Basic " + base64.b64encode(pair.encode()).decode()),)


async def code_of(channel: grpc.aio.Channel, method: Method, data: bytes, metadata: Any = ()) -> grpc.StatusCode:
    """The code a method answers a raw request with. Where a stream is refused before its message has left, grpc.aio may make
    an INTERNAL of its own of it; one of the server's comes again."""
    code = await code_once(channel, method, data, metadata)
    for _ in range(10 if method.takes_stream else 0):
        if code is not grpc.StatusCode.INTERNAL:
            break
        code = await code_once(channel, method, data, metadata)
    return code


async def code_once(channel: grpc.aio.Channel, method: Method, data: bytes, metadata: Any) -> grpc.StatusCode:
    makers = {
        (False, False): channel.unary_unary,
        (False, True): channel.unary_stream,
        (True, False): channel.stream_unary,
        (True, True): channel.stream_stream,
    }
    call = makers[method.takes_stream, method.yields_stream](method.path)(
        iter([data]) if method.takes_stream else data, metadata=metadata
    )
    try:
        if method.yields_stream:
            [one async for one in call]
        else:
            await call
    except grpc.aio.AioRpcError:
        pass
    return await call.code()  # type: ignore[no-any-return]


def test_the_open_methods_are_these_and_no_others() -> None:
    assert {path for path, method in METHODS.items() if method.level is Level.PUBLIC} == PUBLIC
    assert {path for path, method in METHODS.items() if method.level is Level.CHATFLOW} == CHATFLOW | CHATFLOW_INSIDE


def test_a_method_that_declares_nothing_keeps_the_server_from_starting() -> None:
    image = descriptor_pb2.FileDescriptorSet.FromString(descriptor().read_bytes())
    file = image.file.add(name="undeclared.proto", package="tradewind.v1", syntax="proto3")
    file.message_type.add(name="Undeclared")
    service = file.service.add(name="Open")
    service.method.add(name="Door", input_type=".tradewind.v1.Undeclared", output_type=".tradewind.v1.Undeclared")
    with pytest.raises(UndeclaredAccess, match=r"tradewind\.v1\.Open/Door"):
        Contract(image.SerializeToString()).methods()


async def test_every_method_is_served(world: Any) -> None:
    for method in METHODS.values():
        assert await code_of(world.channel, method, b"", world.metadata()) is not grpc.StatusCode.UNIMPLEMENTED, method.path


@pytest.mark.parametrize("path", GUARDED)
async def test_anonymous_and_wrong_callers_are_refused_everywhere(world: Any, path: str) -> None:
    world.keys.put("tw_poor", "nothing:at-all")
    refused = {
        (): grpc.StatusCode.UNAUTHENTICATED,
        world.metadata("tw_wrong"): grpc.StatusCode.UNAUTHENTICATED,
        (("authorization", ""),): grpc.StatusCode.UNAUTHENTICATED,
        (("authorization", "Bearer "),): grpc.StatusCode.UNAUTHENTICATED,
        (("x-api-key", "tw_wrong"),): grpc.StatusCode.UNAUTHENTICATED,
        basic("admin:wrong"): grpc.StatusCode.UNAUTHENTICATED,
        (("authorization", "Basic !!!"),): grpc.StatusCode.UNAUTHENTICATED,
        (("x-request-from", "internal"),): grpc.StatusCode.UNAUTHENTICATED,
    }
    if METHODS[path].permissions:  # Those that any key may call are named in tests/architecture/test_protos.py.
        refused[world.metadata("tw_poor")] = grpc.StatusCode.PERMISSION_DENIED
    for metadata, expected in refused.items():
        assert await code_of(world.channel, METHODS[path], b"", metadata) is expected, metadata
    assert world.chatflows.given == []
    assert world.messages.deleted == []


@pytest.mark.parametrize("path", sorted(CHATFLOW))
async def test_a_flows_own_key_protects_every_door_to_it(world: Any, path: str) -> None:
    world.keys.put("tw_flow", "nothing:at-all", key_id="flow-key")
    world.keys.put("tw_other", "*", key_id="other-key")
    method = METHODS[path]
    options = pb.PredictRequest(chatflow_id=KEYED).SerializeToString()
    wrapped = path.rpartition("/")[2] in ("UploadPredict", "UploadUpsert", "StreamUpsert", "StreamUploadUpsert")
    data = pb.UploadPredictRequest(options=pb.PredictRequest.FromString(options)).SerializeToString() if wrapped else options
    if path == "/tradewind.v1.ChatMessageService/AbortChatMessage":
        data = chat_message_pb2.AbortChatMessageRequest(chatflow_id=KEYED, chat_id="c").SerializeToString()
    if path == "/tradewind.v1.ChatAttachmentService/UploadChatAttachments":
        attachment = chat_attachment_pb2.UploadChatAttachmentsRequest(options={"chatflow_id": KEYED, "chat_id": "c"})
        data = attachment.SerializeToString()
    if path == "/tradewind.v1.SpeechService/StreamSpeech":
        data = speech_pb2.StreamSpeechRequest(chatflow_id=KEYED, text="x").SerializeToString()
    if path == "/tradewind.v1.SpeechService/AbortSpeech":
        data = speech_pb2.AbortSpeechRequest(chatflow_id=KEYED, chat_id="c", chat_message_id="m").SerializeToString()
    for metadata in ((), world.metadata("tw_wrong"), world.metadata("tw_other"), basic("admin:wrong")):
        assert await code_of(world.channel, method, data, metadata) is grpc.StatusCode.UNAUTHENTICATED, metadata
    for metadata in (world.metadata("tw_flow"), world.metadata(), basic("admin:pass word")):
        assert await code_of(world.channel, method, data, metadata) is not grpc.StatusCode.UNAUTHENTICATED, metadata


async def test_the_admins_methods_refuse_keys_of_any_kind(world: Any) -> None:
    admins = [path for path, method in METHODS.items() if method.level is Level.ADMIN]
    assert len(admins) >= 6
    world.keys.put("tw_all", "*")
    for path in admins:
        for metadata in ((), world.metadata("tw_wrong"), basic("admin:wrong")):
            assert await code_of(world.channel, METHODS[path], b"", metadata) is grpc.StatusCode.UNAUTHENTICATED
        refused = await code_of(world.channel, METHODS[path], b"", world.metadata("tw_all"))
        assert refused is grpc.StatusCode.PERMISSION_DENIED
        allowed = await code_of(world.channel, METHODS[path], b"", world.metadata())
        assert allowed not in (grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.UNAUTHENTICATED)


async def test_a_key_is_read_in_all_three_spellings(world: Any) -> None:
    world.keys.put("tw_view", "chatflows:view")
    stub = ChatflowServiceStub(world.channel)
    for metadata in ("authorization", "Bearer tw_view"), ("authorization", "tw_view"), ("x-api-key", "tw_view"):
        answer = await stub.GetChatflow(chatflow_pb2.GetChatflowRequest(id=FLOW), metadata=(metadata,))
        assert answer.chatflow.id == FLOW


async def test_a_key_may_do_what_it_may_and_no_more(world: Any) -> None:
    world.keys.put("tw_view", "chatflows:view")
    stub = ChatflowServiceStub(world.channel)
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await stub.DeleteChatflow(chatflow_pb2.DeleteChatflowRequest(id=FLOW), metadata=world.metadata("tw_view"))
    assert raised.value.code() is grpc.StatusCode.PERMISSION_DENIED
    assert raised.value.details() == "The API key lacks the permission chatflows:delete."


async def test_wrong_keys_do_not_matter_on_an_open_flow(world: Any) -> None:
    answer = await PredictionServiceStub(world.channel).Predict(
        pb.PredictRequest(chatflow_id=FLOW, question="x"), metadata=world.metadata("sk-something-else")
    )
    assert answer.text == "Hello"


async def test_a_401_says_how_to_authenticate(world: Any) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await ChatflowServiceStub(world.channel).ListChatflows(chatflow_pb2.ListChatflowsRequest())
    assert dict([*raised.value.trailing_metadata()])["www-authenticate"] == "Bearer"


async def test_another_workspaces_key_sees_nothing_of_ours(world: Any) -> None:
    world.keys.put("tw_theirs", "*", key_id="k2", workspace_id="00000000-0000-4000-8000-000000000002")
    stub = ChatflowServiceStub(world.channel)
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await stub.GetChatflow(chatflow_pb2.GetChatflowRequest(id=FLOW), metadata=world.metadata("tw_theirs"))
    assert raised.value.code() is grpc.StatusCode.NOT_FOUND
    listed = await stub.ListChatflows(chatflow_pb2.ListChatflowsRequest(), metadata=world.metadata("tw_theirs"))
    assert FLOW not in [one.id for one in listed.chatflows]


async def test_paths_are_compared_exactly(world: Any) -> None:
    for path in (
        "/tradewind.v1.chatflowservice/ListChatflows",
        "/tradewind.v1.ChatflowService/listchatflows",
        "/tradewind.v1.ChatflowService/ListChatflows/",
        "//tradewind.v1.ChatflowService/ListChatflows",
    ):
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await world.channel.unary_unary(path)(b"")
        assert raised.value.code() is grpc.StatusCode.UNIMPLEMENTED


async def test_public_pages_ignore_whatever_credentials_say(world: Any) -> None:
    answer = await SystemServiceStub(world.channel).Ping(system_pb2.PageRequest(), metadata=basic("x:y"))
    assert answer.data == b"pong"
    assert world.keys.lookups == 0
