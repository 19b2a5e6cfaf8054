from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.json_format import MessageToDict
from tradewind.v1 import chat_message_pb2 as pb
from tradewind.v1.chat_message_pb2_grpc import ChatMessageServiceStub
from tradewind_server.chats.ports import ChatMessage, ChatSession, Feedback, MessageFilter, PageRequest
from tradewind_server.rest_stubs import chat_message_pb2 as rest
from tradewind_server.rest_stubs.chat_message_pb2_grpc import (
    ChatMessageAbortRestServiceStub,
    ChatMessageDeleteRestServiceStub,
    ChatMessageRestServiceStub,
)

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"
FOREIGN = "33333333-3333-4333-8333-333333333333"
MOMENT = datetime(2025, 1, 1, 11, 28, 36, tzinfo=UTC)


def rows(count: int) -> list[ChatMessage]:
    return [
        ChatMessage(f"m{number:03}", "userMessage", FLOW, f"hi {number}", "c1", MOMENT + timedelta(seconds=number))
        for number in range(count)
    ]


async def array(world: Any, method: str = "ListChatMessagesArray", **fields: Any) -> tuple[list[dict[str, Any]], str]:
    """The messages of the bare array as JSON, and where it says it goes on."""
    stub = ChatMessageRestServiceStub(world.channel)
    request = rest.ListChatMessagesArrayRequest(chatflow_id=FLOW, **fields)
    call = getattr(stub, method)(request, metadata=world.metadata())
    messages = [MessageToDict(one) async for one in call]
    return messages, dict([*await call.initial_metadata()]).get("x-next-page-token", "")


async def refused(world: Any, method: str = "ListChatMessagesArray", **fields: Any) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await array(world, method, **fields)
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_a_message_prints_nulls_and_dates_as_documented(world: Any) -> None:
    world.messages.rows = [
        ChatMessage("m1", "apiMessage", FLOW, "yo", "c1", MOMENT, used_tools=[{"tool": "a"}], memory_type="")
    ]
    (printed,), _ = await array(world)
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


async def test_a_typed_message_has_every_part(world: Any) -> None:
    usage = {"promptTokens": 5, "completionTokens": 2, "cachedTokens": None, "model": "m", "provider": "p", "calls": 1}
    row = ChatMessage(
        "m1", "apiMessage", FLOW, "yo", "c1", MOMENT, chat_type="EXTERNAL", session_id="s", memory_type="", usage=usage,
        used_tools=[{"tool": "a", "toolInput": {"x": 1}, "toolOutput": "out", "error": "no"}],
        source_documents=[{"pageContent": "p", "metadata": {"line": 1}, "id": "7"}],
        artifacts=[{"type": "png", "data": "d"}], file_annotations=[{"filePath": "/f", "fileName": "f"}],
        file_uploads=[{"type": "url", "name": "u", "mime": "image/png", "data": "https://a.example/u.png"}],
        follow_up_prompts='["Why?"]', lead_email="a@b.c",
    )  # fmt: skip
    world.messages.rows = [row]
    stub = ChatMessageServiceStub(world.channel)
    answer = await stub.ListChatMessages(pb.ListChatMessagesRequest(chatflow_id=FLOW), metadata=world.metadata())
    assert MessageToDict(answer.messages[0]) == {
        "id": "m1",
        "role": "MESSAGE_ROLE_API",
        "chatflowId": FLOW,
        "content": "yo",
        "chatType": "CHAT_TYPE_EXTERNAL",
        "chatId": "c1",
        "sessionId": "s",
        "createTime": "2025-01-01T11:28:36Z",
        "sourceDocuments": [{"pageContent": "p", "metadata": {"line": 1.0}, "id": "7"}],
        "usedTools": [{"tool": "a", "input": {"x": 1.0}, "output": "out", "error": "no"}],
        "fileAnnotations": [{"filePath": "/f", "fileName": "f"}],
        "artifacts": [{"type": "png", "data": "d"}],
        "attachments": [{"name": "u", "mime": "image/png", "url": "https://a.example/u.png"}],
        "leadEmail": "a@b.c",
        "followUpPrompts": ["Why?"],
        "usage": {"promptTokens": "5", "completionTokens": "2", "model": "m", "provider": "p", "calls": 1},
    }
    (printed,), _ = await array(world)
    assert printed["usage"] == {**usage, "promptTokens": 5.0, "completionTokens": 2.0, "calls": 1.0}


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"chatflow_id": "abc"}, "chatflowId must be a UUID"),
        ({"filter": {"chat_id": ""}}, "filter.chatId must not be empty"),
        ({"filter": {"message_id": "7"}}, "filter.messageId must be a UUID"),
        ({"filter": {"ratings": [0]}}, "filter.ratings[0] must be set"),
        ({"filter": {"chat_types": [99]}}, "filter.chatTypes[0] is a value that this server does not know"),
        ({"page_size": -1}, "pageSize cannot be negative"),
        ({"page_token": "x" * 2000}, "pageToken may have at most 1024 characters"),
        ({"order": 7}, "order is a value"),
    ],
)
async def test_values_that_break_a_rule_are_named(world: Any, fields: dict[str, Any], place: str) -> None:
    request = pb.ListChatMessagesRequest(**{"chatflow_id": FLOW} | fields)
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await ChatMessageServiceStub(world.channel).ListChatMessages(request, metadata=world.metadata())
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert place in (raised.value.details() or "")
    reason = "INVALID_CHATFLOW_ID" if "chatflow_id" in fields else "INVALID_FILTER"
    assert dict([*(raised.value.trailing_metadata() or ())])["x-error-reason"] == reason
    assert world.messages.asked == []


