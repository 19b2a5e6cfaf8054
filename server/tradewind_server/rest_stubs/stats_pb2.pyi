from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class GetStatsRequest(_message.Message):
    __slots__ = ("chatflow_id", "chat_type", "chat_id", "session_id", "start_date", "end_date", "feedback_type", "feedback_type_list")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_TYPE_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_TYPE_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_TYPE_LIST_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    chat_type: _containers.RepeatedScalarFieldContainer[str]
    chat_id: str
    session_id: str
    start_date: str
    end_date: str
    feedback_type: _containers.RepeatedScalarFieldContainer[str]
    feedback_type_list: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, chatflow_id: _Optional[str] = ..., chat_type: _Optional[_Iterable[str]] = ..., chat_id: _Optional[str] = ..., session_id: _Optional[str] = ..., start_date: _Optional[str] = ..., end_date: _Optional[str] = ..., feedback_type: _Optional[_Iterable[str]] = ..., feedback_type_list: _Optional[_Iterable[str]] = ...) -> None: ...

class ChatflowStats(_message.Message):
    __slots__ = ("total_messages", "total_sessions", "total_feedback", "positive_feedback")
    TOTAL_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SESSIONS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    POSITIVE_FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    total_messages: int
    total_sessions: int
    total_feedback: int
    positive_feedback: int
    def __init__(self, total_messages: _Optional[int] = ..., total_sessions: _Optional[int] = ..., total_feedback: _Optional[int] = ..., positive_feedback: _Optional[int] = ...) -> None: ...
