from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

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

class ChatMessage(_message.Message):
    __slots__ = ("id", "role", "chatflow_id", "execution_id", "content", "source_documents", "used_tools", "file_annotations", "agent_reasoning", "reason_content", "file_uploads", "artifacts", "action", "chat_type", "chat_id", "memory_type", "session_id", "created_date", "lead_email", "follow_up_prompts", "execution", "feedback", "usage", "edited_date")
    ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    EXECUTION_ID_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    USED_TOOLS_FIELD_NUMBER: _ClassVar[int]
    FILE_ANNOTATIONS_FIELD_NUMBER: _ClassVar[int]
    AGENT_REASONING_FIELD_NUMBER: _ClassVar[int]
    REASON_CONTENT_FIELD_NUMBER: _ClassVar[int]
    FILE_UPLOADS_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    CHAT_TYPE_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    MEMORY_TYPE_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CREATED_DATE_FIELD_NUMBER: _ClassVar[int]
    LEAD_EMAIL_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_UP_PROMPTS_FIELD_NUMBER: _ClassVar[int]
    EXECUTION_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    EDITED_DATE_FIELD_NUMBER: _ClassVar[int]
    id: str
    role: str
    chatflow_id: str
    execution_id: _struct_pb2.Value
    content: str
    source_documents: _struct_pb2.Value
    used_tools: _struct_pb2.Value
    file_annotations: _struct_pb2.Value
    agent_reasoning: _struct_pb2.Value
    reason_content: _struct_pb2.Value
    file_uploads: _struct_pb2.Value
    artifacts: _struct_pb2.Value
    action: _struct_pb2.Value
    chat_type: str
    chat_id: str
    memory_type: _struct_pb2.Value
    session_id: _struct_pb2.Value
    created_date: str
    lead_email: _struct_pb2.Value
    follow_up_prompts: _struct_pb2.Value
    execution: _struct_pb2.Value
    feedback: _struct_pb2.Value
    usage: _struct_pb2.Value
    edited_date: _struct_pb2.Value
    def __init__(self, id: _Optional[str] = ..., role: _Optional[str] = ..., chatflow_id: _Optional[str] = ..., execution_id: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., content: _Optional[str] = ..., source_documents: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., used_tools: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., file_annotations: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., agent_reasoning: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., reason_content: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., file_uploads: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., artifacts: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., action: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., chat_type: _Optional[str] = ..., chat_id: _Optional[str] = ..., memory_type: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., session_id: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., created_date: _Optional[str] = ..., lead_email: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., follow_up_prompts: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., execution: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., feedback: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., usage: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., edited_date: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class DeletedChatMessages(_message.Message):
    __slots__ = ("raw", "affected")
    RAW_FIELD_NUMBER: _ClassVar[int]
    AFFECTED_FIELD_NUMBER: _ClassVar[int]
    raw: _containers.RepeatedCompositeFieldContainer[_struct_pb2.Value]
    affected: int
    def __init__(self, raw: _Optional[_Iterable[_Union[_struct_pb2.Value, _Mapping]]] = ..., affected: _Optional[int] = ...) -> None: ...

class UpdateChatMessageEntityRequest(_message.Message):
    __slots__ = ("chatflow_id", "id", "body")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, chatflow_id: _Optional[str] = ..., id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ChatMessageFields(_message.Message):
    __slots__ = ("content",)
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    content: str
    def __init__(self, content: _Optional[str] = ...) -> None: ...

class BranchChatMessageRequest(_message.Message):
    __slots__ = ("chatflow_id", "id", "body")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, chatflow_id: _Optional[str] = ..., id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class BranchFields(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ChatBranch(_message.Message):
    __slots__ = ("session_id", "chat_id", "copied")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    COPIED_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    chat_id: str
    copied: int
    def __init__(self, session_id: _Optional[str] = ..., chat_id: _Optional[str] = ..., copied: _Optional[int] = ...) -> None: ...

class AbortChatMessageRequest(_message.Message):
    __slots__ = ("chatflow_id", "chat_id")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    chat_id: str
    def __init__(self, chatflow_id: _Optional[str] = ..., chat_id: _Optional[str] = ...) -> None: ...

class AbortChatMessageResponse(_message.Message):
    __slots__ = ("status", "message")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    status: int
    message: str
    def __init__(self, status: _Optional[int] = ..., message: _Optional[str] = ...) -> None: ...
