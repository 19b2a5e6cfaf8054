"""What an assistant may say, and what of it the server keeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tradewind_server.chatflows.assistants import (
    LONGEST_DETAILS,
    MOST_ASSISTANTS,
    AssistantService,
    StoredAssistant,
    details_of,
)
from tradewind_server.errors import FailedPrecondition, InvalidInput, NotFound, Reason

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
ID = "11111111-2222-4333-8444-{:012d}"
UNKNOWN = ID.format(999)


class FakeAssistants:
    """The port ``Assistants`` in memory."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], StoredAssistant] = {}
        self.count: int | None = None

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[StoredAssistant], int]:
        rows = [row for (workspace, _), row in self.rows.items() if workspace == workspace_id and type_ in (None, row.type)]
        return rows[offset:][:limit], len(rows) if self.count is None else self.count

    async def get(self, workspace_id: str, assistant_id: str) -> StoredAssistant | None:
        return self.rows.get((workspace_id, assistant_id))

    async def create(self, workspace_id: str, assistant: StoredAssistant) -> None:
        self.rows[workspace_id, assistant.id] = assistant

    async def replace(self, workspace_id: str, assistant: StoredAssistant) -> bool:
        known = (workspace_id, assistant.id) in self.rows
        if known:
            self.rows[workspace_id, assistant.id] = assistant
        return known

    async def delete(self, workspace_id: str, assistant_id: str) -> int:
        return int(self.rows.pop((workspace_id, assistant_id), None) is not None)


@pytest.fixture
def rows() -> FakeAssistants:
    return FakeAssistants()


@pytest.fixture
def service(rows: FakeAssistants) -> AssistantService:
    numbers = iter(range(1, 1000))
    moments = (MOMENT + timedelta(seconds=number) for number in range(1000))
    return AssistantService(rows, new_id=lambda: ID.format(next(numbers)), now=lambda: next(moments))


async def test_details_are_kept_as_they_came(service: AssistantService) -> None:
    row = await service.create("w", {"details": ' {"name":  "A"}', "iconSrc": None, "id": UNKNOWN, "workspaceId": "x"})
    assert (row.details, row.type, row.icon_src) == (' {"name":  "A"}', "CUSTOM", None)
    assert row.id != UNKNOWN
    assert row.credential
    as_object = await service.create("w", {"details": {"name": "Bü", "tools": []}, "credential": UNKNOWN})
    assert (as_object.details, as_object.credential) == ('{"name":"Bü","tools":[]}', UNKNOWN)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Details cannot be empty"),
        ({"details": None}, "Details cannot be empty"),
        ({"details": "  "}, "Details cannot be empty"),
        ({"details": "{"}, "Details must be valid JSON"),
        ({"details": "[" * 5000}, "Details must be valid JSON"),
        ({"details": "7"}, "Details must be valid JSON of an object"),
        ({"details": "{}"}, "Details must include a name field"),
        ({"details": {}}, "Details must include a name field"),
        ({"details": '{"name": ""}'}, "Details must include a name field"),
        ({"details": '{"name": 7}'}, "Details must include a name field"),
        ({"details": 7}, "details must be"),
        ({"details": "x" * (LONGEST_DETAILS + 1)}, "details must be"),
        ({"details": '{"name": "a"}', "type": "ROBOT"}, "type must be"),
        ({"details": '{"name": "a"}', "type": ["CUSTOM"]}, "type must be"),
        ({"details": '{"name": "a"}', "credential": "none"}, "credential must be"),
        ({"details": '{"name": "a"}', "credential": 7}, "credential must be"),
        ({"details": '{"name": "a"}', "iconSrc": 7}, "iconSrc must be"),
        ({"details": '{"name": "a"}', "iconSrc": "x" * 70_000}, "iconSrc must be"),
    ],
)
async def test_what_is_no_assistant_is_refused(service: AssistantService, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await service.create("w", fields)
    assert raised.value.message.startswith(sentence)
    assert (await service.list("w"))[1] == 0


async def test_assistants_of_a_provider_need_no_name(service: AssistantService) -> None:
    row = await service.create("w", {"details": '{"id": "asst_1"}', "type": "OPENAI"})
    assert details_of(row) == {"id": "asst_1"}
    with pytest.raises(InvalidInput, match="name"):
        await service.update("w", row.id, {"type": "CUSTOM"})


async def test_a_change_leaves_what_it_does_not_name(service: AssistantService) -> None:
    row = await service.create("w", {"details": '{"name": "A"}', "iconSrc": "x"})
    changed = await service.update("w", row.id.upper(), {"details": '{"name": "B"}', "credential": None, "type": None})
    assert (changed.details, changed.icon_src, changed.credential) == ('{"name": "B"}', "x", row.credential)
    assert changed.updated_date > row.updated_date
    assert changed.created_date == row.created_date
    assert (await service.update("w", row.id, {"iconSrc": None})).icon_src is None


async def test_missing_and_foreign_look_the_same(service: AssistantService) -> None:
    row = await service.create("w", {"details": '{"name": "A"}'})
    for workspace, assistant_id in (("other", row.id), ("w", UNKNOWN)):
        for call in (service.get(workspace, assistant_id), service.update(workspace, assistant_id, {"iconSrc": "y"})):
            with pytest.raises(NotFound) as raised:
                await call
            assert raised.value.reason is Reason.ASSISTANT_NOT_FOUND
        assert await service.delete(workspace, assistant_id) == 0
    with pytest.raises(InvalidInput):
        await service.get("w", "one")


async def test_nothing_is_deleted_at_a_provider(service: AssistantService) -> None:
    custom = await service.create("w", {"details": '{"name": "A"}'})
    remote = await service.create("w", {"details": "{}", "type": "AZURE"})
    with pytest.raises(FailedPrecondition):
        await service.delete("w", remote.id, remote=True)
    assert await service.delete("w", remote.id) == 1
    assert await service.delete("w", remote.id, remote=True) == 0
    assert await service.delete("w", custom.id, remote=True) == 1


async def test_a_workspace_has_so_many(service: AssistantService, rows: FakeAssistants) -> None:
    rows.count = MOST_ASSISTANTS
    with pytest.raises(FailedPrecondition):
        await service.create("w", {"details": '{"name": "A"}'})
    with pytest.raises(InvalidInput):
        await service.list("w", "ROBOT")


def test_details_of_an_older_row_are_read_as_far_as_they_go() -> None:
    row = StoredAssistant("id", "{", "c", None, "CUSTOM", MOMENT, MOMENT)
    assert details_of(row) == {}
