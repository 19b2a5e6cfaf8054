"""Chatflows of the tests, by name, with edits: a case says only in what its flow differs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FLOWS = Path(__file__).parent.parent / "contract" / "flows"
EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "flows"
TEXT_FIELDS = ("apiConfig", "chatbotConfig", "speechToText", "textToSpeech", "followUpPrompts", "analytic", "mcpServerConfig")


def drawing(name: str, edits: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The drawing ``flows/<name>.json`` with edits, as :func:`edited` makes them."""
    return edited(json.loads((FLOWS / f"{name}.json").read_text()), edits)


def example(name: str) -> dict[str, Any]:
    """One of the example chatflows."""
    flow: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text())
    return flow


def edited(flow: dict[str, Any], edits: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The drawing itself, edited.

    ``nodes``: input values by node id. ``labels``: labels by node id. ``types``: name, label and category of a node that
    becomes one of another type. ``credentials``: credential ids by node id. ``without``: ids of nodes to cut out, wires and
    all references to them included. ``lost``: ids of nodes that are cut out while others still refer to them.
    """
    edits = edits or {}
    gone = set(edits.get("without", ())) | set(edits.get("lost", ()))
    flow["nodes"] = [node for node in flow["nodes"] if node["id"] not in gone]
    flow["edges"] = [edge for edge in flow["edges"] if not gone & {edge["source"], edge["target"]}]
    for node in flow["nodes"]:
        data = node["data"]
        data["inputs"].update(edits.get("nodes", {}).get(node["id"], {}))
        data["label"] = edits.get("labels", {}).get(node["id"], data["label"])
        data.update(edits.get("types", {}).get(node["id"], {}))
        data["credential"] = edits.get("credentials", {}).get(node["id"], "")
        for input_name, value in data["inputs"].items():
            data["inputs"][input_name] = _unwired(value, set(edits.get("without", ())))
    return flow


def _unwired(value: Any, gone: set[str]) -> Any:
    if isinstance(value, list):
        return [one for one in value if _unwired(one, gone) != ""]
    refers = isinstance(value, str) and any(value.startswith("{{" + one + ".data.") for one in gone)
    return "" if refers else value


def stored_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a chatflow as the API takes them: settings written as objects become JSON text."""
    return {
        name: json.dumps(value) if name in TEXT_FIELDS and isinstance(value, dict | list) else value
        for name, value in fields.items()
    }
