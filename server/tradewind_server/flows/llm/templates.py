"""Text with holes: ``{{question}}`` and friends of the canvas, ``{name}`` of prompt templates (docs/contract.md §10.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tradewind_server.flows.components import Turn
from tradewind_server.flows.ports import Message

# What is in a token begins and ends with something, so that blanks are gone over once.
CANVAS_TOKEN = re.compile(r"\{\{\s*+([^{}\s](?:[^{}]*[^{}\s])?)\s*\}\}")
# A group with a colon, a quote, a space or a line break inside is JSON, not a name.
PROMPT_PART = re.compile(r"\{\{|\{([A-Za-z_][A-Za-z0-9_.\-]*)\}|[{}]")
LITERAL = str.maketrans("{}", "\ufdd0\ufdd1")
"""Braces of a value that is put into a template before it is parsed, as characters that no text has: no escape, no name."""
PLAIN = str.maketrans("\ufdd0\ufdd1", "{}")
TemplatePiece = tuple[Literal["text", "name", "token"], str]


def transcript(messages: Sequence[Message]) -> str:
    """A conversation as lines of text, the form that prompts for rephrasing expect."""
    names = {"user": "Human", "assistant": "Assistant", "system": "System"}
    return "\n".join(f"{names.get(message.role, message.role)}: {message.content}" for message in messages)


def fill_canvas(text: str, turn: Turn, history: Sequence[Message] = ()) -> str:
    """Replace ``{{question}}``, ``{{chat_history}}`` and ``{{file_attachment}}``; other tokens stay as they are.

    Components do this as they run, with as much of the history as fits. The tokens of
    :mod:`tradewind_server.flows.compile.tokens` are filled before they are built.
    """
    if "{{" not in text:
        return text

    def value(match: re.Match[str]) -> str:
        replacement = _canvas_value(match.group(1), turn, history)
        return match.group(0) if replacement is None else replacement

    return CANVAS_TOKEN.sub(value, text)


def fill_system(text: str, turn: Turn, history: Sequence[Message] = ()) -> str:
    """A system message with the same tokens filled, and with ``{{`` and ``}}`` undone where they are an escape.

    Names in braces stay as they are written.
    """
    if "{" not in text and "}" not in text:
        return text.translate(PLAIN)
    parts = []
    for kind, piece in _pieces(text):
        if kind == "token":
            value = _canvas_value(piece[2:-2].strip(), turn, history)
            if value is None:  # One of the server's own without a value stays visible as what it is.
                value = (piece if piece[2:3] == "$" else piece[1:-1]).translate(PLAIN)
            parts.append(value)
        else:
            parts.append("{" + piece + "}" if kind == "name" else piece.translate(PLAIN))
    return "".join(parts)


def _canvas_value(token: str, turn: Turn, history: Sequence[Message]) -> str | None:
    if token == "chat_history":  # noqa: S105 (a token of a template)
        return transcript(history)
    return {"question": turn.question, "file_attachment": turn.file_attachment}.get(token)


@dataclass(frozen=True, slots=True)
class PromptText:
    """A parsed prompt template: literal texts and variable names in turn."""

    parts: tuple[tuple[str, str | None], ...]

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the variables, each once, in order."""
        return tuple(dict.fromkeys(name for _, name in self.parts if name is not None))

    def fill(self, values: Mapping[str, Any]) -> str:
        return "".join(text + (str(values[name]) if name is not None else "") for text, name in self.parts)


def fill_known(text: PromptText, values: Mapping[str, str]) -> str:
    """Fill the variables that have a value; the others stay as they are written."""
    return text.fill({name: values.get(name, "{" + name + "}") for name in text.variables})


def parse_prompt(text: str) -> PromptText:
    """Split a template at its variables. Braces around anything but a plain name are literal."""
    parts: list[tuple[str, str | None]] = []
    literal = ""
    for kind, piece in _pieces(text):
        if kind == "name":
            parts.append((literal.translate(PLAIN), piece))
            literal = ""
        else:
            literal += piece[1:-1] if kind == "token" else piece
    parts.append((literal.translate(PLAIN), None))
    return PromptText(tuple(parts))


def _pieces(text: str) -> Iterator[TemplatePiece]:
    """A template in its texts, names and canvas tokens, with the escape undone.

    ``{{`` opens an escaped group. ``}}`` closes one, or is an escape by itself; where it closes two braces that are written
    as they are, as at the end of nested JSON, it stays.
    """
    open_groups: list[str] = []
    position = 0
    while (match := PROMPT_PART.search(text, position)) is not None:
        if match.start() > position:
            yield "text", text[position : match.start()]
        position = match.end()
        mark = match.group()
        if match.group(1) is not None:
            yield "name", match.group(1)
        elif mark == "{{":
            token = CANVAS_TOKEN.match(text, match.start())
            if token is not None:
                position = token.end()
                yield "token", token.group()
            else:
                open_groups.append(mark)
                yield "text", "{"
        elif mark == "{":
            open_groups.append(mark)
            yield "text", mark
        else:
            is_literal = bool(open_groups) and open_groups[-1] == "{"
            is_double = not is_literal and text.startswith("}", position)
            position += is_double
            if open_groups and (is_literal or is_double):
                open_groups.pop()
            yield "text", mark
    if position < len(text):
        yield "text", text[position:]
