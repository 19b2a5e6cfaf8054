"""The REST routes of node types (docs/contract.md §10.4)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.errors import NotFound, Reason
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import Input, NodeType
from tradewind_server.rest_stubs import node_type_pb2, node_type_pb2_grpc
from tradewind_server.rpc.node_icons import icon_of
from tradewind_server.rpc.service import Domain, Service

CANVAS_TYPES = {
    "text": "string",
    "template": "string",
    "number": "number",
    "flag": "boolean",
    "json": "json",
    "choice": "options",
    "file": "file",
    "secret": "password",
    "code": "code",
    "node": "node",
    "nodes": "node",
}
"""What the canvas calls the kinds of inputs."""
ICON_HEADERS = (
    ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ("cache-control", "public, max-age=86400"),
)
LONGEST_NAME = 64
"""Most characters of an unknown name that an error repeats."""


class NodeTypeRestServicer(node_type_pb2_grpc.NodeTypeRestServiceServicer):
    def __init__(self, registry: Registry, *, max_list: int) -> None:
        self._types = {one.name: one for one in sorted(registry.types(), key=lambda node_type: node_type.name)}
        self._max_list = max_list

    async def ListNodes(
        self, request: node_type_pb2.ListNodesRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[node_type_pb2.Node]:
        for node_type in list(self._types.values())[: self._max_list]:
            yield node_message(node_type)

    async def GetNodeIcon(self, request: node_type_pb2.GetNodeIconRequest, context: grpc.aio.ServicerContext) -> HttpBody:
        node_type = self._types.get(request.name)
        if node_type is None:
            raise NotFound(Reason.NODE_NOT_SUPPORTED, f"There is no node type {request.name[:LONGEST_NAME]} here.")
        await context.send_initial_metadata(ICON_HEADERS)
        return HttpBody(content_type="image/svg+xml", data=icon_of(node_type.category))

    async def GetNode(self, request: node_type_pb2.GetNodeRequest, context: grpc.aio.ServicerContext) -> node_type_pb2.Node:
        node_type = self._types.get(request.name)
        if node_type is None:
            raise NotFound(Reason.NODE_NOT_SUPPORTED, f"There is no node type {request.name[:LONGEST_NAME]} here.")
        return node_message(node_type)


def node_message(node_type: NodeType) -> node_type_pb2.Node:
    return node_type_pb2.Node(
        name=node_type.name,
        label=node_type.label,
        category=node_type.category,
        description=node_type.note,
        inputs=[_input(one) for one in node_type.inputs],
    )


def _input(one: Input) -> node_type_pb2.NodeInput:
    type_ = one.accepts or CANVAS_TYPES[one.kind]
    return node_type_pb2.NodeInput(
        name=one.name, label=one.name, type=type_, list=one.kind == "nodes", ignored=one.has_no_effect
    )


def _nodes(domain: Domain) -> object:
    return NodeTypeRestServicer(domain.registry, max_list=domain.settings.max_list)


SERVICES = (Service(node_type_pb2_grpc.add_NodeTypeRestServiceServicer_to_server, _nodes),)
