"""Who is told of the end of a run, signed as the document says, again and again but not for ever."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.chatflows.config import Webhook, read_config
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.runs.ports import RunState, StoredRun
from tradewind_server.runs.webhooks import LEASE, PAUSES_SECONDS, Webhooks

from fakes.flow_engine import WORKSPACE, Engine, FakeCredentials, FakeMessages, FakeOutbound, conversation
from fakes.runs import RunsInMemory, RunWorld

DOCUMENT = Path(__file__).parents[3] / "docs" / "webhooks.md"
HOOK = {"url": "https://example.com/ended", "credential": "run hook"}
MOMENT = datetime(2025, 1, 1, 11, 28, 36, tzinfo=UTC)


class World:
    """One sender, and a run that has ended."""

    def __init__(self, **values: Any) -> None:
        self.runs = RunsInMemory(FakeMessages().add)
        self.credentials, self.outbound, self.moment = FakeCredentials(), FakeOutbound(), MOMENT
        self.credentials.hold("run hook", secret="of mine")
        log = logging.getLogger("test")
        self.sender = Webhooks(self.runs, self.credentials, self.outbound, lambda: self.moment, log)  # type: ignore[arg-type]
        row = StoredRun(
            "r", WORKSPACE, "f", "admin", RunState.FINISHED, "c", "s", True, MOMENT, ended_date=MOMENT, webhook=HOOK
        )
        self.runs.rows["r"] = replace(row, webhook_date=MOMENT, **values)

    @property
    def due(self) -> datetime | None:
        return self.runs.rows["r"].webhook_date


async def test_what_is_told_can_be_verified_as_the_document_says() -> None:
    world = World(result={"text": "ñ", "chat_message_id": "m"})
    await world.sender.send_due()
    await world.sender.send_due()
    (call,) = world.outbound.calls
    assert (call.method, call.url, call.headers["x-tradewind-delivery"]) == ("POST", HOOK["url"], "r")
    told = json.loads(call.body or b"")
    assert (told["event"], told["runId"], told["state"], told["text"]) == ("run.ended", "r", "FINISHED", "ñ")
    assert told["error"] is None and world.due is None
    names: dict[str, Any] = {}
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.S)
    exec(code, names)
    is_genuine, headers, now = names["is_genuine"], dict(call.headers), MOMENT.timestamp()
    assert is_genuine("of mine", headers, call.body, now + 299)
    assert not is_genuine("of mine", headers, call.body, now + 301)
    assert not is_genuine("of others", headers, call.body, now)
    assert not is_genuine("of mine", headers, (call.body or b"") + b" ", now)
    assert not is_genuine("of mine", {**headers, "x-tradewind-timestamp": str(int(now) + 1)}, call.body, now)
    assert "of mine" not in json.dumps(told) + json.dumps(headers)


@pytest.mark.parametrize(
    "answer",
    [
        FakeOutbound.reply("no", 500),
        FakeOutbound.reply("", 302),
        Unavailable(Reason.OUTBOUND_FAILED, "It does not answer."),
        InvalidInput(Reason.OUTBOUND_REFUSED, "That address is private."),
    ],
)
async def test_it_is_tried_again_with_growing_pauses_and_then_given_up(answer: Any, caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    world.outbound.say(answer)
    for number, pause in enumerate(PAUSES_SECONDS, 1):
        await world.sender.send_due()
        assert (len(world.outbound.calls), world.due) == (number, world.moment + timedelta(seconds=pause))
        world.moment += timedelta(seconds=pause - 1)
        await world.sender.send_due()
        assert len(world.outbound.calls) == number
        world.moment += timedelta(seconds=1)
    await world.sender.send_due()
    assert (len(world.outbound.calls), world.due) == (len(PAUSES_SECONDS) + 1, None)
    assert "given up" in caplog.text and "of mine" not in caplog.text


async def test_without_its_secret_nothing_is_sent() -> None:
    world = World()
    world.credentials.secrets.clear()
    await world.sender.send_due()
    assert world.outbound.calls == [] and world.due is not None


async def test_what_a_worker_did_not_end_another_does_and_only_one_at_once() -> None:
    world = World()
    assert await world.runs.claim_webhook(world.runs.rows["r"], MOMENT + LEASE)  # That worker died.
    await world.sender.send_due()
    assert world.outbound.calls == []
    world.moment += LEASE
    await world.sender.send_due()
    assert len(world.outbound.calls) == 1 and world.due is None


async def test_the_run_of_a_chatflow_that_has_one_is_told_of_when_it_ends() -> None:
    world = RunWorld()
    flow = world.put(*conversation(), api_config={"runs": {"webhook": HOOK}})
    worker = world.worker("w")
    run = await worker.start(flow)
    assert (run.webhook, run.webhook_date) == (HOOK, None)
    await worker.settle()
    assert world.kept(run.id).webhook_date == world.kept(run.id).ended_date
    plain = await worker.start(world.put(*conversation()))
    await worker.settle()
    assert (world.kept(plain.id).webhook, world.kept(plain.id).webhook_date) == (None, None)


@pytest.mark.parametrize(
    "hook", [None, 1, "https://example.com", {}, {"url": "x"}, {"credential": "x"}, {"url": 1, "credential": "c"}]
)
def test_half_a_webhook_is_none(hook: Any) -> None:
    engine = Engine()
    flow = engine.put(*conversation(), api_config={"runs": {"webhook": hook}})
    assert read_config(engine.chatflows.flows[flow]).webhook is None


def test_a_whole_one_is_read() -> None:
    engine = Engine()
    flow = engine.put(*conversation(), api_config={"runs": {"webhook": HOOK}})
    assert read_config(engine.chatflows.flows[flow]).webhook == Webhook(**HOOK)
