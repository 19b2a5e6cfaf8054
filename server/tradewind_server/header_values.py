"""Keys that travel in a header of HTTP, or as metadata of gRPC: what such a header can hold."""

from __future__ import annotations

import re

LONGEST_KEY = 8192


INVISIBLE = re.compile(
    "[\u0000\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
"""Characters that no font shows: marks of byte order and direction, joiners, soft hyphens."""
SHELL = re.compile(r"\A(?:export\s+|set\s+|\$env:)?[A-Za-z0-9_]*(?:key|token|secret)[A-Za-z0-9_]*\s*=\s*(?=\S)", re.IGNORECASE)
HEADER = re.compile(r"\A[\"']?(?:authorization|[a-z0-9_-]{0,40}api[_-]?key)[\"']?\s*:\s*", re.IGNORECASE)
SCHEME = re.compile(r"\A(?:bearer|token)(?:\s+|\Z)", re.IGNORECASE)
QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»", "<": ">"}


def pasted_key(text: str) -> str:
    """A key without what people paste with it: blanks, line ends, characters that nobody sees, quotation marks, the name of a
    variable or of a header, ``Bearer``.

    What is inside a key is left: see :func:`key_fault`.
    """
    key = INVISIBLE.sub("", text).strip()
    while len(key) <= 2 * LONGEST_KEY:
        before = key
        key = SHELL.sub("", key)
        key = SCHEME.sub("", HEADER.sub("", key)).rstrip(";,").strip()
        if len(key) > 1 and QUOTES.get(key[0]) == key[-1]:
            key = key[1:-1].strip()
        if key == before:
            break
    return key


def key_fault(key: str) -> str | None:
    """What is wrong with a key, as the end of a sentence; None where it can be sent as it is."""
    if len(key) > LONGEST_KEY:
        return f"it has {len(key)} characters, and {LONGEST_KEY} are the most"
    if not key.isascii():
        return "it holds a character that is not ASCII, such as a dash or a quotation mark of a word processor"
    if not key.isprintable() or " " in key:
        return "it holds a blank, a line break or a control character"
    return None
