from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from tradewind.v1 import access_pb2 as _access_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Chatflow(_message.Message):
    __slots__ = ("id", "name", "flow_data", "deployed", "is_public", "apikeyid", "chatbot_config", "api_config", "analytic", "category", "speech_to_text", "text_to_speech", "follow_up_prompts", "mcp_server_config", "type", "created_date", "updated_date", "workspace_id", "webhook_secret_configured")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    FLOW_DATA_FIELD_NUMBER: _ClassVar[int]
    DEPLOYED_FIELD_NUMBER: _ClassVar[int]
    IS_PUBLIC_FIELD_NUMBER: _ClassVar[int]
    APIKEYID_FIELD_NUMBER: _ClassVar[int]
    CHATBOT_CONFIG_FIELD_NUMBER: _ClassVar[int]
    API_CONFIG_FIELD_NUMBER: _ClassVar[int]
    ANALYTIC_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SPEECH_TO_TEXT_FIELD_NUMBER: _ClassVar[int]
    TEXT_TO_SPEECH_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_UP_PROMPTS_FIELD_NUMBER: _ClassVar[int]
    MCP_SERVER_CONFIG_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    CREATED_DATE_FIELD_NUMBER: _ClassVar[int]
    UPDATED_DATE_FIELD_NUMBER: _ClassVar[int]
    WORKSPACE_ID_FIELD_NUMBER: _ClassVar[int]
    WEBHOOK_SECRET_CONFIGURED_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    flow_data: str
    deployed: _struct_pb2.Value
    is_public: _struct_pb2.Value
    apikeyid: _struct_pb2.Value
    chatbot_config: _struct_pb2.Value
    api_config: _struct_pb2.Value
    analytic: _struct_pb2.Value
    category: _struct_pb2.Value
    speech_to_text: _struct_pb2.Value
    text_to_speech: _struct_pb2.Value
    follow_up_prompts: _struct_pb2.Value
    mcp_server_config: _struct_pb2.Value
    type: str
    created_date: str
    updated_date: str
    workspace_id: str
    webhook_secret_configured: bool
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., flow_data: _Optional[str] = ..., deployed: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., is_public: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., apikeyid: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., chatbot_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., api_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., analytic: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., category: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., speech_to_text: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., text_to_speech: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., follow_up_prompts: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., mcp_server_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., type: _Optional[str] = ..., created_date: _Optional[str] = ..., updated_date: _Optional[str] = ..., workspace_id: _Optional[str] = ..., webhook_secret_configured: bool = ...) -> None: ...

class ChatflowFields(_message.Message):
    __slots__ = ("name", "flow_data", "deployed", "is_public", "apikeyid", "chatbot_config", "api_config", "analytic", "category", "speech_to_text", "text_to_speech", "follow_up_prompts", "mcp_server_config", "type")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FLOW_DATA_FIELD_NUMBER: _ClassVar[int]
    DEPLOYED_FIELD_NUMBER: _ClassVar[int]
    IS_PUBLIC_FIELD_NUMBER: _ClassVar[int]
    APIKEYID_FIELD_NUMBER: _ClassVar[int]
    CHATBOT_CONFIG_FIELD_NUMBER: _ClassVar[int]
    API_CONFIG_FIELD_NUMBER: _ClassVar[int]
    ANALYTIC_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SPEECH_TO_TEXT_FIELD_NUMBER: _ClassVar[int]
    TEXT_TO_SPEECH_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_UP_PROMPTS_FIELD_NUMBER: _ClassVar[int]
    MCP_SERVER_CONFIG_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    name: str
    flow_data: str
    deployed: _struct_pb2.Value
    is_public: _struct_pb2.Value
    apikeyid: _struct_pb2.Value
    chatbot_config: _struct_pb2.Value
    api_config: _struct_pb2.Value
    analytic: _struct_pb2.Value
    category: _struct_pb2.Value
    speech_to_text: _struct_pb2.Value
    text_to_speech: _struct_pb2.Value
    follow_up_prompts: _struct_pb2.Value
    mcp_server_config: _struct_pb2.Value
    type: str
    def __init__(self, name: _Optional[str] = ..., flow_data: _Optional[str] = ..., deployed: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., is_public: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., apikeyid: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., chatbot_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., api_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., analytic: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., category: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., speech_to_text: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., text_to_speech: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., follow_up_prompts: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., mcp_server_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., type: _Optional[str] = ...) -> None: ...

