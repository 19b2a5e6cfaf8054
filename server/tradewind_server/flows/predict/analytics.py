"""Services that the owner of a chatflow has its answers reported to: the port, and what is told of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from tradewind_server.chatflows.config import ProviderChoice
from tradewind_server.observability.spans import Span

SERVICES = frozenset({"langFuse", "langSmith"})
"""Those that this server knows, by the canvas's names."""


@dataclass(frozen=True, slots=True)
class AnswerReport:
    """One answer of a flow with its spans, the last of which is the answer's own."""

    workspace_id: str
    chatflow_id: str
    chatflow_name: str
    chat_id: str
    session_id: str
    services: Sequence[ProviderChoice]
    spans: Sequence[Span]


class Analytics(Protocol):
    """Takes reports, and sends them when it can."""

    def report(self, answer: AnswerReport) -> None:
        """Does not wait, and raises nothing. What is more than may wait is dropped."""
        ...


ANALYTICS: ContextVar[Analytics | None] = ContextVar("analytics", default=None)
"""The worker's, set before its server starts; None in tests and commands: nothing is reported."""
