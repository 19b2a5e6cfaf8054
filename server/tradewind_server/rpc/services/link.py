"""``LinkService`` over gRPC."""

from __future__ import annotations

import grpc
from tradewind.v1 import link_pb2, link_pb2_grpc

from tradewind_server.documents.links import LinkFinder
from tradewind_server.rpc.service import Domain, Service


class LinkServicer(link_pb2_grpc.LinkServiceServicer):
    """Maps requests and responses around :class:`LinkFinder`."""

    def __init__(self, finder: LinkFinder) -> None:
        self._finder = finder

    async def ListLinks(
        self, request: link_pb2.ListLinksRequest, context: grpc.aio.ServicerContext
    ) -> link_pb2.ListLinksResponse:
        crawls = request.method == link_pb2.LINK_METHOD_CRAWL
        return link_pb2.ListLinksResponse(links=await self._finder.links(request.url, crawls=crawls, limit=request.limit))


def _links(domain: Domain) -> object:
    return LinkServicer(domain.rule(LinkFinder))


SERVICES = (Service(link_pb2_grpc.add_LinkServiceServicer_to_server, _links),)
