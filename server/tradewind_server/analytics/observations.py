"""An answer's spans as the observation services want them: with ids, times as texts, and contents of bounded length."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from tradewind_server.observability.logging import redact
from tradewind_server.observability.spans import Span

LONGEST_CONTENT = 16_000
"""Characters of one input or output; longer ones are cut."""
LEFT_OUT = frozenset({"sql", "vector"})
"""Kinds of steps that say nothing to whoever looks at answers."""


@dataclass(frozen=True, slots=True)
class ServicePost:
    """What is posted to a service."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Observation:
    """One step of an answer. ``parent`` is None for the answer itself."""

    id: str
    parent: Observation | None
    span: Span

    @property
    def start(self) -> datetime:
        return moment(self.span.start)

    @property
    def stop(self) -> datetime:
        return moment(self.span.stop)

    @property
    def is_chat(self) -> bool:
        return self.span.facts.get("operation") == "chat"

    @property
    def error(self) -> str | None:
        """The sentence of a failure; the kind alone of one that has no sentence for callers."""
        if self.span.error is None:
            return None
        return redact(str(getattr(self.span.error, "message", "")) or type(self.span.error).__name__)


def observations_of(spans: Sequence[Span], new_id: Callable[[], str]) -> list[Observation]:
    """The steps of an answer, each behind the one that it is inside of; the answer comes first."""
    by_span: dict[int, Observation] = {}
    observations: list[Observation] = []
    for span in sorted(spans, key=lambda one: (one is not spans[-1], one.start)):
        if span.kind not in LEFT_OUT:
            parent = by_span.get(id(span.parent)) if span.parent is not None else None
            observation = Observation(new_id(), parent or (observations[0] if observations else None), span)
            by_span[id(span)] = observation
            observations.append(observation)
    return observations


def content(value: Any) -> Any:
    """What was said, as JSON has it: cut where it is long, and without keys that can be told by their look."""
    if value is None:
        return None
    text = value if isinstance(value, str) else orjson.dumps(value, default=str).decode()
    if len(text) > LONGEST_CONTENT:
        return redact(text[:LONGEST_CONTENT]) + "…"
    text = redact(text)
    return text if isinstance(value, str) else orjson.loads(text)


def moment(nanoseconds: int) -> datetime:
    return datetime.fromtimestamp(nanoseconds / 1e9, UTC)


def iso(when: datetime) -> str:
    return when.isoformat(timespec="microseconds").replace("+00:00", "Z")
