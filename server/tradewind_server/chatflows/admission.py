"""Who is let in to a chatflow, asked once for each call and before any of its files is read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tradewind_server.access.ports import Principal
from tradewind_server.access.rate_limits import RateLimits, rate_limit_of
from tradewind_server.chatflows.ids import UUID
from tradewind_server.chatflows.origins import check_origin
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.errors import Reason, Unauthenticated


class FlowAccess:
    """A chatflow with a key of its own answers the holder of that key; one without answers anyone, or any key."""

    def __init__(self, *, require_key: bool) -> None:
        self._require_key = require_key

    def check_flow(self, principal: Principal, chatflow: Chatflow) -> None:
        """Raises ``Unauthenticated`` when the caller may not ask this chatflow; the admin may ask any."""
        if chatflow.apikeyid:
            if principal.kind != "admin" and principal.key_id != chatflow.apikeyid:
                raise Unauthenticated(
                    Reason.UNAUTHENTICATED,
                    "This chatflow needs its own API key; send it as `Authorization: Bearer <key>`.",
                )
        elif self._require_key and not _belongs(principal, chatflow):
            raise Unauthenticated(
                Reason.UNAUTHENTICATED, "This server needs an API key; send it as `Authorization: Bearer <key>`."
            )

    def check_chat(self, principal: Principal, chatflow: Chatflow, chat_id: str) -> None:
        """Raises ``Unauthenticated`` when a caller who may ask this chatflow may not see what belongs to a chat of it.

        Whoever holds the chatflow's key may. Without one, the id of the chat is what its owner alone knows: it must hold
        a UUID, as those of this server and of the chat widget do. Any other id could be guessed and needs an API key.
        """
        if not chatflow.apikeyid and not UUID.search(chat_id) and not _belongs(principal, chatflow):
            raise Unauthenticated(
                Reason.UNAUTHENTICATED,
                "The id of this chat could be guessed, so its files need an API key; send it as `Authorization: Bearer <key>`.",
            )


def _belongs(principal: Principal, chatflow: Chatflow) -> bool:
    return principal.kind == "admin" or (principal.kind == "key" and principal.workspace_id == chatflow.workspace_id)


class Admission:
    """The chatflow's key and its pages first, then its rate limit: who is refused does not use up anybody's share."""

    def __init__(self, find: Callable[[str], Awaitable[Chatflow]], access: FlowAccess, limits: RateLimits) -> None:
        self._find = find
        self._access = access
        self._limits = limits

    async def admit(self, chatflow_id: str, principal: Principal, *, origin: str | None, address: str) -> None:
        """Let a call in that ``origin``, a web page, sends from ``address``; None where it comes from no page.

        Raises ``NotFound``, ``Unauthenticated``, ``PermissionDenied(ORIGIN_NOT_ALLOWED)`` or
        ``ResourceExhausted(RATE_LIMITED)``.
        """
        chatflow = await self._find(chatflow_id)
        self._access.check_flow(principal, chatflow)
        check_origin(chatflow, origin)
        limit = rate_limit_of(chatflow.api_config)
        await self._limits.check(limit, chatflow.workspace_id, chatflow.id, address)
