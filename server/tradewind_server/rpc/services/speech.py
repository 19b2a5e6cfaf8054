"""``SpeechService`` over gRPC."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from contextlib import aclosing

import grpc
from tradewind.v1 import speech_pb2, speech_pb2_grpc

from tradewind_server.errors import TradewindError
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.text_to_speech import SpeechId, TextToSpeech, VoiceSpec
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.service import Domain, Service
from tradewind_server.rpc.speech_calls import SpeechCalls, SpeechRequest

REASON_PREFIX = "ERROR_REASON_"


class SpeechServicer(speech_pb2_grpc.SpeechServiceServicer):
    """Maps requests and responses around :class:`SpeechCalls`."""

    def __init__(self, calls: SpeechCalls, text_to_speech: TextToSpeech) -> None:
        self._calls = calls
        self._text_to_speech = text_to_speech

    async def StreamSpeech(
        self, request: speech_pb2.StreamSpeechRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[speech_pb2.StreamSpeechResponse]:
        is_open = False
        async with aclosing(await self._calls.stream(_request(request), current_call())) as stream:  # type: ignore[type-var]
            try:
                async for together in stream:
                    for event in together:
                        is_open = True
                        yield _response(event)
            except TradewindError as error:
                if not is_open:
                    raise
                reason = REASON_PREFIX + error.reason.value
                yield speech_pb2.StreamSpeechResponse(error=speech_pb2.SpeechError(message=error.message, reason=reason))

    async def AbortSpeech(
        self, request: speech_pb2.AbortSpeechRequest, context: grpc.aio.ServicerContext
    ) -> speech_pb2.AbortSpeechResponse:
        reading = SpeechId(request.chatflow_id, request.chat_id, request.chat_message_id)
        await self._calls.abort(reading, current_call())
        return speech_pb2.AbortSpeechResponse()

    async def ListVoices(
        self, request: speech_pb2.ListVoicesRequest, context: grpc.aio.ServicerContext
    ) -> speech_pb2.ListVoicesResponse:
        spec = VoiceSpec(request.provider, request.credential_id or None)
        voices = await self._text_to_speech.voices(current_call().workspace_id, spec)
        return speech_pb2.ListVoicesResponse(
            voices=[speech_pb2.SpeechVoice(id=one.id, name=one.name, category=one.category) for one in voices]
        )


def _request(message: speech_pb2.StreamSpeechRequest) -> SpeechRequest:
    choice = message.voice
    voice = VoiceSpec(choice.provider, choice.credential_id or None, choice.voice or None, choice.model or None)
    return SpeechRequest(
        message.text, message.chatflow_id, message.chat_id, message.chat_message_id, voice if choice.provider else None
    )


def _response(event: Event) -> speech_pb2.StreamSpeechResponse:
    if event.name == events.TTS_START:
        return speech_pb2.StreamSpeechResponse(start=speech_pb2.SpeechStarted(format=event.data["format"]))
    if event.name == events.TTS_DATA:
        return speech_pb2.StreamSpeechResponse(audio=base64.b64decode(event.data["audioChunk"]))
    if event.name == events.TTS_END:
        return speech_pb2.StreamSpeechResponse(end=speech_pb2.SpeechEnd())
    return speech_pb2.StreamSpeechResponse(abort=speech_pb2.SpeechAborted())


def _speech(domain: Domain) -> object:
    text_to_speech = domain.rule(TextToSpeech)
    return SpeechServicer(SpeechCalls(text_to_speech, domain.admission, domain.relay), text_to_speech)


SERVICES = (Service(speech_pb2_grpc.add_SpeechServiceServicer_to_server, _speech),)
