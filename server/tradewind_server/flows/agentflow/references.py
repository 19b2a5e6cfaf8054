"""The tokens of an agent flow's inputs: ``{{ question }}``, ``{{ $flow.state.x }}``, ``{{ llmAgentflow_0 }}`` and others.

One pass: what is put in is not looked at again, so nobody can read a variable through a question. Tokens without a value stay
as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

import orjson

from tradewind_server.bounded_json import foreign_json
from tradewind_server.flows.agentflow.rich_text import plain_text
from tradewind_server.flows.agentflow.trace import FlowMessage
from tradewind_server.flows.components import Turn

TOKEN = re.compile(r"\{\{[^\S\n]*+([^{}\s](?:[^{}\n]*[^{}\s])?)[^\S\n]*\}\}")
PATH_PART = re.compile(r"\[\s*(?:\"([^\"\]]*)\"|'([^'\]]*)')\s*\]|([^.\[\]]+)")
ESCAPE = re.compile(r"\\([\\_\[\]*$.`-])")
"""What the canvas's editor writes before characters that mean something in markdown."""
FENCE = re.compile(r"\A\s*```(?:json)?[^\S\n]*\n(.*)\n```\s*\Z", re.DOTALL)
ABSENT = object()
QUESTION, STATE = "question", "state."
LINES = {"user": "Human", "assistant": "Assistant", "system": "System"}
Write = Callable[[str, str, int], str]
"""Writes a value into a text at a position: ``(value, text, position)``."""


@dataclass(slots=True)
class References:
    """What tokens stand for at one moment of a run."""

    turn: Turn
    flow_input: str
    state: Mapping[str, Any]
    outputs: Mapping[str, Mapping[str, Any]]
    """The latest output of each node, by id."""
    past: Sequence[FlowMessage] = ()
    """What was said in this session before this run."""
    runtime: Sequence[FlowMessage] = ()
    """What was said in this run."""
    form: Any = None
    loop_count: int = 0
    now: Callable[[], datetime] | None = None
    item: Any = ABSENT
    """The current item of an iteration."""
    own_output: Any = ABSENT
    """Of the node itself, once it has run."""
    variables: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, value: Any, write: Write | None = None) -> Any:
        """A value with the tokens of all its texts filled. A text that is one path alone keeps the type of what it names."""
        if isinstance(value, list):
            return [self.resolve(one, write) for one in value]
        if isinstance(value, dict):
            return {name: self.resolve(one, write) for name, one in value.items()}
        if not isinstance(value, str):
            return value
        text = plain_text(value)
        if "{{" not in text:
            return text
        whole = TOKEN.fullmatch(text.strip())
        if whole and write is None and _keeps_type(whole.group(1)):
            value_of_token = self.lookup(whole.group(1))
            return text if value_of_token is ABSENT or value_of_token is None else value_of_token

        def put(match: re.Match[str]) -> str:
            if match.group(1) == QUESTION and write is None:
                return self.turn.question_text
            value_of_token = self.lookup(match.group(1))
            if value_of_token is ABSENT or value_of_token is None:
                return match.group(0)
            value_text = text_of(value_of_token)
            return value_text if write is None else write(value_text, text, match.start())

        result = TOKEN.sub(put, text)
        files = self.turn.file_attachment if write is None else ""
        if files and any(match.group(1) == QUESTION for match in TOKEN.finditer(text)):
            return f"{files}\n\n{result}"  # Files that came whole stand before the input, not in the middle of its sentence.
        return result

    def text(self, value: Any) -> str:
        """As :meth:`resolve`, always as a text; an input that is not set is empty."""
        return "" if value is None else text_of(self.resolve(value))

    def lookup(self, token: str) -> Any:
        """The value of a token, as it is written or without what the editor escaped in it; ``ABSENT`` where nothing is known
        under it."""
        value = self._lookup(token)
        if value is ABSENT and ("\\" in token or "&" in token):
            return self._lookup(ESCAPE.sub(r"\1", unescape(token)).strip())
        return value

    def _lookup(self, token: str) -> Any:
        head, _, path = token.partition(".")
        if head.startswith("$"):
            return self._special(head, path)
        if head == "output" and self.own_output is not ABSENT:
            return self._own(path)
        if not path and token in SIMPLE:
            return SIMPLE[token](self)
        output = self.outputs.get(head)
        if output is None:
            return ABSENT
        if not path:
            content = output.get("content", ABSENT)
            return at_path(output, "http.data") if content is ABSENT or content is None else content
        inner, _, rest = path.partition(".")
        return at_path(output, rest) if inner == "output" and rest else (output if inner == "output" else ABSENT)

    def _special(self, head: str, path: str) -> Any:
        if head == "$vars":
            return self.turn.variables.get(path, ABSENT)
        if head == "$form":
            return at_path(self.form, path)
        if head == "$iteration":
            return ABSENT if self.item is ABSENT else (self._in_item(path) if path else self.item)
        if head != "$flow":
            return ABSENT
        if path.startswith(STATE):
            return at_path(self.state, path.removeprefix(STATE))
        values: dict[str, Any] = {
            "state": dict(self.state),
            "chatflowId": self.turn.chatflow_id,
            "chatflowid": self.turn.chatflow_id,
            "chatId": self.turn.chat_id,
            "sessionId": self.turn.session_id,
            "apiMessageId": self.turn.message_id,
            "chatHistory": list(self.past),
            "runtimeChatHistoryLength": len(self.runtime),
        }
        return at_path(values, path) if path else ABSENT

    def _in_item(self, path: str) -> Any:
        """A path into the item: one that is JSON text is looked into, any other text stands for itself whatever the path."""
        item = self.item
        if not isinstance(item, str):
            return at_path(item, path)
        try:
            value = foreign_json(item)
        except ValueError:
            return item
        return at_path(value, path) if isinstance(value, list | dict) else item

    def _own(self, path: str) -> Any:
        if not path:
            return self.own_output
        value = self.own_output
        if isinstance(value, str):
            fence = FENCE.match(value)
            try:
                value = foreign_json(fence.group(1) if fence else value)
            except ValueError:
                return ABSENT
        return at_path(value, path)

    def transcript(self) -> str:
        lines = [f"{LINES.get(one['role'], one['role'])}: {text_of(one['content'])}" for one in (*self.past, *self.runtime)]
        return "\n".join(lines)

    def moment(self) -> Any:
        return ABSENT if self.now is None else self.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


