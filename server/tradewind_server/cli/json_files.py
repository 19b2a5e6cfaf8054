"""Files that commands read: bounded in size and depth, and an end of the command with one sentence where they are none."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from tradewind_server.bounded_json import DEEPEST, foreign_json
from tradewind_server.cli.output import WRONG_USE, fail

LARGEST_FILE = 1 << 30
"""Bytes of a file that is read at once: 1 GiB."""


def bytes_of(file: Path, largest: int = LARGEST_FILE) -> bytes:
    """What a file holds, or standard input for ``-``; of at most ``largest`` bytes."""
    try:
        if str(file) == "-":
            content = sys.stdin.buffer.read(largest + 1)
        else:
            with file.open("rb") as source:
                content = source.read(largest + 1)
    except OSError as error:
        fail(f"The file {file} cannot be read: {error.strerror}.")
    if len(content) > largest:
        fail(f"The file {file} is larger than {largest >> 20} MiB; send it in parts.")
    return content


def json_of(file: Path, advice: str) -> Any:
    """The JSON of a file, at most ``DEEPEST`` levels deep. ``advice`` ends the sentence about a file that is none."""
    content = bytes_of(file)
    try:
        return foreign_json(content, DEEPEST)
    except ValueError as error:
        if "levels" in str(error):
            fail(f"The file {file} is nested more than {DEEPEST} levels deep; {advice}.", WRONG_USE)
        fail(f"The file {file} is not JSON; {advice}.", WRONG_USE)


def text_of(file: Path, largest: int) -> str:
    """The text of a file in UTF-8."""
    try:
        return bytes_of(file, largest).decode("utf-8-sig")
    except UnicodeDecodeError:
        fail(f"The file {file} is no text in UTF-8.", WRONG_USE)
