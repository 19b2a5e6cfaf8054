"""Settings of the nodes that a store uses: as a caller sends them, and as others may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from tradewind_server.bounded_json import read_json
from tradewind_server.document_stores.ports import StoreComponent
from tradewind_server.documents.masking import MASK, masked_value, names_secret
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.nodes.registry import Registry

CREDENTIAL_INPUTS = frozenset({"credential", "FLOWISE_CREDENTIAL_ID"})
"""Inputs that name a stored credential by its id, which is no secret."""
WHOLLY_SECRET = frozenset({"headers", "baseOptions", "additionalConfig", "body"})
"""Inputs that hold JSON with keys of their own."""
LONGEST_NAME = 255
MOST_INPUTS = 200


def invalid(sentence: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_ARGUMENT, sentence)


def json_object(value: Any, name: str) -> dict[str, Any]:
    """A JSON object, or JSON text of one; none is an empty one. Raises ``InvalidInput`` naming the field."""
    if value is None or value == "":
        return {}
    if isinstance(value, str):
        value = read_json(value, name)
    if not isinstance(value, dict):
        raise invalid(f"{name} must be an object, or JSON text of one.")
    return value


def node_name(value: Any, name: str) -> str:
    """The name of a node type; "" where there is none. Raises ``InvalidInput`` naming the field."""
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise invalid(f"{name} must be a text of at most {LONGEST_NAME} characters.")
    return value


def node_config(value: Any, name: str) -> dict[str, Any]:
    """The inputs of a node. Raises ``InvalidInput`` naming the field."""
    config = json_object(value, name)
    if len(config) > MOST_INPUTS:
        raise invalid(f"{name} must have at most {MOST_INPUTS} inputs.")
    return config


def component(value: Any, name: str) -> StoreComponent | None:
    """``{name, config}``, as an object or as JSON text; None where the node has no name. Raises ``InvalidInput``."""
    fields = json_object(value, name)
    type_name = node_name(fields.get("name"), f"{name}.name")
    return StoreComponent(type_name, node_config(fields.get("config"), f"{name}.config")) if type_name else None


def public_config(type_name: str, config: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """The inputs of a node without the secrets that were typed into it."""
    node_type = registry.type_named(type_name)
    secrets = {one.name for one in node_type.inputs if one.kind == "secret"} if node_type else set()
    return {name: _public_value(name, value, name in secrets) for name, value in config.items()}


def _public_value(name: str, value: Any, is_secret: bool) -> Any:
    if name in CREDENTIAL_INPUTS or value in (None, ""):
        return value
    if is_secret or names_secret(name):
        return MASK
    return masked_value(value) if name in WHOLLY_SECRET else value


def whole_config(type_name: str, config: Mapping[str, Any], former: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """The inputs as they are meant: what a caller sends back masked stays what it was."""
    display = public_config(type_name, former, registry)
    return {
        name: former[name] if name in display and display[name] == value and MASK in str(value) else value
        for name, value in config.items()
    }


def text_of(value: Any) -> str:
    """The value as JSON text."""
    return orjson.dumps(value, default=str).decode()