async def test_the_filter_arrives(world: Any) -> None:
    await array(world, chat_type=["EXTERNAL"], sort="desc", session_id="s", start_date="2025-01-01")
    asked = world.messages.asked[0]
    assert (asked.chat_types, asked.session_id) == (("EXTERNAL",), "s")
    assert asked.start_date == datetime(2025, 1, 1, tzinfo=UTC)
    assert world.messages.parts[0].descending is True


@pytest.mark.parametrize(
    "change",
    [
        {"session_id": ""},
        {"feedback": "perhaps"},
        {"feedback_type": ["MAYBE"]},
        {"feedback_type_list": ["THUMBS_UP", ""]},
        {"chat_type": ["[]"]},
        {"page": "0", "limit": "1"},
        {"page": "1", "limit": "-1"},
        {"page": "1", "limit": "1001"},
        {"page": "1", "limit": "1", "page_token": "abc"},
        {"page_token": "abc"},
        {"order": "x"},
    ],
)
async def test_filters_that_make_no_sense_are_refused(world: Any, change: dict[str, Any]) -> None:
    await refused(world, **change)


async def test_feedback_is_printed_only_where_it_was_asked_for(world: Any) -> None:
    question, answer = rows(2)
    opinion = Feedback("f1", FLOW, "c1", answer.id, "THUMBS_UP", None, MOMENT)
    world.messages.rows = [question, replace(answer, feedback=opinion)]
    for fields in ({}, {"feedback": "false"}, {"feedback": ""}):
        messages, _ = await array(world, **fields)
        assert all("feedback" not in message for message in messages)
    for fields in ({"feedback": "true"}, {"feedback_type": ["THUMBS_UP"]}):
        messages, _ = await array(world, **fields)
        assert messages[0]["feedback"] is None
        assert messages[1]["feedback"] == {
            "id": "f1",
            "chatflowid": FLOW,
            "chatId": "c1",
            "messageId": answer.id,
            "rating": "THUMBS_UP",
            "content": None,
            "createdDate": "2025-01-01T11:28:36.000Z",
        }


@pytest.mark.parametrize(
    "fields",
    [
        {"feedback_type": ["THUMBS_UP", "THUMBS_DOWN"]},
        {"feedback_type": ['["THUMBS_UP","THUMBS_DOWN"]']},
        {"feedback_type_list": ["THUMBS_UP", "THUMBS_DOWN"]},
        {"feedback_type": ["THUMBS_UP"], "feedback_type_list": ["THUMBS_DOWN"]},
    ],
)
async def test_ratings_in_every_spelling(world: Any, fields: dict[str, Any]) -> None:
    await array(world, **fields)
    assert world.messages.asked[0].ratings == ("THUMBS_UP", "THUMBS_DOWN")


