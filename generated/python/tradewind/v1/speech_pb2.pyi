from tradewind.v1 import errors_pb2 as _errors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class VoiceChoice(_message.Message):
    __slots__ = ("provider", "credential_id", "voice", "model")
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_ID_FIELD_NUMBER: _ClassVar[int]
    VOICE_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    provider: str
    credential_id: str
    voice: str
    model: str
    def __init__(self, provider: _Optional[str] = ..., credential_id: _Optional[str] = ..., voice: _Optional[str] = ..., model: _Optional[str] = ...) -> None: ...

class StreamSpeechRequest(_message.Message):
    __slots__ = ("chatflow_id", "text", "chat_id", "chat_message_id", "voice")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    VOICE_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    text: str
    chat_id: str
    chat_message_id: str
    voice: VoiceChoice
    def __init__(self, chatflow_id: _Optional[str] = ..., text: _Optional[str] = ..., chat_id: _Optional[str] = ..., chat_message_id: _Optional[str] = ..., voice: _Optional[_Union[VoiceChoice, _Mapping]] = ...) -> None: ...

class StreamSpeechResponse(_message.Message):
    __slots__ = ("start", "audio", "end", "abort", "error")
    START_FIELD_NUMBER: _ClassVar[int]
    AUDIO_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    ABORT_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    start: SpeechStarted
    audio: bytes
    end: SpeechEnd
    abort: SpeechAborted
    error: SpeechError
    def __init__(self, start: _Optional[_Union[SpeechStarted, _Mapping]] = ..., audio: _Optional[bytes] = ..., end: _Optional[_Union[SpeechEnd, _Mapping]] = ..., abort: _Optional[_Union[SpeechAborted, _Mapping]] = ..., error: _Optional[_Union[SpeechError, _Mapping]] = ...) -> None: ...

class SpeechStarted(_message.Message):
    __slots__ = ("format",)
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    format: str
    def __init__(self, format: _Optional[str] = ...) -> None: ...

class SpeechEnd(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class SpeechAborted(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class SpeechError(_message.Message):
    __slots__ = ("message", "reason")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    message: str
    reason: _errors_pb2.ErrorReason
    def __init__(self, message: _Optional[str] = ..., reason: _Optional[_Union[_errors_pb2.ErrorReason, str]] = ...) -> None: ...

class AbortSpeechRequest(_message.Message):
    __slots__ = ("chatflow_id", "chat_id", "chat_message_id")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    chat_id: str
    chat_message_id: str
    def __init__(self, chatflow_id: _Optional[str] = ..., chat_id: _Optional[str] = ..., chat_message_id: _Optional[str] = ...) -> None: ...

class AbortSpeechResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListVoicesRequest(_message.Message):
    __slots__ = ("provider", "credential_id")
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_ID_FIELD_NUMBER: _ClassVar[int]
    provider: str
    credential_id: str
    def __init__(self, provider: _Optional[str] = ..., credential_id: _Optional[str] = ...) -> None: ...

class SpeechVoice(_message.Message):
    __slots__ = ("id", "name", "category")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    category: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., category: _Optional[str] = ...) -> None: ...

class ListVoicesResponse(_message.Message):
    __slots__ = ("voices",)
    VOICES_FIELD_NUMBER: _ClassVar[int]
    voices: _containers.RepeatedCompositeFieldContainer[SpeechVoice]
    def __init__(self, voices: _Optional[_Iterable[_Union[SpeechVoice, _Mapping]]] = ...) -> None: ...
