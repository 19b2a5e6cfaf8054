"""Phonemes of a text by the program espeak-ng, which is run and never linked: it is under the GPL.

The text comes from strangers. It reaches the program through its standard input alone, a few hundred characters of one line
at a time; the command line holds nothing of it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator

from tradewind_server.models.local.kokoro.symbols import MOST_TOKENS, TIE, spelling_of
from tradewind_server.process import child_environment

PROGRAM = "espeak-ng"
MISSING = "The embedded voice needs the program espeak-ng; install it (apt-get install espeak-ng)."
SECONDS = 10.0
"""What the program takes for one fragment at most; it needs milliseconds."""
LONGEST_FRAGMENT = 240
"""Characters; the program cuts lines of 1000 bytes."""
LONGEST_WORD = 60
_MARKS = re.compile(r"((?<![;:,.!?])[;:,.!?]++(?=[\s\"”)]|$)|[—…\"“”()])")
"""A row of marks is looked at once, from its start: a long one would be looked at from each of its signs."""
OPENING = "“("
_SENTENCE_ENDS = frozenset(".!?…")
_MARKS_OF_OTHERS = str.maketrans({
    "«": "“", "»": "”", "„": "“", "¡": " ", "¿": " ", "–": "—", "‘": "'", "’": "'", "。": ".", "！": "!", "？": "?", "，": ",",
    "[": " ", "]": " ", "{": " ", "}": " ", "<": " ", ">": " ", "|": " ", "`": " ", "*": " ", "_": " ", "#": " ", "\\": " ",
})  # fmt: skip
"""Marks that the model knows under another sign, and those that mean something to the program or are read out by name."""


class VoiceUnavailable(Exception):
    """The program is missing or does not answer; the message is one sentence."""


class UnreadableText(Exception):
    """Nothing of a text can be read aloud."""


def program_path() -> str | None:
    return shutil.which(PROGRAM)


def phonemes_of(fragment: str, language: str) -> str:
    """The model's symbols for a fragment without marks. Raises :class:`VoiceUnavailable`."""
    program = program_path()
    if program is None:
        raise VoiceUnavailable(MISSING)
    command = [program, "-q", "--ipa", f"--tie={TIE}", "-v", language, "--stdin"]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=fragment.encode(), env=child_environment(), capture_output=True, timeout=SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise VoiceUnavailable("The program espeak-ng failed; see whether it runs in a shell.") from error
    return " ".join(spelling_of(done.stdout.decode("utf-8", "ignore"), language).split())


def readings(text: str, language: str) -> Iterator[str]:
    """The text as symbols, in parts of at most ``MOST_TOKENS`` that end with a sentence where one ends in time.

    The first is a single sentence, so that the sound begins soon. Raises :class:`UnreadableText` where nothing can be read.
    """
    pending = ""
    is_first = True
    for sentence in _sentences(plain_text(text), language):
        for part in _cut(sentence):
            if pending and (is_first or len(pending) + len(part) + 1 > MOST_TOKENS // 2):
                yield pending
                pending, is_first = "", False
            pending = f"{pending} {part}" if pending else part
    if pending:
        is_first = False
        yield pending
    if is_first:
        raise UnreadableText


def plain_text(text: str) -> str:
    """One line without control characters and without signs that mean something to the program."""
    text = unicodedata.normalize("NFC", text).translate(_MARKS_OF_OTHERS)
    text = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return " ".join(part for word in text.split() for part in _short(word))


def _short(word: str) -> list[str]:
    return [word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD)]


def _sentences(text: str, language: str) -> Iterator[str]:
    """The symbols of each sentence with its marks; those without a letter or digit are left out."""
    sentence = ""
    for number, piece in enumerate(_MARKS.split(text)):
        if number % 2:  # A mark stands behind what it ends.
            sentence += _joint(sentence, piece[0])
            if piece[0] in _SENTENCE_ENDS:
                if _sounds(sentence):
                    yield sentence
                sentence = ""
            continue
        for fragment in _fragments(piece):
            phonemes = phonemes_of(fragment, language)
            sentence += f" {phonemes}" if sentence and sentence[-1] not in OPENING else phonemes
    if _sounds(sentence):
        yield sentence


def _joint(sentence: str, mark: str) -> str:
    """A mark as it stands behind what there is of a sentence; one that closes nothing is left out."""
    if mark in OPENING:
        return f" {mark}" if sentence else mark
    return mark if sentence else ""


def _sounds(sentence: str) -> bool:
    return any(symbol.isalpha() for symbol in sentence)


def _fragments(piece: str) -> Iterator[str]:
    """The words of a piece in lines that the program takes whole."""
    line = ""
    for word in piece.split():
        if line and len(line) + len(word) + 1 > LONGEST_FRAGMENT:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
    if any(sign.isalnum() for sign in line):
        yield line


def _cut(sentence: str) -> Iterator[str]:
    """A sentence in parts that the model reads at once, between words where it can be."""
    while len(sentence) > MOST_TOKENS:
        at = sentence.rfind(" ", MOST_TOKENS // 2, MOST_TOKENS)
        at = at if at > 0 else MOST_TOKENS
        yield sentence[:at].rstrip()
        sentence = sentence[at:].lstrip()
    if sentence:
        yield sentence
