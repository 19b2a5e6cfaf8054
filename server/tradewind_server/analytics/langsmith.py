"""Reports as LangSmith takes them: a batch of runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tradewind_server.analytics.observations import Observation, ServicePost, content, iso, observations_of
from tradewind_server.flows.predict.analytics import AnswerReport

URL = "https://api.smith.langchain.com"
KEY = "langSmithApiKey"
"""What a credential must hold; ``langSmithEndpoint`` names another server."""
PROJECT = "default"
RUN_TYPES = {"tool": "tool", "retrieval": "retriever"}


def langsmith_request(
    answer: AnswerReport, settings: Mapping[str, Any], fields: Mapping[str, str], new_id: Callable[[], str]
) -> ServicePost:
    """One batch with the whole trace. Raises ``KeyError`` for a credential without its key."""
    key = fields[KEY].strip()
    project = settings.get("projectName")
    places: dict[str, str] = {}
    runs = []
    steps = observations_of(answer.spans, new_id)
    for step in steps:
        above = f"{places[step.parent.id]}." if step.parent is not None else ""
        places[step.id] = f"{above}{step.start:%Y%m%dT%H%M%S%fZ}{step.id}"
        runs.append(_run(step, steps[0], places[step.id], answer))
    for run in runs:
        run["session_name"] = project if isinstance(project, str) and project else PROJECT
    return ServicePost(
        f"{(fields.get('langSmithEndpoint') or URL).strip().rstrip('/')}/runs/batch",
        {"x-api-key": key},
        {"post": runs, "patch": []},
    )


def _run(step: Observation, trace: Observation, place: str, answer: AnswerReport) -> dict[str, Any]:
    facts = step.span.facts
    outputs: dict[str, Any] = {"output": content(step.span.output)}
    if step.is_chat:
        tokens = (facts.get("input_tokens"), facts.get("output_tokens"))
        outputs["usage_metadata"] = {
            "input_tokens": tokens[0] or 0,
            "output_tokens": tokens[1] or 0,
            "total_tokens": sum(one or 0 for one in tokens),
        }
    metadata = {"ls_provider": facts.get("provider"), "ls_model_name": facts.get("model")} if step.span.kind == "model" else {}
    if step is trace:
        metadata = {"session_id": answer.session_id, "chatflowid": answer.chatflow_id, "chatId": answer.chat_id}
    return {
        "id": step.id,
        "trace_id": trace.id,
        "parent_run_id": step.parent.id if step.parent is not None else None,
        "dotted_order": place,
        "name": answer.chatflow_name if step is trace else step.span.name,
        "run_type": "llm" if step.is_chat else RUN_TYPES.get(step.span.kind, "chain"),
        "start_time": iso(step.start),
        "end_time": iso(step.stop),
        "inputs": {"input": content(step.span.input)},
        "outputs": outputs,
        "error": step.error,
        "extra": {"metadata": metadata},
    }
