"""API keys: nobody gives away more than it has."""

from __future__ import annotations

import itertools
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tradewind_server.access.api_keys import DEFAULT_OVERLAP, LONGEST_OVERLAP, MOST_KEYS, ApiKeyService
from tradewind_server.access.keys import KeyIssuer, digest_of
from tradewind_server.access.ports import ApiKey, KeyedChatflow, Principal
from tradewind_server.errors import FailedPrecondition, InvalidInput, NotFound, PermissionDenied

from fakes.api_keys import ApiKeysInMemory

OURS, THEIRS = "ours", "theirs"
EVERY = {"apikeys:create", "apikeys:update", "chatflows:view", "chatflows:update", "leads:view"}
NOW = datetime(2027, 1, 1, tzinfo=UTC)
ADMIN = Principal("admin", OURS, permissions=frozenset({"*"}))
FLOW = "33333333-3333-4333-8333-333333333333"


def holder(*permissions: str, **fields: Any) -> Principal:
    return replace(Principal("key", OURS, "holder", frozenset(permissions)), **fields)


class World:
    def __init__(self) -> None:
        self.keys = ApiKeysInMemory()
        self.forgotten: list[str] = []
        numbers = itertools.count(1)
        issuer = KeyIssuer(
            self.keys,
            b"s",
            now=lambda: NOW,
            new_id=lambda: f"00000000-0000-4000-8000-{next(numbers):012}",
            random_bytes=os.urandom,
        )
        self.service = ApiKeyService(
            self.keys, issuer, lambda: EVERY, now=lambda: NOW, forget=lambda key: self.forgotten.append(key.id)
        )

    async def make(self, *permissions: str, caller: Principal = ADMIN, **fields: Any) -> ApiKey:
        key, _ = await self.service.create(caller, {"name": "key", "permissions": list(permissions), **fields})
        return key

    def bind(self, key_id: str, flow: str = FLOW) -> None:
        self.keys.chatflows.append((OURS, KeyedChatflow(flow, "Flow", None, NOW, key_id)))


@pytest.fixture
def world() -> World:
    return World()


async def test_only_a_digest_is_stored(world: World) -> None:
    key, text = await world.service.create(ADMIN, {"name": " CI ", "permissions": ["leads:view"]})
    assert (key.name, key.digest, key.prefix) == ("CI", digest_of(b"s", text), text[:9])
    assert text not in repr(world.keys.rows)


@pytest.mark.parametrize(
    ("caller", "fields"),
    [
        (holder("leads:view"), {"permissions": ["chatflows:view"]}),
        (holder("leads:view"), {"permissions": ["leads:view", "chatflows:view"]}),
        (holder("leads:view"), {"permissions": ["*"]}),
        (holder("chatflows:view"), {"permissions": ["chatflows:*"]}),
        (holder("*", chatflow_ids=frozenset({FLOW})), {"permissions": ["leads:view"]}),
        (holder("*", chatflow_ids=frozenset({FLOW[:-1] + "4"})), {"permissions": ["leads:view"], "chatflow_ids": [FLOW]}),
        (holder("*", expires_date=NOW + timedelta(days=1)), {"permissions": ["leads:view"]}),
        (
            holder("*", expires_date=NOW + timedelta(days=1)),
            {"permissions": ["leads:view"], "expires_date": NOW + timedelta(days=2)},
        ),
    ],
)
async def test_nobody_makes_or_changes_a_key_into_more_than_its_own(world: World, caller: Principal, fields: Any) -> None:
    world.bind("none")
    with pytest.raises(PermissionDenied):
        await world.service.create(caller, {"name": "x", **fields})
    assert world.keys.rows == {}
    lesser = await world.make(*(caller.permissions - {"*"} or {"leads:view"}))
    with pytest.raises(PermissionDenied):
        await world.service.update(caller, lesser.id, fields)
    assert world.keys.rows == {lesser.id: lesser}


async def test_who_expires_makes_keys_that_expire_no_later(world: World) -> None:
    brief = holder("*", expires_date=NOW + timedelta(days=1))
    key = await world.make("leads:view", caller=brief, expires_date=NOW + timedelta(days=1))
    assert key.expires_date == NOW + timedelta(days=1)
    forever = await world.make("leads:view")
    with pytest.raises(PermissionDenied, match="expire"):
        await world.service.rotate(brief, forever.id)
    with pytest.raises(PermissionDenied, match="expire"):
        await world.service.update(brief, forever.id, {"name": "mine"})


async def test_a_key_with_more_permissions_looks_like_a_missing_one(world: World) -> None:
    greater = await world.make("leads:view", "chatflows:view")
    equal = await world.make("leads:view")
    caller = holder("leads:view", "apikeys:update")
    assert await world.service.list(caller) == [equal]
    for call in (world.service.get, world.service.rotate):
        with pytest.raises(NotFound, match="not found"):
            await call(caller, greater.id)
    with pytest.raises(NotFound):
        await world.service.update(caller, greater.id, {"name": "mine"})
    assert (await world.service.delete(caller, greater.id)).count == 0
    assert world.keys.rows[greater.id] == greater


