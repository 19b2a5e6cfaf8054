"""Runs predictions: checks first, then the flow, then the two rows of the turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.variables import Variables
from tradewind_server.chats.ports import ChatMessage, ChatMessages
from tradewind_server.documents.ports import documents_json
from tradewind_server.errors import Conflict, InvalidInput, Reason, TradewindError
from tradewind_server.flows.compile.plan import PlanCache
from tradewind_server.flows.components import Answer
from tradewind_server.flows.llm.usage import counted
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.attachments import Taken, Uploads, sees_images
from tradewind_server.flows.predict.call_files import loading_of
from tradewind_server.flows.predict.calls import Calls
from tradewind_server.flows.predict.events import Event, Heard, WaitingEvents
from tradewind_server.flows.predict.follow_up import follow_up_of
from tradewind_server.flows.predict.messages import (
    PredictionRequest,
    PredictionResult,
    PreparedPrediction,
    content_of,
    parse_history,
)
from tradewind_server.flows.predict.running import Running, RunningAnswers

ONE_TICK = timedelta(microseconds=1)
BREAKING_OFF_SECONDS = 1.0
"""How long a run that is broken off may take to stop before what was said is stored."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one prediction."""

    question_chars: int


class Predictor:
    """Answers questions with stored chatflows."""

    def __init__(
        self,
        *,
        chat_messages: ChatMessages,
        variables: Variables,
        plans: PlanCache,
        context_of: Callable[[Chatflow], BuildContext],
        uploads: Uploads,
        new_id: Callable[[], str],
        new_message_id: Callable[[], str],
        now: Callable[[], datetime],
        limits: Limits,
    ) -> None:
        self._messages = chat_messages
        self._plans = plans
        self._context_of = context_of
        self._calls = Calls(variables, new_id, new_message_id)
        self._uploads = uploads
        self._new_message_id = new_message_id
        self._now = now
        self._limits = limits
        self._running = RunningAnswers()

    async def prepare(self, admitted: Admitted, request: PredictionRequest) -> PreparedPrediction:
        """Everything that can still refuse a call, before the first byte of an answer."""
        began, chatflow = self._now(), admitted.chatflow
        self._check_supported(request)
        question = request.question or ""
        has_files = bool(request.uploads or request.files)
        if not has_files:
            self._check_question(question)
        history = parse_history(request.history)
        compiled = self._plans.compiled(chatflow, admitted.config, self._context_of)
        plan, turn = await self._calls.begin(chatflow, compiled, request, question, history)
        taken = Taken(question)
        if has_files:
            loading = loading_of(self._uploads.blobs, chatflow, compiled, plan, turn, request)
            taken = await self._uploads.take_in(
                admitted,
                turn.chat_id,
                question,
                request.uploads,
                request.files,
                images=sees_images(plan.order, plan.registry),
                loaded=loading.paths if loading else frozenset(),
            )
            self._check_question(taken.question)
            turn.question, turn.images, turn.file_attachment = taken.asked, taken.images, taken.attachment
            turn.brought = await loading.load() if loading else {}
        runnable = await self._calls.runnable(chatflow, compiled, plan, turn)
        return PreparedPrediction(
            chatflow=chatflow,
            runnable=runnable,
            turn=turn,
            streams=compiled.streams,
            follow_up=follow_up_of(admitted.config.follow_up, self._plans.registry, compiled.context),
            memory_label=compiled.plan.memory.label if compiled.plan.memory else None,
            question=taken.question,
            taken=taken,
            lead_email=request.lead_email,
            chat_type=request.chat_type,
            began=began,
            named_chat=bool(request.chat_id) and request.chat_type == "EXTERNAL",
        )

    def _check_question(self, question: str) -> None:
        if not question.strip():
            raise InvalidInput(Reason.INVALID_ARGUMENT, "The question is missing; send it as `question`.")
        if len(question) > self._limits.question_chars:
            raise InvalidInput(
                Reason.INVALID_ARGUMENT,
                f"The question is longer than {self._limits.question_chars} characters; shorten it.",
            )

    @staticmethod
    def _check_supported(request: PredictionRequest) -> None:
        if request.form or request.human_input or request.action:
            raise InvalidInput(
                Reason.FEATURE_NOT_SUPPORTED,
                "form, humanInput and action belong to agent flows, which do not run here yet.",
            )

    async def run(self, prepared: PreparedPrediction) -> PredictionResult:
        """The whole answer, stored. Raises ``Conflict(CANCELLED)`` when somebody aborts the chat meanwhile.

        An aborted turn is kept: its question, and what was said by then where the caller named the chat. Only then is the
        model asked for its words one by one, which costs more than a whole answer.
        """
        task, heard = _this_task(), Heard()
        if prepared.named_chat and prepared.streams:
            prepared.turn.sink = heard
        with counted(prepared.usage):
            with self._running.of(prepared.chatflow.id, prepared.turn.chat_id, task) as running:
                try:
                    answer = await prepared.runnable.run(prepared.turn)
                except asyncio.CancelledError:
                    if not running.aborted:
                        await asyncio.shield(self._keep_partial(prepared, heard.text))
                        raise
                    task.uncancel()
                    await self._keep_partial(prepared, heard.text, aborted=True)
                    raise Conflict(Reason.CANCELLED, "The answer was aborted.") from None
            return await self._completed(prepared, answer)

    async def stream(
        self, prepared: PreparedPrediction, heartbeat_seconds: float | None = None
    ) -> AsyncIterator[Sequence[Event]]:
        """The answer as events, those together that wait together; always ends with ``end``. With ``heartbeat_seconds``,
        silences are told too. A caller that leaves stops the model; what was said is kept.
        """
        sink = WaitingEvents()
        prepared.turn.sink = sink
        run = asyncio.create_task(self._run_into(prepared, sink))
        with self._running.of(prepared.chatflow.id, prepared.turn.chat_id, run) as running:
            try:
                with sink.heartbeats(heartbeat_seconds):
                    while told := await sink.take():
                        yield told
                yield await self._closing(prepared, sink, run, running)
            finally:
                if not run.done():
                    run.cancel()
                    await asyncio.shield(self._left(prepared, sink, run))

    async def _left(self, prepared: PreparedPrediction, sink: WaitingEvents, run: asyncio.Task[PredictionResult]) -> None:
        """Stores what was said before the caller left. The model call that is broken off is counted first."""
        done, _ = await asyncio.wait((run,), timeout=BREAKING_OFF_SECONDS)
        if not done or run.cancelled() or run.exception() is not None:  # Else the whole answer was stored meanwhile.
            await self._keep_partial(prepared, sink.text)

    async def _run_into(self, prepared: PreparedPrediction, sink: WaitingEvents) -> PredictionResult:
        try:
            with counted(prepared.usage):
                await sink.start()
                answer = await prepared.runnable.run(prepared.turn)
                for name, data in (
                    (events.SOURCES, documents_json(answer.source_documents)),
                    (events.TOOLS, answer.used_tools),
                    (events.ARTIFACTS, answer.artifacts),
                ):
                    if data:
                        await sink.event(name, data)
                return await self._completed(prepared, answer, streamed=True)
        finally:
            sink.end()

    async def _closing(
        self, prepared: PreparedPrediction, sink: WaitingEvents, run: asyncio.Task[PredictionResult], running: Running
    ) -> list[Event]:
        end = Event(events.END, events.DONE)
        try:
            result = await run
        except asyncio.CancelledError:
            if not running.aborted:
                raise
            result = await self._keep_partial(prepared, sink.text, aborted=True)
            return [Event(events.ABORT, events.DONE), Event(events.METADATA, metadata_of(result)), end]
        except TradewindError as error:
            return [Event(events.ERROR, error.message, error.reason.value), end]
        return [Event(events.METADATA, metadata_of(result)), end]

    async def _keep_partial(self, prepared: PreparedPrediction, said: str, *, aborted: bool = False) -> PredictionResult:
        """Of a turn that was broken off: what was said. A turn that somebody aborted keeps its question in any case."""
        result = self._result(prepared, Answer(said))
        if said or aborted:
            await self._store(prepared, result, answered=bool(said))
        return result

    async def _completed(self, prepared: PreparedPrediction, answer: Answer, *, streamed: bool = False) -> PredictionResult:
        """The answer with what comes behind it, stored."""
        result = self._result(prepared, answer)
        result.streamed = streamed
        if prepared.follow_up is not None:
            result.follow_up_prompts = await prepared.follow_up.suggest(content_of(result))
        await self._store(prepared, result)
        return result

    def abort(self, admitted: Admitted, chat_id: str) -> int:
        """Stop the running answers of a chat in this process; how many there were."""
        return self._running.abort(admitted.chatflow.id, chat_id)

    def abort_relayed(self, chatflow_id: str, chat_id: str) -> int:
        """As :meth:`abort`, for a call that another worker let in and passed on."""
        return self._running.abort(chatflow_id, chat_id)

    def _result(self, prepared: PreparedPrediction, answer: Answer) -> PredictionResult:
        return PredictionResult(
            chat_id=prepared.turn.chat_id,
            chat_message_id=prepared.turn.message_id,
            session_id=prepared.turn.session_id,
            question=prepared.question,
            text=answer.text if answer.json is None else None,
            json=answer.json,
            memory_type=prepared.memory_label,
            source_documents=documents_json(answer.source_documents),
            used_tools=answer.used_tools,
            artifacts=answer.artifacts,
            usage=prepared.usage if prepared.usage.calls else None,
        )

    async def _store(self, prepared: PreparedPrediction, result: PredictionResult, *, answered: bool = True) -> None:
        """Both rows of the turn, together, or the question alone. The answer is later than it even on a coarse clock."""
        turn = prepared.turn
        await prepared.taken.keep()
        shared: dict[str, Any] = {
            "chatflow_id": turn.chatflow_id,
            "chat_id": turn.chat_id,
            "session_id": turn.session_id,
            "memory_type": prepared.memory_label or "",
            "chat_type": prepared.chat_type,
        }
        question = ChatMessage(
            id=self._new_message_id(),
            role="userMessage",
            content=prepared.question,
            created_date=prepared.began,
            lead_email=prepared.lead_email,
            file_uploads=prepared.taken.rows,
            **shared,
        )
        if not answered:
            await self._messages.add(turn.workspace_id, (question,))
            return
        answer = ChatMessage(
            id=result.chat_message_id,
            role="apiMessage",
            content=content_of(result),
            created_date=max(self._now(), prepared.began + ONE_TICK),
            source_documents=result.source_documents,
            used_tools=result.used_tools,
            artifacts=result.artifacts,
            follow_up_prompts=result.follow_up_prompts,
            usage=result.usage.as_json() if result.usage else None,
            **shared,
        )
        await self._messages.add(turn.workspace_id, (question, answer))


def metadata_of(result: PredictionResult) -> dict[str, Any]:
    """The ``metadata`` event: what identifies the turn."""
    found = {
        "chatId": result.chat_id,
        "chatMessageId": result.chat_message_id,
        "question": result.question,
        "sessionId": result.session_id,
        "memoryType": result.memory_type,
        "followUpPrompts": result.follow_up_prompts,
        "usage": result.usage.as_json() if result.usage else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _this_task() -> asyncio.Task[Any]:
    task = asyncio.current_task()
    assert task is not None, "predictions run in tasks"
    return task
