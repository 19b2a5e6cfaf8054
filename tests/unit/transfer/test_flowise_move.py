"""A Flowise installation moves in whole: joined as it was, twice without a duplicate, and nothing is written there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.access.keys import digest_of
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.administration import Administration, open_administration
from tradewind_server.errors import InvalidInput
from tradewind_server.settings import Settings
from tradewind_server.store.flowise_database import open_flowise
from tradewind_server.store.secret_key import derive, load_secret
from tradewind_server.transfer.flowise_move import MoveOptions, MoveResult
from tradewind_server.transfer.flowise_secrets import decrypt, is_key

from fakes.flowise_installation import (
    AGENTS,
    CREDENTIAL,
    FLOW,
    KEY,
    KEY_TEXT,
    LOADER,
    LOST_KEY,
    PASSPHRASE,
    TOOL,
    Installation,
    encrypted,
    install,
    key_hash,
)

COUNTS = {
    "AgentFlowV2": 1,
    "ApiKey": 1,
    "AssistantCustom": 1,
    "ChatFlow": 1,
    "ChatMessage": 2,
    "ChatMessageFeedback": 1,
    "Credential": 1,
    "DocumentStore": 1,
    "DocumentStoreFileChunk": 1,
    "Execution": 1,
    "File": 3,
    "Lead": 1,
    "Tool": 1,
    "UpsertHistory": 1,
    "Variable": 1,
}


@pytest.fixture
def flowise(tmp_path: Path) -> Installation:
    folder = tmp_path / "flowise"
    folder.mkdir()
    return install(folder)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path / "data")


@pytest.fixture
async def here(settings: Settings) -> AsyncIterator[Administration]:
    async with open_administration(settings) as administration:
        yield administration


async def move(here: Administration, flowise: Installation, **options: Any) -> MoveResult:
    values = {"passphrase": PASSPHRASE, "storage": flowise.storage, **options}
    with open_flowise(str(flowise.database)) as database:
        return await here.mover.run(DEFAULT_WORKSPACE, database, MoveOptions(**values), lambda *_: None)


def fingerprints(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


async def test_everything_comes_and_is_joined_as_it_was(
    here: Administration, flowise: Installation, settings: Settings
) -> None:
    before = fingerprints(flowise.database.parent)
    result = await move(here, flowise)
    assert (result.counts, result.present, result.keys_to_renew) == (COUNTS, {}, ["lost"])
    assert fingerprints(flowise.database.parent) == before
    chatflow = await here.stores.chatflows.get(DEFAULT_WORKSPACE, FLOW)
    assert chatflow is not None and (chatflow.apikeyid, chatflow.is_public) == (KEY, True)
    assert TOOL in chatflow.flow_data and CREDENTIAL in chatflow.flow_data
    key = await here.stores.api_keys.by_digest(digest_of(derive(load_secret(settings), "api keys"), KEY_TEXT))
    assert key is not None and (key.id, key.permissions) == (KEY, {"chatflows:view"})
    revealed = await here.stores.credentials.reveal(DEFAULT_WORKSPACE, CREDENTIAL)
    assert revealed is not None and revealed[1] == {"openAIApiKey": "sk-canary"}
    agents = await here.stores.chatflows.get(DEFAULT_WORKSPACE, AGENTS)
    assert agents is not None and agents.apikeyid == LOST_KEY, "what nobody can open stays closed"
    assert await here.stores.variables.values(DEFAULT_WORKSPACE) == {"city": "new"}
    blobs = here.messages._files
    assert await blobs.get(DEFAULT_WORKSPACE, FLOW, "menu.txt") and await blobs.get(DEFAULT_WORKSPACE, LOADER, "menu.txt")
    assert await blobs.find_in_chat(DEFAULT_WORKSPACE, FLOW, "c-1", "photo.txt")
    assert await blobs.get(DEFAULT_WORKSPACE, FLOW, "link.txt") is None


async def test_what_is_different_is_told(here: Administration, flowise: Installation) -> None:
    notes = "\n".join((await move(here, flowise)).notes)
    for sentence in (
        "The credential other was not moved: the secret key does not open it.",
        "ChatFlow, entry 2: ",
        "The chatflow Agents asks for an API key that is not here",
        "Messages of chatflows that are not there were left out. (1)",
        "Files that no chatflow and no document store names stay behind: 1.",
        "The data sets of Flowise are not moved (1)",
        "The variable city is here already",
    ):
        assert sentence in notes
    assert "sk-canary" not in notes and KEY_TEXT not in notes


async def test_a_second_run_makes_no_duplicate_and_takes_what_is_new(here: Administration, flowise: Installation) -> None:
    await move(here, flowise)
    result = await move(here, flowise)
    assert (result.counts, result.present) == ({}, COUNTS)


async def test_a_dry_run_counts_and_stores_nothing(here: Administration, flowise: Installation) -> None:
    result = await move(here, flowise, dry=True)
    assert (result.counts, result.keys_to_renew) == (COUNTS, ["lost"])
    assert await here.stores.chatflows.list(DEFAULT_WORKSPACE) == ([], 0)
    assert await here.stores.credentials.list(DEFAULT_WORKSPACE) == []


async def test_without_its_passphrase_credentials_stay_behind(here: Administration, flowise: Installation) -> None:
    result = await move(here, flowise, passphrase=None, storage=None)
    assert "Credential" not in result.counts and "File" not in result.counts
    assert sum("no secret key was given" in note for note in result.notes) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "cannot be read"), (b"text", "no SQLite database"), (b"SQLite format 3\x00" + b"\x00" * 99, "cannot be read")],
)
def test_what_is_no_flowise_database_is_refused(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    path = tmp_path / "x.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidInput, match=sentence), open_flowise(str(path)):
        pass
    assert [one.name for one in tmp_path.iterdir()] == ([] if content is None else ["x.sqlite"])


@pytest.mark.parametrize("text", ["", "no base64", "U2FsdGVkX18=", encrypted({"a": "b"})[:-8], encrypted({"a": "b"}, "other")])
def test_what_the_passphrase_does_not_open_is_none(text: str) -> None:
    assert decrypt(text, PASSPHRASE) is None


def test_a_key_is_told_from_another() -> None:
    assert is_key("x", key_hash("x"))
    assert not any(
        is_key(key, secret) for key, secret in [("y", key_hash("x")), ("", key_hash("")), ("x", "7"), ("x", "7.salt")]
    )


def test_the_command_moves_in(flowise: Installation, tmp_path: Path) -> None:
    from tradewind_server.cli.main import app
    from typer.testing import CliRunner

    line = ["import", "--from-flowise", str(flowise.database), "--storage", str(flowise.storage), "--json"]
    line += ["--secret-key", str(flowise.key_file), "--data-dir", str(tmp_path / "d")]
    done = CliRunner().invoke(app, line)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["stored"] == COUNTS
    assert CliRunner().invoke(app, ["import"]).exit_code == 2
