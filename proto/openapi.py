"""OpenAPI 3.1 from the descriptor: one operation for each HTTP binding, as a REST client meets it.

Written here because the usual generators know neither several services on one path (JSON, form and stream), nor server
streams that are printed as bare arrays, nor ``google.protobuf.Value`` fields that print null.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openapi_errors  # Stands beside this file, as does the generator that imports both.
import yaml
from google.api import annotations_pb2, http_pb2
from google.protobuf import descriptor_pb2
from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, MethodDescriptorProto

F = FieldDescriptorProto
SCALARS: dict[int, dict[str, Any]] = {
    F.TYPE_STRING: {"type": "string"},
    F.TYPE_BOOL: {"type": "boolean"},
    F.TYPE_INT32: {"type": "integer", "format": "int32"},
    F.TYPE_DOUBLE: {"type": "number", "format": "double"},
    F.TYPE_BYTES: {"type": "string", "format": "byte"},
}
WELL_KNOWN: dict[str, dict[str, Any]] = {
    ".google.protobuf.Value": {"description": "Any JSON value, or null."},
    ".google.protobuf.Struct": {"type": "object", "additionalProperties": True},
    ".google.protobuf.ListValue": {"type": "array", "items": {}},
}
HTTP_BODY = ".google.api.HttpBody"
PACKAGE = ".tradewind.rest.v1."
JSON_BODY = re.compile(r"JSON object with .*?`(\w+)`")
"""How the comment of a raw body names the message whose fields the body holds."""
NEEDED = "Needed in a new "
"""How the comment of a field says that a POST must carry it."""
FORMS_TOO = ("PredictBody", "UpsertBody")
FRAMES: dict[str, Any] = {"description": "Server-sent events, each with JSON as its data."}
FRAMES_TOO = ("PredictBody",)
BACKGROUND = ("PredictBody", "StartRunBody")
"""What may go on after the answer."""
JSON_ANSWERS = {"PredictBody": "PredictionAnswer", "UpsertBody": "UpsertAnswer", "UpsertForm": "UpsertAnswer"}
JSON_ANSWERS |= dict.fromkeys(("InsertStoreVectors", "UpsertStoreDocument", "UpsertStoreForm"), "StoreUpsertAnswer")
JSON_ANSWERS["UpdateStoreVectors"] = "DocumentStoreEntity"
JSON_ANSWERS |= {"ExportWorkspaceBody": "ExportDocument", "ImportWorkspaceBody": "ImportAnswer"}
JSON_LISTS = {
    "AttachForm": "AttachedFileEntity",
    "RefreshStore": "StoreUpsertAnswer",
    "ExportChatflowMessages": "ChatTranscript",
}
"""What answers a bare array, written by the server itself."""
JSON_TEXTS = ("VerifyApiKey",)
"""What answers a JSON string."""
PLAIN_PAGES = {
    "Ping": "text/plain",
    "Metrics": "text/plain",
    "Docs": "text/html",
    "DocsFile": "text/javascript",
    "GetNodeIcon": "image/svg+xml",
}
SECURITY: dict[str, dict[str, Any]] = {
    "public": {"security": []},
    "chatflow": {"security": [{}, {"bearer": []}, {"basic": []}]},
    "key": {},
    "admin": {},
}
"""Beside the document's own rule, which is a key. A chatflow that has no key of its own answers anybody."""
LEVELS = {1: "public", 2: "chatflow", 3: "key", 4: "admin"}

ERROR_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "Every error has this shape.",
    "properties": {
        "statusCode": {"type": "integer", "description": "The HTTP status."},
        "success": {"type": "boolean", "description": "Always false."},
        "message": {"type": "string", "description": "One sentence saying what to change."},
        "error": {"type": "string", "description": "The same sentence."},
        "code": {"type": "integer", "description": "The canonical gRPC code."},
        "reason": {"type": "string", "description": "A stable reason, for programs."},
        "requestId": {"type": "string", "description": "Names this call in the server's log."},
        "stack": {"type": "object", "description": "Always empty."},
    },
}
INTRODUCTION = (
    "Runs Flowise chatflows. The same methods are served as gRPC and gRPC-Web on the same port. A call with a JSON body on "
    'a prediction path answers JSON, or server-sent events with `"streaming": true`; a multipart form carries files.'
)


