"""``NodeTypeService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import node_type_pb2, node_type_pb2_grpc

from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.rpc.mapping.node_types import node_type as node_type_message
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.pages import next_token, offset_of


class NodeTypeServicer(node_type_pb2_grpc.NodeTypeServiceServicer):
    """Shows the registry of node types."""

    def __init__(self, registry: Registry, *, max_list: int) -> None:
        self._types = sorted(registry.types(), key=lambda node_type: node_type.name)
        self._max_list = max_list

    async def ListNodeTypes(
        self, request: node_type_pb2.ListNodeTypesRequest, context: grpc.aio.ServicerContext
    ) -> node_type_pb2.ListNodeTypesResponse:
        size = min(request.page_size or self._max_list, self._max_list)
        offset = offset_of(request.page_token)
        page = self._types[offset : offset + size]
        return node_type_pb2.ListNodeTypesResponse(
            node_types=[node_type_message(node_type) for node_type in page],
            next_page_token=next_token(offset, len(page), len(self._types)),
        )


def _node_types(domain: Domain) -> object:
    return NodeTypeServicer(domain.registry, max_list=domain.settings.max_list)


SERVICES = (Service(node_type_pb2_grpc.add_NodeTypeServiceServicer_to_server, _node_types),)
