"""Structured output of model nodes: a list of fields that the answer must have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from tradewind_server.bounded_json import foreign_json
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, Unavailable
from tradewind_server.flows.agentflow.model_call import CountedReply, call_model
from tradewind_server.flows.components import ChatModelHandle, ParseFailure
from tradewind_server.flows.llm.output_schema import Schema, read_in, read_patiently
from tradewind_server.flows.ports import CallOptions, Message

MOST_FIELDS = 100


def schema_of(items: Sequence[Mapping[str, Any]]) -> Schema | None:
    """The shape that the fields make; None where there are none. Raises ``InvalidInput`` for a field that cannot be read."""
    fields: dict[str, Schema] = {}
    for item in items[:MOST_FIELDS]:
        key = str(item.get("key") or "")
        if key:
            fields[key] = _field(key, item)
    return Schema("object", fields=fields) if fields else None


def _field(key: str, item: Mapping[str, Any]) -> Schema:
    description = str(item.get("description") or "")
    match item.get("type"):
        case "number":
            return Schema("number", description)
        case "boolean":
            return Schema("boolean", description)
        case "stringArray":
            return Schema("array", description, item=Schema("string"))
        case "enum":
            choices = tuple(one.strip() for one in str(item.get("enumValues") or "").split(",") if one.strip())
            return Schema("string", description, choices=choices)
        case "jsonArray":
            return Schema("array", description, item=_item(key, item.get("jsonSchema")))
    return Schema("string", description)


def _item(key: str, text: Any) -> Schema:
    """The shape of a list's items: a JSON object of names and types, as the canvas takes it; free objects without one."""
    if not isinstance(text, str) or not text.strip():
        return Schema("record")
    try:
        declarations = foreign_json(text)
        if not isinstance(declarations, dict):
            raise ValueError
    except ValueError:
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID, f"The JSON schema of the output {key} is no JSON object.", input=key
        ) from None
    fields = {}
    for name, entry in declarations.items():
        details = entry if isinstance(entry, dict) else {"type": entry}
        kind = str(details.get("type") or "string")
        container = {"array": Schema("array", item=Schema("any")), "object": Schema("record")}.get(kind)
        plain = Schema("number" if kind in ("number", "integer") else "boolean" if kind == "boolean" else "string")
        fields[name] = container or Schema(plain.kind, str(details.get("description") or ""))
    return Schema("object", fields=fields)


async def ask_for_fields(
    model: ChatModelHandle, messages: Sequence[Message], schema: Schema
) -> tuple[dict[str, Any], CountedReply]:
    """The fields of a model's answer. Raises ``Unavailable(OUTPUT_UNPARSABLE)`` where it has them not."""
    client = await model.client()
    try:
        answer = await call_model(client, messages, CallOptions(json_schema=schema.schema()))
    except FailedPrecondition as error:
        if error.reason is not Reason.MODEL_REFUSED:
            raise
        wish = "Answer with one JSON object of this JSON schema and nothing else: " + orjson.dumps(schema.schema()).decode()
        answer = await call_model(client, [*messages, Message("user", wish)])
    try:
        values = await read_patiently(answer.reply.text, lambda text: read_in(text, schema))
    except ParseFailure as failure:
        raise Unavailable(Reason.OUTPUT_UNPARSABLE, f"The model's answer has not the fields asked for: {failure}.") from None
    return values, answer


def pretty(value: Any) -> str:
    """JSON as the canvas shows it, in lines."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode()
