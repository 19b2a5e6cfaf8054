"""Text with holes: ``{{question}}`` and friends of the canvas, ``{name}`` of prompt templates (contract §6.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tradewind_server.flows.components import Turn
from tradewind_server.flows.ports import Message

# What is in a token begins and ends with something, so that blanks are gone over once.
CANVAS_TOKEN = re.compile(r"\{\{\s*+([^{}\s](?:[^{}]*[^{}\s])?)\s*\}\}")
# Doubled braces stand for themselves; a group with a colon, a quote, a space or a line break inside is JSON, not a name.
PROMPT_PART = re.compile(r"\{\{|\}\}|\{([A-Za-z_][A-Za-z0-9_.\-]*)\}")


def transcript(messages: Sequence[Message]) -> str:
    """A conversation as lines of text, the form that prompts for rephrasing expect."""
    names = {"user": "Human", "assistant": "Assistant", "system": "System"}
    return "\n".join(f"{names.get(message.role, message.role)}: {message.content}" for message in messages)


def fill_canvas(text: str, turn: Turn, history: Sequence[Message] = ()) -> str:
    """Replace ``{{question}}``, ``{{chat_history}}`` and ``{{file_attachment}}``; other tokens stay as they are.

    Components do this as they run, with as much of the history as fits. The tokens of :mod:`tradewind_server.flows.tokens`
    are filled before they are built.
    """
    if "{{" not in text:
        return text

    def value(match: re.Match[str]) -> str:
        token = match.group(1)
        if token == "chat_history":  # noqa: S105 (a token of a template)
            return transcript(history)
        known = {"question": turn.question, "file_attachment": turn.file_attachment}
        return known.get(token, match.group(0))

    return CANVAS_TOKEN.sub(value, text)


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


def parse_prompt(text: str) -> PromptText:
    """Split a template at its variables. Braces around anything but a plain name are literal."""
    parts: list[tuple[str, str | None]] = []
    literal, position = "", 0
    for match in PROMPT_PART.finditer(text):
        literal += text[position : match.start()]
        position = match.end()
        name = match.group(1)
        if name is None:
            literal += match.group(0)[0]
        else:
            parts.append((literal, name))
            literal = ""
    parts.append((literal + text[position:], None))
    return PromptText(tuple(parts))
