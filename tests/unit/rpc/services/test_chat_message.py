from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.json_format import MessageToDict
from tradewind.v1 import chat_message_pb2 as pb
from tradewind.v1 import rest_chat_message_pb2 as rest
from tradewind.v1.chat_message_pb2_grpc import ChatMessageServiceStub
from tradewind.v1.rest_chat_message_pb2_grpc import ChatMessageDeleteRestServiceStub, ChatMessageRestServiceStub
from tradewind_server.chats.ports import ChatMessage

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"
FOREIGN = "33333333-3333-4333-8333-333333333333"
MOMENT = datetime(2025, 1, 1, 11, 28, 36, tzinfo=UTC)


def rows(count: int) -> list[ChatMessage]:
    return [
        ChatMessage(f"m{number:03}", "userMessage", FLOW, f"hi {number}", "c1", MOMENT + timedelta(seconds=number))
        for number in range(count)
    ]


async def test_a_message_prints_nulls_and_dates_as_documented(world: Any) -> None:
    world.messages.rows = [
        ChatMessage("m1", "apiMessage", FLOW, "yo", "c1", MOMENT, used_tools=[{"tool": "a"}], memory_type="")
    ]
    call = ChatMessageRestServiceStub(world.channel).ListChatMessagesArray(
        rest.ListChatMessagesArrayRequest(chatflow_id=FLOW), metadata=world.metadata()
    )
    (message,) = [one async for one in call]
    printed = MessageToDict(message)
    assert printed["createdDate"] == "2025-01-01T11:28:36.000Z"
    assert printed["chatflowid"] == FLOW
    assert printed["usedTools"] == [{"tool": "a"}]
    assert printed["memoryType"] == ""
    nulls = {name for name, value in printed.items() if value is None}
    assert nulls == {
        "executionId",
        "sourceDocuments",
        "fileAnnotations",
        "agentReasoning",
        "reasonContent",
        "fileUploads",
        "artifacts",
        "action",
        "sessionId",
        "leadEmail",
        "followUpPrompts",
        "execution",
    }


async def test_the_filter_arrives(world: Any) -> None:
    request = rest.ListChatMessagesArrayRequest(
        chatflow_id=FLOW, chat_type=["EXTERNAL"], sort="desc", session_id="s", start_date="2025-01-01"
    )
    [one async for one in ChatMessageRestServiceStub(world.channel).ListChatMessagesArray(request, metadata=world.metadata())]
    asked = world.messages.asked[0]
    assert (asked.chat_types, asked.descending, asked.session_id) == (("EXTERNAL",), True, "s")
    assert asked.start_date == datetime(2025, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [{"session_id": ""}, {"feedback": "true"}, {"feedback_type": ["THUMBS_UP"]}, {"page": "0", "limit": "1"}, {"order": "x"}],
)
async def test_filters_that_make_no_sense_are_refused(world: Any, change: dict[str, Any]) -> None:
    request = rest.ListChatMessagesArrayRequest(chatflow_id=FLOW, **change)
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        [
            one
            async for one in ChatMessageRestServiceStub(world.channel).ListChatMessagesArray(request, metadata=world.metadata())
        ]
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_numbered_pages_walk_through_all_rows(world: Any) -> None:
    world.messages.rows = rows(5)
    stub = ChatMessageRestServiceStub(world.channel)

    async def page(number: int) -> list[str]:
        request = rest.ListChatMessagesArrayRequest(chatflow_id=FLOW, page=str(number), limit="2")
        return [one.id async for one in stub.ListChatMessagesArray(request, metadata=world.metadata())]

    assert [await page(number) for number in (1, 2, 3, 4)] == [["m000", "m001"], ["m002", "m003"], ["m004"], []]


