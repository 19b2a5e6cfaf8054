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
NEVER_FILLED = frozenset({"file", "code", "node", "nodes"})
MESSAGE_ROLES = {"user": "userMessage", "assistant": "apiMessage"}
TokenLookup = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class CallValues:
    """What the tokens of one call stand for.

    ``open_variables`` names the variables that the owner opened to callers. A text that came from the caller may use those and
    no others: who may replace a prompt may not read the workspace's variables through it.
    """

    turn: Turn
    history: Sequence[Message] = ()
    open_variables: frozenset[str] = frozenset()

    def value_of(self, token: str, *, asks: bool, overridable: bool) -> str | None:
        """The value of a token, or None where it has none."""
        turn = self.turn
        if token.startswith(VARIABLE):
            name = token.removeprefix(VARIABLE)
            return turn.variables.get(name) if not overridable or name in self.open_variables else None
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
            history = [{"role": MESSAGE_ROLES.get(m.role, m.role), "content": m.content} for m in self.history]
            return orjson.dumps(history).decode()
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
        for spec in _fillable(node, node_type)
        for text in texts_in(_with_braces(node.inputs[spec.name], spec))
        for token in CANVAS_TOKEN.findall(text)
        if token.startswith((VARIABLE, OF_FLOW)) or (spec.asks and token in ASKING)
    )


def fill_inputs(node: Node, node_type: NodeType, values: CallValues, override_names: frozenset[str]) -> Mapping[str, Any]:
    """A node's inputs with their tokens filled. ``override_names`` names those that the caller replaced."""
    inputs = dict(node.inputs)
    for spec in _fillable(node, node_type):
        name = spec.name

        def lookup(token: str, asks: bool = spec.asks, is_given: bool = name in override_names) -> str | None:
            return values.value_of(token, asks=asks, overridable=is_given)

        inputs[name] = _fill_value(_with_braces(inputs[name], spec), spec, lookup)
    return inputs


def _fillable(node: Node, node_type: NodeType) -> Iterator[Input]:
    """The inputs of a drawing that may hold tokens, as declared here, or by the drawing where they are not."""
    specs = {one.name: one for one in node_type.inputs}
    asking = {one.get("name") for one in node.input_params if one.get("acceptVariable") is True}
    for name in node.inputs:
        spec = specs.get(name) or Input(name)
        if spec.kind not in NEVER_FILLED:
            asks = not spec.late and (spec.asks or name in asking)
            yield Input(name, spec.kind, asks=asks, bare=spec.bare)


def _with_braces(value: Any, spec: Input) -> Any:
    """A value whose tokens without braces have some."""
    if not spec.bare:
        return value
    if isinstance(value, str):
        return BARE_TOKEN.sub(r"{{\1}}", value) if "$" in value else value
    if isinstance(value, list):
        return [_with_braces(one, spec) for one in value]
    if isinstance(value, dict):
        return {name: _with_braces(one, spec) for name, one in value.items()}
    return value


def _fill_value(value: Any, spec: Input, lookup: TokenLookup) -> Any:
    if isinstance(value, list | dict):
        return _fill_within(value, lookup)
    if not isinstance(value, str) or "{{" not in value:
        return value
    if spec.kind == "json":
        return _fill_json(value, lookup)
    if spec.kind == "template":
        return fill(value, lookup, lambda text: text.translate(LITERAL))
    return fill(value, lookup)


def _fill_within(value: Any, lookup: TokenLookup) -> Any:
    """A JSON value with the tokens of all its texts filled."""
    if isinstance(value, list):
        return [_fill_within(one, lookup) for one in value]
    if isinstance(value, dict):
        return {fill(str(name), lookup): _fill_within(one, lookup) for name, one in value.items()}
    return fill(value, lookup) if isinstance(value, str) else value


def fill(text: str, lookup: TokenLookup, write: Callable[[str], str] = str) -> str:
    """Replace the tokens that ``lookup`` knows, each once; what is put in is not looked at again."""

    def put(match: Any) -> str:
        value = lookup(match.group(1))
        return match.group(0) if value is None else write(value)

    return CANVAS_TOKEN.sub(put, text)


def _fill_json(text: str, lookup: TokenLookup) -> Any:
    """JSON text whose strings hold tokens, or that is JSON only once its tokens are filled."""
    try:
        document = foreign_json(text)
    except ValueError:
        return _fill_json_text(text, lookup)
    return _fill_within(document, lookup)


def _fill_json_text(text: str, lookup: TokenLookup) -> str:
    """A token inside quotation marks becomes a part of that string; one outside becomes a JSON value of its own."""

    def put(match: Any) -> str:
        value = lookup(match.group(1))
        if value is None:
            return str(match.group(0))
        literal = orjson.dumps(value).decode()
        if _quotes_before(text, match.start()) % 2:
            return literal[1:-1]
        return value if _is_json(value) else literal

    return CANVAS_TOKEN.sub(put, text)


def _quotes_before(text: str, position: int) -> int:
    """Quotation marks before a position that are not escaped."""
    count, is_escape = 0, False
    for character in text[:position]:
        if is_escape:
            is_escape = False
        elif character == "\\":
            is_escape = True
        elif character == '"':
            count += 1
    return count


def _is_json(text: str) -> bool:
    try:
        foreign_json(text)
    except ValueError:
        return False
    return True
