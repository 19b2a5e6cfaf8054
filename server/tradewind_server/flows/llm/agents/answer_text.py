"""What an agent says, as its caller sees it: without its thoughts and without pictures that lead nowhere.

Models put both into their answers; a picture whose address is not http is one the model made up (docs/contract.md §11). The
text is cleaned as it comes, so that what is streamed and what is stored are the same.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

from tradewind_server.flows.components import EventSink
from tradewind_server.lenient_json import OTHER_THOUGHTS

THOUGHTS = {"<thinking>": "</thinking>", "<think>": "</think>", **OTHER_THOUGHTS}
PICTURE = "!["
STARTS = (*THOUGHTS, PICTURE)
FIRST_SIGNS = frozenset(start[0] for start in STARTS)
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
        self._buffer = ""
        self._has_text = False
        self._after_removal = False

    def feed(self, piece: str) -> str:
        """What can be shown now that this piece is here."""
        if not self._buffer and FIRST_SIGNS.isdisjoint(piece):
            return self._visible(piece)
        self._buffer += piece
        return self._visible(self._release(last=False))

    def rest(self) -> str:
        """What was held back, at the end of the text."""
        return self._visible(self._release(last=True))

    def _release(self, *, last: bool) -> str:
        """Take from what is held all that is decided. At the end of the text everything is."""
        pieces = []
        while self._buffer:
            start = min((at for at in map(self._buffer.find, STARTS) if at >= 0), default=-1)
            if start < 0:
                keep = 0 if last else _partial_mark_at(self._buffer)
                cut = len(self._buffer) - keep
                pieces.append(self._buffer[:cut])
                self._buffer = self._buffer[cut:]
                break
            pieces.append(self._buffer[:start])
            self._buffer = self._buffer[start:]
            length = self._picture(last) if self._buffer.startswith(PICTURE) else self._thinking(last)
            if length is None:
                break
            pieces.append(length)
        return "".join(pieces)

    def _thinking(self, last: bool) -> str | None:
        """What is shown of a block that begins here; None while its end is not there."""
        close = next(close for start, close in THOUGHTS.items() if self._buffer.startswith(start))
        end = self._buffer.find(close)
        if end < 0:
            return self._pop(len(self._buffer)) if last else None
        self._pop(end + len(close))
        self._after_removal = True
        return ""

    def _picture(self, last: bool) -> str | None:
        match = PICTURE_LINK.match(self._buffer)
        if match is None:
            if not last and len(self._buffer) < LONGEST_PICTURE and PICTURE_HEAD.match(self._buffer):
                return None
            return self._pop(len(PICTURE))
        whole = self._pop(match.end())
        return whole if match.group(1).startswith(WEB) else ""

    def _pop(self, length: int) -> str:
        piece, self._buffer = self._buffer[:length], self._buffer[length:]
        return piece

    def _visible(self, text: str) -> str:
        if self._after_removal and not self._has_text:
            text = text.lstrip()  # A block before the answer leaves its empty lines behind.
        self._has_text = self._has_text or bool(text)
        return text


def _partial_mark_at(text: str) -> int:
    """How many of the last characters could be the start of something that is removed."""
    for length in range(min(LONGEST_START, len(text)), 0, -1):
        if any(start.startswith(text[-length:]) for start in STARTS):
            return length
    return 0


def clean(text: str) -> str:
    """A whole text as its reader sees it."""
    cleaner = Cleaner()
    return cleaner.feed(text) + cleaner.rest()


class Voice:
    """Says an agent's words to a caller who listens, and remembers them.

    ``shown`` takes the words of a step and how many of them are said, and says how many may be; the others are held back
    until that is clear. Of each step the first ``lead`` characters are held back too: what a model says before it writes a call
    is no answer.
    """

    def __init__(self, sink: EventSink, visible_end: Callable[[str, int], int], lead: int = 0) -> None:
        self._sink = sink
        self._visible_end = visible_end
        self.lead = lead
        self._text = ""
        self._waiting: deque[str] = deque()
        self._position = 0
        self._pieces: list[str] = []
        self._cleaner = Cleaner()
        self._new_step = False

    @property
    def text(self) -> str:
        """All that was said."""
        return "".join(self._pieces)

    async def hear(self, piece: str) -> None:
        """A piece of the model's words."""
        self._text += piece
        self._waiting.append(piece)
        if len(self._text) >= self.lead:
            await self._speak(self._visible_end(self._text, self._position))

    async def _speak(self, end: int) -> None:
        """Say what waits, piece by piece, up to a position in the step."""
        while self._waiting and self._position < end:
            piece, remaining = self._waiting.popleft(), end - self._position
            if len(piece) > remaining:
                self._waiting.appendleft(piece[remaining:])
                piece = piece[:remaining]
            self._position += len(piece)
            await self.say(self._cleaner.feed(piece))

    async def end_step(self, *, silent: bool = False) -> None:
        """What follows are the words of another step. A silent step says nothing of what is held back."""
        if not silent:
            await self._speak(len(self._text))
        self._text, self._position = "", 0
        self._waiting.clear()
        await self.say(self._cleaner.rest())
        self._cleaner = Cleaner()
        self._new_step = bool(self._pieces)

    async def say(self, text: str) -> None:
        """A text as it stands."""
        if not text:
            return
        if self._new_step:
            self._new_step = False
            text = STEP_BREAK + text
        self._pieces.append(text)
        await self._sink.token(text)
