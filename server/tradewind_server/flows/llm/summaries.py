"""Running summaries of conversations: folded forward as a session grows, and made anew when what they hold is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cachetools import LRUCache

from tradewind_server.chats.ports import ChatMessage
from tradewind_server.flows.components import ChatModelHandle
from tradewind_server.flows.llm.context_window import ask
from tradewind_server.flows.llm.templates import parse_prompt, transcript
from tradewind_server.flows.ports import Message

FOLD_PROMPT = (
    "Keep the summary of a conversation. Below are the summary so far and what was said since. Write the new summary: keep "
    "names, numbers, decisions, wishes and open questions, leave out small talk, stay under 200 words, and write in the "
    "language of the conversation. Write the summary only.\n\nSummary so far:\n{summary}\n\nSaid since:\n{lines}\n\n"
    "New summary:"
)
NOTHING_YET = "(nothing yet)"
FOLDED_AT_ONCE = 12_000
LONGEST_SUMMARY = 8_000
KEPT_SESSIONS = 512


MessageState = tuple[str, datetime | None]
"""A message's id and edited date: another text of it is another state."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary, and the messages that went into it, oldest first."""

    text: str
    states: tuple[MessageState, ...]


class Summaries:
    """The summaries of the sessions of one flow, those used last; one that is missing costs its making again.

    They live in the process and never in the store: what is deleted or edited there must not live on in a summary.
    """

    def __init__(self, most: int = KEPT_SESSIONS) -> None:
        self._cache: LRUCache[tuple[str, ...], Summary] = LRUCache(most)

    async def summary_of(self, key: tuple[str, ...], rows: Sequence[ChatMessage], model: ChatModelHandle, *, cut: bool) -> str:
        """The summary of ``rows``. ``cut`` says that older messages may have been left out of them by number."""
        entry = self._cache.get(key)
        text, new = _continuation(entry, rows, cut=cut)
        for lines in _pieces(new):
            text = await _fold(model, text, lines)
        self._cache[key] = Summary(text, tuple(_state(row) for row in rows))
        return text


def _continuation(summary: Summary | None, rows: Sequence[ChatMessage], *, cut: bool) -> tuple[str, Sequence[ChatMessage]]:
    """What a known summary is still worth: its text and the messages it lacks, or nothing and all messages.

    A message that it holds and that is gone or was edited makes it worthless, unless it only fell out of the rows at their
    beginning.
    """
    if summary is None or not rows:
        return "", rows
    first = _state(rows[0])
    start = summary.states.index(first) if first in summary.states else -1
    if start < 0 or (start > 0 and not cut):
        return "", rows
    ids = summary.states[start:]
    if len(ids) > len(rows) or any(_state(row) != one for row, one in zip(rows, ids, strict=False)):
        return "", rows
    return summary.text, rows[len(ids) :]


def _state(row: ChatMessage) -> MessageState:
    return row.id, row.edited_date


def _pieces(rows: Sequence[ChatMessage]) -> Iterator[list[Message]]:
    """Messages in portions that a model can take."""
    piece: list[Message] = []
    size = 0
    for row in rows:
        text = row.content[:FOLDED_AT_ONCE]
        if piece and size + len(text) > FOLDED_AT_ONCE:
            yield piece
            piece, size = [], 0
        piece.append(Message("user" if row.role == "userMessage" else "assistant", text))
        size += len(text)
    if piece:
        yield piece


async def _fold(model: ChatModelHandle, summary: str, lines: Sequence[Message]) -> str:
    prompt = parse_prompt(FOLD_PROMPT)

    def assemble(lines_in_window: Sequence[Message], _: Sequence[object]) -> list[Message]:
        values = {"summary": summary or NOTHING_YET, "lines": transcript(lines_in_window)}
        return [Message("user", prompt.fill(values))]

    return (await ask(model, assemble, lines)).strip()[:LONGEST_SUMMARY]
