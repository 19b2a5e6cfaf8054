"""The REST routes as one page for people: plain HTML, nothing loaded from elsewhere, no script."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}
h1{font-size:1.7rem}h2{margin-top:2.5rem;border-bottom:1px solid #d5dce5}summary{cursor:pointer;padding:.35rem 0}
code{font:13px ui-monospace,monospace}.m{display:inline-block;min-width:4.2rem;font-weight:700}.get{color:#0a6b3d}
.post{color:#0b57a4}.put{color:#8a5a00}.delete{color:#a4201b}table{border-collapse:collapse;margin:.5rem 0 1rem}
td,th{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #eef1f5}.s{color:#5a6675}
@media(prefers-color-scheme:dark){body{background:#12161c;color:#dfe6ee}h2,td,th{border-color:#2b3440}.s{color:#93a1b1}
.get{color:#5cc795}.post{color:#6fb1f2}.put{color:#e0ae50}.delete{color:#f08a85}a{color:#6fb1f2}}
"""
METHODS = ("get", "post", "put", "patch", "delete")
Json = Mapping[str, Any]


def docs_page(document: Json) -> bytes:
    """The page of an OpenAPI 3 document."""
    info = document["info"]
    groups: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                tag = (operation.get("tags") or ["Other"])[0]
                groups.setdefault(tag, []).append(_operation(path, method, operation))
    body = "".join(f"<h2>{escape(tag)}</h2>{''.join(entries)}" for tag, entries in groups.items())
    schemas = document.get("components", {}).get("schemas", {})
    shapes = "".join(_schema(name, schema) for name, schema in schemas.items())
    title = f"{escape(str(info['title']))} {escape(str(info['version']))}"
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body><h1>{title}</h1>'
        f'<p>{escape(info.get("description", ""))}</p><p>The same as JSON: <a href="/openapi.json">/openapi.json</a></p>'
        f"{body}<h2>Shapes</h2>{shapes}</body></html>"
    )
    return page.encode()


def _operation(path: str, method: str, operation: Json) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(one['name'])}</code></td><td>{escape(one['in'])}</td>"
        f"<td>{_type(one.get('schema', {}))}</td><td>{_note(one)}</td></tr>"
        for one in operation.get("parameters", ())
    )
    bodies = "".join(
        f"<tr><td>body</td><td><code>{escape(kind)}</code></td><td>{_type(content.get('schema', {}))}</td><td></td></tr>"
        for kind, content in operation.get("requestBody", {}).get("content", {}).items()
    )
    answers = "".join(
        f"<tr><td>{escape(str(status))}</td><td><code>{escape(kind)}</code></td><td>{_type(content.get('schema', {}))}</td>"
        f"<td>{escape(answer.get('description', ''))}</td></tr>"
        for status, answer in operation.get("responses", {}).items()
        for kind, content in answer.get("content", {}).items()
    )
    return (
        f'<details><summary><span class="m {method}">{method.upper()}</span> <code>{escape(path)}</code> '
        f'<span class="s">{escape(operation.get("summary", ""))}</span></summary>'
        f"<p>{escape(operation.get('description', ''))}</p><table>{rows}{bodies}{answers}</table></details>"
    )


def _note(parameter: Json) -> str:
    return escape(parameter.get("description") or parameter.get("schema", {}).get("description", ""))


def _schema(name: str, schema: Json) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(key)}</code></td><td>{_type(value)}</td><td>{escape(value.get('description', ''))}</td></tr>"
        for key, value in schema.get("properties", {}).items()
    )
    note = escape(schema.get("description", ""))
    return (
        f'<details id="{escape(name)}"><summary><code>{escape(name)}</code> <span class="s">{note}</span></summary>'
        f"<table>{rows}</table></details>"
    )


def _type(schema: Json) -> str:
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if schema.get("allOf"):
        return _type(schema["allOf"][0])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return escape(str(schema.get("type", "any")))
