"""What a canvas offers an owner for the allow-list of overrides."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.chatflows.ports import OverridableInput
from tradewind_server.flows.compile.override_list import overridable_inputs
from tradewind_server.flows.drawing import parse_flow
from tradewind_server.flows.nodes.registry import builtin_registry

REGISTRY = builtin_registry()


def inputs_of(*params: Any, name: str = "chatOpenAI", **inputs: Any) -> list[OverridableInput]:
    data = {"name": name, "label": "Node", "inputs": inputs, "inputParams": list(params)}
    return overridable_inputs(parse_flow(json.dumps({"nodes": [{"id": "n_0", "data": data}], "edges": []})), REGISTRY)


def entry(name: str, label: str, type_: str, schema: Any = None) -> OverridableInput:
    return OverridableInput("n_0", "Node", name, label, type_, schema)


@pytest.mark.parametrize(
    ("param", "wanted"),
    [
        ({"name": "a", "label": "A", "type": "number"}, entry("a", "A", "number")),
        ({"name": "a", "type": "json"}, entry("a", "a", "json")),
        ({"name": "a", "label": "A", "type": "password"}, entry("a", "A", "string")),
        ({"name": "a", "label": "A", "type": "file", "fileType": ".pdf, .txt"}, entry("files", "A", ".pdf, .txt")),
        ({"name": "a", "label": "A", "type": "file"}, entry("files", "A", "file")),
        ({"name": "a", "label": "A", "type": "options", "options": [{"name": "x"}, {"name": "y"}, 3]}, entry("a", "A", "x, y")),
        ({"name": "a", "label": "A", "type": "options"}, entry("a", "A", "string")),
    ],
)
def test_each_type_of_the_canvas(param: Any, wanted: OverridableInput) -> None:
    assert inputs_of(param) == [wanted]


def test_an_array_has_the_types_of_its_fields() -> None:
    items = [
        {"name": "key", "type": "string"},
        {"name": "kind", "type": "options", "options": [{"name": "a"}, {"name": "b"}]},
        {"name": "paper", "type": "file", "fileType": ".pdf"},
    ]
    wanted = {"key": "string", "kind": "(a, b)", "paper": ".pdf"}
    assert inputs_of({"name": "rows", "label": "Rows", "type": "array", "array": items}) == [
        entry("rows", "Rows", "array", wanted)
    ]


@pytest.mark.parametrize("as_text", [False, True])
def test_settings_of_a_chosen_component_have_types_and_no_credential(as_text: bool) -> None:
    config = {"model": "m", "stream": True, "t": 0.5, "l": [1], "o": {}, "x": "y", "FLOWISE_CREDENTIAL_ID": "cred-1"}
    given: Any = json.dumps(config) if as_text else config
    (found,) = inputs_of({"name": "model", "label": "Model", "type": "asyncOptions", "loadConfig": True}, modelConfig=given)
    schema = {"stream": "boolean", "t": "number", "l": "array", "o": "object", "x": "string"}
    assert found == entry("modelConfig", "Model Config", "json", schema)


@pytest.mark.parametrize("config", [None, "{broken", "[1]", 7])
def test_settings_that_are_none_are_left_out(config: Any) -> None:
    assert inputs_of({"name": "model", "type": "asyncOptions", "loadConfig": True}, modelConfig=config) == []


def test_a_credential_stands_as_the_secrets_that_the_node_reads() -> None:
    param = {"name": "credential", "type": "credential", "credentialNames": ["openAIApi"]}
    assert inputs_of(param) == [entry("openAIApiKey", "openAIApiKey", "string")]
    assert inputs_of(param, name="strange") == []


@pytest.mark.parametrize("param", [{}, {"name": 3, "type": "string"}, {"type": ["string"]}])
def test_what_has_no_name_is_left_out(param: Any) -> None:
    assert inputs_of(param) == []


def test_the_same_is_said_once() -> None:
    param = {"name": "a", "label": "A", "type": "string"}
    assert inputs_of(param, param, {**param, "type": "number"}) == [entry("a", "A", "string"), entry("a", "A", "number")]
