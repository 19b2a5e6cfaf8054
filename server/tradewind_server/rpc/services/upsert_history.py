"""``UpsertHistoryService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import upsert_history_pb2, upsert_history_pb2_grpc

from tradewind_server.ingest.past_upserts import UpsertHistoryService
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.upsert_history import entry, listing
from tradewind_server.rpc.service import Domain, Service


class UpsertHistoryServicer(upsert_history_pb2_grpc.UpsertHistoryServiceServicer):
    """Maps requests and responses around :class:`UpsertHistoryService`."""

    def __init__(self, history: UpsertHistoryService) -> None:
        self._history = history

    async def ListUpsertHistory(
        self, request: upsert_history_pb2.ListUpsertHistoryRequest, context: grpc.aio.ServicerContext
    ) -> upsert_history_pb2.ListUpsertHistoryResponse:
        workspace = current_call().workspace_id
        rows, token = await self._history.page(workspace, listing(request), request.page_size, request.page_token)
        return upsert_history_pb2.ListUpsertHistoryResponse(entries=[entry(row) for row in rows], next_page_token=token)

    async def DeleteUpsertHistory(
        self, request: upsert_history_pb2.DeleteUpsertHistoryRequest, context: grpc.aio.ServicerContext
    ) -> upsert_history_pb2.DeleteUpsertHistoryResponse:
        count = await self._history.delete(current_call().workspace_id, request.ids)
        return upsert_history_pb2.DeleteUpsertHistoryResponse(affected=count)


def _history(domain: Domain) -> object:
    return UpsertHistoryServicer(domain.rule(UpsertHistoryService))


SERVICES = (Service(upsert_history_pb2_grpc.add_UpsertHistoryServiceServicer_to_server, _history),)
