"""``overrideConfig``: which inputs of which nodes a caller may replace (contract §3.4, with its holes closed).

The owner's allow-list decides, by node label and input name, whatever the type of the value. While an owner has set up no
allow-list at all, ``returnSourceDocuments`` alone is open. ``sessionId`` is no input and is read elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.chatflows import Chatflow
from tradewind_server.flows.flowdata import Flow, Node
from tradewind_server.flows.plan import Values

OPEN_BY_DEFAULT = frozenset({"returnSourceDocuments"})
NOT_INPUTS = frozenset({"sessionId", "chatId", "vars", "analytic"})
FILE_INPUTS = frozenset({
    "txtFile", "pdfFile", "docxFile", "csvFile", "jsonFile", "jsonlinesFile", "yamlFile", "excelFile", "powerpointFile",
    "epubFile", "file", "files",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class AllowList:
    """What an owner opened: input names by node label. None: nothing was ever configured."""

    by_label: Mapping[str, frozenset[str]] | None

    def allows(self, node: Node, name: str) -> bool:
        if self.by_label is None:
            return name in OPEN_BY_DEFAULT
        names = self.by_label.get(node.label, frozenset())
        return name in names or (name in FILE_INPUTS and "files" in names)


def allow_list(chatflow: Chatflow) -> AllowList:
    """The allow-list of a chatflow's ``apiConfig``. A damaged one allows nothing."""
    if not chatflow.api_config:
        return AllowList(None)
    try:
        config = orjson.loads(chatflow.api_config)
    except orjson.JSONDecodeError:
        return AllowList({})
    override = config.get("overrideConfig") if isinstance(config, dict) else None
    if override is None:
        return AllowList(None)
    if not isinstance(override, dict) or override.get("status") is not True:
        return AllowList({})
    nodes = override.get("nodes")
    return AllowList(
        {
            str(label): frozenset(
                str(entry.get("name")) for entry in entries if isinstance(entry, dict) and entry.get("enabled") is True
            )
            for label, entries in (nodes.items() if isinstance(nodes, dict) else ())
            if isinstance(entries, list)
        }
    )


def replaced_inputs(flow: Flow, allowed: AllowList, overrides: Mapping[str, Any]) -> Values:
    """Inputs of the nodes that the overrides change, by node id; empty when nothing applies."""
    given = {name: value for name, value in overrides.items() if name not in NOT_INPUTS and value is not None}
    if not given:
        return {}
    changed: dict[str, Mapping[str, Any]] = {}
    for node in flow.nodes.values():
        new = {
            name: value
            for name, raw in given.items()
            if allowed.allows(node, name) and (value := _value_for(node, flow, name, raw)) is not _UNTOUCHED
        }
        if new:
            changed[node.id] = {**node.inputs, **new}
    return changed


_UNTOUCHED = object()


def _value_for(node: Node, flow: Flow, name: str, raw: Any) -> Any:
    """The value that one override gives one node. An object keyed by node ids speaks to those nodes only."""
    if not _takes(node, name):
        return _UNTOUCHED
    if isinstance(raw, dict) and any(key in flow.nodes for key in raw):
        if node.id not in raw:
            return _UNTOUCHED
        raw = raw[node.id]
    if isinstance(raw, str) and "data.instance" in raw:
        raise InvalidInput(
            Reason.INVALID_ARGUMENT, f"The override {name} must be a value; wires between nodes cannot be overridden."
        )
    present = node.inputs.get(name)
    if isinstance(raw, dict):
        present = _object(present)
        return {**present, **raw} if present is not None else raw
    if isinstance(raw, list) and isinstance(present, list):
        return [*present, *(one for one in raw if one not in present)]
    return raw


def _takes(node: Node, name: str) -> bool:
    """Whether a node has such an input: set on the canvas, or declared in the saved drawing."""
    if any(isinstance(v, str) and "data.instance" in v for v in _listed(node.inputs.get(name))):
        return False
    return name in node.inputs or any(one.get("name") == name for one in node.input_params)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _object(value: Any) -> dict[str, Any] | None:
    if isinstance(value, dict):
        return value
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            parsed = orjson.loads(value)
        except orjson.JSONDecodeError:
            return None
        return parsed if isinstance(parsed, dict) else None
    return None
