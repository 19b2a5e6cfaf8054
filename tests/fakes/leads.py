"""The port ``Leads`` in memory."""

from __future__ import annotations

from tradewind_server.chats.leads import Lead, LeadFilter, LeadPage
from tradewind_server.chats.ports import PageRequest, Position


class LeadsInMemory:
    """A list filters nothing, and notes what it is asked."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[str, Lead]] = {}
        self.asked: list[tuple[str, LeadFilter, PageRequest]] = []

    async def add(self, workspace_id: str, lead: Lead) -> None:
        self.rows[lead.id] = (workspace_id, lead)

    async def list(self, workspace_id: str, filters: LeadFilter, part: PageRequest) -> LeadPage:
        self.asked.append((workspace_id, filters, part))
        rows = [row for owner, row in self.rows.values() if owner == workspace_id][part.offset :]
        shown = rows[: part.limit]
        following = Position(shown[-1].created_date, shown[-1].id) if len(rows) > len(shown) else None
        return LeadPage(shown, following)

    async def delete(self, workspace_id: str, lead_id: str) -> int:
        if self.rows.get(lead_id, ("", None))[0] != workspace_id:
            return 0
        del self.rows[lead_id]
        return 1
