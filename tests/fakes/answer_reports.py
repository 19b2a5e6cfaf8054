"""An answer with a model, a tool and a search in it, as it is reported."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from tradewind_server.chatflows.config import ProviderChoice
from tradewind_server.errors import Reason, Unavailable
from tradewind_server.flows.predict.analytics import AnswerReport
from tradewind_server.observability.spans import Span, note_output
from tradewind_server.observability.steps import FlowFacts, FlowStep, ModelStep, VectorStep, node_step, search_step, tool_step


class Used:
    prompt_tokens, completion_tokens = 7, 2


def spans_of_an_answer() -> Sequence[Span]:
    kept: list[Span] = []
    with FlowStep(FlowFacts("f1", "CHATFLOW", "Ferries", "s1", "When?"), kept.extend):
        with node_step("Agent", "agent_0", "toolAgent"):
            with search_step("Store", "qdrant_0", "ferries"), VectorStep("Query", "ferries"):
                pass
            with ModelStep("chat", "openai", "gpt", [{"role": "user", "content": "When? sk-1234567890abcdef"}]) as step:
                step.usage = Used()
                step.output = "At nine."
            with suppress(Unavailable), tool_step("clock", {"zone": "UTC"}):
                raise Unavailable(Reason.OUTBOUND_FAILED, "The clock stands.")
        note_output("At nine.")
    return kept


def answer_report(*services: ProviderChoice) -> AnswerReport:
    return AnswerReport("w1", "f1", "Ferries", "c1", "s1", services, spans_of_an_answer())
