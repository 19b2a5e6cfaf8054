"""Calls that leave for addresses which a chatflow or a caller names: the port. The adapter decides what may be reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from tradewind_server.errors import Reason, Unavailable
from tradewind_server.text.encodings import NoText, decode


@dataclass(frozen=True, slots=True)
class OutboundReply:
    """A whole answer, within the adapter's size limit. ``url`` is where it came from after redirects."""

    status: int
    url: str
    content_type: str
    body: bytes = field(repr=False)
    charset: str = ""
    """The encoding that the answer declares; unchecked."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Names in lower case; several of one name are joined by commas."""

    def read(self) -> tuple[str, str]:
        """The text of the body, and a predicate that says what was guessed or is damaged; empty where nothing was.

        In the encoding that the answer declares, its headers first, then the document itself; else in the one it has.
        CPU-bound where a body is long. Raises ``Unavailable(OUTBOUND_FAILED)`` where the body is no text.
        """
        try:
            return decode(self.body, self.charset)
        except NoText as wrong:
            host = urlsplit(self.url).hostname or ""
            raise Unavailable(Reason.OUTBOUND_FAILED, f"The answer of {host} {wrong}.") from None

    @property
    def text(self) -> str:
        """The text alone, as :meth:`read` has it."""
        return self.read()[0]


class Outbound(Protocol):
    """The one way out. Private, link-local and loopback addresses are refused at every hop, and so is what is too large.

    Raises ``InvalidInput(OUTBOUND_REFUSED)`` for addresses that may not be reached, ``Unavailable(OUTBOUND_FAILED)`` for
    those that do not answer. Status codes of 400 and above are answers, not errors.
    """

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = 20.0,
    ) -> OutboundReply: ...
