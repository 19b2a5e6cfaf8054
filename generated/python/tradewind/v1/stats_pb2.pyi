from tradewind.v1 import chat_message_pb2 as _chat_message_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetChatflowStatsRequest(_message.Message):
    __slots__ = ("chatflow_id", "filter")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    filter: _chat_message_pb2.ChatMessageFilter
    def __init__(self, chatflow_id: _Optional[str] = ..., filter: _Optional[_Union[_chat_message_pb2.ChatMessageFilter, _Mapping]] = ...) -> None: ...

class GetChatflowStatsResponse(_message.Message):
    __slots__ = ("total_messages", "total_sessions", "total_feedback", "positive_feedback", "negative_feedback", "days")
    TOTAL_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SESSIONS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    POSITIVE_FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    NEGATIVE_FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    total_messages: int
    total_sessions: int
    total_feedback: int
    positive_feedback: int
    negative_feedback: int
    days: _containers.RepeatedCompositeFieldContainer[FeedbackDay]
    def __init__(self, total_messages: _Optional[int] = ..., total_sessions: _Optional[int] = ..., total_feedback: _Optional[int] = ..., positive_feedback: _Optional[int] = ..., negative_feedback: _Optional[int] = ..., days: _Optional[_Iterable[_Union[FeedbackDay, _Mapping]]] = ...) -> None: ...

class FeedbackDay(_message.Message):
    __slots__ = ("date", "positive", "negative")
    DATE_FIELD_NUMBER: _ClassVar[int]
    POSITIVE_FIELD_NUMBER: _ClassVar[int]
    NEGATIVE_FIELD_NUMBER: _ClassVar[int]
    date: str
    positive: int
    negative: int
    def __init__(self, date: _Optional[str] = ..., positive: _Optional[int] = ..., negative: _Optional[int] = ...) -> None: ...
