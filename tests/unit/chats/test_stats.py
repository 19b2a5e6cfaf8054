from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.chats.ports import MessageFilter
from tradewind_server.chats.stats import MOST_DAYS, ChatflowStats, StatsService
from tradewind_server.errors import NotFound

FLOW = "11111111-1111-4111-8111-111111111111"
FOUND = ChatflowStats(messages=2, sessions=1)


class Chatflows:
    async def get(self, workspace_id: str, chatflow_id: str) -> object | None:
        return object() if (workspace_id, chatflow_id) == ("mine", FLOW) else None


class Counts:
    def __init__(self) -> None:
        self.asked: list[Any] = []

    async def stats(self, workspace_id: str, filters: MessageFilter, most_days: int) -> ChatflowStats:
        self.asked.append((workspace_id, filters, most_days))
        return FOUND


async def test_figures_are_those_of_ones_own_chatflows() -> None:
    counts, chatflows = Counts(), Chatflows()
    service = StatsService(counts, chatflows)  # type: ignore[arg-type]
    assert await service.stats("mine", MessageFilter(FLOW)) == FOUND
    for workspace, flow in (("theirs", FLOW), ("mine", "other")):
        with pytest.raises(NotFound):
            await service.stats(workspace, MessageFilter(flow))
    assert counts.asked == [("mine", MessageFilter(FLOW), MOST_DAYS)]
