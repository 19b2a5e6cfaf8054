from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import orjson
import pytest
from google.protobuf.json_format import MessageToDict
from tradewind.v1 import chatflow_pb2 as pb
from tradewind.v1.chatflow_pb2_grpc import ChatflowServiceStub
from tradewind_server.rest_stubs import chatflow_pb2 as rest
from tradewind_server.rest_stubs.chatflow_pb2_grpc import ChatflowPageRestServiceStub, ChatflowRestServiceStub

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"
FLOW_DATA = (Path(__file__).parents[4] / "examples" / "flows" / "translate.json").read_text()
FOREIGN = "33333333-3333-4333-8333-333333333333"


async def test_an_entity_prints_nulls_and_dates_as_documented(world: Any) -> None:
    stub = ChatflowRestServiceStub(world.channel)
    flow = await stub.GetChatflowEntity(rest.GetChatflowEntityRequest(id=FLOW), metadata=world.metadata())
    printed = MessageToDict(flow, always_print_fields_with_no_presence=True)
    assert printed["createdDate"] == "2025-01-01T11:28:36.000Z"
    assert printed["webhookSecretConfigured"] is False
    for name in ("deployed", "isPublic", "apikeyid", "chatbotConfig", "apiConfig", "analytic", "mcpServerConfig"):
        assert printed[name] is None


async def test_only_fields_that_are_sent_are_changed_and_null_is_a_value(world: Any) -> None:
    data = b'{"name": "New", "deployed": true, "chatbotConfig": null, "category": "a;b", "unknown": 1}'
    request = rest.UpdateChatflowEntityRequest(id=FLOW, body={"data": data})
    await ChatflowRestServiceStub(world.channel).UpdateChatflowEntity(request, metadata=world.metadata())
    assert world.chatflows.given == [{"name": "New", "deployed": True, "chatbot_config": None, "category": "a;b"}]


async def test_a_flag_must_be_a_flag(world: Any) -> None:
    request = rest.CreateChatflowEntityRequest(body={"data": b'{"flowData": "{}", "isPublic": "yes"}'})
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await ChatflowRestServiceStub(world.channel).CreateChatflowEntity(request, metadata=world.metadata())
    assert raised.value.details() == "isPublic must be true, false or null."


async def test_lists_hold_only_the_callers_workspace(world: Any) -> None:
    array = ChatflowRestServiceStub(world.channel).ListChatflowsArray(
        rest.ListChatflowsArrayRequest(), metadata=world.metadata()
    )
    assert [one.id async for one in array] == [FLOW, KEYED]
    page = await ChatflowPageRestServiceStub(world.channel).ListChatflowsPage(
        rest.ListChatflowsPageRequest(page="2", limit="1"), metadata=world.metadata()
    )
    assert ([one.id for one in page.data], page.total) == ([KEYED], 2)


@pytest.mark.parametrize(("page", "limit"), [(0, 1), (1, 0), (-1, 5), (1, 100_000)])
async def test_pages_have_bounds(world: Any, page: int, limit: int) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await ChatflowPageRestServiceStub(world.channel).ListChatflowsPage(
            rest.ListChatflowsPageRequest(page=str(page), limit=str(limit)), metadata=world.metadata()
        )
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_pages_over_grpc_end(world: Any) -> None:
    stub = ChatflowServiceStub(world.channel)
    first = await stub.ListChatflows(pb.ListChatflowsRequest(page_size=1), metadata=world.metadata())
    second = await stub.ListChatflows(
        pb.ListChatflowsRequest(page_size=1, page_token=first.next_page_token), metadata=world.metadata()
    )
    assert [first.chatflows[0].id, second.chatflows[0].id] == [FLOW, KEYED]
    assert (second.next_page_token, second.total_size) == ("", 2)
    with pytest.raises(grpc.aio.AioRpcError):
        await stub.ListChatflows(pb.ListChatflowsRequest(page_token="x' or 1"), metadata=world.metadata())


async def test_create_get_update_delete_over_grpc(world: Any) -> None:
    stub = ChatflowServiceStub(world.channel)
    flow = pb.Chatflow(name="A", flow_data={"nodes": []}, type=pb.CHATFLOW_TYPE_AGENTFLOW)
    created = (await stub.CreateChatflow(pb.CreateChatflowRequest(chatflow=flow), metadata=world.metadata())).chatflow
    assert MessageToDict(created.flow_data) == {"nodes": []}
    assert (created.name, created.type) == ("A", pb.CHATFLOW_TYPE_AGENTFLOW)
    assert (await stub.GetChatflow(pb.GetChatflowRequest(id=FLOW), metadata=world.metadata())).chatflow.id == FLOW
    update = pb.UpdateChatflowRequest(chatflow=pb.Chatflow(id=FLOW, name="B"))
    assert (await stub.UpdateChatflow(update, metadata=world.metadata())).chatflow.name == "B"
    assert world.chatflows.given[-1] == {"name": "B"}
    await stub.DeleteChatflow(pb.DeleteChatflowRequest(id=FLOW), metadata=world.metadata())


