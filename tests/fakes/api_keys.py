"""The port ``ApiKeys`` in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from tradewind_server.access.ports import ApiKey, KeyedChatflow


class ApiKeysInMemory:
    """``chatflows`` are those that ask for keys, by workspace; every other chatflow is missing."""

    def __init__(self) -> None:
        self.rows: dict[str, ApiKey] = {}
        self.chatflows: list[tuple[str, KeyedChatflow]] = []

    async def by_digest(self, digest: bytes) -> ApiKey | None:
        return next((key for key in self.rows.values() if digest in (key.digest, key.previous_digest)), None)

    async def list(self, workspace_id: str) -> list[ApiKey]:
        return [key for key in self.rows.values() if key.workspace_id == workspace_id]

    async def get(self, workspace_id: str, key_id: str) -> ApiKey | None:
        key = self.rows.get(key_id)
        return key if key is not None and key.workspace_id == workspace_id else None

    async def add(self, key: ApiKey) -> None:
        self.rows[key.id] = key

    async def replace(self, key: ApiKey) -> bool:
        if await self.get(key.workspace_id, key.id) is None:
            return False
        self.rows[key.id] = key
        return True

    async def note_use(self, key_id: str, when: datetime) -> None:
        self.rows[key_id] = replace(self.rows[key_id], last_used=when)

    async def revoke(self, workspace_id: str, key_id: str) -> int:
        if await self.get(workspace_id, key_id) is None:
            return 0
        del self.rows[key_id]
        return 1

    async def keyed_chatflows(self, workspace_id: str, key_id: str | None = None) -> Sequence[KeyedChatflow]:
        return [one for owner, one in self.chatflows if owner == workspace_id and key_id in (None, one.key_id)]

    async def missing_chatflows(self, workspace_id: str, chatflow_ids: Collection[str]) -> Sequence[str]:
        present = {one.id for owner, one in self.chatflows if owner == workspace_id}
        return sorted(set(chatflow_ids) - present)
