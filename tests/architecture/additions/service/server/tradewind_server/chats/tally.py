"""How much was said in a chatflow: the rule and its port."""

from __future__ import annotations

from typing import Protocol

from tradewind_server.chatflows.ids import check_id


class MessageCounts(Protocol):
    """Counts of stored messages, scoped to one workspace."""

    async def messages(self, workspace_id: str, chatflow_id: str) -> int: ...


class Tally:
    """Raises ``InvalidInput`` for what is no id of a chatflow."""

    def __init__(self, counts: MessageCounts) -> None:
        self._counts = counts

    async def of_chatflow(self, workspace_id: str, chatflow_id: str) -> int:
        return await self._counts.messages(workspace_id, check_id(chatflow_id))