class CreateChatflowRequest(_message.Message):
    __slots__ = ("fields",)
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    fields: ChatflowFields
    def __init__(self, fields: _Optional[_Union[ChatflowFields, _Mapping]] = ...) -> None: ...

class CreateChatflowResponse(_message.Message):
    __slots__ = ("chatflow",)
    CHATFLOW_FIELD_NUMBER: _ClassVar[int]
    chatflow: Chatflow
    def __init__(self, chatflow: _Optional[_Union[Chatflow, _Mapping]] = ...) -> None: ...

class GetChatflowRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetChatflowResponse(_message.Message):
    __slots__ = ("chatflow",)
    CHATFLOW_FIELD_NUMBER: _ClassVar[int]
    chatflow: Chatflow
    def __init__(self, chatflow: _Optional[_Union[Chatflow, _Mapping]] = ...) -> None: ...

class ListChatflowsRequest(_message.Message):
    __slots__ = ("type", "page_size", "page_token")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    type: str
    page_size: int
    page_token: str
    def __init__(self, type: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListChatflowsResponse(_message.Message):
    __slots__ = ("chatflows", "next_page_token", "total")
    CHATFLOWS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    chatflows: _containers.RepeatedCompositeFieldContainer[Chatflow]
    next_page_token: str
    total: int
    def __init__(self, chatflows: _Optional[_Iterable[_Union[Chatflow, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total: _Optional[int] = ...) -> None: ...

class UpdateChatflowRequest(_message.Message):
    __slots__ = ("id", "fields")
    ID_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    id: str
    fields: ChatflowFields
    def __init__(self, id: _Optional[str] = ..., fields: _Optional[_Union[ChatflowFields, _Mapping]] = ...) -> None: ...

class UpdateChatflowResponse(_message.Message):
    __slots__ = ("chatflow",)
    CHATFLOW_FIELD_NUMBER: _ClassVar[int]
    chatflow: Chatflow
    def __init__(self, chatflow: _Optional[_Union[Chatflow, _Mapping]] = ...) -> None: ...

class DeleteChatflowRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class DeleteChatflowResponse(_message.Message):
    __slots__ = ("affected",)
    AFFECTED_FIELD_NUMBER: _ClassVar[int]
    affected: int
    def __init__(self, affected: _Optional[int] = ...) -> None: ...

class ImportChatflowsRequest(_message.Message):
    __slots__ = ("data", "name")
    DATA_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    data: _struct_pb2.Value
    name: str
    def __init__(self, data: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., name: _Optional[str] = ...) -> None: ...

class ImportChatflowsResponse(_message.Message):
    __slots__ = ("chatflows",)
    CHATFLOWS_FIELD_NUMBER: _ClassVar[int]
    chatflows: _containers.RepeatedCompositeFieldContainer[ImportedChatflow]
    def __init__(self, chatflows: _Optional[_Iterable[_Union[ImportedChatflow, _Mapping]]] = ...) -> None: ...

class ImportedChatflow(_message.Message):
    __slots__ = ("id", "name", "notes")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    NOTES_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    notes: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., notes: _Optional[_Iterable[str]] = ...) -> None: ...

class ExportChatflowsRequest(_message.Message):
    __slots__ = ("ids",)
    IDS_FIELD_NUMBER: _ClassVar[int]
    ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ExportChatflowsResponse(_message.Message):
    __slots__ = ("chatflows",)
    CHATFLOWS_FIELD_NUMBER: _ClassVar[int]
    chatflows: _containers.RepeatedCompositeFieldContainer[Chatflow]
    def __init__(self, chatflows: _Optional[_Iterable[_Union[Chatflow, _Mapping]]] = ...) -> None: ...

class GetChatflowStreamingRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetChatflowStreamingResponse(_message.Message):
    __slots__ = ("is_streaming",)
    IS_STREAMING_FIELD_NUMBER: _ClassVar[int]
    is_streaming: bool
    def __init__(self, is_streaming: bool = ...) -> None: ...