async def test_keys_stay_in_their_workspace(world: World) -> None:
    key = await world.make("leads:view", workspace_id=THEIRS)
    assert key.workspace_id == OURS
    stranger = replace(ADMIN, workspace_id=THEIRS)
    assert await world.service.list(stranger) == []
    with pytest.raises(NotFound):
        await world.service.update(stranger, key.id, {"name": "mine"})
    assert (await world.service.delete(stranger, key.id)).count == 0
    assert (await world.service.update(ADMIN, key.id, {"workspace_id": THEIRS})).workspace_id == OURS


async def test_a_change_leaves_what_it_does_not_name(world: World) -> None:
    world.bind("none")
    key = await world.make("leads:view", chatflow_ids=[FLOW.upper()], expires_date=NOW + timedelta(days=1))
    assert key.chatflow_ids == {FLOW}
    changed = await world.service.update(ADMIN, key.id.upper(), {"name": "new"})
    assert changed == replace(key, name="new")
    changed = await world.service.update(ADMIN, key.id, {"chatflow_ids": [], "expires_date": None, "permissions": ["*"]})
    assert (changed.chatflow_ids, changed.expires_date, changed.permissions) == (frozenset(), None, frozenset({"*"}))
    assert world.forgotten == [key.id, key.id]


async def test_a_permission_of_an_earlier_version_may_stay(world: World) -> None:
    key = await world.make("leads:view")
    world.keys.rows[key.id] = old = replace(key, permissions=frozenset({"leads:view", "gone:view"}))
    kept = await world.service.update(ADMIN, key.id, {"permissions": sorted(old.permissions)})
    assert kept.permissions == old.permissions


async def test_a_rotation_keeps_the_text_before_it_for_a_while(world: World) -> None:
    key, text = await world.service.create(ADMIN, {"name": "x", "permissions": ["leads:view"]})
    first, first_text = await world.service.rotate(ADMIN, key.id)
    assert (first.previous_digest, first.previous_until) == (digest_of(b"s", text), NOW + DEFAULT_OVERLAP)
    assert first.digest == digest_of(b"s", first_text) and first_text != text and first.prefix == first_text[:9]
    second, _ = await world.service.rotate(ADMIN, key.id, timedelta(0))
    assert (second.previous_digest, second.previous_until) == (first.digest, NOW)
    assert await world.keys.by_digest(key.digest) is None
    assert world.forgotten == [key.id, key.id]
    for overlap in (timedelta(seconds=-1), LONGEST_OVERLAP + timedelta(seconds=1)):
        with pytest.raises(InvalidInput, match="overlap"):
            await world.service.rotate(ADMIN, key.id, overlap)


async def test_who_may_not_choose_the_key_of_a_chatflow_does_not_learn_it_by_rotation(world: World) -> None:
    key = await world.make("leads:view")
    world.bind(key.id)
    with pytest.raises(PermissionDenied, match="chatflows:update"):
        await world.service.rotate(holder("leads:view", "apikeys:update"), key.id)
    await world.service.rotate(holder("leads:view", key_id=key.id), key.id)
    await world.service.rotate(holder("leads:view", "chatflows:update"), key.id)


async def test_a_deletion_says_which_chatflows_it_closes(world: World) -> None:
    key = await world.make("leads:view")
    world.bind(key.id)
    world.bind("other", FLOW[:-1] + "4")
    removal = await world.service.delete(ADMIN, key.id)
    assert (removal.count, [one.id for one in removal.chatflows]) == (1, [FLOW])
    assert (await world.service.delete(ADMIN, key.id)).count == 0
    assert world.forgotten == [key.id]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": None}, "keyName"),
        ({"name": 7}, "keyName"),
        ({"name": ""}, "name"),
        ({"permissions": None}, "permissions"),
        ({"permissions": "leads:view"}, "permissions"),
        ({"permissions": [1]}, "permissions"),
        ({"permissions": []}, "permission"),
        ({"permissions": ["nothing:view"]}, "no permission"),
        ({"chatflow_ids": "x"}, "chatflowIds"),
        ({"chatflow_ids": [FLOW]}, "no chatflow"),
        ({"chatflow_ids": [str(number) for number in range(101)]}, "at most 100"),
        ({"expires_date": "2030-01-01"}, "expiresDate"),
        ({"expires_date": NOW}, "future"),
    ],
)
async def test_what_is_no_key_is_refused_by_its_field(world: World, fields: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        await world.service.create(ADMIN, {"name": "x", "permissions": ["leads:view"], **fields})
    for call in (world.service.get, world.service.rotate, world.service.delete):
        with pytest.raises(InvalidInput, match="UUID"):
            await call(ADMIN, "one")


async def test_a_workspace_has_so_many_keys_and_no_more(world: World) -> None:
    key = await world.make("leads:view")
    world.keys.rows.update({str(number): replace(key, id=str(number)) for number in range(MOST_KEYS)})
    with pytest.raises(FailedPrecondition, match="at most"):
        await world.make("leads:view")
