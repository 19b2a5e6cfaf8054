"""The REST routes of texts read aloud (docs/contract.md §6.6)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

import grpc
import orjson
from google.api.httpbody_pb2 import HttpBody

from tradewind_server.errors import InvalidInput, Reason, TradewindError
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.text_to_speech import SpeechId, TextToSpeech, VoiceSpec
from tradewind_server.rest_stubs import speech_pb2, speech_pb2_grpc
from tradewind_server.rpc import sse
from tradewind_server.rpc.bodies import Bodies, BodyFields, BodyKind
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.speech_calls import SpeechCalls, SpeechRequest

NAMES = ("text", "chatflowId", "provider", "credentialId", "voice", "model", "chatId", "chatMessageId")
FIELDS: BodyFields = dict.fromkeys(NAMES, BodyKind.TEXT)
ABORT_MESSAGE = "TTS stream aborted successfully"


class SpeechRestServicer(speech_pb2_grpc.SpeechRestServiceServicer):
    def __init__(self, calls: SpeechCalls, text_to_speech: TextToSpeech, bodies: Bodies) -> None:
        self._calls = calls
        self._text_to_speech = text_to_speech
        self._bodies = bodies

    async def GenerateSpeech(
        self, request: speech_pb2.GenerateSpeechRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[HttpBody]:
        fields = await self._bodies.json(request.body.data, FIELDS)
        speech_request = _request(fields)
        content_type = sse.CONTENT_TYPE
        async with aclosing(await self._calls.stream(speech_request, current_call())) as stream:  # type: ignore[type-var]
            try:
                async for together in stream:
                    if content_type:  # Only the first message's counts.
                        await context.send_initial_metadata(sse.HEADERS)
                    yield HttpBody(content_type=content_type, data=b"".join(map(frame, together)))
                    content_type = ""
            except TradewindError as error:
                if content_type:
                    raise
                data = {"chatMessageId": speech_request.message_id, "error": error.message}
                yield HttpBody(data=frame(Event(events.TTS_ERROR, data)))

    async def AbortSpeechBody(
        self, request: speech_pb2.AbortSpeechBodyRequest, context: grpc.aio.ServicerContext
    ) -> speech_pb2.SpeechAbort:
        fields = await self._bodies.json(request.body.data, FIELDS)
        chat_id, message_id = fields.get("chatId") or "", fields.get("chatMessageId") or ""
        await self._calls.abort(SpeechId(fields.get("chatflowId") or "", chat_id, message_id), current_call())
        return speech_pb2.SpeechAbort(message=ABORT_MESSAGE, chat_id=chat_id, chat_message_id=message_id)

    async def ListSpeechVoices(
        self, request: speech_pb2.ListSpeechVoicesRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[speech_pb2.SpeechVoice]:
        if not request.provider:
            raise InvalidInput(Reason.INVALID_ARGUMENT, "The parameter provider is missing.")
        spec = VoiceSpec(request.provider, request.credential_id or None)
        for voice in await self._text_to_speech.voices(current_call().workspace_id, spec):
            yield speech_pb2.SpeechVoice(id=voice.id, name=voice.name, category=voice.category)


def frame(event: Event) -> bytes:
    """An event as readers of this route take it: with its name in a line of its own, unlike those of predictions."""
    return f"event: {event.name}\ndata: ".encode() + orjson.dumps({"event": event.name, "data": event.data}) + b"\n\n"


def _request(fields: Mapping[str, Any]) -> SpeechRequest:
    provider = fields.get("provider") or ""
    voice = VoiceSpec(provider, fields.get("credentialId"), fields.get("voice"), fields.get("model"))
    return SpeechRequest(
        text=fields.get("text") or "",
        chatflow_id=fields.get("chatflowId") or "",
        chat_id=fields.get("chatId") or "",
        message_id=fields.get("chatMessageId") or "",
        voice=voice if provider else None,
    )


def _speech(domain: Domain) -> object:
    text_to_speech = domain.rule(TextToSpeech)
    calls = SpeechCalls(text_to_speech, domain.admission, domain.relay)
    return SpeechRestServicer(calls, text_to_speech, domain.bodies)


SERVICES = (Service(speech_pb2_grpc.add_SpeechRestServiceServicer_to_server, _speech),)
