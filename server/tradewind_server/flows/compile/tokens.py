"""Tokens of a call in inputs of nodes: ``{{$vars.name}}``, ``{{$flow.chatId}}``, ``{{question}}`` (docs/contract.md §10.3).

A value that is filled in is text and nothing else: it cannot break the JSON it stands in, name a variable of a prompt, or
become a wire. Tokens that nobody knows stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from tradewind_server.bounded_json import foreign_json
from tradewind_server.flows.components import Turn
from tradewind_server.flows.drawing import Node, texts_in
from tradewind_server.flows.llm.templates import CANVAS_TOKEN, LITERAL, transcript
from tradewind_server.flows.nodes.spec import Input, NodeType
from tradewind_server.flows.ports import Message

ASKING = frozenset({"question", "chat_history", "file_attachment"})
VARIABLE, OF_FLOW = "$vars.", "$flow."
HISTORY = frozenset({"chat_history", "$flow.chatHistory"})
# As a whole: a value by itself, in quotation marks, or behind what stands before a value in JSON.
BARE_TOKEN = re.compile(r'(?:\A|(?<=[":,\[\s]))(\$(?:flow|vars)\.[A-Za-z_][\w.\-]*+)(?=\s*(?:\Z|[",\]}\s]))')
NEVER_FILLED = frozenset({"file", "node", "nodes"})
MESSAGE_ROLES = {"user": "userMessage", "assistant": "apiMessage"}
Find = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class CallValues:
    """What the tokens of one call stand for.

    ``opened`` names the variables that the owner opened to callers. A text that came from the caller may use those and
    no others: who may replace a prompt may not read the workspace's variables through it.
    """

    turn: Turn
    history: Sequence[Message] = ()
    opened: frozenset[str] = frozenset()

    def find(self, token: str, *, asks: bool, given: bool) -> str | None:
        """The value of a token, or None where it has none."""
        turn = self.turn
        if token.startswith(VARIABLE):
            name = token.removeprefix(VARIABLE)
            return turn.variables.get(name) if not given or name in self.opened else None
        if token.startswith(OF_FLOW):
            return self._of_flow(token.removeprefix(OF_FLOW))
        if not asks:
            return None
        if token == "chat_history":  # noqa: S105 (a token of a template)
            return transcript(self.history)
        return {"question": turn.question, "file_attachment": turn.file_attachment}.get(token)

    def _of_flow(self, name: str) -> str | None:
        turn = self.turn
        if name == "chatHistory":
            listed = [{"role": MESSAGE_ROLES.get(m.role, m.role), "content": m.content} for m in self.history]
            return orjson.dumps(listed).decode()
        return {
            "chatId": turn.chat_id,
            "sessionId": turn.session_id,
            "chatflowId": turn.chatflow_id,
            "chatflowid": turn.chatflow_id,
            "apiMessageId": turn.message_id,
            "input": turn.question,
        }.get(name)


def tokens_of(node: Node, node_type: NodeType) -> frozenset[str]:
    """The tokens in a node's inputs that each call fills anew."""
    return frozenset(
        token
        for declared in _fillable(node, node_type)
        for text in texts_in(_braced(node.inputs[declared.name], declared))
        for token in CANVAS_TOKEN.findall(text)
        if token.startswith((VARIABLE, OF_FLOW)) or (declared.asks and token in ASKING)
    )


def filled_inputs(node: Node, node_type: NodeType, values: CallValues, given: frozenset[str]) -> Mapping[str, Any]:
    """A node's inputs with their tokens filled. ``given`` names those that the caller replaced."""
    filled = dict(node.inputs)
    for declared in _fillable(node, node_type):
        name = declared.name

        def find(token: str, asks: bool = declared.asks, is_given: bool = name in given) -> str | None:
            return values.find(token, asks=asks, given=is_given)

        filled[name] = _filled(_braced(filled[name], declared), declared, find)
    return filled


def _fillable(node: Node, node_type: NodeType) -> Iterator[Input]:
    """The inputs of a drawing that may hold tokens, as declared here, or by the drawing where they are not."""
    known = {one.name: one for one in node_type.inputs}
    asking = {one.get("name") for one in node.input_params if one.get("acceptVariable") is True}
    for name in node.inputs:
        declared = known.get(name) or Input(name)
        if declared.kind not in NEVER_FILLED:
            asks = not declared.late and (declared.asks or name in asking)
            yield Input(name, declared.kind, asks=asks, bare=declared.bare)


def _braced(value: Any, declared: Input) -> Any:
    """A value whose tokens without braces have some."""
    if not declared.bare:
        return value
    if isinstance(value, str):
        return BARE_TOKEN.sub(r"{{\1}}", value) if "$" in value else value
    if isinstance(value, list):
        return [_braced(one, declared) for one in value]
    if isinstance(value, dict):
        return {name: _braced(one, declared) for name, one in value.items()}
    return value


def _filled(value: Any, declared: Input, find: Find) -> Any:
    if isinstance(value, list | dict):
        return _filled_within(value, find)
    if not isinstance(value, str) or "{{" not in value:
        return value
    if declared.kind == "json":
        return _filled_json(value, find)
    if declared.kind == "template":
        return fill(value, find, lambda text: text.translate(LITERAL))
    return fill(value, find)


def _filled_within(value: Any, find: Find) -> Any:
    """A JSON value with the tokens of all its texts filled."""
    if isinstance(value, list):
        return [_filled_within(one, find) for one in value]
    if isinstance(value, dict):
        return {fill(str(name), find): _filled_within(one, find) for name, one in value.items()}
    return fill(value, find) if isinstance(value, str) else value


def fill(text: str, find: Find, write: Callable[[str], str] = str) -> str:
    """Replace the tokens that ``find`` knows, each once; what is put in is not looked at again."""

    def put(match: Any) -> str:
        value = find(match.group(1))
        return match.group(0) if value is None else write(value)

    return CANVAS_TOKEN.sub(put, text)


def _filled_json(text: str, find: Find) -> Any:
    """JSON text whose strings hold tokens, or that is JSON only once its tokens are filled."""
    try:
        parsed = foreign_json(text)
    except ValueError:
        return _filled_json_text(text, find)
    return _filled_within(parsed, find)


def _filled_json_text(text: str, find: Find) -> str:
    """A token inside quotation marks becomes a part of that string; one outside becomes a JSON value of its own."""

    def put(match: Any) -> str:
        value = find(match.group(1))
        if value is None:
            return str(match.group(0))
        quoted = orjson.dumps(value).decode()
        if _quotes_before(text, match.start()) % 2:
            return quoted[1:-1]
        return value if _is_json(value) else quoted

    return CANVAS_TOKEN.sub(put, text)


def _quotes_before(text: str, position: int) -> int:
    """Quotation marks before a position that are not escaped."""
    count, escaped = 0, False
    for character in text[:position]:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == '"':
            count += 1
    return count


def _is_json(text: str) -> bool:
    try:
        foreign_json(text)
    except ValueError:
        return False
    return True
