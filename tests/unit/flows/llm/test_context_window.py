"""What does not fit into a model's context is left out by rank, and only the question itself is too long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.flows.components import ChatModelHandle
from tradewind_server.flows.llm.context_window import MOST_TRIES, ask, shrink
from tradewind_server.flows.ports import ChatModelSpec, Message

from fakes.flow_engine import Engine, FakeChatModel


def too_long(limit: int = 0, actual: int = 0) -> InvalidInput:
    known = {"limit": str(limit), "actual": str(actual)} if limit else {}
    return InvalidInput(Reason.CONTEXT_LENGTH_EXCEEDED, "Too long.", **known)


class Holds(FakeChatModel):
    """A model that takes so many characters."""

    def __init__(self, characters: int, *, says_numbers: bool = True) -> None:
        super().__init__("m")
        self.answers = [self._check]
        self._characters = characters
        self._says_numbers = says_numbers

    def _check(self, messages: Sequence[Message]) -> str:
        actual = sum(len(str(message.content)) for message in messages)
        if actual > self._characters:
            raise too_long(self._characters, actual) if self._says_numbers else too_long()
        return "Fits."


def handle(engine: Engine, model: FakeChatModel) -> ChatModelHandle:
    engine.models.by_name["m"] = model
    return ChatModelHandle(engine.models, "w", ChatModelSpec("openai", "m"))


def assemble(history: Sequence[Message], chunks: Sequence[str]) -> list[Message]:
    return [Message("system", "".join(chunks)), *history, Message("user", "Q?")]


HISTORY = [Message("user" if i % 2 == 0 else "assistant", f"{i}" * 50) for i in range(6)]
CHUNKS = [f"<{rank}>" * 20 for rank in range(4)]


@pytest.mark.parametrize("says_numbers", [True, False])
async def test_the_oldest_history_goes_first(engine: Engine, says_numbers: bool) -> None:
    model = Holds(400, says_numbers=says_numbers)
    assert await ask(handle(engine, model), assemble, HISTORY, CHUNKS) == "Fits."
    sent = model.calls[-1].messages
    kept = [message for message in sent if message in HISTORY]
    assert kept == HISTORY[-len(kept) :] if kept else True
    assert sent[0].content == "".join(CHUNKS)
    assert sent[-1].content == "Q?"


async def test_then_the_lowest_ranked_chunks(engine: Engine) -> None:
    model = Holds(150)
    await ask(handle(engine, model), assemble, HISTORY, CHUNKS)
    sent = model.calls[-1].messages
    assert [message for message in sent if message in HISTORY] == []
    assert sent[0].content and str(sent[0].content).startswith(CHUNKS[0])
    assert CHUNKS[-1] not in str(sent[0].content)


async def test_a_question_that_is_too_long_by_itself_is_refused(engine: Engine) -> None:
    model = Holds(1)
    with pytest.raises(InvalidInput) as error:
        await ask(handle(engine, model), assemble, HISTORY, CHUNKS)
    assert error.value.reason is Reason.CONTEXT_LENGTH_EXCEEDED
    assert len(model.calls) <= MOST_TRIES + 1


async def test_a_stubborn_model_is_asked_a_few_times_only(engine: Engine) -> None:
    model = FakeChatModel("m", too_long(100, 101))
    long = [Message("user", "x" * 1000)] * 100
    with pytest.raises(InvalidInput):
        await ask(handle(engine, model), assemble, long)
    assert len(model.calls) == MOST_TRIES


async def test_other_errors_pass(engine: Engine) -> None:
    model = FakeChatModel("m", Unavailable(Reason.MODEL_UNAVAILABLE, "Away."))
    with pytest.raises(Unavailable):
        await ask(handle(engine, model), assemble, HISTORY)
    assert len(model.calls) == 1


async def test_tokens_of_the_answer_that_fits_are_streamed_once(engine: Engine) -> None:
    said: list[str] = []

    class Sink:
        async def token(self, text: str) -> None:
            said.append(text)

        async def event(self, name: str, data: Any) -> None:
            raise AssertionError

    model = Holds(350)
    assert await ask(handle(engine, model), assemble, HISTORY, CHUNKS, Sink()) == "Fits."
    assert "".join(said) == "Fits."
    assert all(call.streamed for call in model.calls)


def test_shrinking_always_drops_something() -> None:
    history, chunks = [Message("user", "")], ["a"]
    assert shrink(assemble(history, chunks), history, chunks, 0.9)[0] == []
    assert shrink(assemble((), chunks), (), chunks, 0.9) == ((), [])
