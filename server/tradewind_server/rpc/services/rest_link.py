"""The REST route of links of web sites (docs/contract.md §12)."""

from __future__ import annotations

import grpc

from tradewind_server.documents.links import LinkFinder
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rest_stubs import link_pb2, link_pb2_grpc
from tradewind_server.rpc.service import Domain, Service

CRAWL = "webCrawl"
DEFAULT_LIMIT = "10"


class LinkRestServicer(link_pb2_grpc.LinkRestServiceServicer):
    def __init__(self, finder: LinkFinder) -> None:
        self._finder = finder

    async def FetchLinks(self, request: link_pb2.FetchLinksRequest, context: grpc.aio.ServicerContext) -> link_pb2.FoundLinks:
        if not request.url:
            raise InvalidInput(Reason.INVALID_ARGUMENT, "The parameter url is missing.")
        limit = request.limit or DEFAULT_LIMIT
        if not (limit.isascii() and limit.isdigit() and len(limit) <= 4):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "limit must be a whole number from 0 to 1000.")
        links = await self._finder.links(request.url, crawls=request.relative_links_method == CRAWL, limit=int(limit))
        return link_pb2.FoundLinks(status="OK", links=links)


def _links(domain: Domain) -> object:
    return LinkRestServicer(domain.rule(LinkFinder))


SERVICES = (Service(link_pb2_grpc.add_LinkRestServiceServicer_to_server, _links),)
