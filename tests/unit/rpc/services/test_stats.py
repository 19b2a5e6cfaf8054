"""Both doors of the figures. What every caller may rely on stands in ``tests/contract/cases/stats.yaml``."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from google.protobuf.json_format import MessageToDict
from tradewind.v1 import stats_pb2 as pb
from tradewind.v1.stats_pb2_grpc import StatsServiceStub
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chats.ports import MessageFilter
from tradewind_server.chats.stats import ChatflowStats, FeedbackDay
from tradewind_server.rest_stubs import stats_pb2 as rest
from tradewind_server.rest_stubs.stats_pb2_grpc import StatsRestServiceStub

FLOW = "11111111-1111-4111-8111-111111111111"
FOUND = ChatflowStats(102, 46, 3, 1, (FeedbackDay("2025-01-31", 3, 1),))


async def test_figures_over_both_doors(world: Any) -> None:
    world.counts.found = FOUND
    typed = pb.GetChatflowStatsRequest(chatflow_id=FLOW, filter={"session_id": "s", "ratings": ["RATING_THUMBS_UP"]})  # type: ignore[list-item]
    plain = rest.GetStatsRequest(chatflow_id=FLOW, session_id="s", feedback_type=["THUMBS_UP"])
    metadata = world.metadata()
    answer = MessageToDict(await StatsServiceStub(world.channel).GetChatflowStats(typed, metadata=metadata))
    assert answer == {
        "totalMessages": 102,
        "totalSessions": 46,
        "totalFeedback": 4,
        "positiveFeedback": 3,
        "negativeFeedback": 1,
        "days": [{"date": "2025-01-31", "positive": 3, "negative": 1}],
    }
    printed = MessageToDict(await StatsRestServiceStub(world.channel).GetStats(plain, metadata=metadata))
    assert printed == {"totalMessages": 102, "totalSessions": 46, "totalFeedback": 4, "positiveFeedback": 3}
    asked = (DEFAULT_WORKSPACE, MessageFilter(FLOW, session_id="s", ratings=("THUMBS_UP",)))
    assert world.counts.asked == [asked, asked]


@pytest.mark.parametrize(
    "fields", [{"chat_type": ["x"]}, {"start_date": "soon"}, {"feedback_type": ["MAYBE"]}, {"session_id": ""}]
)
async def test_filters_that_are_none_are_refused(world: Any, fields: dict[str, Any]) -> None:
    request = rest.GetStatsRequest(chatflow_id=FLOW, **fields)
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await StatsRestServiceStub(world.channel).GetStats(request, metadata=world.metadata())
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
