"""People who left an address in a chat: the rule and its port."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.ids import UUID, check_id, not_found
from tradewind_server.chatflows.ports import Chatflows
from tradewind_server.chats.filters import (
    FURTHEST_ROW,
    invalid,
    is_descending,
    page_token,
    parse_page_token,
    period,
    unless_empty,
)
from tradewind_server.chats.ports import PageRequest, Position
from tradewind_server.errors import InvalidInput, NotFound, Reason

LONGEST_TEXT = 320
"""Most characters of a name, an address or a number: those of the longest e-mail address."""
FILTER_NAMES = {"chat_id": "chatId", "start_date": "startDate", "end_date": "endDate"}


@dataclass(frozen=True, slots=True)
class LeadDraft:
    """A lead as a caller sends it; None is absent."""

    chat_id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A stored lead (docs/contract.md §8.5)."""

    id: str
    chatflow_id: str
    chat_id: str
    name: str | None
    email: str | None
    phone: str | None
    created_date: datetime


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """Which leads of one chatflow. None leaves a filter out; dates are inclusive and aware."""

    chatflow_id: str
    chat_id: str | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeadListing:
    """A list of leads as a caller asks for it, but for the part of it."""

    filters: LeadFilter
    descending: bool = False


@dataclass(frozen=True, slots=True)
class LeadPage:
    """Leads in the order asked for; ``next`` continues behind them, None at the end."""

    leads: list[Lead] = field(default_factory=list)
    next: Position | None = None


class Leads(Protocol):
    """Every method is scoped to one workspace."""

    async def add(self, workspace_id: str, lead: Lead) -> None:
        """Store. Raises ``NotFound(CHATFLOW_NOT_FOUND)`` where the chatflow is gone meanwhile."""
        ...

    async def list(self, workspace_id: str, filters: LeadFilter, part: PageRequest) -> LeadPage:
        """Leads by date, then id."""
        ...

    async def delete(self, workspace_id: str, lead_id: str) -> int:
        """How many were deleted: 1, or 0 where there is no such lead."""
        ...


def lead_listing(chatflow_id: str, values: Mapping[str, str | None]) -> LeadListing:
    """The list behind a caller's plain values. Raises ``InvalidInput(INVALID_FILTER)``."""
    unless_empty(values, FILTER_NAMES)
    start, end = period(values)
    filters = LeadFilter(check_id(chatflow_id), values.get("chat_id"), start, end)
    return LeadListing(filters, is_descending(values.get("order"), None))


class LeadService:
    """Leads of chatflows. Lists are bounded by ``max_list`` and show chatflows of the caller's workspace alone."""

    def __init__(
        self,
        leads: Leads,
        chatflows: Chatflows,
        max_list: int,
        *,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._leads = leads
        self._chatflows = chatflows
        self._max_list = max_list
        self._new_id = new_id
        self._now = now

    async def create(self, admitted: Admitted, draft: LeadDraft) -> Lead:
        """Store a lead. Without a chat it gets a new one. Raises ``InvalidInput`` and ``NotFound``."""
        for name in ("name", "email", "phone"):
            value = getattr(draft, name)
            if value is not None and len(value) > LONGEST_TEXT:
                raise InvalidInput(Reason.INVALID_ARGUMENT, f"{name} must have at most {LONGEST_TEXT} characters.")
        lead = Lead(
            id=self._new_id(),
            chatflow_id=admitted.chatflow.id,
            chat_id=draft.chat_id or self._new_id(),
            name=draft.name,
            email=draft.email,
            phone=draft.phone,
            created_date=self._now(),
        )
        await self._leads.add(admitted.chatflow.workspace_id, lead)
        return lead

    async def page(self, workspace_id: str, listing: LeadListing, size: int, token: str) -> tuple[list[Lead], str]:
        """At most ``size`` leads (0: as many as are allowed) behind the token, and the token of what follows."""
        after = parse_page_token(token, descending=listing.descending)
        return await self._page(
            workspace_id, listing, PageRequest(min(size or self._max_list, self._max_list), listing.descending, after)
        )

    async def numbered_page(self, workspace_id: str, listing: LeadListing, page: int, limit: int) -> list[Lead]:
        """Page number ``page``, from 1, of ``limit`` leads each."""
        offset = (page - 1) * limit
        if offset > FURTHEST_ROW:
            raise invalid("page must be within the list.")
        rows, _ = await self._page(workspace_id, listing, PageRequest(limit, listing.descending, offset=offset))
        return rows

    async def _page(self, workspace_id: str, listing: LeadListing, part: PageRequest) -> tuple[list[Lead], str]:
        if await self._chatflows.get(workspace_id, listing.filters.chatflow_id) is None:
            raise not_found(listing.filters.chatflow_id)
        page = await self._leads.list(workspace_id, listing.filters, part)
        return page.leads, page_token(page.next, descending=listing.descending)

    async def delete(self, workspace_id: str, lead_id: str) -> int:
        """Delete one lead; 1. Raises ``InvalidInput`` and ``NotFound(LEAD_NOT_FOUND)``."""
        if not UUID.fullmatch(lead_id):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "The id of a lead must be a UUID.")
        deleted = await self._leads.delete(workspace_id, lead_id.lower())
        if not deleted:
            raise NotFound(Reason.LEAD_NOT_FOUND, f"Lead {lead_id} not found")
        return deleted
