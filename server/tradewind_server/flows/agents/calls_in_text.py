"""Calls that a model writes into its words although it was to call a function, as small models do."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from tradewind_server.flows.agents.toolbox import Toolbox
from tradewind_server.flows.ports import ToolCall

TAGGED = re.compile(r"<tool_call>(.*?)(?:</tool_call>|\Z)", re.DOTALL)
FENCED = re.compile(r"\A```(?:json)?(.*?)(?:```)?\Z", re.DOTALL)
LEADS = ("<tool_call>", "```json", "```")
FIRST_KEY = '{"name":'
SPACE = re.compile(r"\s+")
INPUT_KEYS = ("arguments", "parameters")
LONGEST_LEAD = 64


def may_become_call(text: str) -> bool:
    """Whether the beginning of an answer could be that of a written call. Anything else is shown at once."""
    rest = text[:LONGEST_LEAD].lstrip()
    for lead in LEADS:
        if rest.startswith(lead):
            rest = rest.removeprefix(lead)
            break
        if lead.startswith(rest):
            return True
    rest = SPACE.sub("", rest).replace("{{", "{", 1)
    return FIRST_KEY.startswith(rest) or rest.startswith(FIRST_KEY)


def calls_in_text(text: str, toolbox: Toolbox) -> tuple[ToolCall, ...]:
    """The calls that an answer consists of, and nothing besides; none where it is an answer to a person."""
    if not may_become_call(text):
        return ()
    tagged = TAGGED.findall(text)
    fenced = FENCED.match(text.strip())
    sources: Sequence[str] = tagged or (fenced.group(1) if fenced else text.strip(),)
    calls = []
    for number, source in enumerate(sources):
        written = _object(source.strip())
        name = written.get("name") if written is not None else None
        if written is None or not isinstance(name, str) or toolbox.find(name) is None:
            return ()
        given = next((written[key] for key in INPUT_KEYS if key in written), None)
        call = toolbox.written_call(name, given)
        calls.append(ToolCall(f"call_{number}", call.name, call.arguments))
    return tuple(calls)


def _object(text: str) -> dict[str, Any] | None:
    if text.startswith("{{") and text.endswith("}}"):  # Models that have read many templates double the brackets.
        text = text[1:-1]
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
