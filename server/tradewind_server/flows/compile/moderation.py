"""Questions that may not be asked: one mechanism for every chain and agent with an ``inputModeration`` input."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tradewind_server.flows.components import Answer, EventSink, Moderation, Runnable, Turn

INPUT = "inputModeration"
PIECE = re.compile(r"\s*\S+\s*\Z|\s*\S+|\s+")


@dataclass(frozen=True, slots=True)
class ModerationGate:
    """A chain or an agent that is asked only what every moderation node lets pass.

    A refusal is an answer like any other: stored, and streamed where the caller streams (docs/contract.md §4.5).
    """

    runnable: Runnable
    moderations: Sequence[Moderation]

    async def run(self, turn: Turn) -> Answer:
        for moderation in self.moderations:
            refusal = await moderation.refusal(turn.question)
            if refusal is not None:
                await say(refusal, turn.sink)
                return Answer(refusal)
        return await self.runnable.run(turn)


async def say(text: str, sink: EventSink | None) -> None:
    """Stream a text that no model wrote, in pieces of a word; together they are the text."""
    if sink is not None:
        for piece in PIECE.findall(text):
            await sink.token(piece)
