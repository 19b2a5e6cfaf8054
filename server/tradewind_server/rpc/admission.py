"""Who is let in to a chatflow, asked once for each call and before any of its files is read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tradewind_server.access.rate_limits import RateLimits, rate_limit_of
from tradewind_server.chatflows.origins import check_origin
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.flows.predict.predictor import FlowAccess
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.services.requests import origin_of


class Admission:
    """The chatflow's key and its pages first, then its rate limit: who is refused does not use up anybody's share."""

    def __init__(self, find: Callable[[str], Awaitable[Chatflow]], access: FlowAccess, limits: RateLimits) -> None:
        self._find = find
        self._access = access
        self._limits = limits

    async def admit(self, call: Call, chatflow_id: str) -> None:
        """Raises ``NotFound``, ``Unauthenticated``, ``PermissionDenied(ORIGIN_NOT_ALLOWED)`` or
        ``ResourceExhausted(RATE_LIMITED)``.
        """
        chatflow = await self._find(chatflow_id)
        self._access.check_flow(call.principal, chatflow)
        check_origin(chatflow, origin_of(call))
        limit = rate_limit_of(chatflow.api_config)
        await self._limits.check(limit, chatflow.workspace_id, chatflow.id, call.address())
