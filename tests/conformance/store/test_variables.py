"""What every adapter of the port ``StoredVariables`` does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from tradewind_server.chatflows.variables import Variable

from .conftest import MINE, MOMENT, THEIRS, new_id


def variable(name: str, value: str | None, type_: str = "static") -> Variable:
    return Variable(new_id(), name, value, type_, MOMENT, MOMENT)


async def test_variables_with_a_value_are_there_by_name(stores: Any) -> None:
    await stores.variables.put(MINE, [variable("city", "Köln 🏙"), variable("empty", ""), variable("unset", None, "runtime")])
    assert await stores.variables.values(MINE) == {"city": "Köln 🏙", "empty": ""}


async def test_a_known_name_takes_the_new_value_and_keeps_its_id(stores: Any) -> None:
    first = variable("city", "Köln")
    await stores.variables.put(MINE, [first])
    await stores.variables.put(MINE, [variable("city", "Bonn"), variable("river", "Rhein")])
    assert await stores.variables.values(MINE) == {"city": "Bonn", "river": "Rhein"}


async def test_workspaces_do_not_see_each_other(stores: Any) -> None:
    await stores.variables.put(MINE, [variable("city", "Köln")])
    await stores.variables.put(THEIRS, [variable("city", "Wien")])
    assert await stores.variables.values(MINE) == {"city": "Köln"}
    assert await stores.variables.values(THEIRS) == {"city": "Wien"}
    assert await stores.variables.values("00000000-0000-4000-8000-000000000003") == {}


async def test_all_or_nothing(stores: Any, clock: Any) -> None:
    taken = variable("city", "Köln")
    await stores.variables.put(MINE, [taken])
    with pytest.raises(IntegrityError):
        await stores.variables.put(MINE, [variable("river", "Rhein"), Variable(taken.id, "x", "y", "static", MOMENT, MOMENT)])
    clock.advance(1)
    assert await stores.variables.values(MINE) == {"city": "Köln"}


async def test_a_change_of_another_server_shows_within_a_moment(stores: Any, open_on: Any, clock: Any) -> None:
    await stores.variables.put(MINE, [variable("city", "Köln")])
    assert await stores.variables.values(MINE) == {"city": "Köln"}
    await open_on().variables.put(MINE, [variable("city", "Bonn")])
    clock.advance(0.3)
    assert await stores.variables.values(MINE) == {"city": "Bonn"}


async def test_runtime_variables_have_the_value_of_the_environment(stores: Any) -> None:
    await stores.variables.put(MINE, [variable("SEASON", "not read", "runtime"), variable("HOME", "/", "runtime")])
    assert await stores.variables.values(MINE) == {"SEASON": "storms"}


async def test_the_list_begins_with_the_latest_change(stores: Any) -> None:
    rows = [replace(variable(f"v{n}", str(n)), updated_date=MOMENT + timedelta(seconds=n)) for n in range(4)]
    for row in rows:
        assert await stores.variables.create(MINE, row)
    assert await stores.variables.list(MINE) == (rows[::-1], 4)
    assert await stores.variables.list(MINE, 1, 2) == ([rows[2], rows[1]], 4)
    assert await stores.variables.list(MINE, 9) == ([], 4)
    assert await stores.variables.list(THEIRS) == ([], 0)


async def test_lists_are_bounded(open_on: Any) -> None:
    stores = open_on(max_list=2)
    await stores.variables.put(MINE, [variable(f"v{n}", "x") for n in range(4)])
    rows, total = await stores.variables.list(MINE, limit=100)
    assert (len(rows), total) == (2, 4)


async def test_a_name_stands_once(stores: Any) -> None:
    city, river = variable("city", "Köln"), variable("river", "Rhein")
    assert await stores.variables.create(MINE, city) and await stores.variables.create(MINE, river)
    assert not await stores.variables.create(MINE, variable("city", "Bonn"))
    assert not await stores.variables.replace(MINE, replace(river, name="city"))
    assert await stores.variables.create(THEIRS, variable("city", "Wien"))
    assert await stores.variables.get(MINE, river.id) == river
    assert await stores.variables.by_name(MINE, "city") == city


async def test_a_variable_is_found_changed_and_deleted_in_its_workspace_alone(stores: Any) -> None:
    city = variable("city", "Köln")
    await stores.variables.create(MINE, city)
    assert await stores.variables.get(THEIRS, city.id) is None
    assert await stores.variables.by_name(THEIRS, "city") is None
    assert not await stores.variables.replace(THEIRS, replace(city, value="Bonn"))
    assert await stores.variables.delete(THEIRS, city.id) == 0
    changed = replace(city, name="town", value=None, type="runtime", updated_date=MOMENT + timedelta(seconds=1))
    assert await stores.variables.replace(MINE, changed)
    assert await stores.variables.get(MINE, city.id) == changed
    assert await stores.variables.delete(MINE, city.id) == 1
    assert await stores.variables.delete(MINE, city.id) == 0
    assert not await stores.variables.replace(MINE, changed)


async def test_a_change_shows_at_once(stores: Any) -> None:
    city = variable("city", "Köln")
    await stores.variables.create(MINE, city)
    assert await stores.variables.values(MINE) == {"city": "Köln"}
    await stores.variables.replace(MINE, replace(city, value="Bonn"))
    assert await stores.variables.values(MINE) == {"city": "Bonn"}
    await stores.variables.delete(MINE, city.id)
    assert await stores.variables.values(MINE) == {}