@pytest.mark.parametrize(
    ("mask", "given"),
    [
        (["name"], {"name": "B"}),
        (["chatbot_config", "category"], {"chatbot_config": None, "category": None}),
        (["api_config", "is_public"], {"api_config": '{"a":1}', "is_public": True}),
    ],
)
async def test_an_update_mask_names_what_changes_and_clears(world: Any, mask: list[str], given: dict[str, Any]) -> None:
    flow = pb.Chatflow(id=FLOW, name="B", api_config={"a": 1}, is_public=True)
    update = pb.UpdateChatflowRequest(chatflow=flow, update_mask={"paths": mask})
    await ChatflowServiceStub(world.channel).UpdateChatflow(update, metadata=world.metadata())
    assert world.chatflows.given == [given]


@pytest.mark.parametrize("mask", ["id", "create_time", "nothing", "chatbot_config.color"])
async def test_a_mask_of_what_cannot_change_is_refused(world: Any, mask: str) -> None:
    update = pb.UpdateChatflowRequest(chatflow=pb.Chatflow(id=FLOW), update_mask={"paths": [mask]})
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await ChatflowServiceStub(world.channel).UpdateChatflow(update, metadata=world.metadata())
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert world.chatflows.given == []


@pytest.mark.parametrize("flow", [FOREIGN, "44444444-4444-4444-8444-444444444444"])
async def test_foreign_and_missing_flows_look_the_same(world: Any, flow: str) -> None:
    stub = ChatflowServiceStub(world.channel)
    for call in (
        stub.GetChatflow(pb.GetChatflowRequest(id=flow), metadata=world.metadata()),
        stub.UpdateChatflow(pb.UpdateChatflowRequest(chatflow=pb.Chatflow(id=flow)), metadata=world.metadata()),
        stub.DeleteChatflow(pb.DeleteChatflowRequest(id=flow), metadata=world.metadata()),
        stub.ExportChatflows(pb.ExportChatflowsRequest(ids=[flow]), metadata=world.metadata()),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await call
        assert raised.value.code() is grpc.StatusCode.NOT_FOUND
        assert raised.value.details() == f"Chatflow {flow} not found"


async def test_an_import_passes_the_files_json(world: Any) -> None:
    request = pb.ImportChatflowsRequest(file=b'\xef\xbb\xbf{"nodes": [{"x": 1}], "edges": []}', name="Mine")
    answer = await ChatflowServiceStub(world.channel).ImportChatflows(request, metadata=world.metadata())
    assert world.chatflows.given == [{"data": {"nodes": [{"x": 1}], "edges": []}, "name": "Mine"}]
    assert (answer.chatflows[0].id, list(answer.chatflows[0].notes)) == (FLOW, ["A note."])


async def test_an_export_holds_own_flows_only(world: Any) -> None:
    answer = await ChatflowServiceStub(world.channel).ExportChatflows(pb.ExportChatflowsRequest(), metadata=world.metadata())
    assert [one["id"] for one in orjson.loads(answer.file)["ChatFlow"]] == [FLOW, KEYED]


async def test_public_flags_of_a_keyed_flow_answer_anyone_and_give_nothing_away(world: Any) -> None:
    config = '{"botMessage":{"backgroundColor":"#fff"},"allowedOrigins":["https://private.example"]}'
    changes = {"chatbot_config": config, "flow_data": FLOW_DATA}
    world.predictor.flows[KEYED] = replace(world.predictor.flows[KEYED], **changes)
    streaming = await ChatflowServiceStub(world.channel).GetChatflowStreaming(pb.GetChatflowStreamingRequest(id=KEYED))
    assert streaming.is_streaming is True
    body = await ChatflowRestServiceStub(world.channel).GetPublicChatbotConfig(rest.GetPublicChatbotConfigRequest(id=KEYED))
    assert body.content_type == "application/json"
    assert orjson.loads(body.data)["botMessage"] == {"backgroundColor": "#fff"}
    assert b"private" not in body.data
