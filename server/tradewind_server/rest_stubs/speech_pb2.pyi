from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GenerateSpeechRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class AbortSpeechBodyRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ListSpeechVoicesRequest(_message.Message):
    __slots__ = ("provider", "credential_id")
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_ID_FIELD_NUMBER: _ClassVar[int]
    provider: str
    credential_id: str
    def __init__(self, provider: _Optional[str] = ..., credential_id: _Optional[str] = ...) -> None: ...

class SpeechFields(_message.Message):
    __slots__ = ("text", "chatflow_id", "provider", "credential_id", "voice", "model", "chat_id", "chat_message_id")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_ID_FIELD_NUMBER: _ClassVar[int]
    VOICE_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    text: str
    chatflow_id: str
    provider: str
    credential_id: str
    voice: str
    model: str
    chat_id: str
    chat_message_id: str
    def __init__(self, text: _Optional[str] = ..., chatflow_id: _Optional[str] = ..., provider: _Optional[str] = ..., credential_id: _Optional[str] = ..., voice: _Optional[str] = ..., model: _Optional[str] = ..., chat_id: _Optional[str] = ..., chat_message_id: _Optional[str] = ...) -> None: ...

class SpeechAbortFields(_message.Message):
    __slots__ = ("chatflow_id", "chat_id", "chat_message_id")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    chat_id: str
    chat_message_id: str
    def __init__(self, chatflow_id: _Optional[str] = ..., chat_id: _Optional[str] = ..., chat_message_id: _Optional[str] = ...) -> None: ...

class SpeechAbort(_message.Message):
    __slots__ = ("message", "chat_id", "chat_message_id")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    message: str
    chat_id: str
    chat_message_id: str
    def __init__(self, message: _Optional[str] = ..., chat_id: _Optional[str] = ..., chat_message_id: _Optional[str] = ...) -> None: ...

class SpeechVoice(_message.Message):
    __slots__ = ("id", "name", "category")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    category: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., category: _Optional[str] = ...) -> None: ...
