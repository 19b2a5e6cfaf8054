"""The inputs of a drawing that its owner may open to ``overrideConfig``: what a canvas offers for the allow-list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tradewind_server.bounded_json import foreign_json
from tradewind_server.chatflows.ports import OverridableInput
from tradewind_server.flows.compile.overrides import ANY_FILE
from tradewind_server.flows.drawing import Flow, Node
from tradewind_server.flows.nodes.registry import Registry

CREDENTIAL = "FLOWISE_CREDENTIAL_ID"


def overridable_inputs(flow: Flow, registry: Registry) -> list[OverridableInput]:
    """The inputs as the drawing declares them, each once; of a credential, the secrets that the node's type reads as inputs."""
    inputs: list[OverridableInput] = []
    for node in flow.nodes.values():
        of_node: list[OverridableInput] = []
        for spec in _inputs(node, registry):
            if spec not in of_node:
                of_node.append(spec)
        inputs += of_node
    return inputs


def _inputs(node: Node, registry: Registry) -> Iterator[OverridableInput]:
    for parameter in node.input_params:
        name, type_ = _text(parameter.get("name")), _text(parameter.get("type"))
        label = _text(parameter.get("label")) or name
        if type_ == "credential":
            yield from _secrets(node, registry)
        elif not name:
            continue
        elif type_ == "file":
            yield _input(node, ANY_FILE, label, _text(parameter.get("fileType")) or type_)
        elif type_ == "options":
            yield _input(node, name, label, _choices(parameter) or "string")
        elif type_ == "array":
            yield _input(node, name, label, type_, _item_types(parameter))
        elif parameter.get("loadConfig"):
            yield from _loaded_config(node, name, label)
        else:
            yield _input(node, name, label, "string" if type_ == "password" else type_)


def _input(node: Node, name: str, label: str, type_: str, schema: Mapping[str, str] | None = None) -> OverridableInput:
    return OverridableInput(node.id, node.label, name, label, type_, schema)


def _secrets(node: Node, registry: Registry) -> Iterator[OverridableInput]:
    """A secret may come as an input instead of from a stored credential."""
    if registry.knows(node.name):
        secrets = (one for one in registry.type_of(node).inputs if one.kind == "secret" and not one.has_no_effect)
        yield from (_input(node, one.name, one.name, "string") for one in secrets)


def _choices(parameter: Mapping[str, Any]) -> str:
    names = (_text(one.get("name")) for one in _objects(parameter.get("options")))
    return ", ".join(name for name in names if name)


def _item_types(parameter: Mapping[str, Any]) -> dict[str, str]:
    """The types of the fields of an array's items. Choices stand in parentheses, which tells them from a type."""
    types = {}
    for item in _objects(parameter.get("array")):
        type_ = _text(item.get("type"))
        if type_ == "options":
            type_ = f"({_choices(item)})"
        elif type_ == "file":
            type_ = _text(item.get("fileType")) or type_
        types[_text(item.get("name"))] = type_
    return types


def _loaded_config(node: Node, name: str, label: str) -> Iterator[OverridableInput]:
    """The settings of a component chosen inside a node, which the canvas keeps in an input beside the choice."""
    config = node.inputs.get(f"{name}Config")
    if isinstance(config, str):
        try:
            config = foreign_json(config)
        except ValueError:
            return
    if isinstance(config, dict):
        types = {key: _type_of(value) for key, value in config.items() if key not in (name, CREDENTIAL)}
        yield _input(node, f"{name}Config", f"{label} Config", "json", types)


def _type_of(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list):
        return "array"
    return "object" if isinstance(value, dict) else "string"


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
