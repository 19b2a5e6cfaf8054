"""What an agent says, as its caller sees it: without its thoughts and without pictures that lead nowhere.

Models put both into their answers; a picture whose address is not http is one the model made up (docs/contract.md §11). The
text is cleaned as it comes, so that what is streamed and what is stored are the same.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

from tradewind_server.flows.components import EventSink

THOUGHTS = {"<thinking>": "</thinking>", "<think>": "</think>"}
PICTURE = "!["
STARTS = (*THOUGHTS, PICTURE)
LONGEST_START = max(map(len, STARTS))
PICTURE_LINK = re.compile(r"\A!\[[^\]\n]*+\]\(([^)\n]*+)\)")
PICTURE_HEAD = re.compile(r"\A!\[[^\]\n]*+(?:\](?:\([^)\n]*+)?)?\Z")
WEB = ("http://", "https://")
LONGEST_PICTURE = 4096
"""Characters that are held back for the end of a picture; what is longer is shown as it stands."""
STEP_BREAK = "\n\n"


class Cleaner:
    """Takes a text in pieces and gives back what may be shown; holds back what could still turn out to be either."""

    def __init__(self) -> None:
        self._held = ""
        self._begun = False
        self._removed = False

    def feed(self, piece: str) -> str:
        """What can be shown now that this piece is here."""
        if not self._held and "<" not in piece and "!" not in piece:
            return self._shown(piece)
        self._held += piece
        return self._shown(self._settled(last=False))

    def rest(self) -> str:
        """What was held back, at the end of the text."""
        return self._shown(self._settled(last=True))

    def _settled(self, *, last: bool) -> str:
        """Take from what is held all that is decided. At the end of the text everything is."""
        shown = []
        while self._held:
            start = min((at for at in map(self._held.find, STARTS) if at >= 0), default=-1)
            if start < 0:
                keep = 0 if last else _unfinished(self._held)
                cut = len(self._held) - keep
                shown.append(self._held[:cut])
                self._held = self._held[cut:]
                break
            shown.append(self._held[:start])
            self._held = self._held[start:]
            kept = self._picture(last) if self._held.startswith(PICTURE) else self._thinking(last)
            if kept is None:
                break
            shown.append(kept)
        return "".join(shown)

    def _thinking(self, last: bool) -> str | None:
        """What is shown of a block that begins here; None while its end is not there."""
        close = next(close for start, close in THOUGHTS.items() if self._held.startswith(start))
        end = self._held.find(close)
        if end < 0:
            return self._take(len(self._held)) if last else None
        self._take(end + len(close))
        self._removed = True
        return ""

    def _picture(self, last: bool) -> str | None:
        found = PICTURE_LINK.match(self._held)
        if found is None:
            if not last and len(self._held) < LONGEST_PICTURE and PICTURE_HEAD.match(self._held):
                return None
            return self._take(len(PICTURE))
        whole = self._take(found.end())
        return whole if found.group(1).startswith(WEB) else ""

    def _take(self, length: int) -> str:
        taken, self._held = self._held[:length], self._held[length:]
        return taken

    def _shown(self, text: str) -> str:
        if self._removed and not self._begun:
            text = text.lstrip()  # A block before the answer leaves its empty lines behind.
        self._begun = self._begun or bool(text)
        return text


def _unfinished(text: str) -> int:
    """How many of the last characters could be the start of something that is removed."""
    for length in range(min(LONGEST_START, len(text)), 0, -1):
        if any(start.startswith(text[-length:]) for start in STARTS):
            return length
    return 0


def cleaned(text: str) -> str:
    """A whole text as its reader sees it."""
    cleaner = Cleaner()
    return cleaner.feed(text) + cleaner.rest()


class Voice:
    """Says an agent's words to a caller who listens, and remembers them.

    ``shown`` takes the words of a step and how many of them are said, and says how many may be; the others are held back
    until that is clear. Of each step the first ``lead`` characters are held back too: what a model says before it writes a call
    is no answer.
    """

    def __init__(self, sink: EventSink, shown: Callable[[str, int], int], lead: int = 0) -> None:
        self._sink = sink
        self._shown = shown
        self.lead = lead
        self._heard = ""
        self._waiting: deque[str] = deque()
        self._spoken = 0
        self._said: list[str] = []
        self._cleaner = Cleaner()
        self._new_step = False

    @property
    def text(self) -> str:
        """All that was said."""
        return "".join(self._said)

    async def hear(self, piece: str) -> None:
        """A piece of the model's words."""
        self._heard += piece
        self._waiting.append(piece)
        if len(self._heard) >= self.lead:
            await self._speak(self._shown(self._heard, self._spoken))

    async def _speak(self, end: int) -> None:
        """Say what waits, piece by piece, up to a position in the step."""
        while self._waiting and self._spoken < end:
            piece, left = self._waiting.popleft(), end - self._spoken
            if len(piece) > left:
                self._waiting.appendleft(piece[left:])
                piece = piece[:left]
            self._spoken += len(piece)
            await self.say(self._cleaner.feed(piece))

    async def end_step(self, *, silent: bool = False) -> None:
        """What follows are the words of another step. A silent step says nothing of what is held back."""
        if not silent:
            await self._speak(len(self._heard))
        self._heard, self._spoken = "", 0
        self._waiting.clear()
        await self.say(self._cleaner.rest())
        self._cleaner = Cleaner()
        self._new_step = bool(self._said)

    async def say(self, text: str) -> None:
        """A text as it stands."""
        if not text:
            return
        if self._new_step:
            self._new_step = False
            text = STEP_BREAK + text
        self._said.append(text)
        await self._sink.token(text)
