"""Calls that leave for addresses which a chatflow or a caller names: the port. The adapter decides what may be reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class OutboundReply:
    """A whole answer, within the adapter's size limit. ``url`` is where it came from after redirects."""

    status: int
    url: str
    content_type: str
    body: bytes = field(repr=False)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


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
