"""Variables of a workspace: what may be stored, and what of the environment they may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tradewind_server.chatflows.variables import (
    LONGEST_VALUE,
    MOST_VARIABLES,
    Variable,
    VariableService,
    open_names_of,
    opened_environment,
)
from tradewind_server.errors import Conflict, FailedPrecondition, InvalidInput, NotFound, Reason
from tradewind_server.settings import Settings

MINE, MISSING = "w", "11111111-2222-4333-8444-555555555555"


class Shelf:
    """The service over a repository in memory, with a clock that moves at each look and ``SEASON`` opened."""

    def __init__(self) -> None:
        self.rows: dict[str, Variable] = {}
        self.ticks = 0
        self.extra = 0
        self.service = VariableService(self, {"SEASON"}, new_id=self._new_id, now=self._now)

    def _new_id(self) -> str:
        return f"00000000-0000-4000-a000-{len(self.rows):012}"

    def _now(self) -> datetime:
        self.ticks += 1
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.ticks)

    async def values(self, workspace_id: str) -> Mapping[str, str]:
        raise NotImplementedError

    async def put(self, workspace_id: str, variables: Sequence[Variable]) -> None:
        raise NotImplementedError

    async def list(self, workspace_id: str, offset: int = 0, limit: int | None = None) -> tuple[list[Variable], int]:
        return list(self.rows.values())[offset:], len(self.rows) + self.extra

    async def get(self, workspace_id: str, variable_id: str) -> Variable | None:
        return self.rows.get(variable_id)

    async def by_name(self, workspace_id: str, name: str) -> Variable | None:
        return next((row for row in self.rows.values() if row.name == name), None)

    async def create(self, workspace_id: str, variable: Variable) -> bool:
        if await self.by_name(workspace_id, variable.name):
            return False
        self.rows[variable.id] = variable
        return True

    async def replace(self, workspace_id: str, variable: Variable) -> bool:
        other = await self.by_name(workspace_id, variable.name)
        if variable.id not in self.rows or (other and other.id != variable.id):
            return False
        self.rows[variable.id] = variable
        return True

    async def delete(self, workspace_id: str, variable_id: str) -> int:
        return 1 if self.rows.pop(variable_id, None) else 0


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


async def test_a_variable_is_static_without_a_word_and_other_fields_are_not_taken(shelf: Shelf) -> None:
    stored = await shelf.service.create(MINE, {"name": "city", "value": "Köln", "id": MISSING, "workspaceId": "other"})
    assert (stored.type, stored.value, stored.id) == ("static", "Köln", "00000000-0000-4000-a000-000000000000")
    assert (await shelf.service.create(MINE, {"name": "none", "type": "string"})).type == "static"


async def test_only_what_is_given_changes(shelf: Shelf) -> None:
    stored = await shelf.service.create(MINE, {"name": "city", "value": "Köln"})
    changed = await shelf.service.update(MINE, stored.id.upper(), {"name": None, "value": None, "type": None})
    assert (changed.name, changed.value, changed.type) == ("city", None, "static")
    assert changed.created_date == stored.created_date and changed.updated_date > stored.updated_date


async def test_set_makes_and_changes_by_name(shelf: Shelf) -> None:
    made = await shelf.service.set(MINE, "city", "Köln", "static")
    changed = await shelf.service.set(MINE, "city", "Bonn", "static")
    assert (changed.id, changed.value) == (made.id, "Bonn")
    assert await shelf.service.delete_named(MINE, "city") == 1
    assert await shelf.service.delete_named(MINE, "city") == 0


async def test_a_taken_name_is_a_conflict(shelf: Shelf) -> None:
    await shelf.service.create(MINE, {"name": "one"})
    two = await shelf.service.create(MINE, {"name": "two"})
    for call in (shelf.service.create(MINE, {"name": "one"}), shelf.service.update(MINE, two.id, {"name": "one"})):
        with pytest.raises(Conflict, match="one") as error:
            await call
        assert error.value.reason is Reason.ALREADY_EXISTS


async def test_one_that_is_not_there(shelf: Shelf) -> None:
    with pytest.raises(NotFound, match=MISSING):
        await shelf.service.update(MINE, MISSING, {"value": "x"})
    assert await shelf.service.delete(MINE, MISSING) == 0


async def test_one_that_goes_meanwhile_is_not_there(shelf: Shelf) -> None:
    stored = await shelf.service.create(MINE, {"name": "city"})

    async def gone(workspace_id: str, variable: Variable) -> bool:
        shelf.rows.clear()
        return False

    shelf.replace = gone  # type: ignore[method-assign]
    with pytest.raises(NotFound):
        await shelf.service.update(MINE, stored.id, {"value": "x"})


async def test_a_workspace_holds_no_more_than_a_question_can_read(shelf: Shelf) -> None:
    shelf.extra = MOST_VARIABLES
    with pytest.raises(FailedPrecondition, match=str(MOST_VARIABLES)):
        await shelf.service.create(MINE, {"name": "city"})


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"name": 7}, "name"),
        ({"name": "a", "value": 7}, "value"),
        ({"name": "a", "value": "x" * (LONGEST_VALUE + 1)}, "value"),
        ({"name": "a", "type": "secret"}, "type"),
        ({"name": "a", "type": ["static"]}, "type"),
        ({"name": "HOME", "type": "runtime"}, "TRADEWIND_RUNTIME_VARIABLES"),
    ],
)
async def test_what_cannot_be_is_refused_by_name(shelf: Shelf, fields: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        await shelf.service.create(MINE, fields)
    assert shelf.rows == {}


async def test_a_runtime_variable_has_an_opened_name_however_it_came_to_it(shelf: Shelf) -> None:
    stored = await shelf.service.create(MINE, {"name": "SEASON", "type": "runtime"})
    with pytest.raises(InvalidInput, match="HOME"):
        await shelf.service.update(MINE, stored.id, {"name": "HOME"})
    await shelf.service.update(MINE, stored.id, {"name": "HOME", "type": "static"})
    with pytest.raises(InvalidInput, match="HOME"):
        await shelf.service.update(MINE, stored.id, {"type": "runtime"})


@pytest.mark.parametrize("call", ["update", "delete"])
async def test_an_id_is_a_uuid(shelf: Shelf, call: str) -> None:
    with pytest.raises(InvalidInput, match="UUID"):
        await getattr(shelf.service, call)(MINE, "one", *([{}] if call == "update" else []))


def test_settings_and_keys_of_providers_are_never_opened() -> None:
    closed = [
        "TRADEWIND_ADMIN_KEY", "tradewind_password", "FLOWISE_PASSWORD", "DATABASE_URL", "database_url", "QDRANT_API_KEY",
        "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "MISTRAL_APIKEY", "REPLICATE_API_TOKEN", "HF_TOKEN", "AWS_SECRET_ACCESS_KEY",
        "AWS_PROFILE", "AZURE_OPENAI_KEY", "GOOGLE_APPLICATION_CREDENTIALS",
    ]  # fmt: skip
    assert open_names_of([*closed, "SEASON", "KEYBOARD", "HARBOUR_TOKENS"], Settings.names()) == {
        "SEASON",
        "KEYBOARD",
        "HARBOUR_TOKENS",
    }


def test_of_the_environment_the_opened_part_is_read() -> None:
    assert opened_environment({"SEASON", "UNSET"}, {"SEASON": "storms", "HOME": "/"}) == {"SEASON": "storms"}