async def test_internal_messages_are_those_of_the_canvas(world: Any) -> None:
    method = "ListInternalChatMessagesArray"
    for fields in ({}, {"chat_type": ["INTERNAL"]}):
        await array(world, method, session_id="s", **fields)
    assert {(asked.chat_types, asked.session_id) for asked in world.messages.asked} == {(("INTERNAL",), "s")}
    await refused(world, method, chat_type=["EXTERNAL"])


async def test_numbered_pages_walk_through_all_rows(world: Any) -> None:
    world.messages.rows = rows(5)

    async def page(number: int) -> list[str]:
        messages, following = await array(world, page=str(number), limit="2")
        assert following == ""
        return [message["id"] for message in messages]

    assert [await page(number) for number in (1, 2, 3, 4)] == [["m000", "m001"], ["m002", "m003"], ["m004"], []]


async def test_pages_with_feedback_count_sessions(world: Any) -> None:
    await array(world, feedback="true", page="3", limit="10")
    assert world.messages.of_sessions == [PageRequest(10, offset=20)]
    await array(world, feedback="true", page="3", limit="10", session_id="s")
    assert world.messages.of_sessions == [PageRequest(10, offset=20)]


async def test_an_array_that_is_cut_off_says_how_it_goes_on(start: Any) -> None:
    world = await start(max_list=2)
    world.messages.rows = rows(5)
    seen, token = [], ""
    while True:
        messages, token = await array(world, page_token=token)
        assert len(messages) <= 2
        seen += [message["id"] for message in messages]
        if not token:
            break
    assert seen == [f"m{number:03}" for number in range(5)]


async def test_sessions_come_with_a_total(world: Any) -> None:
    world.messages.found = [ChatSession(f"s{number}", "c", 2, MOMENT, MOMENT + timedelta(seconds=1)) for number in range(3)]
    stub = ChatMessageServiceStub(world.channel)
    request = pb.ListChatSessionsRequest(
        chatflow_id=FLOW, page_size=2, order="SORT_ORDER_DESC", filter={"ratings": ["RATING_THUMBS_DOWN"]}
    )
    answer = await stub.ListChatSessions(request, metadata=world.metadata())
    assert (len(answer.sessions), answer.total_size) == (2, 3)
    assert MessageToDict(answer.sessions[0]) == {
        "sessionId": "s0",
        "chatId": "c",
        "messageCount": 2,
        "firstTime": "2025-01-01T11:28:36Z",
        "lastTime": "2025-01-01T11:28:37Z",
    }
    assert world.messages.asked[0].ratings == ("THUMBS_DOWN",)
    assert world.messages.parts[0] == PageRequest(2, descending=True)


async def test_feedback_over_grpc(world: Any) -> None:
    (row,) = rows(1)
    world.messages.rows = [replace(row, feedback=Feedback("f1", FLOW, "c1", row.id, "THUMBS_UP", None, MOMENT))]
    stub = ChatMessageServiceStub(world.channel)
    rated = {"ratings": ["RATING_THUMBS_UP"]}

    async def printed(**fields: Any) -> dict[str, Any]:
        request = pb.ListChatMessagesRequest(chatflow_id=FLOW, **fields)
        answer = await stub.ListChatMessages(request, metadata=world.metadata())
        return MessageToDict(answer.messages[0])

    assert "feedback" not in await printed()
    assert (await printed(with_feedback=True))["feedback"] == {
        "id": "f1",
        "chatflowId": FLOW,
        "chatId": "c1",
        "messageId": row.id,
        "rating": "RATING_THUMBS_UP",
        "createTime": "2025-01-01T11:28:36Z",
    }
    assert "feedback" in await printed(filter=rated)
    assert "feedback" not in await printed(filter=rated, with_feedback=False)


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


@pytest.mark.parametrize(
    "fields",
    [
        {"feedback_type": ["THUMBS_DOWN"]},
        {"feedback_type_list": ["THUMBS_DOWN"]},
        {"chat_id": "a_b+c/d", "hard_delete": "true"},
        {"message_id": "m1", "is_clear_from_view_message_dialog": "true"},
    ],
)
async def test_every_filter_of_a_deletion_arrives(world: Any, fields: dict[str, Any]) -> None:
    stub = ChatMessageDeleteRestServiceStub(world.channel)
    await stub.DeleteChatMessagesByQuery(
        rest.DeleteChatMessagesByQueryRequest(chatflow_id=FLOW, **fields), metadata=world.metadata()
    )
    (asked,) = world.messages.deleted
    rating = fields.get("feedback_type") or fields.get("feedback_type_list") or []
    assert (asked.chat_id, asked.message_id) == (fields.get("chat_id"), fields.get("message_id"))
    assert asked.ratings == tuple(rating)


