"""Both doors of feedback. What every caller may rely on stands in ``tests/contract/cases/feedback.yaml``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest
from google.protobuf.json_format import MessageToDict
from google.protobuf.timestamp_pb2 import Timestamp
from tradewind.v1 import feedback_pb2 as pb
from tradewind.v1.feedback_pb2_grpc import FeedbackServiceStub
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chats.ports import Feedback, FeedbackFilter, MessagePlace
from tradewind_server.rest_stubs import feedback_pb2 as rest
from tradewind_server.rest_stubs.feedback_pb2_grpc import FeedbackRestServiceStub

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"
MESSAGE = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
FEEDBACK = "44444444-4444-4444-8444-444444444444"
MOMENT = datetime(2025, 1, 1, 11, 28, 36, tzinfo=UTC)


def body(text: str) -> dict[str, Any]:
    return {"content_type": "application/json", "data": text.encode()}


def row(number: int) -> Feedback:
    return Feedback(f"f{number}", FLOW, "c", f"m{number}", "THUMBS_DOWN", None, MOMENT + timedelta(seconds=number))


async def refused(call: Any) -> grpc.StatusCode:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    code: grpc.StatusCode = raised.value.code()
    return code


async def test_feedback_over_grpc(world: Any) -> None:
    world.feedbacks.places[MESSAGE] = MessagePlace(DEFAULT_WORKSPACE, FLOW, "c")
    stub = FeedbackServiceStub(world.channel)
    created = await stub.CreateFeedback(pb.CreateFeedbackRequest(message_id=MESSAGE, rating="RATING_THUMBS_UP", content=""))  # type: ignore[arg-type]
    assert MessageToDict(created.feedback) == {
        "id": FEEDBACK,
        "chatflowId": FLOW,
        "chatId": "c",
        "messageId": MESSAGE,
        "rating": "RATING_THUMBS_UP",
        "content": "",
        "createTime": "2025-01-01T11:28:36Z",
    }
    changed = await stub.UpdateFeedback(pb.UpdateFeedbackRequest(feedback_id=FEEDBACK, content="so"))
    assert (changed.feedback.rating, changed.feedback.content) == (created.feedback.rating, "so")


async def test_a_chatflow_with_a_key_asks_for_it(world: Any) -> None:
    world.feedbacks.places[MESSAGE] = MessagePlace(DEFAULT_WORKSPACE, KEYED, "c")
    world.feedbacks.rows[FEEDBACK] = (DEFAULT_WORKSPACE, Feedback(FEEDBACK, KEYED, "c", "m", "THUMBS_UP", None, MOMENT))
    typed, plain = FeedbackServiceStub(world.channel), FeedbackRestServiceStub(world.channel)
    new = body(f'{{"messageId": "{MESSAGE}", "rating": "THUMBS_UP"}}')
    for call in (
        typed.CreateFeedback(pb.CreateFeedbackRequest(message_id=MESSAGE, rating="RATING_THUMBS_UP")),  # type: ignore[arg-type]
        typed.UpdateFeedback(pb.UpdateFeedbackRequest(feedback_id=FEEDBACK)),
        plain.CreateFeedbackBody(rest.CreateFeedbackBodyRequest(body=new)),
        plain.CreateFeedbackBody(rest.CreateFeedbackBodyRequest(chatflow_id=KEYED, body=body("{}"))),
        plain.UpdateFeedbackBody(rest.UpdateFeedbackBodyRequest(feedback_id=FEEDBACK)),
    ):
        assert await refused(call) is grpc.StatusCode.UNAUTHENTICATED
    world.keys.put("tw_flow", key_id="flow-key")
    await plain.CreateFeedbackBody(rest.CreateFeedbackBodyRequest(body=new), metadata=world.metadata("tw_flow"))


@pytest.mark.parametrize("text", ["[]", "{", '{"messageId": 5}', '{"rating": true}', '{"chatId": "%s"}' % ("c" * 256)])
async def test_bodies_that_do_not_fit_are_refused(world: Any, text: str) -> None:
    stub = FeedbackRestServiceStub(world.channel)
    request = rest.CreateFeedbackBodyRequest(chatflow_id=FLOW, body=body(text))
    assert await refused(stub.CreateFeedbackBody(request)) is grpc.StatusCode.INVALID_ARGUMENT


async def test_rows_print_nulls_and_the_list_goes_on(world: Any) -> None:
    world.feedbacks.rows = {f"f{number}": (DEFAULT_WORKSPACE, row(number)) for number in range(3)}
    stub = FeedbackRestServiceStub(world.channel)
    call = stub.ListFeedbackArray(rest.ListFeedbackArrayRequest(chatflow_id=FLOW, limit="2"), metadata=world.metadata())
    printed = [MessageToDict(one) async for one in call]
    assert printed[0] == {
        "id": "f0",
        "chatflowid": FLOW,
        "chatId": "c",
        "messageId": "m0",
        "rating": "THUMBS_DOWN",
        "content": None,
        "createdDate": "2025-01-01T11:28:36.000Z",
    }
    assert len(printed) == 2 and dict([*await call.initial_metadata()])["x-next-page-token"]


async def test_filters_of_the_typed_list(world: Any) -> None:
    time = Timestamp()
    time.FromDatetime(MOMENT)
    request = pb.ListFeedbackRequest(
        chatflow_id=FLOW, chat_id="c", ratings=["RATING_THUMBS_UP"], start_time=time, end_time=time, order="SORT_ORDER_DESC"  # type: ignore[list-item,arg-type]
    )  # fmt: skip
    await FeedbackServiceStub(world.channel).ListFeedback(request, metadata=world.metadata())
    ((workspace, filters, part),) = world.feedbacks.asked
    end = MOMENT + timedelta(microseconds=999)
    assert (workspace, part.descending) == (DEFAULT_WORKSPACE, True)
    assert filters == FeedbackFilter(FLOW, "c", ("THUMBS_UP",), MOMENT, end)


async def test_lists_need_a_permission(world: Any) -> None:
    world.keys.put("tw_viewer", "chatflows:view")
    stub = FeedbackServiceStub(world.channel)
    request = pb.ListFeedbackRequest(chatflow_id=FLOW)
    assert await refused(stub.ListFeedback(request)) is grpc.StatusCode.UNAUTHENTICATED
    denied = stub.ListFeedback(request, metadata=world.metadata("tw_viewer"))
    assert await refused(denied) is grpc.StatusCode.PERMISSION_DENIED
