"""Questions of one session at once: both answered, or refused, answered later, answered instead."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from tradewind_server.chatflows.admission import Admitted
from tradewind_server.errors import Conflict, InvalidInput, Reason, Unavailable
from tradewind_server.flows.components import Answer, EventSink, Turn
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.messages import PredictionRequest
from tradewind_server.runs import session_places
from tradewind_server.runs.active_runs import ActiveRuns, RunPlaces
from tradewind_server.runs.session_places import MOST_IN_SESSION, StoredPlaces

from fakes.flow_engine import Engine
from fakes.runs import FakeTurns

PATIENCE = 30.0


class FakeWorkers:
    """The port ``RunWorkers`` as far as places use it."""

    async def beat(self, worker: str) -> None:
        """Nothing: nobody misses this worker."""


class SlowRun:
    """Says its question, then waits for leave to end."""

    streams, memory_label, sees_images, tells_steps, loaded_stores = True, "Toy", False, False, frozenset[str]()

    def __init__(self, engine: SlowEngine, turn: Turn) -> None:
        self._engine = engine
        self._turn = turn
        self._known = ""

    async def bind(self) -> None:
        if self._turn.question == "unbindable":
            raise InvalidInput(Reason.INVALID_CHATFLOW, "It cannot be bound.")
        self._known = self._engine.past()

    async def run(self, sink: EventSink | None) -> Answer:
        question = self._turn.question
        self._engine.running.append(question)
        if sink is not None:
            await sink.token(question)
        await self._engine.ends.setdefault(question, asyncio.Event()).wait()
        return Answer(f"{question} after [{self._known}]")


class SlowEngine:
    needs_question = True

    def __init__(self) -> None:
        self.running: list[str] = []
        self.ends: dict[str, asyncio.Event] = {}
        self.past: Callable[[], str] = str

    async def prepare(self, admitted: Admitted, request: PredictionRequest, turn: Turn) -> SlowRun:
        return SlowRun(self, turn)

    def end(self, *questions: str) -> None:
        for question in questions:
            self.ends.setdefault(question, asyncio.Event()).set()


class World(Engine):
    def __init__(self, choice: Any) -> None:
        self.turns, self.slow = FakeTurns(), SlowEngine()
        self.active = ActiveRuns(RunPlaces())
        log = logging.getLogger("test")
        self.places = StoredPlaces(self.turns, FakeWorkers(), self.active, "me", self.new_id, log)  # type: ignore[arg-type]
        super().__init__(engines={"AGENTFLOW": self.slow}, session_places=self.places)
        api = {"runs": {"doubleSend": choice}} if choice else {}
        self.flow = self.put(flow_data="{}", type="AGENTFLOW", api_config=api)
        self.slow.past = lambda: " ".join(row.content for row in self.messages.of(self.flow) if row.role == "userMessage")

    async def say(self, question: str, **fields: Any) -> str:
        return (await self.ask(self.flow, question, **{"chat_id": "c"} | fields)).text or ""

    async def hear(self, question: str) -> list[Event]:
        return await self.stream(self.flow, question, chat_id="c")

    async def begun(self, *questions: str) -> None:
        await until(lambda: list(questions) == self.slow.running)

    def rows(self) -> list[tuple[str, str]]:
        return [(row.role, row.content) for row in self.messages.of(self.flow)]


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if condition():
                return
            await asyncio.sleep(0.001)


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_places, "LOOK_AGAIN_SECONDS", 0.001)


def begin(work: Awaitable[Any]) -> asyncio.Task[Any]:
    return asyncio.ensure_future(work)  # type: ignore[return-value]


@pytest.mark.parametrize("choice", [None, "both", 1])
async def test_without_the_option_both_run_and_nothing_is_asked(choice: Any) -> None:
    world = World(choice)
    both = [begin(world.say("one")), begin(world.say("two"))]
    await world.begun("one", "two")
    world.slow.end("one", "two")
    assert len(await asyncio.gather(*both)) == 2
    assert world.turns.calls == 0


async def test_a_second_question_is_refused_until_the_first_is_answered() -> None:
    world = World("reject")
    first = begin(world.say("one"))
    await world.begun("one")
    for call in (world.say("two"), world.hear("two")):
        with pytest.raises(Conflict) as error:
            await call
        assert error.value.reason is Reason.SESSION_BUSY
    other = begin(world.say("three", chat_id="d"))
    await world.begun("one", "three")
    world.slow.end("one", "two")
    assert await first == "one after []"
    assert await world.say("two") == "two after [one]"
    world.slow.end("three")
    await other
    assert (world.turns.count, world.active.others) == (0, 0)


async def test_a_chat_that_nobody_named_is_new_and_takes_no_place() -> None:
    world = World("reject")
    world.slow.end("one")
    assert (await world.ask(world.flow, "one")).text
    assert world.turns.calls == 0


async def test_a_second_question_waits_and_knows_the_first() -> None:
    world = World("queue")
    first = begin(world.hear("one"))
    await world.begun("one")
    others = [begin(world.say("two"))]
    await until(lambda: world.turns.count == 2)
    others.append(begin(world.hear("three")))
    await until(lambda: world.turns.count == 3)
    assert world.slow.running == ["one"]
    world.slow.end("one", "two", "three")
    assert [event.name for event in await first][-1] == "end"
    assert await others[0] == "two after [one]"
    assert [event.name for event in await others[1]] == ["start", "token", "metadata", "end"]
    assert world.rows()[-1] == ("apiMessage", "three after [one two]")
    assert (world.turns.count, world.active.others) == (0, 0)


async def test_only_so_many_wait_and_none_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World("queue")
    calls = [begin(world.say("one"))]
    await world.begun("one")
    for number in range(1, MOST_IN_SESSION):
        calls.append(begin(world.say(f"n{number}")))
        await until(lambda number=number: world.turns.count == number + 1)
    with pytest.raises(Conflict, match="wait already"):
        await world.say("too many")
    for call in calls[1:]:
        call.cancel()
    await until(lambda: world.turns.count == 1)
    monkeypatch.setattr(session_places, "LONGEST_WAIT_SECONDS", 0.0)
    with pytest.raises(Conflict, match="being answered"):
        await world.say("late")
    world.slow.end("one")
    await calls[0]
    assert world.turns.count == 0


async def test_a_second_question_takes_the_place_of_the_first_whose_stream_ends_with_an_abort() -> None:
    world = World("interrupt")
    first = begin(world.hear("one"))
    await world.begun("one")
    second = begin(world.say("two"))
    names = [event.name for event in await first]
    assert names == ["start", "token", "abort", "metadata", "end"]
    await world.begun("one", "two")
    third = begin(world.hear("three"))
    with pytest.raises(Conflict) as error:
        await second
    assert error.value.reason is Reason.CANCELLED
    world.slow.end("three")
    assert [event.name for event in await third][-1] == "end"
    assert world.rows()[:3] == [("userMessage", "one"), ("apiMessage", "one"), ("userMessage", "two")]
    assert world.rows()[-1] == ("apiMessage", "three after [one two]")
    assert (world.turns.count, world.active.others) == (0, 0)


async def test_an_answer_that_does_not_stop_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_places, "STOP_SECONDS", 0.0)
    world = World("interrupt")
    world.turns.sessions[""] = {}
    first = begin(world.say("one"))
    await world.begun("one")
    (session,) = (name for name, places in world.turns.sessions.items() if places)
    world.turns.sessions[session] = {"of another worker": False, **world.turns.sessions[session]}
    with pytest.raises(Conflict, match="being answered"):
        await world.say("two")
    with pytest.raises(Conflict):
        await first


@pytest.mark.parametrize("choice", ["reject", "queue", "interrupt"])
async def test_whoever_goes_leaves_the_place(choice: str) -> None:
    world = World(choice)
    with pytest.raises(InvalidInput):
        await world.say("unbindable")
    call = begin(world.say("one"))
    await world.begun("one")
    call.cancel()
    await until(lambda: world.turns.count == 0)
    stream = world.predictor.stream(await world.prepare(world.flow, "two", chat_id="c"))
    await anext(stream)
    await stream.aclose()  # type: ignore[attr-defined]
    assert (world.turns.count, world.active.others) == (0, 0)


async def test_a_place_that_nobody_uses_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_places, "BEGIN_SECONDS", 0.0)
    world = World("reject")
    await world.prepare(world.flow, "one", chat_id="c")
    await until(lambda: world.turns.count == 0 and world.active.others == 0)
    world.slow.end("two")
    assert await world.say("two")


async def test_a_place_is_left_once_the_database_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_places, "PATIENCE_SECONDS", 0.0)
    world = World("queue")
    world.slow.end("one")
    prepared = await world.prepare(world.flow, "one", chat_id="c")
    world.turns.is_away = True
    assert (await world.predictor.run(prepared)).text
    assert (world.turns.count, world.active.others) == (1, 1)
    with pytest.raises(Unavailable):
        await world.places.settle()
    world.turns.is_away = False
    await world.places.settle()
    assert (world.turns.count, world.active.others) == (0, 0)


async def test_what_goes_on_from_a_process_that_died_waits_instead_of_being_refused() -> None:
    world = World("reject")
    first = begin(world.say("one"))
    await world.begun("one")
    admitted = await world.admit(world.flow)
    again = await world.predictor.prepare(admitted, PredictionRequest("two", chat_id="c"), goes_on=True)
    second = begin(world.predictor.run(again))
    world.slow.end("one", "two")
    await asyncio.gather(first, second)
    assert world.turns.count == 0
