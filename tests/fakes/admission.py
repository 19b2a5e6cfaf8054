"""Calls that were let in, for tests of what comes behind the door; and the door itself over chatflows in memory."""

from __future__ import annotations

from typing import Any

from tradewind_server.access.ports import ANONYMOUS, Principal
from tradewind_server.access.rate_limits import LocalRateWindows, RateLimits
from tradewind_server.chatflows.admission import Admission, Admitted, Caller, PublicView
from tradewind_server.chatflows.config import read_config
from tradewind_server.chatflows.ports import Chatflow


def admission_to(chatflows: Any, *, require_key: bool = False, has_key: Any = None) -> Admission:
    """The guard of these chatflows: ``get_by_id`` and ``get`` of the port ``Chatflows`` are enough, with ``by_name`` of
    ``VersionSearch`` where a version is asked for. Its windows never end."""
    limits = RateLimits(LocalRateWindows(lambda: 0.0), b"secret")
    return Admission(chatflows, limits, chatflows, require_key=require_key, has_key=has_key)


def caller(principal: Principal = ANONYMOUS, origin: str | None = None, address: str = "10.0.0.1") -> Caller:
    return Caller(principal, origin, address)


def let_in(chatflow: Chatflow, principal: Principal = ANONYMOUS) -> Admitted:
    return Admitted(chatflow, read_config(chatflow), principal)


def seen(chatflow: Chatflow) -> PublicView:
    return PublicView(chatflow, read_config(chatflow))
