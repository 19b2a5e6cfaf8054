"""What every adapter of the port ``IdempotencyKeys`` does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tradewind_server.runs.idempotency import RETENTION, IdempotencyEntry

from .conftest import MINE, MOMENT, new_id

DAY = timedelta(hours=24)


def entry(**values: Any) -> IdempotencyEntry:
    fields: dict[str, Any] = {"id": new_id(), "workspace_id": MINE, "body_digest": "d", "owner": "w", "end_date": MOMENT + DAY}
    return IdempotencyEntry(**fields | values)


def test_keys_are_kept_for_a_day() -> None:
    assert RETENTION == DAY


async def test_the_first_claim_wins_and_the_second_sees_the_first(stores: Any) -> None:
    first = entry()
    assert await stores.idempotency_keys.claim(first, MOMENT) is None
    other = replace(first, body_digest="other", owner="v")
    assert await stores.idempotency_keys.claim(other, MOMENT) == first
    assert await stores.idempotency_keys.claim(entry(), MOMENT) is None


async def test_of_many_claims_at_once_one_wins(stores: Any) -> None:
    first = entry()
    claims = [stores.idempotency_keys.claim(replace(first, owner=f"w{number}"), MOMENT) for number in range(20)]
    outcomes = await asyncio.gather(*claims)
    assert outcomes.count(None) == 1
    assert len({outcome.owner for outcome in outcomes if outcome is not None}) == 1


async def test_an_answer_is_kept_until_it_expires(stores: Any) -> None:
    first = entry()
    await stores.idempotency_keys.claim(first, MOMENT)
    await stores.idempotency_keys.settle(first.id, "w", '{"text": "ñ\x00"}')
    kept = await stores.idempotency_keys.claim(first, first.end_date - timedelta(microseconds=1))
    assert kept == replace(first, answer='{"text": "ñ\ufffd"}')
    again = replace(first, end_date=first.end_date + DAY, owner="v")
    assert await stores.idempotency_keys.claim(again, first.end_date) is None
    assert await stores.idempotency_keys.claim(first, first.end_date) == again


async def test_nobody_settles_or_releases_what_is_anothers(stores: Any) -> None:
    first = entry()
    await stores.idempotency_keys.claim(first, MOMENT)
    await stores.idempotency_keys.settle(first.id, "v", "{}")
    await stores.idempotency_keys.release(first.id, "v")
    assert await stores.idempotency_keys.claim(first, MOMENT) == first


async def test_what_is_released_is_free_and_what_is_settled_is_not_released(stores: Any) -> None:
    open_one, settled = entry(), entry()
    for one in (open_one, settled):
        await stores.idempotency_keys.claim(one, MOMENT)
    await stores.idempotency_keys.settle(settled.id, "w", "{}")
    for one in (open_one, settled):
        await stores.idempotency_keys.release(one.id, "w")
    assert await stores.idempotency_keys.claim(open_one, MOMENT) is None
    assert await stores.idempotency_keys.claim(settled, MOMENT) == replace(settled, answer="{}")


async def test_a_worker_that_died_leaves_its_answers_alone(stores: Any) -> None:
    owner = new_id()
    open_one, settled, others = entry(owner=owner), entry(owner=owner), entry()
    for one in (open_one, settled, others):
        await stores.idempotency_keys.claim(one, MOMENT)
    await stores.idempotency_keys.settle(settled.id, owner, "{}")
    await stores.idempotency_keys.release_all(owner)
    assert await stores.idempotency_keys.claim(open_one, MOMENT) is None
    assert await stores.idempotency_keys.claim(settled, MOMENT) == replace(settled, answer="{}")
    assert await stores.idempotency_keys.claim(others, MOMENT) == others


async def test_old_ones_are_deleted_some_at_a_time(stores: Any) -> None:
    moment = MOMENT - timedelta(days=4000)  # Older than those of other tests.
    old = [entry(end_date=moment) for _ in range(3)]
    for one in old:
        await stores.idempotency_keys.claim(one, moment - DAY)
    assert await stores.idempotency_keys.delete_expired(moment, 2) == 2
    assert await stores.idempotency_keys.delete_expired(moment, 2) == 1
    assert await stores.idempotency_keys.delete_expired(moment, 2) == 0
