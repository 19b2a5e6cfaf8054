"""What upsert history says of a node: its settings, without secrets (docs/contract.md §7.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tradewind_server.documents.loaders import ending
from tradewind_server.documents.masking import MASK, masked_value, names_secret
from tradewind_server.documents.sources import file_names
from tradewind_server.flows.drawing import REFERENCE, Node

LONGEST_VALUE = 1000
WHOLLY_SECRET = ("baseOptions", "additionalConfig", "headers")


def describe(node: Node, values: Mapping[str, Any], files: Sequence[str]) -> dict[str, Any]:
    """One entry of a row's ``flowData``."""
    labels = {str(one.get("name")): one for one in node.input_params}
    entries = []
    for name, value in values.items():
        label = labels.get(name, {})
        display = _display_value(name, value, label, files)
        if display is not None:
            kind = str(label.get("type") or type(value).__name__)
            entries.append({"label": str(label.get("label") or name), "name": name, "type": kind, "value": display})
    return {"label": node.label, "name": node.name, "category": node.category, "id": node.id, "paramValues": entries}


def _display_value(name: str, value: Any, label: Mapping[str, Any], files: Sequence[str]) -> Any:
    """A value fit for a history row; None leaves it out."""
    names = file_names(value)
    if label.get("type") == "file" or names:
        endings = str(label.get("fileType") or "")
        mine = [file for file in files if not endings or endings == "*" or f".{ending(file)}" in endings]
        return ", ".join(mine or names)[:LONGEST_VALUE] or None
    if value in (None, "", [], {}) or REFERENCE.search(str(value)):
        return None
    if label.get("type") == "password" or names_secret(name) or name in WHOLLY_SECRET:
        return MASK
    text = masked_value(value)
    return text[:LONGEST_VALUE] if isinstance(text, str) else text
