"""Lists and deletions of finished upserts: what is asked of the repository, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.chats.ports import PageRequest, Position
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.ingest.past_upserts import HistoryListing, UpsertHistoryService, history_listing
from tradewind_server.ingest.ports import UpsertHistoryEntry

FLOW, FIRST, SECOND = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "123")
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
ROW = UpsertHistoryEntry(FIRST, FLOW, {}, [], MOMENT)


class World:
    """One chatflow with more rows than are asked for, and what was asked."""

    def __init__(self) -> None:
        self.parts: list[PageRequest] = []
        self.deleted: list[tuple[Sequence[str], str | None]] = []
        self.there = True
        self.service = UpsertHistoryService(self, self, 10)  # type: ignore[arg-type]

    async def get(self, workspace_id: str, chatflow_id: str) -> Any:
        return "a chatflow" if (workspace_id, chatflow_id) == ("mine", FLOW) else None

    async def list(
        self, workspace_id: str, chatflow_id: str, part: PageRequest, *, start_date: Any, end_date: Any
    ) -> tuple[list[UpsertHistoryEntry], Position | None]:
        self.parts.append(part)
        return [ROW], Position(MOMENT, FIRST)

    async def delete(self, workspace_id: str, ids: Sequence[str], chatflow_id: str | None = None) -> int:
        self.deleted.append((ids, chatflow_id))
        return len(ids) if self.there else 0


@pytest.fixture
def world() -> World:
    return World()


async def test_a_list_goes_on_behind_its_token(world: World) -> None:
    rows, token = await world.service.page("mine", HistoryListing(FLOW), 0, "")
    await world.service.page("mine", HistoryListing(FLOW), 100, token)
    await world.service.numbered_page("mine", HistoryListing(FLOW, descending=True), 3, 2)
    assert rows == [ROW]
    assert world.parts == [PageRequest(10), PageRequest(10, False, Position(MOMENT, FIRST)), PageRequest(2, True, offset=4)]


async def test_a_foreign_chatflow_is_not_there(world: World) -> None:
    for workspace, flow in (("theirs", FLOW), ("mine", FIRST)):
        with pytest.raises(NotFound) as error:
            await world.service.page(workspace, HistoryListing(flow), 0, "")
        assert error.value.reason is Reason.CHATFLOW_NOT_FOUND
    assert world.parts == []


def test_a_list_as_asked_for() -> None:
    asked = history_listing(FLOW, {"order": "desc", "start_date": "2026-01-01", "end_date": "2026-01-01T00:00:00Z"})
    assert asked == HistoryListing(FLOW, True, MOMENT, MOMENT.replace(microsecond=999))
    assert history_listing(FLOW.upper(), {}) == HistoryListing(FLOW)


@pytest.mark.parametrize(
    ("given", "told"), [({"order": "x"}, "order"), ({"start_date": ""}, "startDate"), ({"end_date": "soon"}, "endDate")]
)
def test_what_is_no_list_is_refused_by_name(given: dict[str, str], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        history_listing(FLOW, given)


async def test_entries_are_named_once_and_the_path_may_name_their_chatflow(world: World) -> None:
    assert await world.service.delete("mine", [FIRST, FIRST.upper(), SECOND]) == 2
    await world.service.delete("mine", [FIRST], FLOW)
    await world.service.delete("mine", [FIRST], FIRST.upper())
    assert world.deleted == [([FIRST, SECOND], None), ([FIRST], FLOW), ([FIRST], None)]


@pytest.mark.parametrize("ids", [[], ["one"], [7], [FIRST, None], [FIRST] * 1001])
async def test_what_names_no_entries_is_refused(world: World, ids: list[Any]) -> None:
    with pytest.raises(InvalidInput, match="ids"):
        await world.service.delete("mine", ids)
    assert world.deleted == []


async def test_entries_that_are_not_there(world: World) -> None:
    world.there = False
    with pytest.raises(NotFound) as error:
        await world.service.delete("mine", [FIRST])
    assert error.value.reason is Reason.UPSERT_HISTORY_NOT_FOUND
