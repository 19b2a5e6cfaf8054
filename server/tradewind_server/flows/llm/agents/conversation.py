"""The messages of an agent's run, and how they are made to fit: the oldest history goes first, then the oldest results."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from tradewind_server.flows.llm.context_window import fit, size
from tradewind_server.flows.ports import CallOptions, ChatModel, ChatReply, Message, ToolCall

LEFT_OUT = "(This result was left out: the conversation has become too long.)"
CUT_OFF = "\n(The rest of this result was left out: it is too long.)"
Opening = Callable[[Sequence[Message]], list[Message]]
"""From the history that is kept to all that is told before the first step, the question last."""
Hear = Callable[[str], Awaitable[None]]


class Conversation:
    """What a model has been told in one run: system message, history, question, and the steps since."""

    def __init__(self, opening: Opening, history: Sequence[Message]) -> None:
        self._opening = opening
        self._history = history
        self._start_messages = opening(history)
        self._steps: list[Message] = []
        self._results: list[int] = []

    def messages(self) -> list[Message]:
        return [*self._start_messages, *self._steps]

    def add(self, message: Message) -> None:
        self._steps.append(message)

    def add_result(self, message: Message) -> None:
        """Add a message that holds what a tool found."""
        self._results.append(len(self._steps))
        self._steps.append(message)

    async def ask(self, client: ChatModel, options: CallOptions, hear: Hear | None = None) -> ChatReply:
        """The model's next words, spoken into ``hear`` as they come. Sends less where the model says it does not fit.

        Raises ``InvalidInput(CONTEXT_LENGTH_EXCEEDED)`` when the question alone is too long.
        """

        async def send() -> ChatReply:
            messages = self.messages()
            if hear is None:
                return await client.complete(messages, options)
            return await _reply_of(client, messages, options, hear)

        return await fit(send, self._shrink)

    def _shrink(self, keep: float) -> bool:
        """Leave out so much that about ``keep`` of all characters remain; whether there was anything to leave out."""
        excess = (1 - keep) * sum(size(message) for message in self.messages())
        drop_count = 0
        while drop_count < len(self._history) and excess > 0:
            excess -= size(self._history[drop_count])
            drop_count += 1
        if drop_count:
            self._history = self._history[drop_count:]
            self._start_messages = self._opening(self._history)
        has_changed = False
        for position in self._results:
            if excess <= 0:
                break
            text = str(self._steps[position].content)
            shorter = self._shorten(text, excess, newest=position == self._results[-1])
            if len(shorter) < len(text):
                self._steps[position] = replace(self._steps[position], content=shorter)
                excess -= len(text) - len(shorter)
                has_changed = True
        return bool(drop_count) or has_changed

    @staticmethod
    def _shorten(text: str, excess: float, *, newest: bool) -> str:
        """A result with less in it; of the newest, which the model has not read yet, as much as fits."""
        if not newest:
            return LEFT_OUT
        length = max(0, len(text.removesuffix(CUT_OFF)) - int(excess) - len(CUT_OFF))
        return text[:length] + CUT_OFF if length else LEFT_OUT


async def _reply_of(client: ChatModel, messages: Sequence[Message], options: CallOptions, hear: Hear) -> ChatReply:
    parts: list[str] = []
    calls: tuple[ToolCall, ...] = ()
    async for delta in client.stream(messages, options):
        if delta.text:
            parts.append(delta.text)
            await hear(delta.text)
        if delta.tool_calls:
            calls = delta.tool_calls
    return ChatReply("".join(parts), tool_calls=calls)
