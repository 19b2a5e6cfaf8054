from google.api import httpbody_pb2 as _httpbody_pb2
from tradewind_server.rest_stubs import chatflow_pb2 as _chatflow_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class GetPublicChatflowEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class ListChatflowsOfKeyArrayRequest(_message.Message):
    __slots__ = ("apikey", "keyonly")
    APIKEY_FIELD_NUMBER: _ClassVar[int]
    KEYONLY_FIELD_NUMBER: _ClassVar[int]
    apikey: str
    keyonly: str
    def __init__(self, apikey: _Optional[str] = ..., keyonly: _Optional[str] = ...) -> None: ...

class VerifyApiKeyRequest(_message.Message):
    __slots__ = ("apikey",)
    APIKEY_FIELD_NUMBER: _ClassVar[int]
    apikey: str
    def __init__(self, apikey: _Optional[str] = ...) -> None: ...
