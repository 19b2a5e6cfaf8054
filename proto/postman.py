"""A Postman collection (format 2.1.0) of the OpenAPI document: a folder a tag, a request an operation."""

from __future__ import annotations

import json
import re
from typing import Any

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
VARIABLES = {"baseUrl": "http://127.0.0.1:3000", "apiKey": ""}
JSON = "application/json"


def collection(document: dict[str, Any]) -> str:
    """The collection as JSON text, the same for the same document."""
    folders: dict[str, list[dict[str, Any]]] = {}
    for path, operations in document["paths"].items():
        for verb, operation in operations.items():
            folders.setdefault(operation["tags"][0], []).append(_request(verb, path, operation))
    built = {
        "info": {"name": document["info"]["title"], "description": document["info"]["description"], "schema": SCHEMA},
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{apiKey}}", "type": "string"}]},
        "variable": [{"key": key, "value": value} for key, value in VARIABLES.items()],
        "item": [{"name": name, "item": requests} for name, requests in sorted(folders.items())],
    }
    return json.dumps(built, indent=1, ensure_ascii=False) + "\n"


def _request(verb: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    parts = re.sub(r"{(\w+)}", r":\1", path).strip("/").split("/")
    parameters = operation.get("parameters", [])
    url: dict[str, Any] = {
        "raw": "{{baseUrl}}/" + "/".join(parts),
        "host": ["{{baseUrl}}"],
        "path": parts,
        "query": [_parameter(one, disabled=True) for one in parameters if one["in"] == "query"],
        "variable": [_parameter(one) for one in parameters if one["in"] == "path"],
    }
    request: dict[str, Any] = {"method": verb.upper(), "url": url, "header": []}
    request["description"] = "\n\n".join(filter(None, (operation["summary"] + ".", operation["description"])))
    if operation.get("security") == []:
        request["auth"] = {"type": "noauth"}
    content = operation.get("requestBody", {}).get("content", {})
    if JSON in content:
        example = content[JSON].get("example", {})
        raw = json.dumps(example, indent=2, ensure_ascii=False)
        request["header"] = [{"key": "Content-Type", "value": JSON}]
        request["body"] = {"mode": "raw", "raw": raw, "options": {"raw": {"language": "json"}}}
    return {"name": operation["summary"], "request": request}


def _parameter(parameter: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"key": parameter["name"], "value": "", "description": parameter["description"], **more}
