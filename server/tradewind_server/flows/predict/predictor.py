"""Makes predictions: checks first, then an engine's run, then the two rows of the turn, whichever engine it was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.config import DoubleSend
from tradewind_server.chats.ports import ChatMessages
from tradewind_server.documents.ports import documents_json
from tradewind_server.errors import Conflict, InvalidInput, Reason, TradewindError
from tradewind_server.flows.components import Answer, EventSink, Turn
from tradewind_server.flows.llm.usage import count_usage
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.attachments import Attachments, Uploads
from tradewind_server.flows.predict.engine import Engines, PreparedRun
from tradewind_server.flows.predict.events import Event, TextRecorder, WaitingEvents
from tradewind_server.flows.predict.follow_up import FollowUps
from tradewind_server.flows.predict.messages import PredictionRequest, PredictionResult, content_of, parse_history
from tradewind_server.flows.predict.post_processing import PostProcessing
from tradewind_server.flows.predict.running import Running, RunningAnswers
from tradewind_server.flows.predict.session_place import SessionPlace, SessionPlaces
from tradewind_server.flows.predict.text_to_speech import LONGEST_TEXT, SpeechId, TextToSpeech, reads_by_itself, voice_of
from tradewind_server.flows.predict.turn import PreparedPrediction, begin_turn
from tradewind_server.observability.spans import note_output

T = TypeVar("T")
FLOW_CANCELLED = "Flow execution was cancelled"
BREAKING_OFF_SECONDS = 1.0
"""How long a run that is broken off may take to stop before what was said is stored."""


@dataclass(frozen=True, slots=True)
class PredictionLimits:
    """Bounds of one prediction."""

    question_chars: int


class Predictor:
    """Answers questions with stored chatflows."""

    def __init__(
        self,
        *,
        engines: Engines,
        chat_messages: ChatMessages,
        follow_ups: FollowUps,
        uploads: Uploads,
        text_to_speech: TextToSpeech,
        new_id: Callable[[], str],
        new_message_id: Callable[[], str],
        now: Callable[[], datetime],
        limits: PredictionLimits,
        post_processing: PostProcessing | None = None,
        session_places: SessionPlaces | None = None,
    ) -> None:
        """``session_places`` keeps answers of one session apart, where a chatflow wants that."""
        self._engines = engines
        self._messages = chat_messages
        self._follow_ups = follow_ups
        self._uploads = uploads
        self._text_to_speech = text_to_speech
        self._new_id = new_id
        self._new_message_id = new_message_id
        self._now = now
        self._limits = limits
        self._post_processing = post_processing
        self._session_places = session_places
        self._running = RunningAnswers()
        self._lasting: set[asyncio.Task[Any]] = set()
        """Runs whose caller may leave: they go on without."""

    async def prepare(self, admitted: Admitted, request: PredictionRequest, *, goes_on: bool = False) -> PreparedPrediction:
        """Everything that can still refuse a call, before the first byte of an answer. ``goes_on``: it was let in before, in a
        process that died, so its session may be busy."""
        start_date = self._now()
        engine = self._engines.engine(admitted.chatflow)
        needs_question = engine.needs_question and request.needs_question
        has_files = bool(request.uploads or request.files)
        if not has_files:
            self._check_question(request.question or "", needs_question)
        turn = begin_turn(admitted, request, parse_history(request.history), self._new_id, self._new_message_id)
        if self._post_processing is not None:
            self._post_processing.check(admitted)
        run = await engine.prepare(admitted, request, turn)
        attachments = Attachments(turn.question)
        if has_files:
            attachments = await self._uploads.take_in(
                admitted,
                turn.chat_id,
                turn.question,
                request.uploads,
                request.files,
                images=run.sees_images,
                vector_store_ids=run.loaded_stores,
            )
            self._check_question(attachments.question, needs_question)
            turn.question, turn.images = attachments.question_text, attachments.images
            turn.file_attachment = attachments.attachment
        place = None
        if admitted.config.double_send is None or turn.new_session or request.within:
            await run.bind()
        else:
            place = await self._enter(admitted.config.double_send, turn, goes_on=goes_on or bool(request.execution_id))
            if place is None or place.is_first:  # Else it is bound in its turn, to what was said by then.
                await _bind_at(place, run)
        return PreparedPrediction(
            admitted=admitted,
            run=run,
            turn=turn,
            follow_up=self._follow_ups.follow_up(admitted),
            voice=admitted.config.voice if reads_by_itself(admitted.config.voice) else None,
            attachments=attachments,
            lead_email=request.lead_email,
            chat_type=request.chat_type,
            start_date=start_date,
            has_question=request.question is not None or bool(attachments.question),
            named_chat=bool(request.chat_id) and request.chat_type == "EXTERNAL",
            place=place,
            decides=bool(request.human_input),
        )

    async def _enter(self, choice: DoubleSend, turn: Turn, *, goes_on: bool) -> SessionPlace | None:
        if self._session_places is None:
            return None
        choice = DoubleSend.QUEUE if goes_on else choice
        return await self._session_places.enter(turn.chatflow_id, turn.session_id, choice)

    def _check_question(self, question: str, needs_question: bool) -> None:
        if needs_question and not question.strip():
            raise InvalidInput(Reason.INVALID_ARGUMENT, "The question is missing; send it as `question`.")
        if len(question) > self._limits.question_chars:
            raise InvalidInput(
                Reason.INVALID_ARGUMENT,
                f"The question is longer than {self._limits.question_chars} characters; shorten it.",
            )

    async def run(self, prepared: PreparedPrediction) -> PredictionResult:
        """The whole answer, stored. Raises ``Conflict(CANCELLED)`` when somebody aborts the chat meanwhile.

        An aborted turn is kept: its question, and what was said by then where the caller named the chat. Only then is the
        model asked for its words one by one, which costs more than a whole answer.
        """
        work = self._run_whole(prepared) if prepared.place is None else self._run_and_leave(prepared)
        if prepared.run.tells_steps:
            return await asyncio.shield(self._lasting_task(work))
        return await work

    async def _run_and_leave(self, prepared: PreparedPrediction) -> PredictionResult:
        try:
            return await self._run_whole(prepared)
        finally:
            await prepared.leave()

    async def _run_in_turn(self, prepared: PreparedPrediction, place: SessionPlace, sink: EventSink | None) -> Answer:
        """The answer, once the earlier ones of its session are over."""
        await place.wait(prepared.stop)
        if not place.is_first:
            await (prepared.bind or prepared.run.bind)()
        return await prepared.run.run(sink)

    def _lasting_task(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._lasting.add(task)
        task.add_done_callback(self._lasting.discard)
        return task

    async def _run_whole(self, prepared: PreparedPrediction) -> PredictionResult:
        task, recorder = _this_task(), TextRecorder()
        keeps_words = prepared.named_chat and prepared.streams and not prepared.run.tells_steps
        sink = recorder if keeps_words else None
        with prepared.step(), count_usage(prepared.usage):
            with self._running.register(prepared.turn.chatflow_id, prepared.turn.chat_id, task) as running:
                prepared.running = running
                try:
                    place, run = prepared.place, prepared.run
                    answer = await (run.run(sink) if place is None else self._run_in_turn(prepared, place, sink))
                except asyncio.CancelledError:
                    if not running.is_aborted:
                        await asyncio.shield(self._keep_partial(prepared, recorder.text))
                        raise
                    task.uncancel()
                    if prepared.run.tells_steps:
                        raise Conflict(Reason.CANCELLED, FLOW_CANCELLED) from None
                    await self._keep_partial(prepared, recorder.text, by_abort=True)
                    raise Conflict(Reason.CANCELLED, "The answer was aborted.") from None
            return await self._complete(prepared, answer)

    async def stream(
        self, prepared: PreparedPrediction, heartbeat_seconds: float | None = None
    ) -> AsyncIterator[Sequence[Event]]:
        """The answer as events, those together that wait together; always ends with ``end``. With ``heartbeat_seconds``,
        silences are told too. A caller that leaves stops the model, and what was said is kept; an agent flow goes on.
        """
        sink = WaitingEvents(starts=not prepared.run.tells_steps)
        run = asyncio.create_task(self._run_into(prepared, sink))
        with self._running.register(prepared.turn.chatflow_id, prepared.turn.chat_id, run) as running:
            prepared.running = running
            try:
                with sink.heartbeats(heartbeat_seconds):
                    while events := await sink.next_events():
                        yield events
                last = await self._closing(prepared, sink, run, running)
                if prepared.place is not None:
                    await prepared.place.leave()
                yield last
            finally:
                if not run.done() and prepared.run.tells_steps:
                    sink.leave()
                    self._lasting_task(self._go_on(prepared, run))
                elif not run.done():
                    run.cancel()
                    await asyncio.shield(self._on_disconnect(prepared, sink, run))
                else:
                    if not run.cancelled():
                        run.exception()  # Heard of above, or nobody is left who would.
                    if prepared.place is not None:
                        await prepared.place.leave()

    async def _go_on(self, prepared: PreparedPrediction, run: asyncio.Task[PredictionResult]) -> None:
        """Keeps a run within reach of an abort whose reader has gone."""
        with self._running.register(prepared.turn.chatflow_id, prepared.turn.chat_id, run):
            await asyncio.wait((run,))
        await prepared.leave()
        if not run.cancelled():
            run.exception()  # Its execution tells of it.

    async def _on_disconnect(
        self, prepared: PreparedPrediction, sink: WaitingEvents, run: asyncio.Task[PredictionResult]
    ) -> None:
        """Stores what was said before the caller left. The model call that is broken off is counted first."""
        done, _ = await asyncio.wait((run,), timeout=BREAKING_OFF_SECONDS)
        if not done or run.cancelled() or run.exception() is not None:  # Else the whole answer was stored meanwhile.
            await self._keep_partial(prepared, sink.text)
        await prepared.leave()

    async def _run_into(self, prepared: PreparedPrediction, sink: WaitingEvents) -> PredictionResult:
        try:
            with prepared.step(), count_usage(prepared.usage):
                await sink.start()
                place, run = prepared.place, prepared.run
                answer = await (run.run(sink) if place is None else self._run_in_turn(prepared, place, sink))
                for name, data in (
                    ()
                    if prepared.run.tells_steps
                    else (
                        (events.SOURCES, documents_json(answer.source_documents)),
                        (events.TOOLS, answer.used_tools),
                        (events.ARTIFACTS, answer.artifacts),
                    )
                ):
                    if data:
                        await sink.event(name, data)
                result = await self._complete(prepared, answer, as_stream=True)
                if place is not None:
                    await place.leave()
            await self._read_aloud(prepared, result, sink)
            return result
        finally:
            sink.end()

    async def _read_aloud(self, prepared: PreparedPrediction, result: PredictionResult, sink: WaitingEvents) -> None:
        """The sound of an answer, where the owner wants it with each. The turn is stored by then: whatever goes wrong here, and
        whoever stops it, ends the sound alone."""
        choice = prepared.voice
        text = content_of(result).strip()
        if choice is None or not text:
            return
        reading = SpeechId(prepared.turn.chatflow_id, prepared.turn.chat_id, result.chat_message_id)
        task = _this_task()
        try:
            await self._text_to_speech.read(sink, reading, prepared.turn.workspace_id, voice_of(choice), text[:LONGEST_TEXT])
        except TradewindError:
            await sink.put(Event(events.TTS_ABORT, {"chatMessageId": result.chat_message_id}))
        except asyncio.CancelledError:
            task.uncancel()

    async def _closing(
        self, prepared: PreparedPrediction, sink: WaitingEvents, run: asyncio.Task[PredictionResult], running: Running
    ) -> list[Event]:
        end = Event(events.END, events.DONE)
        try:
            result = await run
        except asyncio.CancelledError:
            if not running.is_aborted:
                raise
            if prepared.run.tells_steps:
                return [Event(events.ERROR, FLOW_CANCELLED, Reason.CANCELLED.value), end]
            result = await self._keep_partial(prepared, sink.text, by_abort=True)
            return [Event(events.ABORT, events.DONE), Event(events.METADATA, metadata_of(result)), end]
        except TradewindError as error:
            prepared.failure = error
            return [Event(events.ERROR, error.message, error.reason.value), end]
        if running.is_aborted and prepared.voice:  # The answer was whole and stored: what stopped was its sound.
            silence = Event(events.TTS_ABORT, {"chatMessageId": result.chat_message_id})
            return [silence, Event(events.METADATA, metadata_of(result)), end]
        return [Event(events.METADATA, metadata_of(result)), end]

    async def _keep_partial(self, prepared: PreparedPrediction, text: str, *, by_abort: bool = False) -> PredictionResult:
        """Of a turn that was broken off: what was said. A turn that somebody aborted keeps its question in any case."""
        result = prepared.result(Answer(text))
        if text or by_abort:
            await self._store(prepared, result, with_answer=bool(text))
        return result

    async def _complete(self, prepared: PreparedPrediction, answer: Answer, *, as_stream: bool = False) -> PredictionResult:
        """The answer with what comes behind it, stored."""
        if self._post_processing is not None:
            answer = await self._post_processing.process(prepared.admitted, prepared.turn, answer)
        result = prepared.result(answer)
        result.as_stream = as_stream
        if prepared.follow_up is not None:
            result.follow_up_prompts = await prepared.follow_up.suggest(content_of(result))
        await self._store(prepared, result)
        prepared.outcome = result
        note_output(content_of(result))
        return result

    def abort(self, admitted: Admitted, chat_id: str) -> int:
        """Stop the running answers of a chat in this process; how many there were."""
        return self._running.abort(admitted.chatflow.id, chat_id)

    def abort_relayed(self, chatflow_id: str, chat_id: str) -> int:
        """As :meth:`abort`, for a call that another worker let in and passed on."""
        return self._running.abort(chatflow_id, chat_id)

    async def _store(self, prepared: PreparedPrediction, result: PredictionResult, *, with_answer: bool = True) -> None:
        """Both rows of the turn, together, or the question alone; its files first."""
        await prepared.attachments.keep()
        rows = prepared.rows(result, self._new_message_id(), self._now(), with_answer=with_answer)
        if prepared.store is not None:
            await prepared.store(rows)
        else:
            await self._messages.add(prepared.turn.workspace_id, rows)


def metadata_of(result: PredictionResult) -> dict[str, Any]:
    """The ``metadata`` event: what identifies the turn."""
    metadata = {
        "chatId": result.chat_id,
        "chatMessageId": result.chat_message_id,
        "question": result.question,
        "sessionId": result.session_id,
        "memoryType": result.memory_type,
        "followUpPrompts": result.follow_up_prompts,
        "usage": result.usage.as_json() if result.usage else None,
        "action": result.action,
        "runId": result.run_id,
    }
    return {name: value for name, value in metadata.items() if value is not None}


async def _bind_at(place: SessionPlace | None, run: PreparedRun) -> None:
    is_bound = False
    try:
        await run.bind()
        is_bound = True
    finally:
        if place is not None and not is_bound:
            await place.leave()


def _this_task() -> asyncio.Task[Any]:
    task = asyncio.current_task()
    assert task is not None, "predictions run in tasks"
    return task
