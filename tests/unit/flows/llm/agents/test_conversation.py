"""A conversation that does not fit is told again with less: history first, then results, never the question."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.llm.agents.conversation import LEFT_OUT, Conversation
from tradewind_server.flows.ports import PLAIN_CALL, CallOptions, ChatDelta, ChatReply, Message, ToolCall

HISTORY = [Message("user", f"{i}" * 100) for i in range(4)]


class NarrowModel:
    """Takes so many characters and says no to more, with the numbers or without."""

    model_name = "narrow"

    def __init__(self, limit: int, *, tells: bool = True) -> None:
        self.limit = limit
        self.tells = tells
        self.told: list[list[Message]] = []

    def _check(self, messages: Sequence[Message]) -> None:
        self.told.append(list(messages))
        size = sum(len(str(message.content)) for message in messages)
        if size > self.limit:
            numbers = {"limit": str(self.limit), "actual": str(size)} if self.tells else {}
            raise InvalidInput(Reason.CONTEXT_LENGTH_EXCEEDED, "too long", **numbers)

    async def complete(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> ChatReply:
        self._check(messages)
        return ChatReply("ok")

    async def stream(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> AsyncIterator[ChatDelta]:
        self._check(messages)
        yield ChatDelta("o")
        yield ChatDelta("k")
        yield ChatDelta(finish_reason="tool_calls", tool_calls=(ToolCall("1", "t", {}),))


def conversation(history: Sequence[Message] = (), *results: str) -> Conversation:
    made = Conversation(lambda kept: [Message("system", f"kept {len(kept)}"), *kept, Message("user", "question?")], history)
    for index, text in enumerate(results):
        made.add(Message("assistant", "", (ToolCall(str(index), "look", {}),)))
        made.add_result(Message("tool", text, tool_call_id=str(index)))
    return made


def contents(messages: Sequence[Message]) -> list[str]:
    return [str(message.content) for message in messages]


async def test_what_fits_is_told_whole() -> None:
    model = NarrowModel(10_000)
    assert (await conversation(HISTORY, "found").ask(model, PLAIN_CALL)).text == "ok"
    assert contents(model.told[0]) == ["kept 4", *contents(HISTORY), "question?", "", "found"]


async def test_the_oldest_history_goes_first() -> None:
    model = NarrowModel(350)
    await conversation(HISTORY, "found").ask(model, PLAIN_CALL)
    last = contents(model.told[-1])
    assert last[0] == f"kept {len(last) - 4}", "what stands before the history is made anew"
    assert last[1:-3] == contents(HISTORY)[-len(last[1:-3]) :] and last[1:-3]
    assert last[-1] == "found"


async def test_then_the_oldest_results_go() -> None:
    model = NarrowModel(700)
    await conversation(HISTORY, "a" * 500, "b" * 500).ask(model, PLAIN_CALL)
    last = model.told[-1]
    assert contents(last) == ["kept 0", "question?", "", LEFT_OUT, "", "b" * 500]
    assert last[3].tool_call_id == "0", "every call keeps its result"


async def test_of_the_newest_result_as_much_is_kept_as_fits() -> None:
    model = NarrowModel(500)
    await conversation((), "a" * 500, "b" * 2000).ask(model, PLAIN_CALL)
    newest = contents(model.told[-1])[-1]
    assert newest.startswith("bbbb") and "left out" in newest
    assert sum(map(len, contents(model.told[-1]))) <= 500


async def test_an_endpoint_without_numbers_is_tried_with_half() -> None:
    model = NarrowModel(500, tells=False)
    await conversation(HISTORY, "b" * 2000).ask(model, PLAIN_CALL)
    assert len(model.told) > 1


async def test_a_question_that_is_too_long_by_itself_is_refused() -> None:
    model = NarrowModel(5)
    with pytest.raises(InvalidInput) as raised:
        await conversation(HISTORY, "found").ask(model, PLAIN_CALL)
    assert raised.value.reason is Reason.CONTEXT_LENGTH_EXCEEDED
    assert len(model.told) <= 5


async def test_other_refusals_are_not_tried_again() -> None:
    class Refusing(NarrowModel):
        def _check(self, messages: Sequence[Message]) -> None:
            self.told.append(list(messages))
            raise InvalidInput(Reason.INVALID_ARGUMENT, "no")

    model = Refusing(0)
    with pytest.raises(InvalidInput):
        await conversation(HISTORY).ask(model, PLAIN_CALL)
    assert len(model.told) == 1


async def test_words_are_heard_as_they_come() -> None:
    heard: list[str] = []

    async def hear(text: str) -> None:
        heard.append(text)

    reply = await conversation(HISTORY).ask(NarrowModel(100), PLAIN_CALL, hear)
    assert heard == ["o", "k"]
    assert (reply.text, reply.tool_calls) == ("ok", (ToolCall("1", "t", {}),))
