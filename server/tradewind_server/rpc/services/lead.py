"""``LeadService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import lead_pb2, lead_pb2_grpc

from tradewind_server.chatflows.admission import Admission
from tradewind_server.chats.leads import LeadService
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.mapping.leads import lead, lead_listing, new_lead
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.requests import caller_of


class LeadServicer(lead_pb2_grpc.LeadServiceServicer):
    """Maps requests and responses around :class:`LeadService`."""

    def __init__(self, leads: LeadService, admission: Admission) -> None:
        self._leads = leads
        self._admission = admission

    async def CreateLead(
        self, request: lead_pb2.CreateLeadRequest, context: grpc.aio.ServicerContext
    ) -> lead_pb2.CreateLeadResponse:
        admitted = await self._admission.admit(request.chatflow_id, caller_of(current_call()))
        return lead_pb2.CreateLeadResponse(lead=lead(await self._leads.create(admitted, new_lead(request))))

    async def ListLeads(
        self, request: lead_pb2.ListLeadsRequest, context: grpc.aio.ServicerContext
    ) -> lead_pb2.ListLeadsResponse:
        query = lead_listing(request)
        rows, token = await self._leads.page(current_call().workspace_id, query, request.page_size, request.page_token)
        return lead_pb2.ListLeadsResponse(leads=[lead(row) for row in rows], next_page_token=token)

    async def DeleteLead(
        self, request: lead_pb2.DeleteLeadRequest, context: grpc.aio.ServicerContext
    ) -> lead_pb2.DeleteLeadResponse:
        await self._leads.delete(current_call().workspace_id, request.lead_id)
        return lead_pb2.DeleteLeadResponse()


def _leads(domain: Domain) -> object:
    return LeadServicer(domain.rule(LeadService), domain.admission)


SERVICES = (Service(lead_pb2_grpc.add_LeadServiceServicer_to_server, _leads),)
