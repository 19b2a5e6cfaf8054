"""Descriptions of HTTP interfaces (OpenAPI 3, https://spec.openapis.org/oas/v3.1.0), read into plain operations.

They come from strangers: aliases of YAML and references of JSON may repeat a part without end, so all that is made is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from tradewind_server.bounded_json import foreign_json
from tradewind_server.errors import InvalidInput, Reason

METHODS = ("get", "post", "put", "patch", "delete", "head")
MOST_OPERATIONS = 300
MOST_PARTS = 50_000
"""Values of all schemas, references followed."""
DEEPEST = 12
"""References inside each other; what is deeper takes anything."""
LONGEST_DESCRIPTION = 1000
PLACES = ("path", "query", "header")
JSON_TYPE = re.compile(r"^application/(?:[\w.+-]+\+)?json\b")
FORM_TYPE = "application/x-www-form-urlencoded"
USEFUL_WORDS = frozenset({
    "type", "format", "description", "enum", "default", "items", "properties", "required", "additionalProperties", "oneOf",
    "anyOf", "allOf", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "nullable", "const",
})  # fmt: skip
"""What of a schema tells a model what to write."""


def read_operations(text: str, label: str) -> dict[str, Any]:
    """``servers`` (addresses, as written) and ``operations`` of a description.

    An operation has ``id``, ``method``, ``route`` (its path), ``description``, and by place (path, query, header, body) a JSON
    schema or None; ``content_type`` is the one of its body. Raises ``InvalidInput(FILE_UNREADABLE)``, and
    DOCUMENT_TOO_COMPLEX for what repeats itself without end.
    """
    document = _document(text, label)
    if not isinstance(document, dict) or not isinstance(document.get("paths"), dict):
        raise _unreadable(label, "it has no paths")
    if not str(document.get("openapi", "")).startswith("3"):
        raise _unreadable(label, "it must be OpenAPI 3")
    reader = _Reader(document, label)
    return {"servers": _servers(document), "operations": list(reader.operations())}


def _document(text: str, label: str) -> Any:
    if text.lstrip("\ufeff \r\n\t").startswith("{"):
        try:
            return foreign_json(text)
        except ValueError:
            pass  # YAML may begin so too.
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are the safe ones)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise _unreadable(label, "it is neither YAML nor JSON") from None


def _servers(document: Mapping[str, Any]) -> list[str]:
    servers = document.get("servers")
    addresses = []
    for server in servers if isinstance(servers, list) else []:
        if not isinstance(server, dict) or not isinstance(server.get("url"), str):
            continue
        variables = server.get("variables")
        address = server["url"]
        for name, variable in (variables if isinstance(variables, dict) else {}).items():
            if isinstance(variable, dict):
                address = address.replace("{" + str(name) + "}", str(variable.get("default", "")))
        addresses.append(address)
    return addresses[:20]


class _Reader:
    """Follows references, and counts what it makes."""

    def __init__(self, document: Mapping[str, Any], label: str) -> None:
        self._document = document
        self._label = label
        self._parts = 0

    def operations(self) -> Iterator[dict[str, Any]]:
        count = 0
        for path, item in self._document["paths"].items():
            item = self._target_of(item)
            if not isinstance(item, dict):
                continue
            for method in METHODS:
                operation = item.get(method)
                if not isinstance(operation, dict):
                    continue
                count += 1
                if count > MOST_OPERATIONS:
                    raise InvalidInput(
                        Reason.DOCUMENT_TOO_COMPLEX, f"{self._label} describes more than {MOST_OPERATIONS} operations."
                    )
                yield self._operation(str(path), method, item, operation)

    def _operation(self, path: str, method: str, item: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any]:
        words = [str(operation[name]).strip() for name in ("summary", "description") if operation.get(name)]
        places = self._parameters([*_list(item.get("parameters")), *_list(operation.get("parameters"))])
        content_type, body = self._body(operation.get("requestBody"))
        return {
            "id": str(operation.get("operationId") or ""),
            "method": method.upper(),
            "route": path,
            "description": ". ".join(words)[:LONGEST_DESCRIPTION] or f"{method.upper()} {path}",
            **places,
            "body": body,
            "content_type": content_type,
        }

    def _parameters(self, parameters: list[Any]) -> dict[str, Any]:
        by_place: dict[tuple[str, str], Mapping[str, Any]] = {}
        for raw in parameters:
            parameter = self._target_of(raw)
            if isinstance(parameter, dict) and parameter.get("in") in PLACES and isinstance(parameter.get("name"), str):
                by_place[parameter["in"], parameter["name"]] = parameter
        places: dict[str, Any] = dict.fromkeys(PLACES)
        for (place, name), parameter in by_place.items():
            schema = places[place] or {"type": "object", "properties": {}, "required": []}
            declaration = self._schema(parameter.get("schema"), 0)
            if parameter.get("description"):
                declaration["description"] = str(parameter["description"])[:LONGEST_DESCRIPTION]
            schema["properties"][name] = declaration
            if place == "path" or parameter.get("required") is True:
                schema["required"].append(name)
            places[place] = schema
        return places

    def _body(self, raw: Any) -> tuple[str, dict[str, Any] | None]:
        body = self._target_of(raw)
        contents = body.get("content") if isinstance(body, dict) else None
        if not isinstance(contents, dict):
            return "", None
        for media_type, content in contents.items():
            if JSON_TYPE.match(str(media_type)) or media_type == FORM_TYPE:
                schema = self._schema(content.get("schema") if isinstance(content, dict) else None, 0)
                return str(media_type), {**schema, "x-required": body.get("required") is True}
        return "", None

    def _target_of(self, value: Any) -> Any:
        """What a reference within the document leads to; None where it leads nowhere."""
        for _ in range(DEEPEST):
            if not isinstance(value, dict) or not isinstance(value.get("$ref"), str):
                return value
            target: Any = self._document
            for part in value["$ref"].removeprefix("#/").split("/"):
                name = part.replace("~1", "/").replace("~0", "~")
                target = target.get(name) if isinstance(target, dict) else None
            value = target
        return None

    def _schema(self, raw: Any, depth: int) -> dict[str, Any]:
        value = self._target_of(raw)
        if not isinstance(value, dict) or depth > DEEPEST:
            return {}
        return {name: self._part(name, one, depth) for name, one in value.items() if name in USEFUL_WORDS}

    def _part(self, name: str, value: Any, depth: int) -> Any:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise InvalidInput(Reason.DOCUMENT_TOO_COMPLEX, f"{self._label} repeats its schemas too often to be read.")
        if name == "properties" and isinstance(value, dict):
            return {str(key): self._schema(one, depth + 1) for key, one in value.items()}
        if name in ("items", "additionalProperties") and isinstance(value, dict):
            return self._schema(value, depth + 1)
        if name in ("oneOf", "anyOf", "allOf") and isinstance(value, list):
            return [self._schema(one, depth + 1) for one in value]
        if name in ("enum", "required", "type") and isinstance(value, list):
            return [one if isinstance(one, int | float | bool) or one is None else str(one) for one in value[:200]]
        if isinstance(value, bool | int | float) or value is None:
            return value
        return str(value)[:LONGEST_DESCRIPTION]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _unreadable(label: str, why: str) -> InvalidInput:
    return InvalidInput(Reason.FILE_UNREADABLE, f"{label} cannot be read as a description of an interface: {why}.")
