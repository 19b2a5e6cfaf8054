"""What goes into a prediction and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import orjson

from tradewind_server.bounded_json import foreign_json
from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.llm.usage import TokenUsage, usage_from_json
from tradewind_server.flows.ports import Message, Role

ROLES: Mapping[str, Role] = {
    "userMessage": "user",
    "user": "user",
    "apiMessage": "assistant",
    "assistant": "assistant",
}


@dataclass(slots=True)
class PredictionRequest:
    """A question to a chatflow (docs/contract.md §4.1), as any door brings it."""

    question: str | None = None
    override_config: Mapping[str, Any] = field(default_factory=dict)
    history: Any = None
    chat_id: str | None = None
    uploads: Any = None
    lead_email: str | None = None
    form: Any = None
    human_input: Any = None
    action: Any = None
    files: Sequence[SourceFile] = ()
    chat_type: str = "EXTERNAL"
    within: tuple[str, ...] = ()
    """Chatflows that ask this one, by id, the outermost first; empty for a call from outside."""
    execution_id: str = ""
    """The execution of an agent flow that goes on where its process died; no caller can name one."""

    @property
    def needs_question(self) -> bool:
        """Whether a question must be asked: a form, an answer of a person to an agent flow, and an action go without."""
        return not (self.form or self.human_input or self.action)


STORED_KINDS: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("question", "chat_id", "lead_email"), (str, type(None))),
    **dict.fromkeys(("chat_type", "execution_id"), (str,)),
    "override_config": (dict,),
    "within": (list, tuple),
}
"""What the fields of a stored request must be."""


@dataclass(slots=True)
class PredictionResult:
    """The answer (docs/contract.md §4.5). None means absent."""

    chat_id: str
    chat_message_id: str
    session_id: str
    question: str | None
    text: str | None = None
    json: Any = None
    memory_type: str | None = None
    source_documents: list[dict[str, Any]] | None = None
    used_tools: list[dict[str, Any]] | None = None
    artifacts: list[dict[str, Any]] | None = None
    follow_up_prompts: str | None = None
    """A JSON text of a list, as it is stored and streamed; the JSON answer holds it encoded once more."""
    flow_variables: dict[str, Any] | None = None
    """Variables of the flow that its owner shows, by name."""
    usage: TokenUsage | None = None
    as_stream: bool = False
    form: Any = None
    """The form that came in place of a question."""
    execution_id: str | None = None
    trace: list[dict[str, Any]] | None = None
    """What an agent flow did, node by node (docs/contract.md §14)."""
    action: dict[str, Any] | None = None
    """What a person is asked before an agent flow goes on."""
    reason_content: dict[str, Any] | None = None
    run_id: str | None = None
    """The run as which it is kept."""


def request_json(request: PredictionRequest, chat_id: str, session_id: str) -> str | None:
    """A request as JSON text, to ask it again in the same conversation; None for one with files, which are not kept."""
    if request.files:
        return None
    values = {item.name: getattr(request, item.name) for item in fields(request) if item.name != "files"}
    values["chat_id"] = chat_id
    values["override_config"] = {**request.override_config, "sessionId": session_id}
    return orjson.dumps(values).decode()


def request_from_json(text: str) -> PredictionRequest:
    """The request behind :func:`request_json`. Raises ``ValueError`` for another text."""
    values = foreign_json(text)
    if not isinstance(values, dict):
        raise ValueError("no request")
    names = {item.name for item in fields(PredictionRequest)}
    request = PredictionRequest(**{name: value for name, value in values.items() if name in names})
    for name, kinds in STORED_KINDS.items():  # What callers may send in any shape is checked where it is used.
        if not isinstance(getattr(request, name), kinds):
            raise ValueError(f"{name} of a stored request cannot be read")
    request.within = tuple(map(str, request.within))
    return request


def result_json(result: PredictionResult) -> dict[str, Any]:
    """An answer as a JSON object, to be stored."""
    values = {item.name: getattr(result, item.name) for item in fields(result)}
    return {**values, "usage": result.usage.as_json() if result.usage else None}


def result_from_json(values: Mapping[str, Any]) -> PredictionResult:
    """The answer behind :func:`result_json`."""
    names = {item.name for item in fields(PredictionResult)}
    result = PredictionResult(**{name: value for name, value in values.items() if name in names})
    result.usage = usage_from_json(values.get("usage"))
    return result


def content_of(result: PredictionResult) -> str:
    """The answer as it is stored: its text, or a block of JSON."""
    if result.text is not None:
        return result.text
    return "```json\n" + orjson.dumps(result.json, option=orjson.OPT_INDENT_2).decode() + "\n```"


def parse_history(history: Any) -> list[Message]:
    """The messages a caller prepends, in both spellings; null items are skipped (docs/contract.md §4.3).

    Raises ``InvalidInput(INVALID_HISTORY)`` naming the item.
    """
    if history is None:
        return []
    if not isinstance(history, list):
        raise InvalidInput(Reason.INVALID_HISTORY, "history must be a list of {role, content} items.")
    messages = []
    for index, item in enumerate(history):
        if item is None:
            continue
        if not isinstance(item, dict):
            raise InvalidInput(Reason.INVALID_HISTORY, f"history[{index}] must be an object with role and content.")
        role = item.get("role") if item.get("role") is not None else item.get("type")
        content = item.get("content") if item.get("content") is not None else item.get("message")
        if role is None and content is None:
            continue
        if not isinstance(role, str) or role not in ROLES:
            raise InvalidInput(Reason.INVALID_HISTORY, f"history[{index}] has an unknown role; use userMessage or apiMessage.")
        if not isinstance(content, str):
            raise InvalidInput(Reason.INVALID_HISTORY, f"history[{index}] has no text as its content.")
        messages.append(Message(ROLES[role], content))
    return messages
