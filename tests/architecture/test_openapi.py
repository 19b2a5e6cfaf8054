"""The OpenAPI document: valid, and its examples are of the shapes it describes."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from harness.oasdiff import Oasdiff, oasdiff
from harness.parsed_sources import read_yaml

GENERATED = Path(__file__).parents[2] / "generated" / "openapi"
DOCUMENT: dict[str, Any] = read_yaml(GENERATED / "tradewind.yaml")


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


WITHOUT_EXAMPLE = {
    "DELETE /api/v1/document-store/vectorstore/{store_id} 200 application/json": "the answer is empty",
    "GET /api/v1/metrics 200 text/plain": "lines of Prometheus, of which its own page tells",
    "GET /api/v1/node-icon/{name} 200 image/svg+xml": "a picture",
    "GET /docs 200 text/html": "a page for people",
    "GET /docs/{name} 200 text/javascript": "a file of that page",
    "GET /openapi.json 200 application/json": "this document",
    "POST /api/v1/openai-assistants-file/download 200 application/json": "it always answers 404",
}
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
"""Their fields are those of the JSON body, or files."""


def test_every_operation_has_examples_of_what_it_takes_and_answers() -> None:
    bare = {name for name, content in contents() if "example" not in content and not name.endswith(FORMS)}
    assert bare == set(WITHOUT_EXAMPLE)


def test_examples_name_only_what_the_contract_has() -> None:
    """Schemas allow further fields, so that a name that is none would pass for one of them."""
    unknown = [f"{name}: {key}" for name, content in EXAMPLES.items() for key in foreign(content["example"], content["schema"])]
    assert unknown == []


def foreign(example: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    """The keys of an example that its schema does not have."""
    if "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "allOf" in schema:
        schema = {**schema, **schema["allOf"][0], "allOf": None} if "$ref" not in schema["allOf"][0] else schema["allOf"][0]
        yield from foreign(example, schema)
    elif "anyOf" in schema:
        fits = [one for one in schema["anyOf"] if is_of(example, one)]
        yield from foreign(example, fits[0]) if fits else ["fits no alternative"]
    elif isinstance(example, list) and "items" in schema:
        for item in example:
            yield from foreign(item, schema["items"])
    elif isinstance(example, dict) and "properties" in schema:
        for key, value in example.items():
            if key in schema["properties"]:
                yield from foreign(value, schema["properties"][key])
            else:
                yield key


def is_of(example: Any, schema: Mapping[str, Any]) -> bool:
    is_list = schema.get("type") == "array"
    return is_list == isinstance(example, list)


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


RELEASED: dict[str, Any] = read_yaml(GENERATED / "released.yaml")


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
