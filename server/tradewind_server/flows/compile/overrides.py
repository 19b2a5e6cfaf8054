"""``overrideConfig``: which inputs of which nodes a caller may replace (docs/contract.md §4.4).

The owner's allow-list decides, by node label and input name, whatever the type of the value. While an owner has set up no
allow-list at all, ``returnSourceDocuments`` alone is open. ``sessionId`` is no input and is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from tradewind_server.bounded_json import foreign_json
from tradewind_server.chatflows.config import ChatflowConfig
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.compile.plan import InputValues
from tradewind_server.flows.drawing import REFERENCE, Flow, Node, texts_in
from tradewind_server.flows.nodes.registry import Registry

OPEN_BY_DEFAULT = frozenset({"returnSourceDocuments"})
VARIABLES = "vars"
STORED_FILE = "FILE-STORAGE::"
NOT_INPUTS = frozenset({"sessionId", "chatId", VARIABLES, "analytic", "analytics", "credential", "FLOWISE_CREDENTIAL_ID"})
ANY_FILE = "files"
"""Stands in an owner's list for whichever input of a loader takes its file."""


@dataclass(frozen=True, slots=True)
class AllowList:
    """What an owner opened: input names by node label. None: nothing was ever configured."""

    by_label: Mapping[str, frozenset[str]] | None
    registry: Registry

    def allows(self, node: Node, name: str) -> bool:
        if self.by_label is None:
            return name in OPEN_BY_DEFAULT and _has(node, name)
        names = self.by_label.get(node.label, frozenset())
        return name in names or (ANY_FILE in names and name in self._file_inputs(node) and _has(node, name))

    def opens_files(self, node: Node) -> bool:
        """Whether callers may give this loader a file, under whichever name the canvas lists its input."""
        return self.by_label is not None and bool(self.by_label.get(node.label, frozenset()) & self._file_inputs(node))

    def _file_inputs(self, node: Node) -> frozenset[str]:
        return self.registry.file_inputs(node) | {ANY_FILE}


def variables_of_call(config: ChatflowConfig, overrides: Mapping[str, Any]) -> Mapping[str, str]:
    """``overrideConfig.vars``, as far as the owner opened them; the others are left out in silence, as inputs are."""
    variables = overrides.get(VARIABLES)
    if variables is None:
        return {}
    if not isinstance(variables, dict):
        raise InvalidInput(Reason.INVALID_ARGUMENT, "overrideConfig.vars must be an object of names and values.")
    names = config.override_variables
    return {name: _variable(name, value) for name, value in variables.items() if name in names and value is not None}


def _variable(name: str, value: Any) -> str:
    if isinstance(value, dict | list):
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"The variable {name} must be a text, a number, true or false.")
    _refuse_reach(f"variable {name}", value)
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def input_overrides(flow: Flow, allow_list: AllowList, overrides: Mapping[str, Any], *, before: bool = False) -> InputValues:
    """Inputs of the nodes that the overrides change, by node id; empty when nothing applies.

    ``before``: the items of a list come before those of the drawing, as in agent flows, not behind them.
    """
    inputs = {name: value for name, value in overrides.items() if name not in NOT_INPUTS and value is not None}
    if not inputs:
        return {}
    changes: dict[str, Mapping[str, Any]] = {}
    for node in flow.nodes.values():
        new = {
            name: value
            for name, raw in inputs.items()
            if allow_list.allows(node, name) and (value := _value_for(node, flow, name, raw, before)) is not _NO_CHANGE
        }
        if new:
            changes[node.id] = {**node.inputs, **new}
    return changes


_NO_CHANGE = object()


def _value_for(node: Node, flow: Flow, name: str, raw: Any, before: bool) -> Any:
    """The value that one override gives one node. An object keyed by node ids speaks to those nodes only."""
    if _is_wired(node.inputs.get(name)):
        return _NO_CHANGE
    if isinstance(raw, dict) and _names_nodes(raw, node, flow):
        raw = raw.get(node.id)
        if raw is None:
            return _NO_CHANGE
    _refuse_reach(f"override {name}", raw)
    present = node.inputs.get(name)
    if isinstance(raw, dict):
        present = _object(present)
        return {**present, **raw} if present is not None else raw
    if isinstance(raw, list) and isinstance(present, list):
        new = [one for one in raw if one not in present]
        return [*new, *present] if before else [*present, *new]
    return raw


def _names_nodes(raw: Mapping[str, Any], node: Node, flow: Flow) -> bool:
    """Whether an object is keyed by nodes: by ids of this flow, or by what would be an id of a node of this type."""
    pattern = re.compile(re.escape(node.name) + r"(_\d+)?")
    return any(key in flow.nodes or pattern.fullmatch(key) for key in raw)


def _refuse_reach(what: str, value: Any) -> None:
    """A value may not reach into the flow: neither to its nodes nor to its stored files."""
    for text in texts_in(value):
        if "data.instance" in text:
            raise InvalidInput(
                Reason.INVALID_ARGUMENT, f"The {what} must be a plain value; wires between nodes cannot be overridden."
            )
        if STORED_FILE in text:
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"The {what} names a stored file; send the file itself.")


def _has(node: Node, name: str) -> bool:
    """Whether a node has such an input: set on the canvas, or declared in the saved drawing."""
    return name in node.inputs or any(one.get("name") == name for one in node.input_params)


def _is_wired(value: Any) -> bool:
    """Whether a value is a wire. A text with wires inside it is a value."""
    items = value if isinstance(value, list) else [value]
    return any(isinstance(one, str) and REFERENCE.fullmatch(one.strip()) for one in items)


def _object(value: Any) -> dict[str, Any] | None:
    if isinstance(value, dict):
        return value
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            result = foreign_json(value)
        except ValueError:
            return None
        return result if isinstance(result, dict) else None
    return None