async def test_the_bare_deletion_clears_the_flow_as_documented(world: Any) -> None:
    stub = ChatMessageDeleteRestServiceStub(world.channel)
    for fields in ({}, {"hard_delete": "true"}):
        request = rest.DeleteChatMessagesByQueryRequest(chatflow_id=FLOW, **fields)
        assert (await stub.DeleteChatMessagesByQuery(request, metadata=world.metadata())).affected == 3
    assert world.messages.deleted == [MessageFilter(FLOW)] * 2


@pytest.mark.parametrize(
    "change", [{"sort": "ASC"}, {"session_id": ""}, {"start_date": "soon"}, {"chat_type": ["[]"]}, {"feedback_type": [""]}]
)
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
    with pytest.raises(grpc.aio.AioRpcError):
        both = pb.DeleteChatMessagesRequest(chatflow_id=FLOW, all_of_chatflow=True, filter={"ratings": ["RATING_THUMBS_UP"]})
        await stub.DeleteChatMessages(both, metadata=world.metadata())
    assert world.messages.deleted == []
    request = pb.DeleteChatMessagesRequest(chatflow_id=FLOW, all_of_chatflow=True)
    assert (await stub.DeleteChatMessages(request, metadata=world.metadata())).affected == 3


async def test_messages_of_a_foreign_flow_look_like_those_of_a_missing_one(world: Any) -> None:
    sentences = []
    for flow in FOREIGN, "44444444-4444-4444-8444-444444444444":
        with pytest.raises(grpc.aio.AioRpcError):
            await ChatMessageServiceStub(world.channel).ListChatSessions(
                pb.ListChatSessionsRequest(chatflow_id=flow), metadata=world.metadata()
            )
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await ChatMessageServiceStub(world.channel).ListChatMessages(
                pb.ListChatMessagesRequest(chatflow_id=flow), metadata=world.metadata()
            )
        assert raised.value.code() is grpc.StatusCode.NOT_FOUND
        sentences.append(raised.value.details().replace(flow, "ID"))
    assert sentences[0] == sentences[1]


async def test_abort_answers_the_same_whether_something_ran_or_not(world: Any) -> None:
    stub = ChatMessageServiceStub(world.channel)
    await stub.AbortChatMessage(pb.AbortChatMessageRequest(chatflow_id=FLOW, chat_id="c1"))
    door = ChatMessageAbortRestServiceStub(world.channel)
    answer = await door.AbortChatMessage(rest.AbortChatMessageRequest(chatflow_id=FLOW, chat_id="c2"))
    assert (answer.status, answer.message) == (200, "Chat message aborted")
    assert world.predictor.aborted == [(FLOW, "c1"), (FLOW, "c2")]
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await stub.AbortChatMessage(pb.AbortChatMessageRequest(chatflow_id=KEYED, chat_id="c1"))
    assert raised.value.code() is grpc.StatusCode.UNAUTHENTICATED


async def test_an_abort_reaches_the_other_workers(start: Any) -> None:
    second = await start()
    first = await start(second.socket, Path("/nowhere/worker.sock"))
    stub = ChatMessageServiceStub(first.channel)
    await stub.AbortChatMessage(pb.AbortChatMessageRequest(chatflow_id=FLOW, chat_id="c1"))
    assert first.predictor.aborted == second.predictor.aborted == [(FLOW, "c1")]


async def test_nobody_passes_for_a_worker_over_tcp(world: Any) -> None:
    async with grpc.aio.insecure_channel(f"127.0.0.1:{world.server.tcp_port}") as channel:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await ChatMessageServiceStub(channel).AbortChatMessage(
                pb.AbortChatMessageRequest(chatflow_id=KEYED, chat_id="c1"), metadata=(("x-tradewind-relayed", "1"),)
            )
    assert caught.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert world.predictor.aborted == []
