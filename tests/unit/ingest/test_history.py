"""What a row of the upsert history says of a node."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.documents.masking import MASK
from tradewind_server.flows.drawing import Node
from tradewind_server.ingest.history import LONGEST_VALUE, describe


def shown(inputs: dict[str, Any], params: tuple[dict[str, Any], ...] = (), files: tuple[str, ...] = ()) -> dict[str, Any]:
    node = Node("n_0", "n", "N", "Vector Stores", inputs, input_params=params)
    return {one["name"]: one["value"] for one in describe(node, inputs, files)["paramValues"]}


def test_a_node_is_described_with_its_labels() -> None:
    node = Node("n_0", "n", "My Node", "Text Splitters", {}, input_params=({"name": "a", "label": "A", "type": "number"},))
    assert describe(node, {"a": 5, "b": "x"}, ()) == {
        "label": "My Node",
        "name": "n",
        "category": "Text Splitters",
        "id": "n_0",
        "paramValues": [
            {"label": "A", "name": "a", "type": "number", "value": 5},
            {"label": "b", "name": "b", "type": "str", "value": "x"},
        ],
    }


def test_wires_and_unset_inputs_are_left_out() -> None:
    wired = "{{x_0.data.instance}}"
    assert shown({"a": "", "b": None, "c": [], "d": {}, "e": wired, "f": [wired], "g": 0, "h": False}) == {"g": 0, "h": False}


@pytest.mark.parametrize(
    "name", ["openAIApiKey", "qdrantApiKey", "accessToken", "password", "clientSecret", "baseOptions", "headers"]
)
def test_secrets_are_hidden(name: str) -> None:
    assert shown({name: "sk-canary"}) == {name: MASK}


def test_inputs_declared_as_passwords_are_hidden() -> None:
    assert shown({"pin": "1234"}, ({"name": "pin", "type": "password"},)) == {"pin": MASK}


@pytest.mark.parametrize("name", ["memoryKey", "contentPayloadKey", "metadataPayloadKey", "omitMetadataKeys"])
def test_names_that_only_sound_secret_are_shown(name: str) -> None:
    assert shown({name: "content"}) == {name: "content"}


def test_file_inputs_show_the_files_they_took() -> None:
    params = ({"name": "pdfFile", "type": "file", "fileType": ".pdf"},)
    assert shown({"pdfFile": "x"}, params, ("a.txt", "B.PDF", "c.pdf")) == {"pdfFile": "B.PDF, c.pdf"}


def test_long_texts_are_cut() -> None:
    assert len(shown({"text": "x" * 5000})["text"]) == LONGEST_VALUE


CANARY = "hunter2secret"


@pytest.mark.parametrize(
    "value",
    [
        f"postgresql://bob:{CANARY}@db:5432/shop",
        f"https://api.example/v1?limit=5&api_key={CANARY}",
        f"https://api.example/v1;token={CANARY}",
        {"headers": {"Authorization": f"Bearer {CANARY}"}},
        f'{{"auth": {{"password": "{CANARY}"}}, "list": [{{"x-api-key": "{CANARY}"}}]}}',
        [f"sk-{CANARY}"],
        f"Authorization: Basic {CANARY}",
    ],
)
def test_secrets_within_values_are_hidden(value: Any) -> None:
    entry = str(shown({"setting": value}))
    assert CANARY not in entry
    assert MASK in entry


@pytest.mark.parametrize(
    "value", ["https://shop.example/menu?page=2", '{"a":[1,2]}', {"a": {"b": None}}, "a key is a thing", "basic terms"]
)
def test_what_is_no_secret_stays(value: Any) -> None:
    assert shown({"setting": value}) == {"setting": value}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("data:text/plain;base64,Y2FuYXJ5,filename:menu.txt", "menu.txt"),
        (["data:text/plain;base64,Y2FuYXJ5,filename:a.txt", "data:;base64,Y2FuYXJ5,filename:b.txt"], "a.txt, b.txt"),
        ('["data:;base64,Y2FuYXJ5,filename:a.txt","data:;base64,Y2FuYXJ5"]', "a.txt, file"),
        ('FILE-STORAGE::["a.txt","b.txt"]', "a.txt, b.txt"),
        ("data:text/plain;base64,Y2FuYXJ5", "file"),
    ],
)
def test_files_written_into_an_input_show_their_names_only(value: Any, name: str) -> None:
    assert shown({"txtFile": value}) == {"txtFile": name}
