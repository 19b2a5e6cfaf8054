"""Repositories behind a cache of a fraction of a second, for the lookups that predictions make, and for the one of
calls that are refused.

The plain form is the repository itself, as ``stores.py`` could hand it out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tradewind_server.access.ports import ApiKey, ApiKeys
from tradewind_server.caching import BriefCache
from tradewind_server.chatflows.ports import Chatflow, Chatflows
from tradewind_server.chatflows.variables import StoredVariables, Variable
from tradewind_server.chatflows.versions import ChatflowVersion, ChatflowVersions, LabelOutcome, VersionSummary


class CachedChatflows:
    """The port ``Chatflows`` around another: ``get_by_id`` is remembered, until a change through this object forgets it."""

    def __init__(self, chatflows: Chatflows, monotonic: Callable[[], float]) -> None:
        self._chatflows = chatflows
        self._entries: BriefCache[Chatflow | None] = BriefCache(chatflows.get_by_id, monotonic)

    def counts(self) -> tuple[int, int]:
        """Hits and misses so far."""
        return self._entries.counts

    async def get_by_id(self, chatflow_id: str) -> Chatflow | None:
        return await self._entries.get(chatflow_id)

    def forget(self, chatflow_id: str) -> None:
        """The chatflow was changed through another object."""
        self._entries.forget(chatflow_id)

    async def get(self, workspace_id: str, chatflow_id: str) -> Chatflow | None:
        return await self._chatflows.get(workspace_id, chatflow_id)

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[Chatflow], int]:
        return await self._chatflows.list(workspace_id, type_, offset, limit)

    async def of_key(self, workspace_id: str, key_id: str) -> Sequence[Chatflow]:
        return await self._chatflows.of_key(workspace_id, key_id)

    async def create(self, flow: Chatflow) -> Chatflow:
        created = await self._chatflows.create(flow)
        self._entries.forget(flow.id)
        return created

    async def update(self, workspace_id: str, chatflow_id: str, changes: Mapping[str, Any]) -> Chatflow | None:
        updated = await self._chatflows.update(workspace_id, chatflow_id, changes)
        self._entries.forget(chatflow_id)
        return updated

    async def delete(self, workspace_id: str, chatflow_id: str) -> int:
        deleted = await self._chatflows.delete(workspace_id, chatflow_id)
        self._entries.forget(chatflow_id)
        return deleted


class CachedVersions:
    """The port ``ChatflowVersions`` around another: ``by_name`` is remembered until a change through this object."""

    def __init__(
        self, versions: ChatflowVersions, monotonic: Callable[[], float], forget_chatflow: Callable[[str], None]
    ) -> None:
        """``forget_chatflow`` hears of chatflows that another version answers for."""
        self._versions = versions
        self._forget_chatflow = forget_chatflow
        self._entries: BriefCache[ChatflowVersion | None] = BriefCache(self._search, monotonic)

    def counts(self) -> tuple[int, int]:
        """Hits and misses so far."""
        return self._entries.counts

    async def by_name(self, chatflow_id: str, name: str) -> ChatflowVersion | None:
        return await self._entries.get(f"{chatflow_id}@{name}")

    async def _search(self, key: str) -> ChatflowVersion | None:
        chatflow_id, _, name = key.partition("@")
        return await self._versions.by_name(chatflow_id, name)

    async def list(
        self, workspace_id: str, chatflow_id: str, offset: int = 0, limit: int | None = None
    ) -> tuple[Sequence[VersionSummary], int]:
        return await self._versions.list(workspace_id, chatflow_id, offset, limit)

    async def get(self, workspace_id: str, chatflow_id: str, name: str) -> ChatflowVersion | None:
        return await self._versions.get(workspace_id, chatflow_id, name)

    async def label(self, workspace_id: str, chatflow_id: str, number: int, label: str) -> LabelOutcome:
        outcome = await self._versions.label(workspace_id, chatflow_id, number, label)
        self._forget(chatflow_id, number, label)
        return outcome

    async def unlabel(self, workspace_id: str, chatflow_id: str, number: int, label: str) -> bool:
        result = await self._versions.unlabel(workspace_id, chatflow_id, number, label)
        self._forget(chatflow_id, number, label)
        return result

    async def delete(self, workspace_id: str, chatflow_id: str, number: int) -> bool:
        deleted = await self._versions.delete(workspace_id, chatflow_id, number)
        self._forget(chatflow_id, number)
        return deleted

    def _forget(self, chatflow_id: str, number: int, label: str = "") -> None:
        for name in (str(number), label):
            self._entries.forget(f"{chatflow_id}@{name}")
        self._forget_chatflow(chatflow_id)


class CachedVariables:
    """The port ``StoredVariables`` around another: ``values`` is remembered, until a change through this object forgets it."""

    def __init__(self, variables: StoredVariables, monotonic: Callable[[], float]) -> None:
        self._variables = variables
        self._entries: BriefCache[Mapping[str, str]] = BriefCache(variables.values, monotonic)

    def counts(self) -> tuple[int, int]:
        """Hits and misses so far."""
        return self._entries.counts

    async def values(self, workspace_id: str) -> Mapping[str, str]:
        return await self._entries.get(workspace_id)

    async def put(self, workspace_id: str, variables: Sequence[Variable]) -> None:
        await self._variables.put(workspace_id, variables)
        self._entries.forget(workspace_id)

    async def list(self, workspace_id: str, offset: int = 0, limit: int | None = None) -> tuple[list[Variable], int]:
        return await self._variables.list(workspace_id, offset, limit)

    async def get(self, workspace_id: str, variable_id: str) -> Variable | None:
        return await self._variables.get(workspace_id, variable_id)

    async def by_name(self, workspace_id: str, name: str) -> Variable | None:
        return await self._variables.by_name(workspace_id, name)

    async def create(self, workspace_id: str, variable: Variable) -> bool:
        created = await self._variables.create(workspace_id, variable)
        self._entries.forget(workspace_id)
        return created

    async def replace(self, workspace_id: str, variable: Variable) -> bool:
        result = await self._variables.replace(workspace_id, variable)
        self._entries.forget(workspace_id)
        return result

    async def delete(self, workspace_id: str, variable_id: str) -> int:
        deleted = await self._variables.delete(workspace_id, variable_id)
        self._entries.forget(workspace_id)
        return deleted


class CachedKeyPresence:
    """Whether API keys are there. Anyone can make a chatflow ask for it, so the answer is remembered."""

    def __init__(self, keys: ApiKeys, monotonic: Callable[[], float]) -> None:
        self._keys = keys
        self._entries: BriefCache[bool] = BriefCache(self._search, monotonic)

    def counts(self) -> tuple[int, int]:
        """Hits and misses so far."""
        return self._entries.counts

    async def has_key(self, workspace_id: str, key_id: str) -> bool:
        return await self._entries.get(f"{workspace_id} {key_id}")

    def forget(self, key: ApiKey) -> None:
        self._entries.forget(f"{key.workspace_id} {key.id}")

    async def _search(self, place: str) -> bool:
        workspace_id, _, key_id = place.partition(" ")
        return await self._keys.get(workspace_id, key_id.lower()) is not None