class Image:
    """The descriptor with its comments, indexed by full name."""

    def __init__(self, serialized: bytes) -> None:
        self.files = descriptor_pb2.FileDescriptorSet.FromString(serialized).file
        self.messages: dict[str, DescriptorProto] = {}
        self.comments: dict[str, str] = {}
        for file in self.files:
            spots = {tuple(spot.path): spot.leading_comments.strip() for spot in file.source_code_info.location}
            prefix = f".{file.package}."
            for i, message in enumerate(file.message_type):
                self.messages[prefix + message.name] = message
                self.comments[prefix + message.name] = spots.get((4, i), "")
                for j, field in enumerate(message.field):
                    self.comments[f"{prefix}{message.name}.{field.name}"] = spots.get((4, i, 2, j), "")
            for i, service in enumerate(file.service):
                for j, method in enumerate(service.method):
                    self.comments[f"{prefix}{service.name}.{method.name}"] = spots.get((6, i, 2, j), "")

    def methods(self) -> Iterator[tuple[str, MethodDescriptorProto]]:
        for file in self.files:
            if file.package == PACKAGE.strip("."):
                for service in file.service:
                    for method in service.method:
                        yield service.name, method


def bindings(method: MethodDescriptorProto) -> Iterator[tuple[str, str, str]]:
    """Verb, path and body field of each HTTP binding; HEAD is left out, it mirrors GET."""
    rule: http_pb2.HttpRule = method.options.Extensions[annotations_pb2.http]
    for one in [rule, *rule.additional_bindings]:
        verb = one.WhichOneof("pattern")
        if verb and verb != "custom":
            yield verb, getattr(one, verb), one.body


def level_of(method: MethodDescriptorProto) -> str:
    """The level of the access option; read from the wire so that this script needs no generated code."""
    raw = method.options.SerializeToString()
    found = re.search(rb"\x92\x82\x19..?\x08([\x01-\x04])", raw, re.S)
    assert found is not None, f"{method.name} declares no access."
    return LEVELS[found.group(1)[0]]


