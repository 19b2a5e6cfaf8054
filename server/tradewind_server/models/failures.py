"""What an endpoint's refusal means to the caller, whatever dialect it is said in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tradewind_server.bounded_json import foreign_json
from tradewind_server.errors import (
    FailedPrecondition,
    InvalidInput,
    Reason,
    ResourceExhausted,
    TradewindError,
    Unavailable,
)

MOST_SHOWN = 200
SHORTEST_SECRET = 4
CONTEXT_KINDS = frozenset({"context_length_exceeded", "exceed_context_size_error", "model_max_prompt_tokens_exceeded"})
CONTEXT_SENTENCES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"context length is (?P<limit>\d+) tokens.{0,200}?(?:resulted in|requested|contains?|passed)\D{0,200}(?P<actual>\d+)",
        r"\((?P<actual>\d+) tokens\) exceeds the available context size \((?P<limit>\d+) tokens\)",
        r"prompt is too long(?:: (?P<actual>\d+) tokens > (?P<limit>\d+) maximum)?",
        r"input token count(?: \((?P<actual>\d+)\))? exceeds the maximum number of tokens allowed(?: \((?P<limit>\d+)\))?",
        r"contains (?P<actual>\d+) tokens.{0,200}?(?P<limit>\d+) maximum context",
        r"input is too long for requested model",
        r"context.{0,300}token|token.{0,300}context",
    )
)
"""The sentences of OpenAI and vLLM, llama.cpp, Anthropic, Google, Mistral, Bedrock, and of anyone who speaks of both."""
KEY_KINDS = frozenset({"API_KEY_INVALID", "authentication_error", "invalid_api_key"})
RATE_KINDS = frozenset({"rate_limit_error", "rate_limit_exceeded", "RESOURCE_EXHAUSTED"})
QUOTA_KINDS = frozenset({"insufficient_quota"})
OVERLOADED = 529
SECONDS = re.compile(r"[0-9]{1,6}")
"""A wait that is passed on to the caller as a header of this server."""
NO_IMAGES = re.compile(r"image input is not supported|(?:does not|doesn't) support images?\b", re.IGNORECASE)
"""As llama.cpp and others say it, the former with 500."""


@dataclass(frozen=True, slots=True)
class RefusalBody:
    """What the body of a refusal says; empty where it says nothing. ``numbers`` are tokens, ``limit`` and ``actual``."""

    detail: str = ""
    kinds: frozenset[str] = frozenset()
    numbers: dict[str, str] = field(default_factory=dict)


def read_refusal(text: bytes, secrets: Iterable[str] = ()) -> RefusalBody:
    """Reads the error bodies of all dialects; no secret survives in ``detail``."""
    try:
        body = foreign_json(text)
    except ValueError:
        return RefusalBody()
    return refusal_of(body, secrets)


def refusal_of(body: Any, secrets: Iterable[str] = ()) -> RefusalBody:
    if isinstance(body, list) and body:  # Google answers a refused stream with a list.
        body = body[0]
    error = body.get("error", body) if isinstance(body, dict) else {}
    if isinstance(error, str):
        error = {"message": error}
    if not isinstance(error, dict):
        return RefusalBody()
    detail = " ".join(str(error.get("message") or "").split())
    for secret in secrets:
        if len(secret) >= SHORTEST_SECRET:
            detail = detail.replace(secret, "***")
    details = error.get("details")
    reasons = [part.get("reason") for part in details if isinstance(part, dict)] if isinstance(details, list) else []
    kinds = frozenset(str(kind) for kind in (error.get("code"), error.get("type"), error.get("status"), *reasons) if kind)
    numbers = {"actual": error.get("n_prompt_tokens"), "limit": error.get("n_ctx")}
    return RefusalBody(detail[:MOST_SHOWN], kinds, {name: str(value) for name, value in numbers.items() if value})


def overflow_of(status: int, refusal: RefusalBody) -> InvalidInput | None:
    """The error of a question that is too long for the model, where the refusal says that."""
    numbers = refusal.numbers
    if not refusal.kinds & CONTEXT_KINDS and status not in (400, 413):
        return None
    match = next((overflow for sentence in CONTEXT_SENTENCES if (overflow := sentence.search(refusal.detail))), None)
    if match is None and not refusal.kinds & CONTEXT_KINDS:
        return None
    if match is not None and not numbers:
        numbers = {name: value for name, value in match.groupdict().items() if value}
    return InvalidInput(
        Reason.CONTEXT_LENGTH_EXCEEDED, "The question does not fit into the model's context; shorten it.", **numbers
    )


def meaning(label: str, model: str, status: int, refusal: RefusalBody, retry_after: str = "") -> TradewindError:
    """What a status other than 200 means to the caller. ``model`` is named where the endpoint itself says nothing."""
    overflow = overflow_of(status, refusal)
    if overflow is not None:
        return overflow
    if status in (401, 403) or refusal.kinds & KEY_KINDS:
        return FailedPrecondition(Reason.MODEL_REFUSED, f"{label} refused the API key; check the credential of the model node.")
    if status == 429 or refusal.kinds & RATE_KINDS:
        why = "says its quota is used up" if refusal.kinds & QUOTA_KINDS else "allows no more calls right now"
        return ResourceExhausted(
            Reason.MODEL_RATE_LIMITED,
            f"{label} {why}; try again later.",
            retry_after=float(retry_after) if SECONDS.fullmatch(retry_after) else None,
        )
    if NO_IMAGES.search(refusal.detail):
        return FailedPrecondition(
            Reason.MODEL_REFUSED, f"{label} does not look at images; choose a model that does, or turn image uploads off."
        )
    if status >= 500:
        return Unavailable(Reason.MODEL_UNAVAILABLE, f"{label} answered {status}; try again later.")
    if refusal.detail:
        ending = f": {refusal.detail}"
    elif status == 404:
        ending = f"; check its base path and the model name {model}."
    else:
        ending = "."
    return FailedPrecondition(Reason.MODEL_REFUSED, f"{label} refused the request with {status}{ending}")
