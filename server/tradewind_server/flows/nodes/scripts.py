"""What functions of an owner find around them, and what nodes in the middle of a flow yield (docs/contract.md §10.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from tradewind_server.flows.components import Answer, Runnable, Turn, ValueNode
from tradewind_server.flows.drawing import REFERENCE


def script_globals(turn: Turn, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The globals of a call. ``values`` are those of the node, by their names without the ``$``; they win."""
    flow = {
        "chatflowId": turn.chatflow_id,
        "sessionId": turn.session_id,
        "chatId": turn.chat_id,
        "input": turn.question,
        "state": {},
    }
    own = {f"${name}": value for name, value in (values or {}).items()}
    return {"$input": turn.question, "$vars": dict(turn.script_variables), "$flow": flow, **own}


def text_of_value(value: Any) -> str:
    """A value as people and models read it: text as it is, nothing as "", anything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


async def node_value(node_id: str, component: ValueNode | Runnable, turn: Turn) -> Any:
    """What a node in the middle of the flow yields: a value, or the answer of a chain. Each is asked once in a turn."""
    if node_id not in turn.node_values:
        if isinstance(component, ValueNode):
            turn.node_values[node_id] = await component.value(turn)
        else:
            turn.node_values[node_id] = value_of_answer(await component.run(replace(turn, sink=None)))
    return turn.node_values[node_id]


def value_of_answer(answer: Answer) -> Any:
    return answer.text if answer.json is None else answer.json


async def with_values(value: Any, sources: Mapping[str, ValueNode | Runnable], turn: Turn) -> Any:
    """A JSON value with the wires in its texts replaced: a text that is one wire becomes the value itself."""
    if isinstance(value, list):
        return [await with_values(one, sources, turn) for one in value]
    if isinstance(value, dict):
        return {name: await with_values(one, sources, turn) for name, one in value.items()}
    if not isinstance(value, str) or not sources:
        return value
    whole = REFERENCE.fullmatch(value.strip())
    if whole and whole.group(1) in sources:
        return await node_value(whole.group(1), sources[whole.group(1)], turn)
    parts, position = [], 0
    for match in REFERENCE.finditer(value):
        if match.group(1) in sources:
            parts += [
                value[position : match.start()],
                text_of_value(await node_value(match.group(1), sources[match.group(1)], turn)),
            ]
            position = match.end()
    return "".join([*parts, value[position:]])
