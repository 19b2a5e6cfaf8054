import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tradewind.v1 import common_pb2 as _common_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from tradewind.v1 import feedback_pb2 as _feedback_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChatMessage(_message.Message):
    __slots__ = ("id", "role", "chatflow_id", "content", "chat_type", "chat_id", "session_id", "memory_type", "create_time", "source_documents", "used_tools", "file_annotations", "artifacts", "attachments", "lead_email", "follow_up_prompts", "execution_id", "feedback", "usage", "edit_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    CHAT_TYPE_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    MEMORY_TYPE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    SOURCE_DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    USED_TOOLS_FIELD_NUMBER: _ClassVar[int]
    FILE_ANNOTATIONS_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    LEAD_EMAIL_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_UP_PROMPTS_FIELD_NUMBER: _ClassVar[int]
    EXECUTION_ID_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    EDIT_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    role: _common_pb2.MessageRole
    chatflow_id: str
    content: str
    chat_type: _common_pb2.ChatType
    chat_id: str
    session_id: str
    memory_type: str
    create_time: _timestamp_pb2.Timestamp
    source_documents: _containers.RepeatedCompositeFieldContainer[_common_pb2.SourceDocument]
    used_tools: _containers.RepeatedCompositeFieldContainer[_common_pb2.UsedTool]
    file_annotations: _containers.RepeatedCompositeFieldContainer[_common_pb2.FileAnnotation]
    artifacts: _containers.RepeatedCompositeFieldContainer[_common_pb2.Artifact]
    attachments: _containers.RepeatedCompositeFieldContainer[_common_pb2.StoredAttachment]
    lead_email: str
    follow_up_prompts: _containers.RepeatedScalarFieldContainer[str]
    execution_id: str
    feedback: _feedback_pb2.Feedback
    usage: _common_pb2.TokenUsage
    edit_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., role: _Optional[_Union[_common_pb2.MessageRole, str]] = ..., chatflow_id: _Optional[str] = ..., content: _Optional[str] = ..., chat_type: _Optional[_Union[_common_pb2.ChatType, str]] = ..., chat_id: _Optional[str] = ..., session_id: _Optional[str] = ..., memory_type: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source_documents: _Optional[_Iterable[_Union[_common_pb2.SourceDocument, _Mapping]]] = ..., used_tools: _Optional[_Iterable[_Union[_common_pb2.UsedTool, _Mapping]]] = ..., file_annotations: _Optional[_Iterable[_Union[_common_pb2.FileAnnotation, _Mapping]]] = ..., artifacts: _Optional[_Iterable[_Union[_common_pb2.Artifact, _Mapping]]] = ..., attachments: _Optional[_Iterable[_Union[_common_pb2.StoredAttachment, _Mapping]]] = ..., lead_email: _Optional[str] = ..., follow_up_prompts: _Optional[_Iterable[str]] = ..., execution_id: _Optional[str] = ..., feedback: _Optional[_Union[_feedback_pb2.Feedback, _Mapping]] = ..., usage: _Optional[_Union[_common_pb2.TokenUsage, _Mapping]] = ..., edit_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ChatMessageFilter(_message.Message):
    __slots__ = ("chat_types", "chat_id", "memory_type", "session_id", "message_id", "start_time", "end_time", "ratings")
    CHAT_TYPES_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    MEMORY_TYPE_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    RATINGS_FIELD_NUMBER: _ClassVar[int]
    chat_types: _containers.RepeatedScalarFieldContainer[_common_pb2.ChatType]
    chat_id: str
    memory_type: str
    session_id: str
    message_id: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    ratings: _containers.RepeatedScalarFieldContainer[_common_pb2.Rating]
    def __init__(self, chat_types: _Optional[_Iterable[_Union[_common_pb2.ChatType, str]]] = ..., chat_id: _Optional[str] = ..., memory_type: _Optional[str] = ..., session_id: _Optional[str] = ..., message_id: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ratings: _Optional[_Iterable[_Union[_common_pb2.Rating, str]]] = ...) -> None: ...

class ListChatMessagesRequest(_message.Message):
    __slots__ = ("chatflow_id", "filter", "order", "with_feedback", "page_size", "page_token")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    WITH_FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    filter: ChatMessageFilter
    order: _common_pb2.SortOrder
    with_feedback: bool
    page_size: int
    page_token: str
    def __init__(self, chatflow_id: _Optional[str] = ..., filter: _Optional[_Union[ChatMessageFilter, _Mapping]] = ..., order: _Optional[_Union[_common_pb2.SortOrder, str]] = ..., with_feedback: bool = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListChatMessagesResponse(_message.Message):
    __slots__ = ("messages", "next_page_token")
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    messages: _containers.RepeatedCompositeFieldContainer[ChatMessage]
    next_page_token: str
    def __init__(self, messages: _Optional[_Iterable[_Union[ChatMessage, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListChatSessionsRequest(_message.Message):
    __slots__ = ("chatflow_id", "filter", "order", "page_size", "page_token")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    filter: ChatMessageFilter
    order: _common_pb2.SortOrder
    page_size: int
    page_token: str
    def __init__(self, chatflow_id: _Optional[str] = ..., filter: _Optional[_Union[ChatMessageFilter, _Mapping]] = ..., order: _Optional[_Union[_common_pb2.SortOrder, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListChatSessionsResponse(_message.Message):
    __slots__ = ("sessions", "next_page_token", "total_size")
    SESSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    sessions: _containers.RepeatedCompositeFieldContainer[ChatSession]
    next_page_token: str
    total_size: int
    def __init__(self, sessions: _Optional[_Iterable[_Union[ChatSession, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total_size: _Optional[int] = ...) -> None: ...

class ChatSession(_message.Message):
    __slots__ = ("session_id", "chat_id", "message_count", "first_time", "last_time")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_COUNT_FIELD_NUMBER: _ClassVar[int]
    FIRST_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_TIME_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    chat_id: str
    message_count: int
    first_time: _timestamp_pb2.Timestamp
    last_time: _timestamp_pb2.Timestamp
    def __init__(self, session_id: _Optional[str] = ..., chat_id: _Optional[str] = ..., message_count: _Optional[int] = ..., first_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class UpdateChatMessageRequest(_message.Message):
    __slots__ = ("chatflow_id", "message_id", "content")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    message_id: str
    content: str
    def __init__(self, chatflow_id: _Optional[str] = ..., message_id: _Optional[str] = ..., content: _Optional[str] = ...) -> None: ...

class UpdateChatMessageResponse(_message.Message):
    __slots__ = ("message",)
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    message: ChatMessage
    def __init__(self, message: _Optional[_Union[ChatMessage, _Mapping]] = ...) -> None: ...

class BranchChatSessionRequest(_message.Message):
    __slots__ = ("chatflow_id", "message_id")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    message_id: str
    def __init__(self, chatflow_id: _Optional[str] = ..., message_id: _Optional[str] = ...) -> None: ...

class BranchChatSessionResponse(_message.Message):
    __slots__ = ("session_id", "chat_id", "copied")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    COPIED_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    chat_id: str
    copied: int
    def __init__(self, session_id: _Optional[str] = ..., chat_id: _Optional[str] = ..., copied: _Optional[int] = ...) -> None: ...

class DeleteChatMessagesRequest(_message.Message):
    __slots__ = ("chatflow_id", "filter", "all_of_chatflow")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    ALL_OF_CHATFLOW_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    filter: ChatMessageFilter
    all_of_chatflow: bool
    def __init__(self, chatflow_id: _Optional[str] = ..., filter: _Optional[_Union[ChatMessageFilter, _Mapping]] = ..., all_of_chatflow: bool = ...) -> None: ...

class DeleteChatMessagesResponse(_message.Message):
    __slots__ = ("affected",)
    AFFECTED_FIELD_NUMBER: _ClassVar[int]
    affected: int
    def __init__(self, affected: _Optional[int] = ...) -> None: ...

class AbortChatMessageRequest(_message.Message):
    __slots__ = ("chatflow_id", "chat_id")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    chat_id: str
    def __init__(self, chatflow_id: _Optional[str] = ..., chat_id: _Optional[str] = ...) -> None: ...

class AbortChatMessageResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
