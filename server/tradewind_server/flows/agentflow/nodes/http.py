"""HTTP: one request through the guard of outbound calls."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import orjson

from tradewind_server.bounded_json import foreign_json
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.agentflow.people import Decisions, once
from tradewind_server.flows.agentflow.references import quoted_within, text_of
from tradewind_server.flows.agentflow.step import Step, StepType
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.nodes.agentflow import HTTP
from tradewind_server.lenient_json import json_values
from tradewind_server.outbound.ports import OutboundReply

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
FORM_TYPE = "application/x-www-form-urlencoded"
BOUNDARY = "tradewind-form-part-3f1c7a"
Pair = tuple[str, str]


def pairs_in(step: Step, name: str) -> list[Pair]:
    """Keys and values; those without either are left out."""
    items = step.items(name)
    return [(str(one["key"]), text_of(one["value"])) for one in items if one.get("key") and one.get("value") not in (None, "")]


def json_body(step: Step) -> bytes:
    """The body as JSON; what models and people write nearly so is repaired. Raises ``InvalidInput``."""
    raw = step.raw.get("body")
    value = step.resolve(raw, quoted_within) if isinstance(raw, str) else step.resolve(raw)
    if not isinstance(value, str):
        return orjson.dumps(value)
    if not value.strip():
        return b""
    try:
        document = foreign_json(value)
    except ValueError:
        document = next(iter(json_values(value)), None)
        if not isinstance(document, dict | list):
            raise InvalidInput(
                Reason.NODE_INPUT_INVALID,
                "Invalid JSON format in body: write names and texts in quotation marks.",
                node=step.node.id,
            ) from None
    return orjson.dumps(document)


def multipart(pairs: Sequence[Pair]) -> bytes:
    parts = []
    for key, value in pairs:
        name = key.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "")
        parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n')
    return ("".join(parts) + f"--{BOUNDARY}--\r\n").encode()


def body_of(step: Step, method: str) -> tuple[bytes | None, str]:
    """The body and its content type; none for GET."""
    if method == "GET" or step.raw.get("body") in (None, "", []):
        return None, ""
    match step.inputs.text("bodyType", "json"):
        case "formData":
            return multipart(pairs_in(step, "body")), f"multipart/form-data; boundary={BOUNDARY}"
        case "xWwwFormUrlencoded":
            return urlencode(pairs_in(step, "body")).encode(), FORM_TYPE
        case "raw":
            return step.text("body").encode(), FORM_TYPE
    return json_body(step), "application/json"


async def credential_headers(step: Step) -> dict[str, str]:
    """The header of the node's credential: Basic, Bearer, or a key by name. None where the caller named the address."""
    context = step.services.context
    if not step.node.credential or context.credentials is None or step.raw.get("url") != step.node.inputs.get("url"):
        return {}
    entry = await context.credentials.reveal(context.workspace_id, step.node.credential)
    if entry is None:
        raise InvalidInput(
            Reason.CREDENTIAL_NOT_FOUND, f"The credential {step.node.credential} is not stored here.", node=step.node.id
        )
    fields = entry[1]
    if "basicAuthUsername" in fields:
        pair = f"{fields['basicAuthUsername']}:{fields.get('basicAuthPassword', '')}"
        return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
    if "token" in fields:
        return {"Authorization": f"Bearer {fields['token']}"}
    return {fields["key"]: fields.get("value", "")} if fields.get("key") else {}


def data_of(reply: OutboundReply, kind: str) -> Any:
    if kind in ("arraybuffer", "base64"):
        return base64.b64encode(reply.body).decode()
    text = reply.text if reply.body else ""
    if kind != "text":
        try:
            return foreign_json(text)
        except ValueError:
            return text
    return text


def phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


async def run_http(step: Step) -> StepResult:
    outbound = step.services.context.outbound
    assert outbound is not None, "the composition root gives a way out"
    inputs = step.inputs
    method = (inputs.text("method") or "GET").upper()
    if method not in METHODS:
        raise inputs.wrong_input("method", f"one of {', '.join(METHODS)}")
    url, kind = step.text("url").strip(), inputs.text("responseType") or "json"
    params = dict(pairs_in(step, "queryParams"))
    body, content_type = body_of(step, method)
    headers = dict(pairs_in(step, "headers"))
    if body is not None and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = content_type
    sent_headers = {**await credential_headers(step), **headers}

    async def work() -> Mapping[str, Any]:
        reply = await outbound.request(method, url, headers=sent_headers, params=params, body=body)
        answer = {"data": data_of(reply, kind), "status": reply.status, "statusText": phrase(reply.status)}
        return {"http": {**answer, "headers": {"content-type": reply.content_type}}}

    label = f"The request {method} of {step.node.label}"
    output = dict(await once(step, "call", label, work, repeatable=method == "GET", decisions=Decisions(step)))
    inputs_shown = {
        name: step.resolve(step.raw.get(name)) for name in ("method", "url", "headers", "queryParams", "bodyType", "body")
    }
    return StepResult({"http": {**inputs_shown, "responseType": inputs.text("responseType")}}, output)


STEPS = (StepType(HTTP.name, run_http, keeps_apart=True),)
