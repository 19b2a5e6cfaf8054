"""What the model calls of one answer used, summed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

COUNTS = {
    "prompt_tokens": "promptTokens",
    "completion_tokens": "completionTokens",
    "cached_tokens": "cachedTokens",
    "reasoning_tokens": "reasoningTokens",
}


@dataclass(slots=True)
class TokenUsage:
    """Token counts; None where no endpoint told one. ``model`` and ``provider`` are those of the last call."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int | None = None
    reasoning_tokens: int | None = None
    model: str = ""
    provider: str = ""
    calls: int = 0

    def add(self, other: TokenUsage) -> None:
        """Count another's calls in."""
        self.prompt_tokens = _sum(self.prompt_tokens, other.prompt_tokens)
        self.completion_tokens = _sum(self.completion_tokens, other.completion_tokens)
        self.cached_tokens = _sum(self.cached_tokens, other.cached_tokens)
        self.reasoning_tokens = _sum(self.reasoning_tokens, other.reasoning_tokens)
        self.model = other.model or self.model
        self.provider = other.provider or self.provider
        self.calls += other.calls

    def as_json(self) -> dict[str, Any]:
        """As the REST doors and the stored rows have it; null where an endpoint said nothing."""
        return {
            "promptTokens": self.prompt_tokens,
            "completionTokens": self.completion_tokens,
            "cachedTokens": self.cached_tokens,
            "reasoningTokens": self.reasoning_tokens,
            "model": self.model or None,
            "provider": self.provider or None,
            "calls": self.calls,
        }


def _sum(count: int | None, more: int | None) -> int | None:
    return more if count is None else count if more is None else count + more


def usage_from_json(value: Any) -> TokenUsage | None:
    """The usage of a stored row; None for what is none."""
    if not isinstance(value, dict):
        return None
    counts = {name: value.get(public) for name, public in COUNTS.items()}
    return TokenUsage(
        **{name: count for name, count in counts.items() if isinstance(count, int)},
        model=str(value.get("model") or ""),
        provider=str(value.get("provider") or ""),
        calls=int(value.get("calls") or 0),
    )


USAGE: ContextVar[TokenUsage | None] = ContextVar("usage", default=None)
"""Where the model calls of the running answer are counted; tasks that it starts count there too."""


@contextmanager
def count_usage(total: TokenUsage) -> Iterator[None]:
    """Counts the model calls of the body into ``total``, and into the answer around it too, where one flow asks another."""
    around = USAGE.get()
    token = USAGE.set(total)
    try:
        yield
    finally:
        USAGE.reset(token)
        if around is not None:
            around.add(total)


def count(usage: TokenUsage) -> None:
    """Count a model call, if an answer is being made."""
    total = USAGE.get()
    if total is not None:
        total.add(usage)
