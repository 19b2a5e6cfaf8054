from google.api import annotations_pb2 as _annotations_pb2
from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from tradewind.v1 import access_pb2 as _access_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PredictFormRequest(_message.Message):
    __slots__ = ("chatflow_id", "body")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, chatflow_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class StreamPredictBodyRequest(_message.Message):
    __slots__ = ("chatflow_id", "question", "override_config", "history", "chat_id", "streaming", "uploads", "lead_email", "form", "human_input", "action")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    STREAMING_FIELD_NUMBER: _ClassVar[int]
    UPLOADS_FIELD_NUMBER: _ClassVar[int]
    LEAD_EMAIL_FIELD_NUMBER: _ClassVar[int]
    FORM_FIELD_NUMBER: _ClassVar[int]
    HUMAN_INPUT_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    question: str
    override_config: _struct_pb2.Struct
    history: _struct_pb2.Value
    chat_id: str
    streaming: _struct_pb2.Value
    uploads: _struct_pb2.Value
    lead_email: str
    form: _struct_pb2.Value
    human_input: _struct_pb2.Value
    action: _struct_pb2.Value
    def __init__(self, chatflow_id: _Optional[str] = ..., question: _Optional[str] = ..., override_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., history: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., chat_id: _Optional[str] = ..., streaming: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., uploads: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., lead_email: _Optional[str] = ..., form: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., human_input: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., action: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...
