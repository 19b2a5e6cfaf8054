"""The turn around a run, the same for every engine: its ids, what is known before it runs, and its two stored rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.config import ProviderChoice
from tradewind_server.chatflows.ids import optional_id
from tradewind_server.chats.ports import ChatMessage
from tradewind_server.documents.ports import documents_json
from tradewind_server.errors import TradewindError
from tradewind_server.flows.components import Answer, Turn
from tradewind_server.flows.llm.usage import TokenUsage
from tradewind_server.flows.ports import Message
from tradewind_server.flows.predict.analytics import ANALYTICS, SERVICES, AnswerReport
from tradewind_server.flows.predict.attachments import Attachments
from tradewind_server.flows.predict.engine import PreparedRun
from tradewind_server.flows.predict.follow_up import FollowUp
from tradewind_server.flows.predict.messages import PredictionRequest, PredictionResult, content_of
from tradewind_server.flows.predict.running import Running
from tradewind_server.flows.predict.session_place import SessionPlace
from tradewind_server.observability.spans import Span
from tradewind_server.observability.steps import FlowFacts, FlowStep, Report

ONE_TICK = timedelta(microseconds=1)


@dataclass(slots=True)
class PreparedPrediction:
    """A request that has passed every check: nothing but the run itself can fail from here on."""

    admitted: Admitted
    run: PreparedRun
    turn: Turn
    follow_up: FollowUp | None
    """Asks for the next questions behind the answer, where the owner wants that."""
    voice: ProviderChoice | None
    """What reads a streamed answer aloud, where the owner wants that with each."""
    attachments: Attachments
    """What the files of the call amount to, with the question as typed or spoken."""
    lead_email: str | None
    chat_type: str
    start_date: datetime
    has_question: bool = True
    """Whether a question was sent: an answer without one does not repeat it."""
    named_chat: bool = False
    """Whether the caller named the chat, and so can stop the answer from elsewhere."""
    usage: TokenUsage = field(default_factory=TokenUsage)
    """Counts the model calls of this answer while it is made."""
    run_id: str | None = None
    """The run as which this answer is kept; None for one that is not."""
    decides: bool = False
    """Whether it goes on with what waits for a person."""
    store: Callable[[Sequence[ChatMessage]], Awaitable[None]] | None = None
    """Stores the turn in place of the store of messages, where it is kept with a run."""
    bind: Callable[[], Awaitable[None]] | None = None
    """Binds the run in its turn behind earlier answers of its session, where more hangs on that than the run."""
    failure: TradewindError | None = None
    """Why there is no answer, where a stream told so."""
    place: SessionPlace | None = None
    """Its place among the answers of its session, where they are made one at a time."""
    running: Running | None = None
    """Stops the answer while it is made."""
    goes_on_in: str | None = None
    """For a run that was taken over: the trace that it began in, empty where it was not traced."""
    outcome: PredictionResult | None = None
    """The answer, once it is stored."""

    @property
    def streams(self) -> bool:
        return self.run.streams

    def step(self) -> FlowStep:
        """Times the answer."""
        chatflow = self.admitted.chatflow
        turn = self.turn
        facts = FlowFacts(
            chatflow.id, chatflow.type, chatflow.name, turn.session_id, turn.question_text, goes_on_in=self.goes_on_in
        )
        return FlowStep(facts, self._report())

    def _report(self) -> Report | None:
        """What takes the spans of the answer, where the owner has it reported to services that are known here."""
        services = tuple(choice for choice in self.admitted.config.analytics if choice.name in SERVICES)
        analytics = ANALYTICS.get() if services else None
        if analytics is None:
            return None
        turn, chatflow = self.turn, self.admitted.chatflow

        def report(spans: Sequence[Span]) -> None:
            analytics.report(
                AnswerReport(
                    turn.workspace_id, chatflow.id, chatflow.name, turn.chat_id, turn.session_id, services, tuple(spans)
                )
            )

        return report

    def stop(self) -> None:
        """Stop the answer as an abort does, once it is made."""
        if self.running is not None:
            self.running.abort()

    async def leave(self) -> None:
        """The answer is over, or is not made at all."""
        if self.place is not None:
            await self.place.leave()

    def result(self, answer: Answer) -> PredictionResult:
        """The answer as callers get it."""
        return PredictionResult(
            chat_id=self.turn.chat_id,
            chat_message_id=self.turn.message_id,
            session_id=self.turn.session_id,
            question=self.attachments.question if self.has_question else None,
            text=answer.text if answer.json is None else None,
            json=answer.json,
            memory_type=self.run.memory_label,
            source_documents=documents_json(answer.source_documents),
            used_tools=answer.used_tools,
            artifacts=answer.artifacts,
            flow_variables=dict(self.turn.flow_variables) or None,
            usage=self.usage if self.usage.calls else None,
            form=self.turn.form,
            execution_id=answer.execution_id,
            trace=answer.trace,
            action=answer.action,
            reason_content=answer.reason_content,
            run_id=self.run_id,
        )

    def rows(
        self, result: PredictionResult, question_id: str, end_date: datetime, *, with_answer: bool
    ) -> Sequence[ChatMessage]:
        """Both rows of the turn, or the question's alone. The answer is later than it even on a coarse clock."""
        columns: dict[str, Any] = {
            "chatflow_id": self.turn.chatflow_id,
            "chat_id": self.turn.chat_id,
            "session_id": self.turn.session_id,
            "memory_type": self.run.memory_label or (None if self.run.tells_steps else ""),
            "chat_type": self.chat_type,
            "execution_id": result.execution_id,
        }
        question = ChatMessage(
            id=question_id,
            role="userMessage",
            content=self.attachments.question if self.turn.row_text is None else self.turn.row_text,
            created_date=self.start_date,
            lead_email=self.lead_email,
            file_uploads=self.attachments.rows,
            **columns,
        )
        if not with_answer:
            return (question,)
        answer = ChatMessage(
            id=result.chat_message_id,
            role="apiMessage",
            content=content_of(result),
            created_date=max(end_date, self.start_date + ONE_TICK),
            source_documents=result.source_documents,
            used_tools=result.used_tools,
            artifacts=result.artifacts,
            follow_up_prompts=result.follow_up_prompts,
            usage=result.usage.as_json() if result.usage else None,
            action=result.action,
            reason_content=result.reason_content,
            **columns,
        )
        return question, answer


def begin_turn(
    admitted: Admitted,
    request: PredictionRequest,
    history: Sequence[Message],
    new_id: Callable[[], str],
    new_message_id: Callable[[], str],
) -> Turn:
    """Conversation and session of a call (docs/contract.md §4.2): the caller's, or new ones.

    Raises ``InvalidInput`` for an id that is none.
    """
    override = optional_id(request.override_config.get("sessionId"), "sessionId")
    own_chat_id = optional_id(request.chat_id, "chatId")
    chat_id = own_chat_id or override or new_id()
    return Turn(
        workspace_id=admitted.chatflow.workspace_id,
        chatflow_id=admitted.chatflow.id,
        chat_id=chat_id,
        session_id=override or own_chat_id or chat_id,
        question=request.question or "",
        history=history,
        message_id=new_message_id(),
        new_session=not (own_chat_id or override),
        within=request.within,
    )
