"""What every adapter of the ports ``ApiKeys`` and ``Credentials`` does."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tradewind_server.access.ports import ApiKey, Credential
from tradewind_server.errors import InternalError, InvalidInput
from tradewind_server.settings import Settings
from tradewind_server.store.stores import open_stores

from .conftest import MINE, MOMENT, THEIRS, new_id
from .test_chatflows import chatflow

SECRET = {"openAIApiKey": "sk-very-secret", "note": "schlüssel 🔑"}


def key(number: int, workspace_id: str = MINE, **fields: Any) -> ApiKey:
    values = {
        "id": new_id(),
        "workspace_id": workspace_id,
        "name": f"key {number}",
        "prefix": "tw_12345",
        "digest": bytes([0, 255, number]) * 10 + b"ab",
        "permissions": frozenset({"chatflows:view", "*"}),
        "created_date": MOMENT + timedelta(seconds=number // 2),
        "updated_date": MOMENT + timedelta(seconds=number),
        **fields,
    }
    return ApiKey(**values)


async def test_a_key_is_found_by_its_digest_alone(stores: Any) -> None:
    mine, theirs = key(1), key(2, THEIRS, last_used=MOMENT, permissions=frozenset())
    for one in (mine, theirs):
        await stores.api_keys.add(one)
        assert await stores.api_keys.by_digest(one.digest) == one
    assert await stores.api_keys.by_digest(b"x" * 32) is None


async def test_keys_are_listed_and_revoked_within_their_workspace(stores: Any) -> None:
    keys = [key(number) for number in range(6)]
    for one in keys:
        await stores.api_keys.add(one)
    assert await stores.api_keys.list(MINE) == sorted(keys, key=lambda one: (one.created_date, one.id))
    assert await stores.api_keys.list(THEIRS) == []
    assert await stores.api_keys.revoke(THEIRS, keys[0].id) == 0
    assert await stores.api_keys.revoke(MINE, new_id()) == 0
    assert await stores.api_keys.by_digest(keys[0].digest) is not None
    assert await stores.api_keys.revoke(MINE, keys[0].id) == 1
    assert await stores.api_keys.by_digest(keys[0].digest) is None


async def test_a_key_is_changed_but_for_what_it_is(stores: Any) -> None:
    stored = key(1, last_used=MOMENT)
    await stores.api_keys.add(stored)
    terms = {"name": "new", "permissions": frozenset({"a:b"}), "expires_date": MOMENT, "chatflow_ids": frozenset({new_id()})}
    secrets = {"prefix": "tw_new", "digest": b"n" * 32, "previous_digest": stored.digest, "previous_until": MOMENT}
    changed = replace(stored, updated_date=MOMENT, **terms, **secrets)
    assert await stores.api_keys.replace(replace(changed, last_used=None, created_date=MOMENT + timedelta(days=1)))
    assert await stores.api_keys.get(MINE, stored.id) == changed
    for digest in (stored.digest, changed.digest):
        assert await stores.api_keys.by_digest(digest) == changed
    assert await stores.api_keys.replace(replace(changed, workspace_id=THEIRS, name="theirs")) is False
    assert await stores.api_keys.get(THEIRS, stored.id) is None
    assert (await stores.api_keys.get(MINE, stored.id)).name == "new"


async def test_chatflows_of_keys_are_those_of_the_workspace(stores: Any) -> None:
    mine, other, theirs = new_id(), new_id(), new_id()
    bound = [chatflow(name=name, apikeyid=mine) for name in ("b", "a")]
    flows = [*bound, chatflow(apikeyid=other), chatflow(), chatflow(workspace_id=THEIRS, apikeyid=theirs)]
    for flow in flows:
        await stores.chatflows.create(flow)
    of_mine = await stores.api_keys.keyed_chatflows(MINE, mine)
    assert [(one.id, one.name, one.key_id) for one in of_mine] == [(bound[1].id, "a", mine), (bound[0].id, "b", mine)]
    assert {one.key_id for one in await stores.api_keys.keyed_chatflows(MINE)} == {mine, other}
    ids = [flows[3].id, flows[4].id]
    assert await stores.api_keys.missing_chatflows(MINE, ids) == [flows[4].id]


async def test_200_keys_at_once_and_a_digest_only_once(stores: Any) -> None:
    await asyncio.gather(*(stores.api_keys.add(key(number, digest=bytes([number]) * 32)) for number in range(200)))
    assert len(await stores.api_keys.list(MINE)) == 200
    with pytest.raises(IntegrityError):
        await stores.api_keys.add(key(0, digest=bytes([7]) * 32))


async def test_a_credential_answers_to_its_id_and_its_name(stores: Any, clock: Any) -> None:
    stored = await stores.credentials.set(MINE, "OpenAI 🏢", "openAIApi", SECRET)
    for name in (stored.id, "OpenAI 🏢"):
        assert await stores.credentials.reveal(MINE, name) == (stored, SECRET)
    assert await stores.credentials.reveal(MINE, "other") is None
    clock.advance(60)
    again = await stores.credentials.set(MINE, "OpenAI 🏢", "azureOpenAIApi", {"k": "v"})
    assert (again.id, again.created_date, again.updated_date) == (stored.id, stored.created_date, clock.now())
    assert await stores.credentials.reveal(MINE, stored.id) == (again, {"k": "v"})
    assert await stores.credentials.list(MINE) == [again]


async def test_a_credential_is_created_once_and_changed_by_its_id(stores: Any) -> None:
    made = Credential(new_id(), MINE, "name", "openAIApi", MOMENT, MOMENT)
    assert await stores.credentials.create(made, SECRET)
    assert await stores.credentials.create(replace(made, id=new_id()), {"k": "other"}) is False
    assert await stores.credentials.create(replace(made, id=new_id(), workspace_id=THEIRS), {"k": "theirs"})
    other = replace(made, id=new_id(), name="other")
    assert await stores.credentials.create(other, {"k": "v"})
    assert await stores.credentials.replace(replace(other, name="name"), None) is False
    changed = replace(made, name="new", provider="qdrantApi", updated_date=MOMENT + timedelta(seconds=1))
    assert await stores.credentials.replace(changed, None)
    assert await stores.credentials.reveal(MINE, made.id) == (changed, SECRET)
    assert await stores.credentials.replace(changed, {"k": "new"})
    assert (await stores.credentials.reveal(MINE, "new"))[1] == {"k": "new"}
    assert await stores.credentials.replace(replace(changed, workspace_id=THEIRS), None) is False
    assert await stores.credentials.get(THEIRS, made.id) is None
    assert await stores.credentials.get(MINE, made.id) == changed


async def test_uses_of_a_credential_are_the_chatflows_that_name_it(stores: Any) -> None:
    made = await stores.credentials.set(MINE, 'Büro "100%_"', "openAIApi", SECRET)
    quoted = json.dumps(made.name)
    users = [
        chatflow(name="a", flow_data=f'{{"nodes":[{{"data":{{"credential":"{made.id}"}}}}]}}'),
        chatflow(name="b", flow_data=f'{{"nodes":[{{"data":{{"credential": {quoted}}}}}]}}'),
        chatflow(name="c", flow_data=json.dumps({"credential": made.name}, ensure_ascii=False)),
        chatflow(name="d", speech_to_text=f'{{"openAIWhisper":{{"credentialId":{quoted}}}}}'),
        chatflow(name="e", follow_up_prompts=f'{{"x":{{"credentialId":"{made.id}"}}}}'),
    ]
    others = [
        chatflow(flow_data=f'{{"nodes":[{{"data":{{"label":{quoted}}}}}]}}'),
        chatflow(flow_data='{"credential":"Büro \\"100xy\\""}'),
        chatflow(workspace_id=THEIRS, flow_data=f'{{"credential":"{made.id}"}}'),
    ]
    for flow in reversed(users + others):
        await stores.chatflows.create(flow)
    assert [(use.id, use.name) for use in await stores.credentials.uses(made)] == [(flow.id, flow.name) for flow in users]


async def test_an_id_comes_before_a_name_that_looks_like_it(stores: Any) -> None:
    first = await stores.credentials.set(MINE, "first", "a", {"k": "1"})
    await stores.credentials.set(THEIRS, "unrelated", "a", {"k": "2"})
    assert (await stores.credentials.set(MINE, first.id, "b", {"k": "3"})).id == first.id
    assert await stores.credentials.delete(MINE, first.id) == 1


async def test_credentials_of_workspaces_do_not_mix(stores: Any) -> None:
    mine = await stores.credentials.set(MINE, "same", "a", {"k": "mine"})
    theirs = await stores.credentials.set(THEIRS, "same", "a", {"k": "theirs"})
    assert mine.id != theirs.id
    assert (await stores.credentials.reveal(MINE, "same"))[1] == {"k": "mine"}
    assert (await stores.credentials.reveal(THEIRS, "same"))[1] == {"k": "theirs"}
    assert await stores.credentials.reveal(THEIRS, mine.id) is None
    assert await stores.credentials.delete(THEIRS, mine.id) == 0
    assert await stores.credentials.list(THEIRS) == [theirs]
    assert await stores.credentials.delete(MINE, "same") == 1
    assert await stores.credentials.reveal(MINE, mine.id) is None


async def test_servers_that_set_one_name_at_once_agree_on_one_credential(stores: Any, open_on: Any) -> None:
    servers = [stores, *(open_on() for _ in range(3))]
    set_ = [server.credentials.set(MINE, "same", "a", {"k": str(number)}) for number, server in enumerate(servers * 10)]
    ids = {one.id for one in await asyncio.gather(*set_)}
    assert [one.id for one in await stores.credentials.list(MINE)] == list(ids)


async def test_nothing_of_a_secret_stands_in_the_database(stores: Any) -> None:
    await stores.credentials.set(MINE, "name", "openAIApi", SECRET)
    row = await stores.database.read(lambda connection: connection.execute(text("SELECT * FROM credential")).one())
    sealed = bytes(row.secret)
    assert b"secret" not in sealed
    assert b"openAIApiKey" not in sealed
    assert "sk-very-secret" not in repr(row)


async def test_a_credential_of_another_secret_key_says_what_to_do(stores: Any, url: str, clock: Any) -> None:
    await stores.credentials.set(MINE, "name", "openAIApi", SECRET)
    other = open_stores(Settings(_env_file=None, database_url=url), b"another secret", clock.now, clock.monotonic)
    with pytest.raises(InternalError, match="set it again") as raised:
        await other.credentials.reveal(MINE, "name")
    assert "sk-very-secret" not in str(raised.value)
    assert [one.name for one in await other.credentials.list(MINE)] == ["name"]
    await other.close()


async def test_a_name_that_no_database_takes_is_refused(stores: Any) -> None:
    with pytest.raises(InvalidInput):
        await stores.credentials.set(MINE, "a\x00b", "openAIApi", SECRET)
    with pytest.raises(InvalidInput):
        await stores.credentials.reveal(MINE, "a\x00b")
    assert await stores.credentials.list(MINE) == []
