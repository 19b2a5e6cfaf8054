"""Fitting a conversation into a model's context: the oldest history goes first, then the lowest-ranked chunks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason
from tradewind_server.flows.components import ChatModelHandle, EventSink
from tradewind_server.flows.ports import PLAIN_CALL, CallOptions, Message

C = TypeVar("C")
T = TypeVar("T")
Assemble = Callable[[Sequence[Message], Sequence[C]], list[Message]]

MOST_TRIES = 5
HEADROOM = 0.85
"""Of the limit, what is aimed at after an overflow: the answer needs room too, and the shares are estimates."""


async def ask(
    model: ChatModelHandle,
    assemble: Assemble[C],
    history: Sequence[Message] = (),
    chunks: Sequence[C] = (),
    sink: EventSink | None = None,
    options: CallOptions = PLAIN_CALL,
) -> str:
    """The model's answer to the assembled messages, streamed into ``sink`` where there is one.

    When the model says the messages do not fit, less is sent, a few times. Only what remains too long without any
    history or chunk raises ``InvalidInput(CONTEXT_LENGTH_EXCEEDED)``.
    """
    client = await model.client()
    messages = assemble(history, chunks)

    async def send() -> str:
        if sink is None:
            return (await client.complete(messages, options)).text
        parts: list[str] = []
        async for delta in client.stream(messages, options):
            if delta.text:
                parts.append(delta.text)
                await sink.token(delta.text)
        return "".join(parts)

    def shorten(share: float) -> bool:
        nonlocal history, chunks, messages
        if not (history or chunks):
            return False
        history, chunks = shrink(messages, history, chunks, share)
        messages = assemble(history, chunks)
        return True

    return await fit(send, shorten)


async def fit(send: Callable[[], Awaitable[T]], shorten: Callable[[float], bool]) -> T:
    """What ``send`` returns, called again with less while the model says that the messages do not fit.

    ``shorten`` is given the share of all characters that may stay, and returns whether there was anything to leave out.
    Raises ``InvalidInput(CONTEXT_LENGTH_EXCEEDED)`` where there was not, or after ``MOST_TRIES`` attempts.
    """
    for _ in range(MOST_TRIES):
        try:
            return await send()
        except InvalidInput as error:
            if error.reason is not Reason.CONTEXT_LENGTH_EXCEEDED or not shorten(keep_share(error)):
                raise
    raise InvalidInput(Reason.CONTEXT_LENGTH_EXCEEDED, "The question does not fit into the model's context; shorten it.")


async def ask_shaped(model: ChatModelHandle, messages: Sequence[Message], schema: Mapping[str, Any] | None) -> str:
    """An answer held to a JSON schema where the endpoint can do that; asked without one where it refuses."""

    def assemble(_history: Sequence[Message], _chunks: Sequence[object]) -> list[Message]:
        return list(messages)

    if schema is not None:
        try:
            return await ask(model, assemble, options=CallOptions(json_schema=schema))
        except FailedPrecondition as error:
            if error.reason is not Reason.MODEL_REFUSED:
                raise
    return await ask(model, assemble)


def keep_share(error: InvalidInput) -> float:
    """The share of the messages that fits, by the numbers the endpoint named; half where it named none."""
    try:
        return min(0.9, HEADROOM * float(error.metadata["limit"]) / float(error.metadata["actual"]))
    except (KeyError, ValueError, ZeroDivisionError):
        return 0.5


def size(message: Message) -> int:
    """Characters of text; an image is not measured by the length of its data."""
    if isinstance(message.content, str):
        return len(message.content)
    return sum(len(str(part.get("text", ""))) for part in message.content)


def shrink(
    messages: Sequence[Message], history: Sequence[Message], chunks: Sequence[C], keep: float
) -> tuple[Sequence[Message], Sequence[C]]:
    """History and chunks so much shorter that about ``keep`` of all characters remain; at least one thing goes."""
    excess = (1 - keep) * sum(size(message) for message in messages)
    drop_count = 0
    while drop_count < len(history) and excess > 0:
        excess -= size(history[drop_count])
        drop_count += 1
    if excess <= 0 and drop_count:
        return history[drop_count:], chunks
    share = max(0, len(chunks) - max(1, round(len(chunks) * (1 - keep))))
    return history[drop_count:], chunks[:share]
