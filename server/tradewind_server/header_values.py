"""Keys that travel in a header of HTTP, or as metadata of gRPC: what such a header can hold."""

from __future__ import annotations

LONGEST_KEY = 8192


def key_fault(key: str) -> str | None:
    """What is wrong with a key, as the end of a sentence; None where it can be sent as it is."""
    if len(key) > LONGEST_KEY:
        return f"it has {len(key)} characters, and {LONGEST_KEY} are the most"
    if not key.isascii():
        return "it holds a character that is not ASCII, such as a dash or a quotation mark of a word processor"
    if not key.isprintable() or " " in key:
        return "it holds a blank, a line break or a control character"
    return None
