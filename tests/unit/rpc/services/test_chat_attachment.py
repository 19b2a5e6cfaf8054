"""Attachments through both doors: the order of the checks, and that nothing stays behind."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import grpc
import pytest
from tradewind.v1 import chat_attachment_pb2 as pb
from tradewind.v1.chat_attachment_pb2_grpc import ChatAttachmentServiceStub
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.rest_stubs import chat_attachment_pb2 as rest
from tradewind_server.rest_stubs.chat_attachment_pb2_grpc import ChatAttachmentFormRestServiceStub
from tradewind_server.rpc.services.rest_chat_attachment import wants_base64

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"
CHAT = "0a8f2d3e-1111-4222-8333-444455556666"
CONFIG = '{"fullFileUpload": {"status": true}}'
FORM = (
    b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nabc\r\n'
    b'--b\r\nContent-Disposition: form-data; name="base64"\r\n\r\n%s\r\n--b--\r\n'
)


@pytest.fixture
def open_flow(world: Any) -> Any:
    world.predictor.flows[FLOW] = replace(world.predictor.flows[FLOW], chatbot_config=CONFIG)
    return world


def parts(chatflow: str, chat: str = CHAT, **options: Any) -> list[pb.UploadChatAttachmentsRequest]:
    return [
        pb.UploadChatAttachmentsRequest(options={"chatflow_id": chatflow, "chat_id": chat, **options}),
        pb.UploadChatAttachmentsRequest(file={"name": "a.txt"}),
        pb.UploadChatAttachmentsRequest(chunk=b"ab"),
        pb.UploadChatAttachmentsRequest(chunk=b"c"),
    ]


def form(chatflow: str, base64: bytes = b"") -> list[rest.AttachFormRequest]:
    body = {"content_type": "multipart/form-data; boundary=b", "data": FORM % base64}
    return [rest.AttachFormRequest(chatflow_id=chatflow, chat_id=CHAT, body=body)]


async def refused(call: Any) -> tuple[grpc.StatusCode, str]:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    return raised.value.code(), dict([*(raised.value.trailing_metadata() or ())])["x-error-reason"]


async def test_a_chatflow_with_a_key_answers_its_holder_alone(world: Any) -> None:
    unauthenticated = grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED"
    assert await refused(ChatAttachmentServiceStub(world.channel).UploadChatAttachments(iter(parts(KEYED)))) == unauthenticated
    assert await refused(ChatAttachmentFormRestServiceStub(world.channel).AttachForm(iter(form(KEYED)))) == unauthenticated
    assert world.blobs.received == [], "no file is read before"


async def test_what_is_switched_off_reads_no_file(world: Any) -> None:
    off = grpc.StatusCode.FAILED_PRECONDITION, "FEATURE_NOT_SUPPORTED"
    assert await refused(ChatAttachmentServiceStub(world.channel).UploadChatAttachments(iter(parts(FLOW)))) == off
    assert await refused(ChatAttachmentFormRestServiceStub(world.channel).AttachForm(iter(form(FLOW)))) == off
    assert world.blobs.received == []


async def test_a_file_is_answered_and_kept_under_its_chat(open_flow: Any) -> None:
    world = open_flow
    answer = await ChatAttachmentServiceStub(world.channel).UploadChatAttachments(iter(parts(FLOW)))
    assert [(file.name, file.size, file.content) for file in answer.files] == [("a.txt", 3, "abc")]
    body = await ChatAttachmentFormRestServiceStub(world.channel).AttachForm(iter(form(FLOW)))
    assert (body.content_type, [(one["name"], one["size"], one["content"]) for one in json.loads(body.data)]) == (
        "application/json",
        [("a.txt", 3, "abc")],
    )
    assert world.blobs.left() == []
    assert await world.kept.find_in_chat(DEFAULT_WORKSPACE, FLOW, CHAT, "a.txt") is not None


async def test_base64_goes_through_both_doors(open_flow: Any) -> None:
    world = open_flow
    answer = await ChatAttachmentServiceStub(world.channel).UploadChatAttachments(iter(parts(FLOW, base64=True)))
    body = await ChatAttachmentFormRestServiceStub(world.channel).AttachForm(iter(form(FLOW, b"true")))
    assert answer.files[0].content == json.loads(body.data)[0]["content"] == "YWJj"


async def test_a_guessed_chat_is_refused(open_flow: Any) -> None:
    call = ChatAttachmentServiceStub(open_flow.channel).UploadChatAttachments(iter(parts(FLOW, chat="anna")))
    assert await refused(call) == (grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED")


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("true", True), ("1", True), ("yes", True), ("false", False), (False, False), ("", False), (None, False)],
)
def test_false_means_no(value: Any, wanted: bool) -> None:
    assert wants_base64({"base64": value}) is wanted
