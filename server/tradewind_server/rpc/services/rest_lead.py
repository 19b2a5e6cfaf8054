"""The REST routes of leads (docs/contract.md §8.5)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc

from tradewind_server.chatflows.admission import Admission
from tradewind_server.chatflows.ids import optional_id
from tradewind_server.chats.leads import LeadDraft, LeadService, lead_listing
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rest_stubs import lead_pb2, lead_pb2_grpc
from tradewind_server.rpc.bodies import LEAD, Bodies
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.rest_shapes import lead_message
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.optional import NEXT_PAGE, limit_of, positive, values_of, without_token
from tradewind_server.rpc.services.requests import caller_of


class LeadRestServicer(lead_pb2_grpc.LeadRestServiceServicer):
    def __init__(self, leads: LeadService, admission: Admission, bodies: Bodies, *, max_list: int) -> None:
        self._leads = leads
        self._admission = admission
        self._bodies = bodies
        self._max_list = max_list

    async def CreateLeadBody(self, request: lead_pb2.CreateLeadBodyRequest, context: grpc.aio.ServicerContext) -> lead_pb2.Lead:
        fields = await self._bodies.json(request.body.data, LEAD)
        if not fields.get("chatflowid"):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "chatflowid is missing; send the id of the chatflow.")
        admitted = await self._admission.admit(fields["chatflowid"], caller_of(current_call()))
        draft = LeadDraft(
            chat_id=optional_id(fields.get("chatId"), "chatId"),
            name=fields.get("name"),
            email=fields.get("email"),
            phone=fields.get("phone"),
        )
        return lead_message(await self._leads.create(admitted, draft), with_nulls=False)

    async def ListLeadsArray(
        self, request: lead_pb2.ListLeadsArrayRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[lead_pb2.Lead]:
        values = values_of(request)
        query = lead_listing(request.chatflow_id, values)
        page, limit = positive(values, "page"), limit_of(values, self._max_list)
        workspace_id = current_call().workspace_id
        if page and limit:
            without_token(request.page_token)
            rows = await self._leads.numbered_page(workspace_id, query, page, limit)
        else:
            rows, following = await self._leads.page(workspace_id, query, limit or 0, request.page_token)
            if following:
                await context.send_initial_metadata(((NEXT_PAGE, following),))
        # The whole list first: a failure behind the first row would reach the caller as a valid, shorter array.
        for message in [lead_message(row, with_nulls=True) for row in rows]:
            yield message

    async def DeleteLeadEntity(
        self, request: lead_pb2.DeleteLeadEntityRequest, context: grpc.aio.ServicerContext
    ) -> lead_pb2.DeletedLead:
        count = await self._leads.delete(current_call().workspace_id, request.lead_id)
        return lead_pb2.DeletedLead(affected=count)


def _leads(domain: Domain) -> object:
    rule = domain.rule(LeadService)
    return LeadRestServicer(rule, domain.admission, domain.bodies, max_list=domain.settings.max_list)


SERVICES = (Service(lead_pb2_grpc.add_LeadRestServiceServicer_to_server, _leads),)
