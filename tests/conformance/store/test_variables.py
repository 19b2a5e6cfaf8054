"""What every adapter of the port ``Variables`` does."""

from __future__ import annotations

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
