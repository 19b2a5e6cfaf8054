"""What a new OpenAPI document takes from callers of the old one: routes, parameters, fields, and values of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch")


def broken(old: Document, new: Document) -> list[str]:
    """A sentence for each promise of ``old`` that ``new`` does not keep. Additions are none, new duties are."""
    return sorted(set(_broken(old, new)))


def _broken(old: Document, new: Document) -> Iterator[str]:
    for path, verbs in old["paths"].items():
        for verb in (name for name in verbs if name in METHODS):
            where = f"{verb.upper()} {path}"
            now = new["paths"].get(path, {}).get(verb)
            if now is None:
                yield f"{where} is gone"
            else:
                yield from _operation(verbs[verb], now, where, Schemas(old, new))


class Schemas:
    """Compares schemas of both documents, each pair of named ones once."""

    def __init__(self, old: Document, new: Document) -> None:
        self._documents = old, new
        self._met: set[tuple[str, bool]] = set()

    def compare(self, old: Any, new: Any, where: str, *, sent: bool) -> Iterator[str]:
        """``sent`` says that callers send it: then nothing may be asked for anew; else nothing may be missing."""
        name = str(old.get("$ref", ""))
        if name and (name, sent) in self._met:
            return
        self._met.add((name, sent))
        old, new = (self._resolved(one, document) for one, document in zip((old, new), self._documents, strict=True))
        if old.get("type") != new.get("type"):
            yield f"{where} was {old.get('type')} and is {new.get('type')}"
            return
        yield from self._fields(old, new, where, sent=sent)
        if "items" in old:
            yield from self.compare(old["items"], new.get("items", {}), f"{where}[]", sent=sent)
        for value in set(old.get("enum", ())) ^ set(new.get("enum", ())):
            if (value in old.get("enum", ())) is sent:
                yield f"{where}: the value {value} is {'gone' if sent else 'new'}"

    def _fields(self, old: Any, new: Any, where: str, *, sent: bool) -> Iterator[str]:
        after = new.get("properties", {})
        for field, schema in old.get("properties", {}).items():
            if field not in after:
                yield f"{where}.{field} is gone"
            else:
                yield from self.compare(schema, after[field], f"{where}.{field}", sent=sent)
        needed, given = set(new.get("required", ())), set(old.get("required", ()))
        for field in needed - given if sent else given - needed:
            yield f"{where}.{field} is {'required now' if sent else 'no longer always there'}"

    def _resolved(self, schema: Any, document: Document) -> Any:
        while True:
            parts = schema.get("allOf")
            if parts and len(parts) == 1:
                schema = parts[0]
            elif "$ref" in schema:
                kind, name = schema["$ref"].split("/")[-2:]
                schema = document["components"][kind].get(name, {})
            else:
                return schema


def _operation(old: Any, new: Any, where: str, schemas: Schemas) -> Iterator[str]:
    before, after = ({(one["name"], one["in"]): one for one in side.get("parameters", ())} for side in (old, new))
    for name, place in before.keys() - after.keys():
        yield f"{where}: the {place} parameter {name} is gone"
    for key, parameter in after.items():
        if parameter.get("required") and not before.get(key, {}).get("required"):
            yield f"{where}: the {key[1]} parameter {key[0]} is required now"
        if key in before:
            yield from schemas.compare(before[key]["schema"], parameter["schema"], f"{where} {key[0]}", sent=True)
    yield from _contents(old.get("requestBody", {}), new.get("requestBody", {}), f"{where} body", schemas, sent=True)
    for status, response in old["responses"].items():
        if status not in new["responses"]:
            yield f"{where}: the status {status} is gone"
        else:
            yield from _contents(response, new["responses"][status], f"{where} {status}", schemas, sent=False)


def _contents(old: Any, new: Any, where: str, schemas: Schemas, *, sent: bool) -> Iterator[str]:
    for media, content in old.get("content", {}).items():
        if media not in new.get("content", {}):
            yield f"{where}: {media} is gone"
        else:
            yield from schemas.compare(content.get("schema", {}), new["content"][media].get("schema", {}), where, sent=sent)
