from google.api import annotations_pb2 as _annotations_pb2
from tradewind.v1 import access_pb2 as _access_pb2
from tradewind.v1 import chat_message_pb2 as _chat_message_pb2
from tradewind.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class ListChatMessagesArrayRequest(_message.Message):
    __slots__ = ("chatflow_id", "chat_type", "order", "sort", "chat_id", "memory_type", "session_id", "message_id", "start_date", "end_date", "feedback", "feedback_type", "feedback_type_list", "page", "limit", "page_token")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_TYPE_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    SORT_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    MEMORY_TYPE_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_TYPE_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_TYPE_LIST_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    chat_type: _containers.RepeatedScalarFieldContainer[str]
    order: str
    sort: str
    chat_id: str
    memory_type: str
    session_id: str
    message_id: str
    start_date: str
    end_date: str
    feedback: str
    feedback_type: _containers.RepeatedScalarFieldContainer[str]
    feedback_type_list: _containers.RepeatedScalarFieldContainer[str]
    page: str
    limit: str
    page_token: str
    def __init__(self, chatflow_id: _Optional[str] = ..., chat_type: _Optional[_Iterable[str]] = ..., order: _Optional[str] = ..., sort: _Optional[str] = ..., chat_id: _Optional[str] = ..., memory_type: _Optional[str] = ..., session_id: _Optional[str] = ..., message_id: _Optional[str] = ..., start_date: _Optional[str] = ..., end_date: _Optional[str] = ..., feedback: _Optional[str] = ..., feedback_type: _Optional[_Iterable[str]] = ..., feedback_type_list: _Optional[_Iterable[str]] = ..., page: _Optional[str] = ..., limit: _Optional[str] = ..., page_token: _Optional[str] = ...) -> None: ...

class DeleteChatMessagesByQueryRequest(_message.Message):
    __slots__ = ("chatflow_id", "chat_type", "chat_id", "memory_type", "session_id", "start_date", "end_date", "sort", "order", "hard_delete", "is_clear_from_view_message_dialog", "message_id", "feedback_type", "feedback_type_list")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_TYPE_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    MEMORY_TYPE_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    SORT_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    HARD_DELETE_FIELD_NUMBER: _ClassVar[int]
    IS_CLEAR_FROM_VIEW_MESSAGE_DIALOG_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_TYPE_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_TYPE_LIST_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    chat_type: _containers.RepeatedScalarFieldContainer[str]
    chat_id: str
    memory_type: str
    session_id: str
    start_date: str
    end_date: str
    sort: str
    order: str
    hard_delete: str
    is_clear_from_view_message_dialog: str
    message_id: str
    feedback_type: _containers.RepeatedScalarFieldContainer[str]
    feedback_type_list: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, chatflow_id: _Optional[str] = ..., chat_type: _Optional[_Iterable[str]] = ..., chat_id: _Optional[str] = ..., memory_type: _Optional[str] = ..., session_id: _Optional[str] = ..., start_date: _Optional[str] = ..., end_date: _Optional[str] = ..., sort: _Optional[str] = ..., order: _Optional[str] = ..., hard_delete: _Optional[str] = ..., is_clear_from_view_message_dialog: _Optional[str] = ..., message_id: _Optional[str] = ..., feedback_type: _Optional[_Iterable[str]] = ..., feedback_type_list: _Optional[_Iterable[str]] = ...) -> None: ...
