from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateFeedbackBodyRequest(_message.Message):
    __slots__ = ("chatflow_id", "body")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, chatflow_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class UpdateFeedbackBodyRequest(_message.Message):
    __slots__ = ("feedback_id", "body")
    FEEDBACK_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    feedback_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, feedback_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class UpdateFeedbackBodyResponse(_message.Message):
    __slots__ = ("status",)
    STATUS_FIELD_NUMBER: _ClassVar[int]
    status: str
    def __init__(self, status: _Optional[str] = ...) -> None: ...

class FeedbackFields(_message.Message):
    __slots__ = ("message_id", "chat_id", "chatflow_id", "rating", "content")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    RATING_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    chat_id: str
    chatflow_id: str
    rating: str
    content: str
    def __init__(self, message_id: _Optional[str] = ..., chat_id: _Optional[str] = ..., chatflow_id: _Optional[str] = ..., rating: _Optional[str] = ..., content: _Optional[str] = ...) -> None: ...

class ListFeedbackArrayRequest(_message.Message):
    __slots__ = ("chatflow_id", "chat_id", "order", "sort_order", "start_date", "end_date", "feedback_type", "feedback_type_list", "page", "limit", "page_token")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    SORT_ORDER_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_TYPE_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_TYPE_LIST_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    chat_id: str
    order: str
    sort_order: str
    start_date: str
    end_date: str
    feedback_type: _containers.RepeatedScalarFieldContainer[str]
    feedback_type_list: _containers.RepeatedScalarFieldContainer[str]
    page: str
    limit: str
    page_token: str
    def __init__(self, chatflow_id: _Optional[str] = ..., chat_id: _Optional[str] = ..., order: _Optional[str] = ..., sort_order: _Optional[str] = ..., start_date: _Optional[str] = ..., end_date: _Optional[str] = ..., feedback_type: _Optional[_Iterable[str]] = ..., feedback_type_list: _Optional[_Iterable[str]] = ..., page: _Optional[str] = ..., limit: _Optional[str] = ..., page_token: _Optional[str] = ...) -> None: ...

class Feedback(_message.Message):
    __slots__ = ("id", "chatflow_id", "chat_id", "message_id", "rating", "content", "created_date")
    ID_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    RATING_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    CREATED_DATE_FIELD_NUMBER: _ClassVar[int]
    id: str
    chatflow_id: str
    chat_id: str
    message_id: str
    rating: str
    content: _struct_pb2.Value
    created_date: str
    def __init__(self, id: _Optional[str] = ..., chatflow_id: _Optional[str] = ..., chat_id: _Optional[str] = ..., message_id: _Optional[str] = ..., rating: _Optional[str] = ..., content: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., created_date: _Optional[str] = ...) -> None: ...
