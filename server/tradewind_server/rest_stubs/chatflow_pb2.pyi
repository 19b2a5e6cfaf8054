from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListChatflowsArrayRequest(_message.Message):
    __slots__ = ("type", "page", "limit")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    type: str
    page: str
    limit: str
    def __init__(self, type: _Optional[str] = ..., page: _Optional[str] = ..., limit: _Optional[str] = ...) -> None: ...

class ListChatflowsPageRequest(_message.Message):
    __slots__ = ("type", "page", "limit")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    type: str
    page: str
    limit: str
    def __init__(self, type: _Optional[str] = ..., page: _Optional[str] = ..., limit: _Optional[str] = ...) -> None: ...

class ChatflowPage(_message.Message):
    __slots__ = ("data", "total")
    DATA_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    data: _containers.RepeatedCompositeFieldContainer[Chatflow]
    total: int
    def __init__(self, data: _Optional[_Iterable[_Union[Chatflow, _Mapping]]] = ..., total: _Optional[int] = ...) -> None: ...

class UpdateChatflowEntityRequest(_message.Message):
    __slots__ = ("id", "body")
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class CreateChatflowEntityRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ImportChatflowsBodyResponse(_message.Message):
    __slots__ = ("chatflows",)
    CHATFLOWS_FIELD_NUMBER: _ClassVar[int]
    chatflows: _containers.RepeatedCompositeFieldContainer[ImportedChatflow]
    def __init__(self, chatflows: _Optional[_Iterable[_Union[ImportedChatflow, _Mapping]]] = ...) -> None: ...

class ImportChatflowsBodyRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class GetPublicChatbotConfigRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetChatflowUploadsRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetChatflowEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class DeleteChatflowEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

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

class DeletedChatflow(_message.Message):
    __slots__ = ("raw", "affected")
    RAW_FIELD_NUMBER: _ClassVar[int]
    AFFECTED_FIELD_NUMBER: _ClassVar[int]
    raw: _containers.RepeatedCompositeFieldContainer[_struct_pb2.Value]
    affected: int
    def __init__(self, raw: _Optional[_Iterable[_Union[_struct_pb2.Value, _Mapping]]] = ..., affected: _Optional[int] = ...) -> None: ...

class ImportFields(_message.Message):
    __slots__ = ("data", "name")
    DATA_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    data: _struct_pb2.Value
    name: str
    def __init__(self, data: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., name: _Optional[str] = ...) -> None: ...
