"""Readings of texts through either door: who may have one, and how one is stopped in every worker."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from tradewind.v1.speech_pb2 import AbortSpeechRequest

from tradewind_server.chatflows.admission import Admission
from tradewind_server.errors import InvalidInput, PermissionDenied, Reason, Unauthenticated
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.text_to_speech import SpeechId, TextToSpeech, VoiceSpec, voice_of
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.relay import AbortRelay, is_relayed
from tradewind_server.rpc.services.requests import caller_of

OWN_VOICE = ("chatflows:view", "chatflows:update")
"""Either permission lets a key name a voice, and so a credential, itself."""


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """A text to read. ``voice`` counts where no chatflow is named."""

    text: str
    chatflow_id: str
    chat_id: str
    message_id: str
    voice: VoiceSpec | None


class SpeechCalls:
    """Admission in front of :class:`TextToSpeech`."""

    def __init__(self, text_to_speech: TextToSpeech, admission: Admission, relay: AbortRelay) -> None:
        self._text_to_speech = text_to_speech
        self._admission = admission
        self._relay = relay

    async def stream(self, request: SpeechRequest, call: Call) -> AsyncIterator[Sequence[Event]]:
        """The events of a reading. Raises what admission raises; for a voice that the caller names ``Unauthenticated`` and
        ``PermissionDenied``."""
        if request.chatflow_id:
            admitted = await self._admission.admit(request.chatflow_id, caller_of(call))
            workspace_id, chatflow_id = admitted.chatflow.workspace_id, admitted.chatflow.id
            spec = voice_of(admitted.config.voice)
        else:
            workspace_id, chatflow_id, spec = call.workspace_id, "", _own_voice(request, call)
        reading = SpeechId(chatflow_id, request.chat_id, request.message_id)
        return self._text_to_speech.stream(reading, workspace_id, spec, request.text)

    async def abort(self, reading: SpeechId, call: Call) -> None:
        """Stop a reading in every worker. Raises what admission raises; a relayed call was checked by another worker."""
        if is_relayed(call):
            self._text_to_speech.abort(reading)
            return
        if not reading.chat_id or not reading.message_id:
            raise InvalidInput(Reason.INVALID_ARGUMENT, "An abort needs chatflowId, chatId and chatMessageId.")
        admitted = await self._admission.admit(reading.chatflow_id, caller_of(call), counts=False)
        own = SpeechId(admitted.chatflow.id, reading.chat_id, reading.message_id)
        self._text_to_speech.abort(own)
        await self._relay.tell(
            AbortSpeechRequest(chatflow_id=own.chatflow_id, chat_id=own.chat_id, chat_message_id=own.message_id)
        )


def _own_voice(request: SpeechRequest, call: Call) -> VoiceSpec:
    principal = call.principal
    if principal.kind != "anonymous" and (principal.chatflow_ids or not principal.may(*OWN_VOICE)):
        raise PermissionDenied(
            Reason.PERMISSION_DENIED,
            f"A voice without a chatflow needs an API key with {' or '.join(OWN_VOICE)} that is not limited to some chatflows.",
        )
    if principal.kind == "anonymous":
        raise Unauthenticated(
            Reason.UNAUTHENTICATED,
            "A voice without a chatflow needs an API key; send it as `Authorization: Bearer <key>`, or name a chatflowId.",
        )
    if request.voice is None:
        raise InvalidInput(Reason.INVALID_ARGUMENT, "provider is missing; name one, or a chatflowId.")
    return request.voice
