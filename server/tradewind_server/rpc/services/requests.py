"""Makes domain requests of the fields of JSON bodies and forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind_server.chatflows.admission import Caller
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.predict.messages import PredictionRequest
from tradewind_server.rpc.call import Call

LONGEST_EMAIL = 320
"""Characters, as the typed request has it."""


def origin_of(call: Call) -> str | None:
    """The ``Origin`` header; None for a call that no web page made."""
    return call.headers.get("origin")


def caller_of(call: Call) -> Caller:
    """Who calls, as far as a chatflow's admission asks."""
    return Caller(call.principal, origin_of(call), call.address())


def version_of(message: Any) -> str | None:
    """The version that a typed request names, a number or a label. An empty one is none."""
    return message.version or None


def form_request(body: Mapping[str, Any]) -> PredictionRequest:
    """The request of a prediction, from the fields of a JSON body or of a form. Raises ``InvalidInput``."""
    email = text_of(body, "leadEmail")
    if email is not None and len(email) > LONGEST_EMAIL:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"leadEmail must have at most {LONGEST_EMAIL} characters.")
    return PredictionRequest(
        question=text_of(body, "question"),
        override_config=body.get("overrideConfig") or {},
        history=body.get("history"),
        chat_id=text_of(body, "chatId"),
        uploads=body.get("uploads"),
        lead_email=email,
        form=body.get("form"),
        human_input=body.get("humanInput"),
        action=body.get("action"),
    )


def text_of(body: Mapping[str, Any], name: str) -> str | None:
    """A text field, or None. The form reader parses ``true`` and ``false`` as booleans, which are texts here.

    Raises ``InvalidInput(INVALID_FORM)`` for a field that was sent more than once.
    """
    value = body.get(name)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, str):
        return value
    raise InvalidInput(Reason.INVALID_FORM, f"The field {name} of the form may come only once.")