SIMPLE: Mapping[str, Callable[[References], Any]] = {
    QUESTION: lambda values: values.turn.question,
    "chat_history": lambda values: values.transcript(),
    "runtime_messages_length": lambda values: max(0, len(values.runtime) - 1),
    "loop_count": lambda values: values.loop_count,
    "current_date_time": lambda values: values.moment(),
    "file_attachment": lambda values: values.turn.file_attachment,
}


def _keeps_type(token: str) -> bool:
    return ".output." in token or token.startswith("output.")


def is_quoted(text: str, position: int) -> bool:
    """Whether a position stands between quotation marks of JSON."""
    quotes = 0
    escape = False
    for character in text[:position]:
        if escape:
            escape = False
        elif character == "\\":
            escape = True
        elif character == '"':
            quotes += 1
    return quotes % 2 == 1


def quoted_within(value: str, text: str, position: int) -> str:
    """A value that is put between quotation marks of JSON cannot end them; elsewhere it stands as it is."""
    return orjson.dumps(value).decode()[1:-1] if is_quoted(text, position) else value


def at_path(value: Any, path: str) -> Any:
    """What stands at a path such as ``a.b[0]["c d"]``, or under that whole name; ``length`` counts the items of a list or the
    characters of a text. ``ABSENT`` where there is nothing."""
    if isinstance(value, Mapping) and path in value:
        return value[path]
    for parts in PATH_PART.findall(path):
        part = "".join(parts)
        if isinstance(value, Mapping) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isascii() and part.isdigit() and len(part) < 10 and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, list | str) and part == "length":
            value = len(value)
        else:
            return ABSENT
    return value


def text_of(value: Any) -> str:
    """A value as it stands in a text: lists and objects as JSON."""
    if isinstance(value, str):
        return value
    return orjson.dumps(value, default=str).decode()
