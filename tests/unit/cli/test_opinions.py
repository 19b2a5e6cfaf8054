"""Feedback and leads on the command line."""

from __future__ import annotations

import asyncio
import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.administration import open_administration
from tradewind_server.chats.leads import Lead
from tradewind_server.chats.ports import ChatMessage, Feedback
from tradewind_server.settings import Settings

from .conftest import Line

DRAWING = json.dumps(
    {"nodes": [{"id": "chatOpenAI_0", "data": {"name": "chatOpenAI", "label": "M", "inputs": {}}}], "edges": []}
)
MOMENT = datetime(2026, 11, 27, 6, 40, tzinfo=UTC)


@pytest.fixture
def flow(line: Line) -> str:
    """A chatflow with two answers, one rated up and one down, and two leads."""
    [stored] = line.json("flows", "import", "-", stdin=DRAWING)
    flow_id: str = stored["id"]
    asyncio.run(fill(line, flow_id))
    return flow_id


async def fill(line: Line, flow_id: str) -> None:
    settings = Settings(_env_file=None, data_dir=line.data_dir)  # type: ignore[call-arg]
    async with open_administration(settings) as administration:
        for number, rating in enumerate(("THUMBS_UP", "THUMBS_DOWN")):
            date = MOMENT + timedelta(days=number)
            message = ChatMessage(str(uuid.uuid4()), "apiMessage", flow_id, "At 06:40.", f"chat-{number}", date)
            await administration.stores.chat_messages.add(DEFAULT_WORKSPACE, [message])
            feedback = Feedback(str(uuid.uuid4()), flow_id, message.chat_id, message.id, rating, f"Said {number}", date)
            await administration.stores.feedbacks.add(DEFAULT_WORKSPACE, feedback)
            lead = Lead(str(uuid.uuid4()), flow_id, message.chat_id, f"Ana {number}", "ana@example.com", None, date)
            await administration.stores.leads.add(DEFAULT_WORKSPACE, lead)


def test_feedback_is_listed_and_counted(line: Line, flow: str) -> None:
    rows = line.json("feedback", "list", flow)
    assert [(row["rating"], row["content"]) for row in rows] == [("THUMBS_UP", "Said 0"), ("THUMBS_DOWN", "Said 1")]
    assert [row["content"] for row in line.json("feedback", "list", flow, "--newest", "--limit", "1")] == ["Said 1"]
    assert [row["content"] for row in line.json("feedback", "list", flow, "--rating", "THUMBS_UP")] == ["Said 0"]
    assert [row["content"] for row in line.json("feedback", "list", flow, "--since", "2026-11-28")] == ["Said 1"]
    assert "Said 0" in line("feedback", "list", flow).stdout
    figures = line.json("feedback", "stats", flow)
    assert (figures["totalMessages"], figures["positiveFeedback"], figures["negativeFeedback"]) == (2, 1, 1)
    assert [day["date"] for day in figures["days"]] == ["2026-11-27", "2026-11-28"]
    assert "rated 1 up, 1 down" in line("feedback", "stats", flow).stdout


def test_leads_are_listed_and_deleted(line: Line, flow: str) -> None:
    rows = line.json("leads", "list", flow)
    assert [row["name"] for row in rows] == ["Ana 0", "Ana 1"]
    assert [row["name"] for row in line.json("leads", "list", flow, "--chat", "chat-1")] == ["Ana 1"]
    assert "ana@example.com" in line("leads", "list", flow).stdout
    first = line("leads", "list", flow, "--limit", "1", "--json")
    token = first.stderr.split()[-1]
    assert [row["name"] for row in line.json("leads", "list", flow, "--page-token", token)] == ["Ana 1"]
    assert line.json("leads", "delete", rows[0]["id"]) == {"affected": 1}
    assert line("leads", "delete", rows[0]["id"]).exit_code == 1
    assert [row["name"] for row in line.json("leads", "list", flow)] == ["Ana 1"]


@pytest.mark.parametrize("command", [("feedback", "list"), ("feedback", "stats"), ("leads", "list")])
def test_what_is_wrong_is_a_sentence(line: Line, flow: str, command: tuple[str, str]) -> None:
    unknown = "11111111-2222-4333-8444-555555555555"
    for arguments in ([unknown], ["one"], [flow, "--since", "soon"]):
        done = line(*command, *arguments)
        assert done.exit_code == 1 and len(done.stderr.splitlines()) == 1
