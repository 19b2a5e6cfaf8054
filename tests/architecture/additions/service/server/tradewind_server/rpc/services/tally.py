"""``TallyService`` over gRPC and REST."""

from __future__ import annotations

import grpc
from tradewind.v1 import tally_pb2, tally_pb2_grpc
from tradewind_server.chats.tally import Tally
from tradewind_server.rest_stubs import tally_pb2 as rest
from tradewind_server.rest_stubs import tally_pb2_grpc as rest_grpc
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.service import Domain, Service


class TallyServicer(tally_pb2_grpc.TallyServiceServicer):
    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    async def CountMessages(
        self, request: tally_pb2.CountMessagesRequest, context: grpc.aio.ServicerContext
    ) -> tally_pb2.CountMessagesResponse:
        found = await self._tally.of_chatflow(current_call().workspace_id, request.chatflow_id)
        return tally_pb2.CountMessagesResponse(messages=found)


class TallyRestServicer(rest_grpc.TallyRestServiceServicer):
    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    async def GetTally(self, request: rest.GetTallyRequest, context: grpc.aio.ServicerContext) -> rest.Tally:
        return rest.Tally(messages=await self._tally.of_chatflow(current_call().workspace_id, request.chatflow_id))


def _typed(domain: Domain) -> object:
    return TallyServicer(domain.rule(Tally))


def _rest(domain: Domain) -> object:
    return TallyRestServicer(domain.rule(Tally))


SERVICES = (
    Service(tally_pb2_grpc.add_TallyServiceServicer_to_server, _typed),
    Service(rest_grpc.add_TallyRestServiceServicer_to_server, _rest),
)
