from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.access.keys import KeyIssuer, KeyTerms, digest_of, load_admin_key, new_key
from tradewind_server.errors import InvalidInput
from tradewind_server.settings import Settings


class Keys:
    def __init__(self) -> None:
        self.added: list[Any] = []

    async def add(self, key: Any) -> None:
        self.added.append(key)


def issuer(keys: Keys) -> KeyIssuer:
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    return KeyIssuer(keys, b"s", now=lambda: moment, new_id=lambda: "id", random_bytes=os.urandom)  # type: ignore[arg-type]


def test_keys_are_long_and_differ() -> None:
    made = {new_key(os.urandom) for _ in range(100)}
    assert len(made) == 100
    assert all(key.startswith("tw_") and len(key) == 46 for key in made)


def test_a_digest_needs_the_secret() -> None:
    assert digest_of(b"a", "key") != digest_of(b"b", "key")
    assert digest_of(b"a", "key") == digest_of(b"a", "key")
    assert len(digest_of(b"a", "key")) == 32


async def test_an_issued_key_is_stored_without_its_text() -> None:
    keys = Keys()
    stored, text = await issuer(keys).issue("w", " CI ", KeyTerms(frozenset({"chatflows:view"})))
    assert keys.added == [stored]
    assert (stored.name, stored.prefix) == ("CI", text[:9])
    assert stored.digest == digest_of(b"s", text)
    assert text not in repr(stored)


@pytest.mark.parametrize(("name", "permissions"), [("", {"*"}), (" ", {"*"}), ("x" * 300, {"*"}), ("x", set())])
async def test_keys_need_a_name_and_a_permission(name: str, permissions: set[str]) -> None:
    with pytest.raises(InvalidInput):
        await issuer(Keys()).issue("w", name, KeyTerms(frozenset(permissions)))


def test_the_admin_key_is_the_configured_one_or_made_once(tmp_path: Path) -> None:
    written: dict[Path, str] = {}

    def create_once(path: Path, content: str) -> str:
        return written.setdefault(path, content)

    settings = Settings(_env_file=None, data_dir=tmp_path)
    first = load_admin_key(settings, create_once, os.urandom)
    assert load_admin_key(settings, create_once, os.urandom) == first
    assert list(written) == [tmp_path / "admin.key"]
    given = Settings(_env_file=None, data_dir=tmp_path, admin_key="tw_given")
    assert load_admin_key(given, create_once, os.urandom) == "tw_given"
