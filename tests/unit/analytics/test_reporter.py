"""Reports on their way: one after the other, behind the answers, and without harm where a service is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from itertools import count
from typing import Any

import orjson
import pytest
from tradewind_server.analytics.reporter import AnalyticsReporter
from tradewind_server.chatflows.config import ProviderChoice
from tradewind_server.errors import Reason, Unavailable
from tradewind_server.flows.predict.analytics import AnswerReport
from tradewind_server.outbound.ports import OutboundReply

from fakes.answer_reports import answer_report

FUSE = ProviderChoice("langFuse", {"status": True, "credentialId": "c-fuse"})
SMITH = ProviderChoice("langSmith", {"status": True, "credentialId": "c-smith"})
FIELDS = {
    "c-fuse": {"langFusePublicKey": "pk", "langFuseSecretKey": "sk"},
    "c-smith": {"langSmithApiKey": "ls"},
    "c-empty": {},
}


class Credentials:
    async def reveal(self, workspace_id: str, name: str) -> tuple[Any, Mapping[str, str]] | None:
        return (None, FIELDS[name]) if workspace_id == "w1" and name in FIELDS else None


class Outbound:
    """Keeps what is posted, and answers with ``status``, once ``free`` is set."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, Mapping[str, str], Any]] = []
        self.status = 207
        self.error: Unavailable | None = None
        self.free = asyncio.Event()
        self.free.set()

    async def request(self, method: str, url: str, **call: Any) -> OutboundReply:
        await self.free.wait()
        if self.error is not None:
            raise self.error
        self.posts.append((url, call["headers"], orjson.loads(call["body"])))
        return OutboundReply(self.status, url, "application/json", b"{}")


class World:
    def __init__(self, most_waiting: int = 5) -> None:
        self.outbound = Outbound()
        numbers = count(1)
        self.clock = 0.0
        self.reporter = AnalyticsReporter(
            Credentials(),  # type: ignore[arg-type]
            self.outbound,
            new_id=lambda: str(next(numbers)),
            monotonic=lambda: self.clock,
            most_waiting=most_waiting,
        )

    async def send(self, *answers: AnswerReport) -> None:
        task = asyncio.create_task(self.reporter.run())
        for answer in answers:
            self.reporter.report(answer)
        await asyncio.wait_for(self.reporter._queue.join(), 60)
        task.cancel()


async def test_each_service_of_a_chatflow_gets_the_answer() -> None:
    world = World()
    await world.send(answer_report(FUSE, SMITH))
    assert [url.rpartition("/")[2] for url, _, _ in world.outbound.posts] == ["ingestion", "batch"]
    assert world.outbound.posts[0][1]["Content-Type"] == "application/json"
    assert world.outbound.posts[1][2]["post"][0]["name"] == "Ferries"


async def test_a_service_that_is_away_keeps_nobody_waiting(caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    world.outbound.free.clear()
    task = asyncio.create_task(world.reporter.run())
    for _ in range(20):
        world.reporter.report(answer_report(FUSE))
        await asyncio.sleep(0)
    assert [line for line in caplog.messages if "more reports wait than may" in line] != []
    await world.reporter.drain(0.01)  # Gives up, and raises nothing.
    task.cancel()


@pytest.mark.parametrize(
    ("choice", "change", "why"),
    [
        (ProviderChoice("langFuse", {"credentialId": "gone"}), {}, "its credential is not here"),
        (ProviderChoice("langFuse", {}), {}, "its credential is not here"),
        (ProviderChoice("langSmith", {"credentialId": "c-empty"}), {}, "its credential has no field 'langSmithApiKey'"),
        (FUSE, {"status": 401}, "it answered with status 401"),
        (SMITH, {"error": Unavailable(Reason.OUTBOUND_FAILED, "It did not answer.")}, "It did not answer"),
    ],
)
async def test_what_fails_is_one_line(
    caplog: pytest.LogCaptureFixture, choice: ProviderChoice, change: dict[str, Any], why: str
) -> None:
    world = World()
    for name, value in change.items():
        setattr(world.outbound, name, value)
    with caplog.at_level(logging.WARNING):
        await world.send(answer_report(choice), answer_report(choice))
    assert caplog.messages == [f"Answers of chatflow f1 are not reported to {choice.name}: {line(why)}"]
    world.clock = 301.0
    with caplog.at_level(logging.WARNING):
        await world.send(answer_report(choice))
    assert len(caplog.messages) == 2


def line(why: str) -> str:
    ending = "; store one with `tradewind credentials set`" if why.endswith("not here") else ""
    return f"{why}{ending}."
