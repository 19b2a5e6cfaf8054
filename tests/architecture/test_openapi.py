"""The OpenAPI document: valid, and its examples are of the shapes it describes."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from harness.oasdiff import Oasdiff, oasdiff

GENERATED = Path(__file__).parents[2] / "generated" / "openapi"
DOCUMENT: dict[str, Any] = yaml.safe_load((GENERATED / "tradewind.yaml").read_text())


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, verbs in DOCUMENT["paths"].items():
        for verb, operation in verbs.items():
            yield f"{verb.upper()} {path}", operation


OPERATIONS = dict(operations())


def contents() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, operation in OPERATIONS.items():
        for media, content in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{name} {media}", content
        for media, content in operation["responses"]["200"]["content"].items():
            yield f"{name} 200 {media}", content
    for name, response in DOCUMENT["components"]["responses"].items():
        yield name, response["content"]["application/json"]


EXAMPLES = {name: content for name, content in contents() if "example" in content}


def test_a_public_validator_takes_it() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_have_the_shape_they_show(name: str) -> None:
    content = EXAMPLES[name]
    schema = {**content["schema"], "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(schema).validate(content["example"])


FORMS_ALONE = frozenset({"POST /api/v1/attachments/{chatflow_id}/{chat_id}"})
"""Routes that take a multipart form and no JSON."""


def test_every_json_body_is_described() -> None:
    """A raw body is described by the message that its comment names, `` `XFields` ``; without one it looks like a form."""
    contents = {name: set(op["requestBody"]["content"]) for name, op in OPERATIONS.items() if "requestBody" in op}
    assert {name for name, media in contents.items() if "application/json" not in media} == FORMS_ALONE


def test_pages_are_numbers_and_ids_are_uuids() -> None:
    parameters = {(p["name"], p["in"]): p["schema"] for op in OPERATIONS.values() for p in op["parameters"]}
    assert parameters["limit", "query"]["type"] == "integer"
    assert parameters["page", "query"]["minimum"] == 1
    (chatflow_id,) = OPERATIONS["GET /api/v1/chatflows/{id}"]["parameters"]
    assert chatflow_id["schema"]["format"] == "uuid"
    needed = OPERATIONS["POST /api/v1/tools"]["requestBody"]["content"]["application/json"]["schema"]["required"]
    assert needed == ["name", "description"]


def test_the_calls_that_everybody_makes_have_examples() -> None:
    told = " ".join(EXAMPLES)
    for wanted in ("POST /api/v1/prediction/", "POST /api/v1/vector/upsert/", "GET /api/v1/chatmessage/", "Error429"):
        assert wanted in told


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_names_its_errors(name: str) -> None:
    operation = OPERATIONS[name]
    statuses = set(operation["responses"])
    assert {"400", "429", "500", "503", "504"} <= statuses
    if operation.get("security") is None:
        assert {"401", "403"} <= statuses
    if "requestBody" in operation:
        assert {"413", "415"} <= statuses


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len(names) == len(set(names))


def test_the_postman_collection_has_every_operation() -> None:
    collection = json.loads((GENERATED / "tradewind.postman_collection.json").read_text())
    requests = [item["request"] for folder in collection["item"] for item in folder["item"]]
    found = {f"{one['method']} /{'/'.join(one['url']['path'])}" for one in requests}
    assert found == {name.replace("{", ":").replace("}", "") for name in OPERATIONS}


RELEASED: dict[str, Any] = yaml.safe_load((GENERATED / "released.yaml").read_text())


PREDICTION = "/api/v1/prediction/{chatflow_id}"
CHANGES: dict[str, tuple[Callable[[Any], object], str]] = {
    "a path": (lambda new: new["paths"].pop("/api/v1/ping"), "GET /api/v1/ping"),
    "a verb": (lambda new: new["paths"]["/api/v1/chatflows"].pop("get"), "GET /api/v1/chatflows"),
    "a field of a request": (
        lambda new: new["components"]["schemas"]["PredictionBody"]["properties"].pop("chatId"),
        "removed the request property `chatId`",
    ),
    "a new duty": (
        lambda new: new["components"]["schemas"]["PredictionBody"].update(required=["chatId"]),
        "`chatId` became required",
    ),
    "a type": (
        lambda new: new["components"]["schemas"]["PredictionAnswer"]["properties"]["chatId"].update(type="integer"),
        "`type` changed from `string` to `integer`",
    ),
    "a content type": (
        lambda new: new["paths"][PREDICTION]["post"]["requestBody"]["content"].pop("multipart/form-data"),
        "multipart/form-data",
    ),
}


@pytest.mark.timeout(900)
@pytest.mark.beside(work=oasdiff)
def test_nothing_released_is_broken(beside: Oasdiff) -> None:
    assert beside.breaks(RELEASED, DOCUMENT) == [], "Callers rely on it; add beside it instead."


@pytest.mark.timeout(900)
@pytest.mark.beside(work=oasdiff)
def test_the_comparison_sees_what_breaks_and_lets_additions_pass(beside: Oasdiff) -> None:
    for name, (change, words) in CHANGES.items():
        new = copy.deepcopy(DOCUMENT)
        change(new)
        assert any(words in line for line in beside.breaks(DOCUMENT, new)), name
    added = copy.deepcopy(DOCUMENT)
    added["paths"]["/api/v1/new"] = added["paths"]["/api/v1/ping"]
    added["components"]["schemas"]["PredictionAnswer"]["properties"]["extra"] = {"type": "string"}
    assert beside.breaks(DOCUMENT, added) == []