def examples_in(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """The examples of all files, by operation, by ``request`` or ``response``, and by media type."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for path in sorted(folder.glob("openapi_examples*.yaml")):
        for operation, parts in yaml.safe_load(path.read_text()).items():
            for part, contents in parts.items():
                found.setdefault(operation, {}).setdefault(part, {}).update(contents)
    return found


class Document:
    """Collects the operations of one image."""

    def __init__(self, image: Image) -> None:
        self.image = image
        self.schemas: dict[str, Any] = {"Error": ERROR_SCHEMA}
        self.examples = examples_in(Path(__file__).parent)
        self.paths: dict[str, dict[str, Any]] = {}

    def field_schema(self, field: FieldDescriptorProto) -> dict[str, Any]:
        if field.type == F.TYPE_MESSAGE:
            schema = dict(WELL_KNOWN.get(field.type_name) or self.reference(field.type_name))
        else:
            schema = dict(SCALARS[field.type])
        if field.label == F.LABEL_REPEATED:
            schema = {"type": "array", "items": schema}
        return schema

    def property(self, message: str, field: FieldDescriptorProto) -> dict[str, Any]:
        comment = " ".join(self.image.comments[f"{message}.{field.name}"].split())
        schema = self.field_schema(field)
        return {"allOf": [schema], "description": comment} if "$ref" in schema else {**schema, "description": comment}

    def query_schema(self, message: str, field: FieldDescriptorProto) -> dict[str, Any]:
        """The schema of a parameter with what its comment promises: ids are UUIDs, pages and limits whole numbers."""
        described = self.property(message, field)
        if field.json_name in ("page", "limit"):
            most = re.search(r"1 to ([\d,]+)", described["description"])
            return {
                "type": "integer",
                "minimum": 1,
                **({"maximum": int(most[1].replace(",", ""))} if most else {}),
                "description": described["description"],
            }
        if re.fullmatch(r"Id of [^.;]*, a UUID\.", described["description"]):
            return {**described, "format": "uuid"}
        return described

    def body_schema(self, field: FieldDescriptorProto, message: str, path: str, *, new: bool) -> dict[str, Any] | None:
        """The schema of the JSON that a raw body holds, by its comment; None for a body that is no JSON object."""
        named = JSON_BODY.search(" ".join(self.image.comments[f"{message}.{field.name}"].split()))
        if named is None:
            return None
        name = PACKAGE + named[1]
        schema = self.reference(name, frozenset({"chatflow_id"}) if "{chatflow_id}" in path else frozenset())
        needed = [f.json_name for f in self.image.messages[name].field if NEEDED in self.image.comments[f"{name}.{f.name}"]]
        return {"allOf": [schema], "required": needed} if new and needed else schema

    def reference(self, name: str, leave_out: frozenset[str] = frozenset()) -> dict[str, Any]:
        short = name.removeprefix(PACKAGE)
        if short not in self.schemas:
            self.schemas[short] = {}
            message = self.image.messages[name]
            self.schemas[short] = {
                "type": "object",
                "description": " ".join(self.image.comments[name].split()),
                "properties": {
                    field.json_name: self.property(name, field) for field in message.field if field.name not in leave_out
                },
            }
        return {"$ref": f"#/components/schemas/{short}"}

    def parameters(self, method: MethodDescriptorProto, path: str, body: str) -> list[dict[str, Any]]:
        message = self.image.messages[method.input_type]
        in_path = set(re.findall(r"{(\w+)}", path))
        found = []
        for field in message.field:
            where = "path" if field.name in in_path else "query"
            if where == "query" and (body or field.name == body or field.type == F.TYPE_MESSAGE):
                continue
            described = self.query_schema(method.input_type, field)
            found.append(
                {
                    "name": field.name if where == "path" else field.json_name,
                    "in": where,
                    **({"required": True} if where == "path" else {}),
                    "description": described.pop("description"),
                    "schema": described,
                }
            )
        return found

    def request_content(self, method: MethodDescriptorProto, path: str, body: str) -> dict[str, Any]:
        """By media type, what the body may be."""
        message = self.image.messages[method.input_type]
        if body == "*":
            in_path = frozenset(re.findall(r"{(\w+)}", path))
            return {"application/json": {"schema": self.reference(method.input_type, in_path)}}
        field = next(field for field in message.field if field.name == body)
        verb = method.options.Extensions[annotations_pb2.http].WhichOneof("pattern")
        schema = self.body_schema(field, method.input_type, path, new=verb == "post")
        if schema:
            form = {"application/x-www-form-urlencoded": {"schema": schema}} if method.name in FORMS_TOO else {}
            return {"application/json": {"schema": schema}, **form}
        if field.type_name == HTTP_BODY:
            files = {"type": "array", "items": {"type": "string", "format": "binary"}}
            properties: dict[str, Any] = {"files": {**files, "description": "The files; repeat the field for several."}}
            if "prediction" in path:
                properties["question"] = {"type": "string", "description": "What the user asks."}
            schema = {"type": "object", "properties": properties, "additionalProperties": {"type": "string"}}
            return {"multipart/form-data": {"schema": schema}}
        return {"application/json": {"schema": self.reference(field.type_name)}}

    def response_content(self, method: MethodDescriptorProto) -> dict[str, Any]:
        if method.output_type == HTTP_BODY:
            if method.name == "GetUploadFile":
                return {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
            if method.name in JSON_ANSWERS:
                answer = {"application/json": {"schema": self.reference(PACKAGE + JSON_ANSWERS[method.name])}}
                return {**answer, "text/event-stream": {"schema": FRAMES}} if method.name in FRAMES_TOO else answer
            if method.name in JSON_LISTS:
                items = self.reference(PACKAGE + JSON_LISTS[method.name])
                return {"application/json": {"schema": {"type": "array", "items": items}}}
            if method.server_streaming:
                return {"text/event-stream": {"schema": FRAMES}}
            plain = PLAIN_PAGES.get(method.name, "application/json")
            is_text = plain.startswith(("text/", "image/")) or method.name in JSON_TEXTS
            return {plain: {"schema": {"type": "string" if is_text else "object"}}}
        schema = self.reference(method.output_type)
        if method.server_streaming:
            schema = {"type": "array", "items": schema}
        return {"application/json": {"schema": schema}}

    def add(self, service: str, method: MethodDescriptorProto, verb: str, path: str, body: str, number: int = 1) -> None:
        """Add the binding of that ``number`` of a method; behind the first, the operation's name carries it."""
        comment = self.image.comments[f"{PACKAGE}{service}.{method.name}"]
        summary, _, rest = " ".join(comment.split()).partition(". ")
        operation = self.paths.setdefault(path, {}).setdefault(
            verb,
            {
                "tags": [re.sub(r"^Public|(Stream|Form|Page|Delete|Check)*(Rest)?Service$", "", service)],
                "operationId": method.name if number == 1 else f"{method.name}_{number}",
                "summary": summary.rstrip("."),
                "description": rest,
                "parameters": self.parameters(method, path, body),
                "responses": {
                    "200": {"description": "Success.", "content": {}},
                    **openapi_errors.references(verb, path, level_of(method), has_body=bool(body)),
                },
                **SECURITY[level_of(method)],
            },
        )
        if method.name in BACKGROUND:
            run = {"application/json": {"schema": self.reference(PACKAGE + "Run")}}
            operation["responses"]["202"] = {"description": "The run, which goes on in the background.", "content": run}
        if body:
            content = operation.setdefault("requestBody", {"content": {}})["content"]
            for media, schema in self.request_content(method, path, body).items():
                content.setdefault(media, schema)
        answers = operation["responses"]["200"]["content"]
        for media, schema in self.response_content(method).items():
            known = answers.setdefault(media, schema)
            if known["schema"] != schema["schema"]:
                known["schema"] = {"anyOf": [known["schema"], schema["schema"]]}
        names = {(parameter["name"], parameter["in"]) for parameter in operation["parameters"]}
        extra = self.parameters(method, path, body)
        operation["parameters"] += [p for p in extra if (p["name"], p["in"]) not in names]
        examples = self.examples.get(method.name, {})
        for media, example in examples.get("request", {}).items():
            operation["requestBody"]["content"][media]["example"] = example
        for media, example in examples.get("response", {}).items():
            answers[media]["example"] = example

    def build(self) -> dict[str, Any]:
        for service, method in self.image.methods():
            for number, (verb, path, body) in enumerate(bindings(method), 1):
                self.add(service, method, verb, path, body, number)
        bearer = {"type": "http", "scheme": "bearer", "description": "An API key, or the chatflow's own key."}
        return {
            "openapi": "3.1.0",
            "info": {"title": "Tradewind", "version": "v1", "description": INTRODUCTION},
            "servers": [{"url": "/"}],
            "security": [{"bearer": []}, {"basic": []}],
            "paths": dict(sorted(self.paths.items())),
            "components": {
                "schemas": dict(sorted(self.schemas.items())),
                "responses": openapi_errors.responses(),
                "securitySchemes": {"bearer": bearer, "basic": {"type": "http", "scheme": "basic"}},
            },
        }


def built(serialized_image: bytes) -> dict[str, Any]:
    """The document of a descriptor image with comments."""
    return Document(Image(serialized_image)).build()


def text_of(document: dict[str, Any]) -> str:
    """The document as YAML, the same text for the same image."""
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)
    return "# Generated from proto/; never edited. Run `make generate`.\n" + str(text)
