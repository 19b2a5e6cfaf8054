"""The pages of a web site, for loaders that read several: found by their links, or in a sitemap (docs/contract.md §12)."""

from __future__ import annotations

from tradewind_server.documents.jobs import Parsing
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.web import MOST_PAGES, PageSource
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.outbound.addresses import is_web_address
from tradewind_server.outbound.ports import Outbound


class LinkFinder:
    """Finds pages. All calls go through the guard of outbound calls."""

    def __init__(self, outbound: Outbound, parsing: Parsing) -> None:
        self._outbound = outbound
        self._parsing = parsing

    async def links(self, url: str, *, crawls: bool, limit: int) -> list[str]:
        """At most ``limit`` pages; 0 for as many as there are, up to ``MOST_PAGES``. ``crawls`` follows links on the same host,
        else ``url`` is that of a sitemap.

        Raises ``InvalidInput`` for what is no address or may not be reached, ``Unavailable`` for a site that does not answer.
        """
        if not is_web_address(url):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "url must be an address that begins with http:// or https://.")
        if not 0 <= limit <= MOST_PAGES:
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"limit must be a whole number from 0 to {MOST_PAGES}.")
        source = PageSource(
            node_id="",
            label="the address",
            url=url,
            outbound=self._outbound,
            follow="webCrawl" if crawls else "scrapeXMLSitemap",
            limit=limit,
            selector=None,
            exclusion=None,
            as_html=False,
            splitter=None,
            rules=MetadataRules(),
            parsing=self._parsing,
        )
        return await source.addresses(lambda _: None)
