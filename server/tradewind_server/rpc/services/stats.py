"""``StatsService`` over gRPC and REST (docs/contract.md §8.7)."""

from __future__ import annotations

import grpc
from tradewind.v1 import stats_pb2, stats_pb2_grpc

from tradewind_server.chats.filters import message_filter
from tradewind_server.chats.stats import StatsService
from tradewind_server.rest_stubs import stats_pb2 as rest
from tradewind_server.rest_stubs import stats_pb2_grpc as rest_grpc
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.chat_messages import message_filter as typed_filter
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import values_of


class StatsServicer(stats_pb2_grpc.StatsServiceServicer):
    def __init__(self, stats: StatsService) -> None:
        self._stats = stats

    async def GetChatflowStats(
        self, request: stats_pb2.GetChatflowStatsRequest, context: grpc.aio.ServicerContext
    ) -> stats_pb2.GetChatflowStatsResponse:
        filters = typed_filter(request.chatflow_id, request.filter)
        stats = await self._stats.stats(current_call().workspace_id, filters)
        return stats_pb2.GetChatflowStatsResponse(
            total_messages=stats.messages,
            total_sessions=stats.sessions,
            total_feedback=stats.positive + stats.negative,
            positive_feedback=stats.positive,
            negative_feedback=stats.negative,
            days=[stats_pb2.FeedbackDay(date=day.date, positive=day.positive, negative=day.negative) for day in stats.days],
        )


class StatsRestServicer(rest_grpc.StatsRestServiceServicer):
    def __init__(self, stats: StatsService) -> None:
        self._stats = stats

    async def GetStats(self, request: rest.GetStatsRequest, context: grpc.aio.ServicerContext) -> rest.ChatflowStats:
        ratings = (*request.feedback_type, *request.feedback_type_list)
        filters = message_filter(request.chatflow_id, values_of(request), request.chat_type, ratings)
        stats = await self._stats.stats(current_call().workspace_id, filters)
        return rest.ChatflowStats(
            total_messages=stats.messages,
            total_sessions=stats.sessions,
            total_feedback=stats.positive + stats.negative,
            positive_feedback=stats.positive,
        )


def _make(domain: Domain) -> object:
    return StatsServicer(domain.rule(StatsService))


def _rest(domain: Domain) -> object:
    return StatsRestServicer(domain.rule(StatsService))


SERVICES = (
    Service(stats_pb2_grpc.add_StatsServiceServicer_to_server, _make),
    Service(rest_grpc.add_StatsRestServiceServicer_to_server, _rest),
)
