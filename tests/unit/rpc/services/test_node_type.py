"""Both doors of the node types say what the registry has."""

from __future__ import annotations

from typing import Any, get_args

import grpc
import pytest
from tradewind.v1 import node_type_pb2
from tradewind.v1.node_type_pb2_grpc import NodeTypeServiceStub
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import InputKind
from tradewind_server.rest_stubs import node_type_pb2 as rest_pb
from tradewind_server.rest_stubs.node_type_pb2_grpc import NodeTypeRestServiceStub
from tradewind_server.rpc.services.rest_node_type import CANVAS_TYPES

NAMES = sorted(one.name for one in builtin_registry().types())


def test_every_kind_has_a_word_on_both_doors() -> None:
    assert set(CANVAS_TYPES) == set(get_args(InputKind))
    typed = {name.removeprefix("NODE_INPUT_KIND_").lower() for name, _ in node_type_pb2.NodeInputKind.items()}
    assert typed - {"unspecified"} == set(get_args(InputKind))


async def test_pages_hold_every_type_once(world: Any) -> None:
    stub, found, token = NodeTypeServiceStub(world.channel), [], ""
    while True:
        request = node_type_pb2.ListNodeTypesRequest(page_size=40, page_token=token)
        page = await stub.ListNodeTypes(request, metadata=world.metadata())
        found += [one.name for one in page.node_types]
        token = page.next_page_token
        if not token:
            break
    assert found == NAMES


async def test_rest_lists_the_same(world: Any) -> None:
    stub = NodeTypeRestServiceStub(world.channel)
    listed = [one async for one in stub.ListNodes(rest_pb.ListNodesRequest(), metadata=world.metadata())]
    assert [one.name for one in listed] == NAMES
    one = await stub.GetNode(rest_pb.GetNodeRequest(name=NAMES[0]), metadata=world.metadata())
    assert one == listed[0]
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await stub.GetNode(rest_pb.GetNodeRequest(name="x" * 5000), metadata=world.metadata())
    assert raised.value.code() is grpc.StatusCode.NOT_FOUND and len(raised.value.details() or "") < 200
