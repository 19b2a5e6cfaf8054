"""The REST routes of finished upserts (docs/contract.md §7.7)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.ingest.past_upserts import UpsertHistoryService, history_listing
from tradewind_server.ingest.ports import UpsertHistoryEntry
from tradewind_server.rest_stubs import upsert_history_pb2, upsert_history_pb2_grpc
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind, type_name
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.json_values import fill_value
from tradewind_server.rpc.rest_shapes import iso
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import NEXT_PAGE, limit_of, positive, values_of, without_token

FIELDS: BodyFields = {"ids": BodyKind.ANY}


def entity(row: UpsertHistoryEntry) -> upsert_history_pb2.UpsertHistory:
    message = upsert_history_pb2.UpsertHistory(id=row.id, chatflow_id=row.chatflow_id, date=iso(row.date))
    fill_value(message.result, row.result)
    fill_value(message.flow_data, row.flow_data)
    return message


class UpsertHistoryRestServicer(upsert_history_pb2_grpc.UpsertHistoryRestServiceServicer):
    def __init__(self, history: UpsertHistoryService, bodies: Bodies, *, max_list: int) -> None:
        self._history = history
        self._bodies = bodies
        self._max_list = max_list

    async def ListUpsertHistoryArray(
        self, request: upsert_history_pb2.ListUpsertHistoryArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[upsert_history_pb2.UpsertHistory]:
        values, workspace = values_of(request), current_call().workspace_id
        query = history_listing(request.chatflow_id, values)
        page, limit = positive(values, "page"), limit_of(values, self._max_list)
        if page and limit:
            without_token(request.page_token)
            rows = await self._history.numbered_page(workspace, query, page, limit)
        else:
            rows, following = await self._history.page(workspace, query, limit or 0, request.page_token)
            if following:
                await context.send_initial_metadata(((NEXT_PAGE, following),))
        for message in [entity(row) for row in rows]:
            yield message

    async def DeleteUpsertHistoryBody(
        self, request: upsert_history_pb2.DeleteUpsertHistoryBodyRequest, context: grpc.aio.ServicerContext
    ) -> upsert_history_pb2.DeletedUpsertHistory:
        ids = (await self._bodies.json(request.body.data, FIELDS)).get("ids") or []
        if not isinstance(ids, list):
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"ids must be a list of UUIDs, not {type_name(ids)}.")
        count = await self._history.delete(current_call().workspace_id, ids, request.chatflow_id)
        return upsert_history_pb2.DeletedUpsertHistory(affected=count)


def _history(domain: Domain) -> object:
    return UpsertHistoryRestServicer(domain.rule(UpsertHistoryService), domain.bodies, max_list=domain.settings.max_list)


SERVICES = (Service(upsert_history_pb2_grpc.add_UpsertHistoryRestServiceServicer_to_server, _history),)
