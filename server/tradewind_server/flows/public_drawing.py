"""A drawing without what is secret in it: for those who may look at a chatflow and do not own it (docs/contract.md §9.9).

What is secret is judged by the node's type, by the drawing's own declaration, and by the name and the look of a value. In doubt
a value is left out: a drawing that misses an input can still be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from tradewind_server.bounded_json import foreign_json
from tradewind_server.flows.nodes.registry import Registry

NOTHING = '{"nodes":[],"edges":[]}'
"""Stands for a drawing that cannot be read."""
HIDDEN_TYPES = frozenset({"password", "file", "folder", "credential", "code"})
"""Types of the canvas whose values stay with the owner."""
DRAWING_PARTS = ("edges", "viewport")
"""What of a drawing is shown beside its nodes."""
SECRET_NAME = re.compile(
    r"api[_-]?key|secret|passw|credential|authorization|cookie|headers|private[_-]?key|connection[_-]?string|"
    r"(?:access|auth|bearer|refresh|api|bot|session|security)[_-]?token|^token$|^x-",
    re.IGNORECASE,
)
SECRET_VALUE = re.compile(
    r"://[^/\s:@]*:[^/\s@]+@|\bBearer\s+\S|\b(?:sk|pk|tw|ghp|xox[a-z])[-_][A-Za-z0-9_-]{16,}|FILE-STORAGE::"
)
"""Passwords in addresses, tokens in headers, keys by their first letters, names of stored files."""
_LEFT_OUT = object()


def without_secrets(flow_data: str, registry: Registry) -> str:
    """The drawing as JSON text. Raises nothing, whatever ``flow_data`` is."""
    try:
        drawing = foreign_json(flow_data)
    except ValueError:
        return NOTHING
    if not isinstance(drawing, dict) or not isinstance(drawing.get("nodes"), list):
        return NOTHING
    secrets = {one.name: frozenset(i.name for i in one.inputs if i.kind in ("secret", "file")) for one in registry.types()}
    nodes = [_node(one, one["data"], secrets) for one in drawing["nodes"] if _has_data(one)]
    return orjson.dumps({"nodes": nodes, **{name: drawing[name] for name in DRAWING_PARTS if name in drawing}}).decode()


def _has_data(node: Any) -> bool:
    return isinstance(node, dict) and isinstance(node.get("data"), dict)


def _node(node: dict[str, Any], data: Mapping[str, Any], secrets: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    secret_names = _secret_inputs(data) | secrets.get(str(data.get("name")), frozenset())
    inputs = data.get("inputs")
    public_inputs = (
        {name: value for name, value in inputs.items() if name not in secret_names} if isinstance(inputs, dict) else {}
    )
    public_data = {name: value for name, value in data.items() if name != "credential"}
    return {**node, "data": {**public_data, "inputs": _object(public_inputs)}}


def _secret_inputs(data: Mapping[str, Any]) -> frozenset[str]:
    """Names of the inputs that the drawing itself declares as secret."""
    parameters = data.get("inputParams")
    params = [one for one in parameters if isinstance(one, dict)] if isinstance(parameters, list) else []
    return frozenset(str(one.get("name")) for one in params if one.get("type") in HIDDEN_TYPES)


def _object(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without the entries whose name or value is secret. In ``{"key": "Authorization", "value": …}`` the key is the name."""
    label = next((values[name] for name in ("key", "name") if isinstance(values.get(name), str)), "")
    secret_name = "value" if SECRET_NAME.search(label) else None
    pairs = ((name, _value(one)) for name, one in values.items() if name != secret_name and not SECRET_NAME.search(name))
    return {name: one for name, one in pairs if one is not _LEFT_OUT}


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return _object(value)
    if isinstance(value, list):
        return [one for one in map(_value, value) if one is not _LEFT_OUT]
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> Any:
    """A text, or JSON in a text, which inputs with settings of their own hold."""
    if text.lstrip()[:1] in ("{", "[") and not text.lstrip().startswith("{{"):
        try:
            document = foreign_json(text)
        except ValueError:
            document = None
        if isinstance(document, dict | list):
            public_data = _value(document)
            return text if public_data == document else orjson.dumps(public_data).decode()
    return _LEFT_OUT if SECRET_VALUE.search(text) else text
