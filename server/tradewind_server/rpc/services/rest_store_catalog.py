"""The REST routes of what the canvas asks about document stores (docs/document-stores.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc

from tradewind_server.document_stores.catalog import StoreCatalog
from tradewind_server.rest_stubs import chatflow_check_pb2, document_store_pb2_grpc, node_type_pb2
from tradewind_server.rest_stubs import document_store_pb2 as pb
from tradewind_server.rpc.bodies import Bodies, BodyKind
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.services.rest_chatflow_check import flow_config_entry
from tradewind_server.rpc.services.rest_node_type import node_message


class StoreCatalogRestServicer(document_store_pb2_grpc.StoreCatalogRestServiceServicer):
    def __init__(self, catalog: StoreCatalog, bodies: Bodies) -> None:
        self._catalog = catalog
        self._bodies = bodies

    async def ListStoreNodeTypes(
        self, request: pb.ListStoreNodeTypesRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[node_type_pb2.Node]:
        for node_type in self._catalog.types(request.kind):
            yield node_message(node_type)

    async def ListStoreConfig(
        self, request: pb.StoreLoaderRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[chatflow_check_pb2.FlowConfigEntry]:
        for one in await self._catalog.inputs(current_call().workspace_id, request.store_id, request.loader_id):
            yield flow_config_entry(one)

    async def GenerateToolDescription(
        self, request: pb.ToolDescriptionRequest, context: grpc.aio.ServicerContext
    ) -> pb.ToolDescription:
        workspace = current_call().workspace_id
        fields = await self._bodies.json(request.body.data, {"selectedChatModel": BodyKind.OBJECT})
        content = await self._catalog.describe(workspace, request.store_id, fields.get("selectedChatModel"))
        return pb.ToolDescription(content=content)


def _catalog(domain: Domain) -> object:
    return StoreCatalogRestServicer(domain.rule(StoreCatalog), domain.bodies)


SERVICES = (Service(document_store_pb2_grpc.add_StoreCatalogRestServiceServicer_to_server, _catalog),)
