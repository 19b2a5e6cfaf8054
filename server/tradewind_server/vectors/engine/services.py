"""What the engine serves: Qdrant's own gRPC services, as far as qdrant-client's users here need them."""

from __future__ import annotations

from typing import Any

import grpc

from tradewind_server.vectors.engine.collections import Collections
from tradewind_server.vectors.engine.collections_service import CollectionsService
from tradewind_server.vectors.engine.points_service import PointsService
from tradewind_server.vectors.engine.snapshots_service import SnapshotsService
from tradewind_server.vectors.protocol import q


class HealthService(q.QdrantServicer):
    """The health check that clients make."""

    async def HealthCheck(self, request: Any, context: grpc.aio.ServicerContext) -> Any:
        return q.HealthCheckReply(title="qdrant - embedded engine", version="1.16.0")


def register(server: grpc.aio.Server, collections: Collections) -> None:
    """Add the services to a server."""
    q.add_QdrantServicer_to_server(HealthService(), server)  # type: ignore[no-untyped-call]
    q.add_CollectionsServicer_to_server(CollectionsService(collections), server)  # type: ignore[no-untyped-call]
    q.add_PointsServicer_to_server(PointsService(collections), server)  # type: ignore[no-untyped-call]
    q.add_SnapshotsServicer_to_server(SnapshotsService(collections), server)  # type: ignore[no-untyped-call]
