"""Names of versions, and which version answers a call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.versions import (
    AnsweringVersions,
    ChatflowVersion,
    at_version,
    check_label,
    number_of,
    split_reference,
)
from tradewind_server.errors import InvalidInput, NotFound, Reason

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
FLOW = "6f1c1a52-5c1e-4d53-9d5e-0d6a3d1a7c11"
NEWEST = Chatflow(FLOW, "w", "n", "new", "CHATFLOW", MOMENT, MOMENT, version=9, version_number=3, apikeyid="k")
FIRST = ChatflowVersion(1, MOMENT, "old", "AGENTFLOW", chatbot_config="{}")


class Versions:
    """The port ``VersionSearch`` with one version."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def by_name(self, chatflow_id: str, name: str) -> ChatflowVersion | None:
        self.asked.append(name)
        return FIRST if name in ("1", "beta") else None


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        (FLOW, (FLOW, None)),
        (f"{FLOW}@live", (FLOW, "live")),
        (f"{FLOW}@", (FLOW, "")),
        (f"{FLOW}@a@b", (FLOW, "a@b")),
        ("short@1", ("short@1", None)),
        ("x" * 50, ("x" * 50, None)),
    ],
)
def test_a_version_stands_behind_an_id(reference: str, parts: tuple[str, str | None]) -> None:
    assert split_reference(reference) == parts


@pytest.mark.parametrize(("name", "number"), [("7", 7), ("007", 7), ("v7", None), ("", None), ("٣", None), ("1" * 10, None)])
def test_digits_are_a_number(name: str, number: int | None) -> None:
    assert number_of(name) == number


@pytest.mark.parametrize("label", ["", "7", "1.0", "-a", "a b", "ä", "a" * 65, "a/b", "a@b"])
def test_what_is_no_label_is_refused(label: str) -> None:
    with pytest.raises(InvalidInput, match="letter"):
        check_label(label)


@pytest.mark.parametrize("label", ["live", "v1.0", "A_b-c", "a" * 64])
def test_labels_are_kept_as_they_are(label: str) -> None:
    assert check_label(label) == label


async def test_a_chatflow_without_a_live_version_answers_as_it_is_and_nothing_is_asked() -> None:
    versions = Versions()
    answering = AnsweringVersions(versions)
    for name in (None, "3", "03"):
        assert await answering.choose(NEWEST, name) is NEWEST
    assert versions.asked == []


@pytest.mark.parametrize("name", ["1", "beta"])
async def test_a_named_version_has_its_own_drawing_and_the_rest_of_the_chatflow(name: str) -> None:
    found = await AnsweringVersions(Versions()).choose(NEWEST, name)
    assert found == at_version(NEWEST, FIRST)
    assert (found.flow_data, found.type, found.chatbot_config, found.apikeyid) == ("old", "AGENTFLOW", "{}", "k")
    assert found.cache_key == (FLOW, 9, 1) != NEWEST.cache_key


async def test_the_live_version_answers_calls_that_name_none() -> None:
    versions = Versions()
    assert (await AnsweringVersions(versions).choose(replace(NEWEST, live_number=1))).flow_data == "old"
    assert (await AnsweringVersions(versions).choose(replace(NEWEST, live_number=3))).flow_data == "new"
    assert versions.asked == ["1"]


@pytest.mark.parametrize("name", ["2", "gamma", "", "a b", "1" * 300])
async def test_an_unknown_version_is_a_404_of_its_own(name: str) -> None:
    with pytest.raises(NotFound) as error:
        await AnsweringVersions(Versions()).choose(NEWEST, name)
    assert error.value.reason == Reason.VERSION_NOT_FOUND and len(error.value.message) < 150
