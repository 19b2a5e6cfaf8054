"""A drawing shown to strangers: what is secret is gone, wherever it stands, and the rest is as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.public_drawing import NOTHING, without_secrets

REGISTRY = builtin_registry()
KEY = "sk-0123456789abcdefghij"


def shown(name: str = "strange", params: Any = (), **inputs: Any) -> Any:
    """The inputs of one node, as they are shown."""
    data = {"name": name, "label": "Node", "inputs": inputs, "inputParams": list(params), "credential": "cred-1"}
    text = json.dumps({"nodes": [{"id": "n_0", "data": data}], "edges": [{"source": "a"}], "secrets": KEY})
    drawing = json.loads(without_secrets(text, REGISTRY))
    assert drawing["edges"] == [{"source": "a"}] and set(drawing) == {"nodes", "edges"}
    (node,) = drawing["nodes"]
    assert "credential" not in node["data"] and node["data"]["label"] == "Node"
    return node["data"]["inputs"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("openAIApiKey", "plain"),
        ("api_key", "plain"),
        ("FLOWISE_CREDENTIAL_ID", "cred-1"),
        ("clientSecret", "plain"),
        ("password", "plain"),
        ("accessToken", "plain"),
        ("requestHeaders", {"X-Tenant": "plain"}),
        ("connectionString", "plain"),
        ("text", KEY),
        ("text", "Authorization: Bearer abc"),
        ("url", "postgres://user:pass@host/db"),
        ("file", 'FILE-STORAGE::["a.pdf"]'),
        ("list", [KEY]),
    ],
)
def test_a_secret_goes_by_its_name_or_its_look(name: str, value: Any) -> None:
    assert shown(**{name: value}) in ({}, {"list": []})


@pytest.mark.parametrize("type_", ["password", "file", "folder", "code", "credential"])
def test_a_secret_goes_by_what_the_drawing_declares(type_: str) -> None:
    assert shown(params=[{"name": "a", "type": type_}, {"name": "b", "type": "string"}, 3], a="x", b="y") == {"b": "y"}


def test_a_secret_goes_by_what_the_node_type_declares() -> None:
    assert shown("sqlDatabaseChain", url="host/db", model="{{chatOpenAI_0.data.instance}}") == {
        "model": "{{chatOpenAI_0.data.instance}}"
    }


def test_secrets_go_from_inside_of_values_and_of_json_in_texts() -> None:
    config = {"model": "m", "FLOWISE_CREDENTIAL_ID": "cred-1", "deep": [{"apiKey": "x", "keep": 1}]}
    kept = {"model": "m", "deep": [{"keep": 1}]}
    found = shown(config=config, text=json.dumps(config))
    assert found["config"] == kept and json.loads(found["text"]) == kept
    pairs = [{"key": "Authorization", "value": "x"}, {"key": "Accept", "value": "y"}]
    assert shown(pairs=pairs) == {"pairs": [{"key": "Authorization"}, {"key": "Accept", "value": "y"}]}


def test_what_is_not_secret_stays_as_it_is() -> None:
    inputs = {
        "maxTokens": "100",
        "memoryKey": "chat_history",
        "systemMessage": "You keep the log: {answers}. {{question}}",
        "odd": '{ "spaced" : 1 }',
        "broken": "{not json",
        "temperature": 0.5,
        "nothing": None,
        "url": "https://harbour.example/a?b=c",
    }
    assert shown(**inputs) == inputs


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"nodes": 3}', "[" * 5000])
def test_what_is_no_drawing_shows_nothing(text: str) -> None:
    assert without_secrets(text, REGISTRY) == NOTHING


def test_odd_nodes_are_no_way_around() -> None:
    text = json.dumps({"nodes": [3, {"id": "a"}, {"id": "b", "data": {"name": 3, "inputs": [KEY], "inputParams": 3}}]})
    assert KEY not in without_secrets(text, REGISTRY)
