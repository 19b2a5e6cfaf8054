"""``tradewind messages``: what is listed, edited and deleted in the stores of a data directory."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.administration import open_administration
from tradewind_server.chats.ports import ChatMessage, Feedback
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.settings import Settings

from .conftest import Line

DRAWING = json.dumps(
    {"nodes": [{"id": "chatOpenAI_0", "data": {"name": "chatOpenAI", "label": "M", "inputs": {}}}], "edges": []}
)
UNKNOWN = "11111111-2222-4333-8444-555555555555"
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def message_id(number: int) -> str:
    return f"{number:08}-0000-4000-8000-000000000000"


@pytest.fixture
def flow(line: Line) -> Iterator[str]:
    """A chatflow with two turns, each in a session and a chat of its own, and a rating of the first answer."""
    [stored] = line.json("flows", "import", "-", stdin=DRAWING)
    flow_id: str = stored["id"]
    rows = [
        ChatMessage(
            message_id(number),
            "apiMessage" if number % 2 else "userMessage",
            flow_id,
            f"said\n{number} " + "x" * 100,
            f"c-{number // 2}",
            MOMENT + timedelta(seconds=number),
            session_id=f"s-{number // 2}",
        )
        for number in range(4)
    ]

    async def fill() -> None:
        async with open_administration(Settings(_env_file=None, data_dir=line.data_dir)) as administration:  # type: ignore[call-arg]
            await administration.stores.chat_messages.add(DEFAULT_WORKSPACE, rows)
            rating = Feedback(UNKNOWN, flow_id, "c-0", message_id(1), "THUMBS_UP", None, MOMENT)
            await administration.stores.feedbacks.add(DEFAULT_WORKSPACE, rating)

    asyncio.run(fill())
    yield flow_id


def numbers(line: Line, flow: str, *options: str) -> list[int]:
    return [int(row["id"][:8]) for row in line.json("messages", "list", flow, *options)]


async def file_of_chat(data_dir: Path, flow: str, *, keep: bool = False) -> bool:
    """Whether the first chat has its file, after it was uploaded where ``keep`` says so."""
    blobs = DiskBlobs(data_dir / "files")
    blobs.prepare()
    if keep:

        async def words() -> AsyncIterator[bytes]:
            yield b"words"

        await blobs.keep_for_chat(DEFAULT_WORKSPACE, flow, "c-0", await blobs.receive("a.txt", "", words()))
    return await blobs.find_in_chat(DEFAULT_WORKSPACE, flow, "c-0", "a.txt") is not None


def test_messages_are_listed_by_session_chat_and_page(line: Line, flow: str) -> None:
    assert numbers(line, flow) == [0, 1, 2, 3]
    assert numbers(line, flow, "--newest", "--limit", "1") == [3]
    assert (numbers(line, flow, "--session", "s-1"), numbers(line, flow, "--chat", "c-0")) == ([2, 3], [0, 1])
    first = line("messages", "list", flow, "--limit", "3")
    assert "said 0 xxx" in first.stdout and "…" in first.stdout and len(first.stdout.splitlines()) == 4
    token = first.stderr.split()[-1]
    assert numbers(line, flow, "--page-token", token) == [3]
    assert line("messages", "list", flow, "--session", "none").stdout == "No messages.\n"
    row = line.json("messages", "list", flow)[0]
    assert (row["role"], row["chatId"], row["editedDate"]) == ("userMessage", "c-0", None)


def test_a_message_is_edited(line: Line, flow: str) -> None:
    edited = line.json("messages", "edit", flow, message_id(1), "Straße 🏙")
    assert (edited["content"], edited["role"]) == ("Straße 🏙", "apiMessage") and edited["editedDate"]
    assert line("messages", "edit", flow, message_id(0), "-", stdin="of\nlines\n").stdout == f"Edited {message_id(0)}.\n"
    assert [row["content"] for row in line.json("messages", "list", flow, "--session", "s-0")] == ["of\nlines", "Straße 🏙"]


@pytest.mark.parametrize(
    ("message", "content", "told"),
    [(UNKNOWN, "x", UNKNOWN), ("x", "x", "UUID"), (message_id(0), " ", "content"), (message_id(0), "x" * 11, "longer than 10")],
)
def test_what_cannot_be_edited_says_why(
    line: Line, flow: str, monkeypatch: pytest.MonkeyPatch, message: str, content: str, told: str
) -> None:
    monkeypatch.setenv("TRADEWIND_MAX_QUESTION_CHARS", "10")
    for done in (line("messages", "edit", flow, message, content), line("messages", "edit", flow, message, "-", stdin=content)):
        assert done.exit_code == 1 and told in done.stderr and "Traceback" not in done.output
    assert line("messages", "edit", UNKNOWN, message_id(0), "x").exit_code == 1


def test_standard_input_that_is_no_message_is_refused(line: Line, flow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEWIND_MAX_QUESTION_CHARS", "10")
    done = line("messages", "edit", flow, message_id(0), "-", stdin="x" * 41)
    assert done.exit_code == 1 and "longer than 10" in done.stderr


def test_a_conversation_is_branched(line: Line, flow: str) -> None:
    made = line.json("messages", "branch", flow, message_id(2))
    assert (made["copied"], made["chatId"]) == (1, made["sessionId"])
    [copy] = line.json("messages", "list", flow, "--session", made["sessionId"])
    assert (copy["role"], copy["chatId"]) == ("userMessage", made["chatId"])
    assert "begins with 2 messages." in line("messages", "branch", flow, message_id(3)).stdout
    refused = line("messages", "branch", flow, UNKNOWN)
    assert refused.exit_code == 1 and UNKNOWN in refused.stderr


def test_messages_are_deleted_with_what_hangs_on_them(line: Line, flow: str) -> None:
    assert asyncio.run(file_of_chat(line.data_dir, flow, keep=True))
    assert line("messages", "delete", flow, "--message", message_id(0)).stdout == "Deleted 1 message.\n"
    assert asyncio.run(file_of_chat(line.data_dir, flow))
    assert line.json("messages", "delete", flow, "--session", "s-0") == {"affected": 1}
    assert not asyncio.run(file_of_chat(line.data_dir, flow)) and numbers(line, flow) == [2, 3]
    assert line.json("messages", "delete", flow, "--chat", "none") == {"affected": 0}
    assert line("messages", "delete", flow, "--all").stdout == "Deleted 2 messages.\n"
    assert numbers(line, flow) == []


@pytest.mark.parametrize("options", [[], ["--all", "--session", "s-0"], ["--all", "--chat", ""]])
def test_a_deletion_that_does_not_say_which_is_wrong_use(line: Line, flow: str, options: list[str]) -> None:
    assert line("messages", "delete", flow, *options).exit_code == 2
    assert line("messages", "delete", flow, "--session", "").exit_code == 1
    assert numbers(line, flow) == [0, 1, 2, 3]
