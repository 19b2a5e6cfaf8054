"""Repositories behind a short cache: what changes through it is seen at once, what changes elsewhere a moment later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.caching import FRESH_SECONDS
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.store.short_cache import CachedChatflows, CachedVariables, CachedVersions

MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
FLOW = Chatflow("f", "w", "Name", "{}", "CHATFLOW", MOMENT, MOMENT)


class Inner:
    """Both ports, with the number of lookups."""

    def __init__(self) -> None:
        self.flow: Chatflow | None = FLOW
        self.words = {"a": "1"}
        self.lookups = 0
        self.clock = 0.0

    async def get_by_id(self, chatflow_id: str) -> Chatflow | None:
        self.lookups += 1
        return self.flow

    async def update(self, workspace_id: str, chatflow_id: str, changes: Any) -> Chatflow | None:
        self.flow = replace(FLOW, **changes)
        return self.flow

    async def create(self, flow: Chatflow) -> Chatflow:
        self.flow = flow
        return flow

    async def delete(self, workspace_id: str, chatflow_id: str) -> int:
        self.flow = None
        return 1

    async def values(self, workspace_id: str) -> Any:
        self.lookups += 1
        return dict(self.words)

    async def put(self, workspace_id: str, variables: Any) -> None:
        self.words = {"a": "2"}


@pytest.fixture
def inner() -> Any:
    return Inner()


async def test_a_chatflow_is_looked_up_once_in_a_while(inner: Any) -> None:
    chatflows = CachedChatflows(inner, lambda: inner.clock)
    assert [await chatflows.get_by_id("f") for _ in range(3)] == [FLOW] * 3 and inner.lookups == 1
    inner.clock = FRESH_SECONDS
    assert await chatflows.get_by_id("f") == FLOW and inner.lookups == 2


async def test_a_change_of_a_chatflow_is_seen_at_once(inner: Any) -> None:
    chatflows = CachedChatflows(inner, lambda: inner.clock)
    await chatflows.get_by_id("f")
    await chatflows.update("w", "f", {"name": "Other"})
    assert await chatflows.get_by_id("f") == replace(FLOW, name="Other")
    await chatflows.delete("w", "f")
    assert await chatflows.get_by_id("f") is None
    await chatflows.create(FLOW)
    assert await chatflows.get_by_id("f") == FLOW


async def test_a_stored_variable_is_seen_at_once(inner: Any) -> None:
    variables = CachedVariables(inner, lambda: inner.clock)
    assert [await variables.values("w") for _ in range(2)] == [{"a": "1"}] * 2 and inner.lookups == 1
    await variables.put("w", [])
    assert await variables.values("w") == {"a": "2"}


@pytest.mark.parametrize("change", ["create", "replace", "delete"])
async def test_each_change_of_a_variable_forgets_what_was_read(inner: Any, change: str) -> None:
    async def changed(workspace_id: str, variable: Any) -> int:
        inner.words = {}
        return 1

    setattr(inner, change, changed)
    variables = CachedVariables(inner, lambda: inner.clock)
    await variables.values("w")
    assert await getattr(variables, change)("w", "one") == 1
    assert await variables.values("w") == {}


class InnerVersions:
    """The port ``ChatflowVersions``, with the names that were looked up."""

    def __init__(self) -> None:
        self.names: list[str] = []

    async def by_name(self, chatflow_id: str, name: str) -> Any:
        self.names.append(f"{chatflow_id} {name}")
        return None

    async def label(self, *arguments: Any) -> Any:
        return "labelled"

    async def unlabel(self, *arguments: Any) -> bool:
        return True

    async def delete(self, *arguments: Any) -> bool:
        return True


async def test_a_version_is_looked_up_once_in_a_while_and_anew_after_a_change() -> None:
    inner, forgotten = InnerVersions(), list[str]()
    versions = CachedVersions(inner, lambda: 0.0, forgotten.append)  # type: ignore[arg-type]
    for name in ("live", "live", "1", "1"):
        await versions.by_name("f", name)
    assert inner.names == ["f live", "f 1"]
    changes = (versions.label("w", "f", 1, "live"), versions.unlabel("w", "f", 1, "live"), versions.delete("w", "f", 1))
    for change, names in zip(changes, (["f live", "f 1"], ["f live", "f 1"], ["f 1"]), strict=True):
        inner.names.clear()
        await change
        for name in ("live", "1"):
            await versions.by_name("f", name)
        assert inner.names == names
    assert forgotten == ["f"] * 3
