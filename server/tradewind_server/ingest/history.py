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


def described(node: Node, values: Mapping[str, Any], files: Sequence[str]) -> dict[str, Any]:
    """One entry of a row's ``flowData``."""
    labels = {str(one.get("name")): one for one in node.input_params}
    listed = []
    for name, value in values.items():
        declared = labels.get(name, {})
        shown = _shown(name, value, declared, files)
        if shown is not None:
            kind = str(declared.get("type") or type(value).__name__)
            listed.append({"label": str(declared.get("label") or name), "name": name, "type": kind, "value": shown})
    return {"label": node.label, "name": node.name, "category": node.category, "id": node.id, "paramValues": listed}


def _shown(name: str, value: Any, declared: Mapping[str, Any], files: Sequence[str]) -> Any:
    """A value fit for a history row; None leaves it out."""
    drawn = file_names(value)
    if declared.get("type") == "file" or drawn:
        endings = str(declared.get("fileType") or "")
        mine = [file for file in files if not endings or endings == "*" or f".{ending(file)}" in endings]
        return ", ".join(mine or drawn)[:LONGEST_VALUE] or None
    if value in (None, "", [], {}) or REFERENCE.search(str(value)):
        return None
    if declared.get("type") == "password" or names_secret(name) or name in WHOLLY_SECRET:
        return MASK
    shown = masked_value(value)
    return shown[:LONGEST_VALUE] if isinstance(shown, str) else shown
