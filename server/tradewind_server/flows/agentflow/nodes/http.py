"""HTTP: one request through the guard of outbound calls."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import orjson

from tradewind_server.bounded_json import foreign_json
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.agentflow.json_text import owners_json
from tradewind_server.flows.agentflow.people import Decisions, once
from tradewind_server.flows.agentflow.references import TOKEN, text_of
from tradewind_server.flows.agentflow.step import Step, StepType
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.nodes.agentflow import HTTP
from tradewind_server.flows.public_drawing import SECRET_NAME
from tradewind_server.outbound.ports import OutboundReply

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
FORM_TYPE = "application/x-www-form-urlencoded"
KINDS = ("json", "text", "arraybuffer", "base64")
HIDDEN_HEADERS = frozenset({"set-cookie", "set-cookie2", "www-authenticate"})
"""Of an answer: they are for this server alone."""
Pair = tuple[str, str]


def pairs_in(step: Step, name: str) -> list[Pair]:
    """Keys and values; those without either are left out."""
    return _pairs(step.items(name))


def _pairs(items: Sequence[Mapping[str, Any]]) -> list[Pair]:
    return [(str(one["key"]), text_of(one["value"])) for one in items if one.get("key") and one.get("value") not in (None, "")]


def form_body(step: Step) -> list[Pair] | str:
    """The fields of a form: a list of keys and values, an object, or either as JSON; another text is one that is ready."""
    value = step.json_input("body")
    if isinstance(value, str):
        try:
            value = owners_json(value)
        except ValueError:
            return str(value)
    if isinstance(value, Mapping) and "key" not in value:
        value = [{"key": key, "value": one} for key, one in value.items()]
    return _pairs([one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)])


def json_body(step: Step) -> bytes:
    """The body as JSON; what people write nearly so is repaired. Raises ``InvalidInput``."""
    value = step.json_input("body")
    if not isinstance(value, str):
        return orjson.dumps(value)
    if not value.strip():
        return b""
    try:
        return orjson.dumps(owners_json(value))
    except ValueError:
        token = TOKEN.search(value)
        advice = f"{token.group()} has no value here" if token else "write names and texts in quotation marks"
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID, f"Invalid JSON format in body: {advice}.", node=step.node.id, input="body"
        ) from None


def multipart(pairs: Sequence[Pair]) -> tuple[bytes, str]:
    """A body and its content type. No value can hold the boundary, as it is made of all of them."""
    boundary = "tradewind-" + sha256(repr(pairs).encode()).hexdigest()[:32]
    parts = []
    for key, value in pairs:
        name = key.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "")
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n')
    return ("".join(parts) + f"--{boundary}--\r\n").encode(), f"multipart/form-data; boundary={boundary}"


def body_of(step: Step, method: str) -> tuple[bytes | None, str]:
    """The body and its content type; none for GET."""
    if method == "GET" or step.raw.get("body") in (None, "", []):
        return None, ""
    kind = step.inputs.text("bodyType") or "json"
    match kind:
        case "json":
            return json_body(step), "application/json"
        case "raw":
            return step.text("body").encode(), FORM_TYPE
        case "formData":
            fields = form_body(step)
            if isinstance(fields, str):
                raise step.inputs.wrong_input("body", "a list of keys and values")
            return multipart(fields)
        case "xWwwFormUrlencoded":
            fields = form_body(step)
            return (fields if isinstance(fields, str) else urlencode(fields)).encode(), FORM_TYPE
    raise step.inputs.wrong_input("bodyType", "json, raw, formData or xWwwFormUrlencoded")


async def credential_headers(step: Step) -> dict[str, str]:
    """The header of the node's credential: Basic, Bearer, or a key by name. None where the caller named the address."""
    context = step.services.context
    if not step.node.credential or context.credentials is None or step.raw.get("url") != step.node.inputs.get("url"):
        return {}
    entry = await context.credentials.reveal(context.workspace_id, step.node.credential)
    if entry is None:
        raise InvalidInput(
            Reason.CREDENTIAL_NOT_FOUND,
            f"The credential of {step.node.label} ({step.node.id}) is not stored here; the import of the chatflow names it.",
            node=step.node.id,
        )
    fields = entry[1]
    if fields.get("basicAuthUsername") or fields.get("basicAuthPassword"):
        pair = f"{fields.get('basicAuthUsername', '')}:{fields.get('basicAuthPassword', '')}"
        return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
    if fields.get("token"):
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
    if kind not in KINDS:
        raise inputs.wrong_input("responseType", f"one of {', '.join(KINDS)}")
    query = urlencode(pairs_in(step, "queryParams"))
    address = f"{url}{'&' if '?' in url else '?'}{query}" if query else url
    body, content_type = body_of(step, method)
    headers = dict(pairs_in(step, "headers"))
    if body is not None and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = content_type
    own = await credential_headers(step)
    own_names = {name.lower() for name in own}
    sent_headers = {**{name: one for name, one in headers.items() if name.lower() not in own_names}, **own}

    async def work() -> Mapping[str, Any]:
        reply = await outbound.request(method, address, headers=sent_headers, body=body)
        answer = {"data": data_of(reply, kind), "status": reply.status, "statusText": phrase(reply.status)}
        headers = {name: value for name, value in reply.headers.items() if name not in HIDDEN_HEADERS}
        return {"http": {**answer, "headers": {"content-type": reply.content_type, **headers}}}

    label = f"The request {method} of {step.node.label}"
    output = dict(await once(step, "call", label, work, repeatable=method == "GET", decisions=Decisions(step)))
    request = {
        name: step.resolve(step.raw.get(name)) for name in ("method", "url", "headers", "queryParams", "bodyType", "body")
    }
    request |= {name: [_visible(one) for one in step.items(name)] for name in ("headers", "queryParams") if request[name]}
    return StepResult({"http": {**request, "responseType": inputs.text("responseType")}}, output)


def _visible(pair: Mapping[str, Any]) -> Mapping[str, Any]:
    """A header or parameter as the trace shows it, which callers read: one that is named as a key is has no value there."""
    name = str(pair.get("key") or "").lower().removeprefix("x-")
    return {**pair, "value": "***"} if SECRET_NAME.search(name) else pair


STEPS = (StepType(HTTP.name, run_http, keeps_apart=True),)
