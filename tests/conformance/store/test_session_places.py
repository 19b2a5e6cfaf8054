"""What every adapter of the port ``SessionTurns`` does."""

from __future__ import annotations

import asyncio
from typing import Any

from .conftest import new_id


async def enter(stores: Any, session: str, owner: str = "w", *, most: int = 17, stops_others: bool = False) -> tuple[str, int]:
    place = new_id()
    return place, await stores.session_places.enter(place, session, owner, most=most, stops_others=stops_others)


async def test_places_have_their_turn_in_the_order_in_which_they_were_taken(stores: Any) -> None:
    session = new_id()
    (first, before), (second, one_before), (third, two_before) = [await enter(stores, session) for _ in range(3)]
    assert (before, one_before, two_before) == (0, 1, 2)
    views = [await stores.session_places.view(place, session) for place in (first, second, third)]
    assert [view.has_earlier for view in views] == [False, True, True]
    await stores.session_places.leave(second)
    assert (await stores.session_places.view(third, session)).has_earlier
    await stores.session_places.leave(first)
    await stores.session_places.leave(first)
    assert await stores.session_places.view(third, session) == (False, False)
    assert (await enter(stores, new_id()))[1] == 0


async def test_no_place_is_taken_where_there_are_enough(stores: Any) -> None:
    session = new_id()
    first, _ = await enter(stores, session)
    refused, before = await enter(stores, session, most=1)
    assert before == 1
    await stores.session_places.leave(first)
    assert await stores.session_places.view(refused, session) == (False, False)
    assert (await enter(stores, session, most=1))[1] == 0


async def test_a_later_one_stops_those_before_it_and_no_other(stores: Any) -> None:
    session, other = new_id(), new_id()
    apart, _ = await enter(stores, other)
    first, _ = await enter(stores, session)
    second, _ = await enter(stores, session, stops_others=True)
    third, _ = await enter(stores, session)
    stops = [(await stores.session_places.view(place, session)).is_stopped for place in (first, second, third)]
    assert stops == [True, False, False]
    assert not (await stores.session_places.view(apart, other)).is_stopped


async def test_of_many_at_once_one_is_first(stores: Any) -> None:
    session = new_id()
    places = await asyncio.gather(*(enter(stores, session, most=1) for _ in range(20)))
    assert sorted(before for _, before in places) == [0] + [1] * 19


async def test_the_places_of_a_worker_that_died_are_free(stores: Any) -> None:
    session = new_id()
    await enter(stores, session, "dead")
    mine, _ = await enter(stores, session, "alive")
    await stores.session_places.release_all("dead")
    assert await stores.session_places.view(mine, session) == (False, False)
    await stores.session_places.leave(mine)
