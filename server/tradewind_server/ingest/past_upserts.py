"""Lists and forgets finished upserts (docs/contract.md §7.7)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tradewind_server.chatflows.ids import UUID, check_id, not_found
from tradewind_server.chatflows.ports import Chatflows
from tradewind_server.chats.filters import invalid, is_descending, page_token, parse_page_token, period, unless_empty
from tradewind_server.chats.ports import PageRequest, Position
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.ingest.ports import UpsertHistory, UpsertHistoryEntry

MOST_DELETED = 1000
FURTHEST_ROW = 2**31
PUBLIC_NAMES = {"order": "order", "start_date": "startDate", "end_date": "endDate"}


@dataclass(frozen=True, slots=True)
class HistoryListing:
    """Which entries of one chatflow to list. Dates are inclusive; None is no bound."""

    chatflow_id: str
    descending: bool = False
    start_date: datetime | None = None
    end_date: datetime | None = None


def history_listing(chatflow_id: str, values: Mapping[str, str | None]) -> HistoryListing:
    """The list behind a caller's values: ``order``, ``start_date``, ``end_date``. Raises ``InvalidInput(INVALID_FILTER)``."""
    unless_empty(values, PUBLIC_NAMES)
    start, end = period(values)
    return HistoryListing(check_id(chatflow_id), is_descending(values.get("order"), None), start, end)


class UpsertHistoryService:
    """Finished upserts of chatflows that the caller's workspace owns; a foreign chatflow or entry looks like a missing one.

    Lists are bounded by ``max_list``.
    """

    def __init__(
        self,
        history: UpsertHistory,
        chatflows: Chatflows,
        max_list: int,
        is_document_store: Callable[[str, str], Awaitable[bool]] | None = None,
    ) -> None:
        """``is_document_store`` tells whether a workspace has a document store of an id: its upserts are listed likewise."""
        self._is_document_store = is_document_store
        self._history = history
        self._chatflows = chatflows
        self._max_list = max_list

    async def page(
        self, workspace_id: str, listing: HistoryListing, size: int, token: str
    ) -> tuple[list[UpsertHistoryEntry], str]:
        """At most ``size`` entries (0: as many as are allowed) behind the token, and the token of what follows."""
        after = parse_page_token(token, descending=listing.descending)
        part = PageRequest(min(size or self._max_list, self._max_list), listing.descending, after)
        rows, following = await self._rows(workspace_id, listing, part)
        return rows, page_token(following, descending=listing.descending)

    async def numbered_page(
        self, workspace_id: str, listing: HistoryListing, page: int, limit: int
    ) -> list[UpsertHistoryEntry]:
        """Page number ``page``, from 1. Raises ``InvalidInput(INVALID_FILTER)`` for one that no list has."""
        offset = (page - 1) * limit
        if offset > FURTHEST_ROW:
            raise invalid("page must be within the list.")
        rows, _ = await self._rows(workspace_id, listing, PageRequest(limit, listing.descending, offset=offset))
        return rows

    async def _rows(
        self, workspace_id: str, listing: HistoryListing, part: PageRequest
    ) -> tuple[list[UpsertHistoryEntry], Position | None]:
        if not await self._is_known(workspace_id, listing.chatflow_id):
            raise not_found(listing.chatflow_id)
        return await self._history.list(
            workspace_id, listing.chatflow_id, part, start_date=listing.start_date, end_date=listing.end_date
        )

    async def _is_known(self, workspace_id: str, owner_id: str) -> bool:
        if await self._chatflows.get(workspace_id, owner_id) is not None:
            return True
        return self._is_document_store is not None and await self._is_document_store(workspace_id, owner_id)

    async def delete(self, workspace_id: str, ids: Sequence[Any], path_id: str = "") -> int:
        """Delete the entries of these ids: all, or none. A ``path_id`` is that of their chatflow, or of one of them.

        Returns how many there were. Raises ``InvalidInput`` and ``NotFound(UPSERT_HISTORY_NOT_FOUND)``.
        """
        if not ids:
            raise InvalidInput(Reason.INVALID_ARGUMENT, "ids are required; send the ids of entries as a list.")
        if len(ids) > MOST_DELETED:
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"ids may name at most {MOST_DELETED} entries at once.")
        if not all(isinstance(one, str) and UUID.fullmatch(one) for one in ids):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "ids must be a list of UUIDs.")
        unique = list(dict.fromkeys(one.lower() for one in ids))
        chatflow_id = check_id(path_id) if path_id and path_id.lower() not in unique else None
        deleted = await self._history.delete(workspace_id, unique, chatflow_id)
        if not deleted:
            raise NotFound(
                Reason.UPSERT_HISTORY_NOT_FOUND,
                "One or more upsert history records were not found; nothing was deleted.",
            )
        return deleted
