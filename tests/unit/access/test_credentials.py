"""Credentials: written, never read."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.access.credentials import LONGEST_VALUE, MOST_CREDENTIALS, MOST_FIELDS, CredentialService
from tradewind_server.access.ports import Credential, CredentialUse
from tradewind_server.errors import Conflict, FailedPrecondition, InvalidInput, NotFound

OURS, THEIRS = "ours", "theirs"
NOW = datetime(2027, 1, 1, tzinfo=UTC)
FIELDS = {"name": "OpenAI", "provider": "openAIApi", "secret": {"openAIApiKey": "sk-1"}}
UNKNOWN = "99999999-9999-4999-8999-999999999999"


class CredentialsInMemory:
    """The port ``StoredCredentials`` in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[Credential, Mapping[str, str]]] = {}
        self.users: list[CredentialUse] = []

    async def list(self, workspace_id: str) -> list[Credential]:
        return [row for row, _ in self.rows.values() if row.workspace_id == workspace_id]

    async def get(self, workspace_id: str, credential_id: str) -> Credential | None:
        row, _ = self.rows.get(credential_id, (None, None))
        return row if row is not None and row.workspace_id == workspace_id else None

    async def create(self, credential: Credential, secret: Mapping[str, str]) -> bool:
        if credential.name in [row.name for row in await self.list(credential.workspace_id)]:
            return False
        self.rows[credential.id] = (credential, secret)
        return True

    async def replace(self, credential: Credential, secret: Mapping[str, str] | None) -> bool:
        others = [row for row in await self.list(credential.workspace_id) if row.id != credential.id]
        if credential.id not in self.rows or credential.name in [row.name for row in others]:
            return False
        self.rows[credential.id] = (credential, self.rows[credential.id][1] if secret is None else secret)
        return True

    async def delete(self, workspace_id: str, name_or_id: str) -> int:
        return 1 if self.rows.pop(name_or_id, None) else 0

    async def uses(self, credential: Credential) -> Sequence[CredentialUse]:
        return self.users

    async def set(self, workspace_id: str, name: str, provider: str, secret: Mapping[str, str]) -> Credential:
        raise NotImplementedError

    async def reveal(self, workspace_id: str, name_or_id: str) -> tuple[Credential, dict[str, str]] | None:
        raise AssertionError("the service asked for a secret")


class World:
    def __init__(self) -> None:
        self.stored = CredentialsInMemory()
        numbers = itertools.count(1)
        self.service = CredentialService(
            self.stored, new_id=lambda: f"00000000-0000-4000-8000-{next(numbers):012}", now=lambda: NOW
        )


@pytest.fixture
def world() -> World:
    return World()


async def test_no_answer_of_the_rule_holds_a_secret(world: World) -> None:
    made = await world.service.create(OURS, FIELDS)
    changed = await world.service.update(OURS, made.id, {"secret": {"openAIApiKey": "sk-2"}})
    answers = [made, changed, await world.service.list(OURS), await world.service.get(OURS, made.id)]
    assert "sk-" not in repr(answers)


async def test_a_change_of_fields_replaces_all_of_them(world: World) -> None:
    made = await world.service.create(OURS, {**FIELDS, "secret": {"openAIApiKey": "sk-1", "basePath": "https://ours.example"}})
    await world.service.update(OURS, made.id, {"secret": {"basePath": "https://theirs.example"}})
    assert world.stored.rows[made.id][1] == {"basePath": "https://theirs.example"}
    renamed = await world.service.update(OURS, made.id.upper(), {"name": " New ", "id": UNKNOWN, "workspace_id": THEIRS})
    assert renamed == replace(made, name="New")
    assert world.stored.rows[made.id][1] == {"basePath": "https://theirs.example"}


async def test_fields_are_texts_and_keys_are_cleaned(world: World) -> None:
    given = {"apiKey": ' "Bearer sk-1" ', "region": " eu ", "port": 8, "tls": True, "privateKey": "a \n b"}
    made = await world.service.create(OURS, {**FIELDS, "secret": given})
    fields = {"apiKey": "sk-1", "region": " eu ", "port": "8", "tls": "true", "privateKey": "a \n b"}
    assert world.stored.rows[made.id][1] == fields


async def test_a_list_is_of_types_and_of_a_name(world: World) -> None:
    first = await world.service.create(OURS, FIELDS)
    second = await world.service.create(OURS, {**FIELDS, "name": "b", "provider": "qdrantApi"})
    assert await world.service.list(OURS) == [first, second]
    assert await world.service.list(OURS, ["qdrantApi", "none"]) == [second]
    assert await world.service.list(OURS, ["openAIApi"], "b") == []
    assert await world.service.list(THEIRS) == []


async def test_a_name_stands_once_in_a_workspace(world: World) -> None:
    made = await world.service.create(OURS, FIELDS)
    other = await world.service.create(OURS, {**FIELDS, "name": "b"})
    for call in (world.service.create(OURS, FIELDS), world.service.update(OURS, other.id, {"name": made.name})):
        with pytest.raises(Conflict):
            await call
    await world.service.create(THEIRS, FIELDS)


async def test_what_is_not_here_is_not_found_and_a_deletion_says_who_used_it(world: World) -> None:
    made = await world.service.create(OURS, FIELDS)
    world.stored.users = [CredentialUse("f", "Flow")]
    for workspace, credential_id in ((OURS, UNKNOWN), (THEIRS, made.id)):
        with pytest.raises(NotFound):
            await world.service.get(workspace, credential_id)
        with pytest.raises(NotFound):
            await world.service.update(workspace, credential_id, {"name": "x"})
        assert (await world.service.delete(workspace, credential_id)).count == 0
    removal = await world.service.delete(OURS, made.id)
    assert (removal.count, removal.uses) == (1, world.stored.users)
    with pytest.raises(InvalidInput, match="UUID"):
        await world.service.delete(OURS, "OpenAI")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": None}, "name"),
        ({"name": 7}, "name"),
        ({"name": " "}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"provider": None}, "credentialName"),
        ({"secret": None}, "plainDataObj"),
        ({"secret": {}}, "plainDataObj"),
        ({"secret": {str(number): "x" for number in range(MOST_FIELDS + 1)}}, "plainDataObj"),
        ({"secret": {"": "x"}}, "plainDataObj"),
        ({"secret": {"k": None}}, r"plainDataObj\.k"),
        ({"secret": {"k": ["sk-canary"]}}, r"plainDataObj\.k"),
        ({"secret": {"k": "sk-canary" + "x" * LONGEST_VALUE}}, r"plainDataObj\.k"),
    ],
)
async def test_what_is_no_credential_is_refused_by_its_field(world: World, fields: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as raised:
        await world.service.create(OURS, {**FIELDS, **fields})
    assert "canary" not in raised.value.message
    assert world.stored.rows == {}


async def test_a_workspace_has_so_many_and_no_more(world: World) -> None:
    made = await world.service.create(OURS, FIELDS)
    world.stored.rows.update({str(number): (made, {}) for number in range(MOST_CREDENTIALS)})
    with pytest.raises(FailedPrecondition, match="at most"):
        await world.service.create(OURS, {**FIELDS, "name": "b"})
