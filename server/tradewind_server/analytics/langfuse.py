"""Reports as Langfuse takes them: its public ingestion route."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pybase64

from tradewind_server.analytics.observations import Observation, ServicePost, content, iso, observations_of
from tradewind_server.flows.predict.analytics import AnswerReport

URL = "https://cloud.langfuse.com"
FIELDS = ("langFusePublicKey", "langFuseSecretKey")
"""What a credential must hold; ``langFuseEndpoint`` names a server of one's own."""


def langfuse_request(
    answer: AnswerReport, settings: Mapping[str, Any], fields: Mapping[str, str], new_id: Callable[[], str]
) -> ServicePost:
    """One batch with the whole trace. Raises ``KeyError`` for a credential without its keys."""
    keys = ":".join(fields[name].strip() for name in FIELDS)
    steps = observations_of(answer.spans, new_id)
    trace = steps[0]
    events = [_event("trace-create", _trace(answer, trace, settings), trace, new_id)]
    for step in steps[1:]:
        kind = "generation-create" if step.is_chat else "span-create"
        events.append(_event(kind, _observation(step, trace), step, new_id))
    return ServicePost(
        f"{(fields.get('langFuseEndpoint') or URL).strip().rstrip('/')}/api/public/ingestion",
        {"Authorization": f"Basic {pybase64.b64encode(keys.encode()).decode()}"},
        {"batch": events},
    )


def _event(kind: str, body: dict[str, Any], step: Observation, new_id: Callable[[], str]) -> dict[str, Any]:
    present = {name: value for name, value in body.items() if value is not None}
    return {"id": new_id(), "type": kind, "timestamp": iso(step.stop), "body": present}


def _trace(answer: AnswerReport, trace: Observation, settings: Mapping[str, Any]) -> dict[str, Any]:
    release = settings.get("release")
    return {
        "id": trace.id,
        "name": answer.chatflow_name,
        "timestamp": iso(trace.start),
        "sessionId": answer.session_id[:200],
        "input": content(trace.span.input),
        "output": content(trace.span.output),
        "release": release[:200] if isinstance(release, str) and release else None,
        "metadata": {"chatflowid": answer.chatflow_id, "chatId": answer.chat_id, "error": trace.error},
    }


def _observation(step: Observation, trace: Observation) -> dict[str, Any]:
    facts = step.span.facts
    body: dict[str, Any] = {
        "id": step.id,
        "traceId": trace.id,
        "parentObservationId": step.parent.id if step.parent not in (None, trace) and step.parent else None,
        "name": step.span.name,
        "startTime": iso(step.start),
        "endTime": iso(step.stop),
        "input": content(step.span.input),
        "output": content(step.span.output),
        "level": "ERROR" if step.error else None,
        "statusMessage": step.error,
    }
    if step.is_chat:
        body["model"] = facts.get("model")
        tokens = {"input": facts.get("input_tokens"), "output": facts.get("output_tokens"), "unit": "TOKENS"}
        body["usage"] = {name: value for name, value in tokens.items() if value is not None}
    return body