async def test_pages_over_grpc_end(world: Any) -> None:
    world.messages.rows = rows(3)
    stub = ChatMessageServiceStub(world.channel)
    first = await stub.ListChatMessages(pb.ListChatMessagesRequest(chatflow_id=FLOW, page_size=2), metadata=world.metadata())
    second = await stub.ListChatMessages(
        pb.ListChatMessagesRequest(chatflow_id=FLOW, page_size=2, page_token=first.next_page_token),
        metadata=world.metadata(),
    )
    assert [one.id for one in (*first.messages, *second.messages)] == ["m000", "m001", "m002"]
    assert second.next_page_token == ""


async def test_deletion_by_query_answers_the_documented_result(world: Any) -> None:
    stub = ChatMessageDeleteRestServiceStub(world.channel)
    request = rest.DeleteChatMessagesByQueryRequest(chatflow_id=FLOW, session_id="s", sort="ASC")
    result = await stub.DeleteChatMessagesByQuery(request, metadata=world.metadata())
    assert (list(result.raw), result.affected) == ([], 3)
    assert world.messages.deleted[0].session_id == "s"


@pytest.mark.parametrize("change", [{"sort": "ASC"}, {"session_id": ""}, {"start_date": "soon"}])
async def test_a_deletion_that_lost_its_filter_is_refused(world: Any, change: dict[str, str]) -> None:
    request = rest.DeleteChatMessagesByQueryRequest(chatflow_id=FLOW, **change)
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await ChatMessageDeleteRestServiceStub(world.channel).DeleteChatMessagesByQuery(request, metadata=world.metadata())
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert world.messages.deleted == []


async def test_over_grpc_everything_must_be_named(world: Any) -> None:
    stub = ChatMessageServiceStub(world.channel)
    with pytest.raises(grpc.aio.AioRpcError):
        await stub.DeleteChatMessages(pb.DeleteChatMessagesRequest(chatflow_id=FLOW), metadata=world.metadata())
    request = pb.DeleteChatMessagesRequest(chatflow_id=FLOW, all_of_chatflow=True)
    assert (await stub.DeleteChatMessages(request, metadata=world.metadata())).affected == 3


async def test_messages_of_a_foreign_flow_look_like_those_of_a_missing_one(world: Any) -> None:
    sentences = []
    for flow in FOREIGN, "44444444-4444-4444-8444-444444444444":
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await ChatMessageServiceStub(world.channel).ListChatMessages(
                pb.ListChatMessagesRequest(chatflow_id=flow), metadata=world.metadata()
            )
        assert raised.value.code() is grpc.StatusCode.NOT_FOUND
        sentences.append(raised.value.details().replace(flow, "ID"))
    assert sentences[0] == sentences[1]


async def test_abort_answers_the_same_whether_something_ran_or_not(world: Any) -> None:
    stub = ChatMessageServiceStub(world.channel)
    answer = await stub.AbortChatMessage(pb.AbortChatMessageRequest(chatflow_id=FLOW, chat_id="c1"))
    assert (answer.status, answer.message) == (200, "Chat message aborted")
    assert world.predictor.aborted == [(FLOW, "c1")]
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await stub.AbortChatMessage(pb.AbortChatMessageRequest(chatflow_id=KEYED, chat_id="c1"))
    assert raised.value.code() is grpc.StatusCode.UNAUTHENTICATED


async def test_an_abort_reaches_the_other_workers(start: Any) -> None:
    second = await start()
    first = await start(second.socket, Path("/nowhere/worker.sock"))
    stub = ChatMessageServiceStub(first.channel)
    answer = await stub.AbortChatMessage(pb.AbortChatMessageRequest(chatflow_id=FLOW, chat_id="c1"))
    assert answer.status == 200
    assert first.predictor.aborted == second.predictor.aborted == [(FLOW, "c1")]


async def test_nobody_passes_for_a_worker_over_tcp(world: Any) -> None:
    async with grpc.aio.insecure_channel(f"127.0.0.1:{world.server.tcp_port}") as channel:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await ChatMessageServiceStub(channel).AbortChatMessage(
                pb.AbortChatMessageRequest(chatflow_id=KEYED, chat_id="c1"), metadata=(("x-tradewind-relayed", "1"),)
            )
    assert caught.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert world.predictor.aborted == []
