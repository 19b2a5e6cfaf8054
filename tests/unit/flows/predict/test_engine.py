"""The turn around a run is the same whichever engine runs: shown with an engine of three lines."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.chatflows.admission import Admitted
from tradewind_server.documents.texts import DocumentTexts
from tradewind_server.errors import Conflict, InvalidInput, Reason, Unauthenticated, Unavailable
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.flows.components import Answer, EventSink, Turn
from tradewind_server.flows.predict.attachments import UploadLimits, Uploads
from tradewind_server.flows.predict.chain_engine import ChainEngine
from tradewind_server.flows.predict.engine import Engines
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.messages import PredictionRequest

from fakes.flow_engine import Engine, conversation

NEXT = ["And then?"]
NOTE = {"type": "file", "name": "note.txt", "mime": "text/plain",
        "data": f"data:text/plain;base64,{base64.b64encode(b'the note').decode()}"}  # fmt: skip
ASKER = {"status": True, "selectedProvider": "chatOpenAI", "chatOpenAI": {"modelName": "asker"}}


@dataclass
class EchoRun:
    """Says the question word by word."""

    turn: Turn
    engine: EchoEngine
    streams: bool = True
    memory_label: str | None = "Toy Memory"
    sees_images: bool = False
    tells_steps: bool = False
    loaded_stores: frozenset[str] = frozenset()
    bound: str = ""

    async def bind(self) -> None:
        self.bound = self.turn.question
        if self.bound == "unbindable":
            raise InvalidInput(Reason.INVALID_CHATFLOW, "It cannot be bound.")

    async def run(self, sink: EventSink | None) -> Answer:
        for word in self.bound.split() if sink else ():
            await sink.token(f"{word} ")  # type: ignore[union-attr]
            self.engine.said.set()
            await self.engine.go_on.wait()
        if self.bound == "fail":
            raise Unavailable(Reason.MODEL_UNAVAILABLE, "The toy is away.")
        return Answer(f"{self.bound} ({len(self.turn.history)} before)", used_tools=[{"tool": "echo"}])


@dataclass
class EchoEngine:
    """Runs any drawing, even none; a form stands for a question."""

    prepared: list[tuple[Admitted, Turn]] = field(default_factory=list)
    said: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    needs_question: bool = True

    def __post_init__(self) -> None:
        self.go_on.set()

    async def prepare(self, admitted: Admitted, request: PredictionRequest, turn: Turn) -> EchoRun:
        if request.form:
            turn.question = json.dumps(request.form)
        self.prepared.append((admitted, turn))
        return EchoRun(turn, self)


class Toy(Engine):
    """A world in which chatflows of the type AGENTFLOW echo."""

    def __init__(self, folder: Path) -> None:
        blobs = DiskBlobs(folder)
        blobs.prepare()
        self.echo = EchoEngine()
        uploads = Uploads(
            blobs=blobs,
            texts=DocumentTexts(),
            transcribers=None,  # type: ignore[arg-type]
            limits=UploadLimits(4, 1 << 20, 1000),
        )
        super().__init__(uploads=uploads, engines={"AGENTFLOW": self.echo})
        self.flow = self.put(flow_data="{}", type="AGENTFLOW", follow_up_prompts=ASKER)
        self.model("asker", json.dumps({"questions": NEXT}))


@pytest.fixture
def toy(tmp_path: Path) -> Toy:
    return Toy(tmp_path)


def said(events: list[Event], name: str) -> list[Any]:
    return [event.data for event in events if event.name == name]


def roles(toy: Toy) -> list[tuple[str, str]]:
    return [(row.role, row.content) for row in toy.messages.of(toy.flow)]


def test_the_type_of_a_chatflow_says_which_engine_runs_it(engine: Engine) -> None:
    chains, echo = ChainEngine(plans=None, context_of=None, variables=None, blobs=None), EchoEngine()  # type: ignore[arg-type]
    engines = Engines(chains, {"AGENTFLOW": echo})
    for type_, runs in (("CHATFLOW", chains), ("AGENTFLOW", echo), ("MULTIAGENT", chains), ("ASSISTANT", chains)):
        assert engines.engine(engine.chatflows.flows[engine.put(flow_data="{}", type=type_)]) is runs
    assert Engines(chains).engine(engine.chatflows.flows[engine.put(flow_data="{}", type="AGENTFLOW")]) is chains


async def test_chains_run_beside_it(toy: Toy) -> None:
    assert (await toy.ask(toy.put(*conversation()), "Hi")).text == "Answer of m."
    assert toy.echo.prepared == []


async def test_an_answer_has_ids_history_follow_ups_and_both_rows(toy: Toy) -> None:
    history: list[Mapping[str, str]] = [{"role": "userMessage", "content": "before"}]
    fields = {"chat_id": "c", "override_config": {"sessionId": "s"}, "history": history, "lead_email": "a@b.example"}
    result = await toy.ask(toy.flow, "good day", **fields)
    assert (result.text, result.chat_id, result.session_id, result.memory_type) == (
        "good day (1 before)", "c", "s", "Toy Memory",
    )  # fmt: skip
    assert json.loads(result.follow_up_prompts or "") == NEXT
    question, answer = toy.messages.of(toy.flow)
    assert (question.content, question.lead_email, answer.content) == ("good day", "a@b.example", "good day (1 before)")
    assert (answer.id, answer.used_tools) == (result.chat_message_id, [{"tool": "echo"}])
    assert {(row.chat_id, row.session_id, row.memory_type) for row in (question, answer)} == {("c", "s", "Toy Memory")}
    assert answer.created_date > question.created_date


async def test_a_chat_that_nobody_named_gets_an_id(toy: Toy) -> None:
    result = await toy.ask(toy.flow, "good day")
    ((admitted, turn),) = toy.echo.prepared
    assert admitted.chatflow.id == toy.flow and turn.new_session
    assert result.chat_id == result.session_id == turn.chat_id


async def test_a_stream_has_the_same_events(toy: Toy) -> None:
    events = await toy.stream(toy.flow, "good day")
    assert [event.name for event in events] == ["start", "token", "token", "usedTools", "metadata", "end"]
    (metadata,) = said(events, "metadata")
    assert (metadata["memoryType"], json.loads(metadata["followUpPrompts"])) == ("Toy Memory", NEXT)
    assert len(toy.messages.of(toy.flow)) == 2


async def test_files_stand_before_the_question_and_are_kept_with_the_turn(toy: Toy) -> None:
    result = await toy.ask(toy.flow, "what?", uploads=[NOTE])
    assert (result.question, result.text) == ("what?", "<doc name='note.txt'>the note</doc>\n\n\n\nwhat? (0 before)")
    question, _ = toy.messages.of(toy.flow)
    assert [one["name"] for one in question.file_uploads or ()] == ["note.txt"]


async def test_an_abort_keeps_what_was_said(toy: Toy) -> None:
    toy.echo.go_on.clear()
    running = asyncio.create_task(toy.ask(toy.flow, "good day", chat_id="c"))
    await toy.echo.said.wait()
    assert toy.predictor.abort(await toy.admit(toy.flow), "c") == 1
    with pytest.raises(Conflict, match="aborted"):
        await running
    assert roles(toy) == [("userMessage", "good day"), ("apiMessage", "good ")]


async def test_a_reader_that_leaves_keeps_what_was_said(toy: Toy) -> None:
    toy.echo.go_on.clear()
    async with aclosing(toy.predictor.stream(await toy.prepare(toy.flow, "good day"))) as events:  # type: ignore[type-var]
        async for together in events:
            if together[-1].name == "token":
                break
    assert roles(toy) == [("userMessage", "good day"), ("apiMessage", "good ")]


async def test_what_fails_stores_nothing(toy: Toy) -> None:
    assert [event.name for event in await toy.stream(toy.flow, "fail")][-2:] == ["error", "end"]
    with pytest.raises(InvalidInput, match="cannot be bound"):
        await toy.ask(toy.flow, "unbindable")
    with pytest.raises(InvalidInput, match="question is missing"):
        await toy.ask(toy.flow, " ")
    assert roles(toy) == []


async def test_a_form_needs_no_question_and_the_engine_says_what_it_asks(toy: Toy) -> None:
    result = await toy.ask(toy.flow, None, form={"city": "Rome"})
    assert (result.question, result.text) == ('{"city": "Rome"}', '{"city": "Rome"} (0 before)')


async def test_the_guard_stands_before_every_engine(toy: Toy) -> None:
    flow = toy.put(flow_data="{}", type="AGENTFLOW", apikeyid="key-1")
    with pytest.raises(Unauthenticated):
        await toy.ask(flow, "good day")
    assert toy.echo.prepared == []
