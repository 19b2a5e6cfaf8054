"""Both doors of leads. What every caller may rely on stands in ``tests/contract/cases/leads.yaml``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest
from google.protobuf.json_format import MessageToDict
from google.protobuf.timestamp_pb2 import Timestamp
from tradewind.v1 import lead_pb2 as pb
from tradewind.v1.lead_pb2_grpc import LeadServiceStub
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chats.leads import Lead, LeadFilter
from tradewind_server.rest_stubs import lead_pb2 as rest
from tradewind_server.rest_stubs.lead_pb2_grpc import LeadRestServiceStub

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"
NEW = "44444444-4444-4444-8444-444444444444"
MOMENT = datetime(2025, 1, 1, 11, 28, 36, tzinfo=UTC)


def new(text: str) -> rest.CreateLeadBodyRequest:
    return rest.CreateLeadBodyRequest(body={"content_type": "application/json", "data": text.encode()})


async def refused(call: Any) -> grpc.StatusCode:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    code: grpc.StatusCode = raised.value.code()
    return code


async def test_a_lead_over_grpc(world: Any) -> None:
    stub = LeadServiceStub(world.channel)
    made = await stub.CreateLead(pb.CreateLeadRequest(chatflow_id=FLOW, chat_id="c", name="Ana", email=""))
    assert MessageToDict(made.lead) == {
        "id": NEW,
        "chatflowId": FLOW,
        "chatId": "c",
        "name": "Ana",
        "email": "",
        "createTime": "2025-01-01T11:28:36Z",
    }
    listed = await stub.ListLeads(pb.ListLeadsRequest(chatflow_id=FLOW), metadata=world.metadata())
    assert list(listed.leads) == [made.lead]
    await stub.DeleteLead(pb.DeleteLeadRequest(lead_id=NEW), metadata=world.metadata())
    assert world.leads.rows == {}


async def test_a_new_lead_leaves_out_what_a_list_prints_as_null(world: Any) -> None:
    stub = LeadRestServiceStub(world.channel)
    made = MessageToDict(await stub.CreateLeadBody(new(f'{{"chatflowid": "{FLOW}", "chatId": "c", "name": "Ana"}}')))
    whole = {"id": NEW, "chatflowid": FLOW, "chatId": "c", "name": "Ana", "createdDate": "2025-01-01T11:28:36.000Z"}
    assert made == whole
    call = stub.ListLeadsArray(rest.ListLeadsArrayRequest(chatflow_id=FLOW), metadata=world.metadata())
    assert [MessageToDict(one) async for one in call] == [{**whole, "email": None, "phone": None}]


async def test_a_long_list_goes_on(world: Any) -> None:
    for number in range(3):
        row = Lead(f"l{number}", FLOW, "c", None, None, None, MOMENT + timedelta(seconds=number))
        world.leads.rows[row.id] = (DEFAULT_WORKSPACE, row)
    request = rest.ListLeadsArrayRequest(chatflow_id=FLOW, limit="2")
    call = LeadRestServiceStub(world.channel).ListLeadsArray(request, metadata=world.metadata())
    assert len([one async for one in call]) == 2
    assert dict([*await call.initial_metadata()])["x-next-page-token"]


async def test_a_chatflow_with_a_key_asks_for_it(world: Any) -> None:
    typed, plain = LeadServiceStub(world.channel), LeadRestServiceStub(world.channel)
    body = f'{{"chatflowid": "{KEYED}"}}'
    for call in (typed.CreateLead(pb.CreateLeadRequest(chatflow_id=KEYED)), plain.CreateLeadBody(new(body))):
        assert await refused(call) is grpc.StatusCode.UNAUTHENTICATED
    world.keys.put("tw_flow", key_id="flow-key")
    await plain.CreateLeadBody(new(body), metadata=world.metadata("tw_flow"))
    assert len(world.leads.rows) == 1


@pytest.mark.parametrize("text", ["", "[]", "{", "{}", '{"chatflowid": 5}', '{"chatflowid": "x"}'])
async def test_bodies_that_do_not_fit_are_refused(world: Any, text: str) -> None:
    assert await refused(LeadRestServiceStub(world.channel).CreateLeadBody(new(text))) is grpc.StatusCode.INVALID_ARGUMENT
    assert world.leads.rows == {}


async def test_filters_of_the_typed_list(world: Any) -> None:
    time = Timestamp()
    time.FromDatetime(MOMENT)
    request = pb.ListLeadsRequest(chatflow_id=FLOW, chat_id="c", start_time=time, end_time=time, order="SORT_ORDER_DESC")  # type: ignore[arg-type]
    await LeadServiceStub(world.channel).ListLeads(request, metadata=world.metadata())
    ((workspace, filters, part),) = world.leads.asked
    assert (workspace, part.descending) == (DEFAULT_WORKSPACE, True)
    assert filters == LeadFilter(FLOW, "c", MOMENT, MOMENT + timedelta(microseconds=999))


async def test_lists_and_deletions_need_their_permission(world: Any) -> None:
    world.keys.put("tw_viewer", "leads:view")
    stub = LeadServiceStub(world.channel)
    assert await refused(stub.ListLeads(pb.ListLeadsRequest(chatflow_id=FLOW))) is grpc.StatusCode.UNAUTHENTICATED
    await stub.ListLeads(pb.ListLeadsRequest(chatflow_id=FLOW), metadata=world.metadata("tw_viewer"))
    denied = stub.DeleteLead(pb.DeleteLeadRequest(lead_id=NEW), metadata=world.metadata("tw_viewer"))
    assert await refused(denied) is grpc.StatusCode.PERMISSION_DENIED
