import datetime

from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tradewind.v1 import chatflow_check_pb2 as _chatflow_check_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChatflowType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHATFLOW_TYPE_UNSPECIFIED: _ClassVar[ChatflowType]
    CHATFLOW_TYPE_CHATFLOW: _ClassVar[ChatflowType]
    CHATFLOW_TYPE_AGENTFLOW: _ClassVar[ChatflowType]
    CHATFLOW_TYPE_MULTIAGENT: _ClassVar[ChatflowType]
    CHATFLOW_TYPE_ASSISTANT: _ClassVar[ChatflowType]
CHATFLOW_TYPE_UNSPECIFIED: ChatflowType
CHATFLOW_TYPE_CHATFLOW: ChatflowType
CHATFLOW_TYPE_AGENTFLOW: ChatflowType
CHATFLOW_TYPE_MULTIAGENT: ChatflowType
CHATFLOW_TYPE_ASSISTANT: ChatflowType

class Chatflow(_message.Message):
    __slots__ = ("id", "name", "type", "flow_data", "deployed", "is_public", "apikey_id", "category", "chatbot_config", "api_config", "analytic", "speech_to_text", "text_to_speech", "follow_up_prompts", "mcp_server_config", "create_time", "update_time", "workspace_id", "version_number", "live_version_number")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    FLOW_DATA_FIELD_NUMBER: _ClassVar[int]
    DEPLOYED_FIELD_NUMBER: _ClassVar[int]
    IS_PUBLIC_FIELD_NUMBER: _ClassVar[int]
    APIKEY_ID_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    CHATBOT_CONFIG_FIELD_NUMBER: _ClassVar[int]
    API_CONFIG_FIELD_NUMBER: _ClassVar[int]
    ANALYTIC_FIELD_NUMBER: _ClassVar[int]
    SPEECH_TO_TEXT_FIELD_NUMBER: _ClassVar[int]
    TEXT_TO_SPEECH_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_UP_PROMPTS_FIELD_NUMBER: _ClassVar[int]
    MCP_SERVER_CONFIG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    WORKSPACE_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_NUMBER_FIELD_NUMBER: _ClassVar[int]
    LIVE_VERSION_NUMBER_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    type: ChatflowType
    flow_data: _struct_pb2.Struct
    deployed: bool
    is_public: bool
    apikey_id: str
    category: str
    chatbot_config: _struct_pb2.Struct
    api_config: _struct_pb2.Struct
    analytic: _struct_pb2.Struct
    speech_to_text: _struct_pb2.Struct
    text_to_speech: _struct_pb2.Struct
    follow_up_prompts: _struct_pb2.Struct
    mcp_server_config: _struct_pb2.Struct
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    workspace_id: str
    version_number: int
    live_version_number: int
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., type: _Optional[_Union[ChatflowType, str]] = ..., flow_data: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., deployed: bool = ..., is_public: bool = ..., apikey_id: _Optional[str] = ..., category: _Optional[str] = ..., chatbot_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., api_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., analytic: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., speech_to_text: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., text_to_speech: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., follow_up_prompts: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., mcp_server_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., workspace_id: _Optional[str] = ..., version_number: _Optional[int] = ..., live_version_number: _Optional[int] = ...) -> None: ...

class CreateChatflowRequest(_message.Message):
    __slots__ = ("chatflow",)
    CHATFLOW_FIELD_NUMBER: _ClassVar[int]
    chatflow: Chatflow
    def __init__(self, chatflow: _Optional[_Union[Chatflow, _Mapping]] = ...) -> None: ...

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
    type: ChatflowType
    page_size: int
    page_token: str
    def __init__(self, type: _Optional[_Union[ChatflowType, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListChatflowsResponse(_message.Message):
    __slots__ = ("chatflows", "next_page_token", "total_size")
    CHATFLOWS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    chatflows: _containers.RepeatedCompositeFieldContainer[Chatflow]
    next_page_token: str
    total_size: int
    def __init__(self, chatflows: _Optional[_Iterable[_Union[Chatflow, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total_size: _Optional[int] = ...) -> None: ...

class UpdateChatflowRequest(_message.Message):
    __slots__ = ("chatflow", "update_mask")
    CHATFLOW_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    chatflow: Chatflow
    update_mask: _field_mask_pb2.FieldMask
    def __init__(self, chatflow: _Optional[_Union[Chatflow, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ...) -> None: ...

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
    __slots__ = ()
    def __init__(self) -> None: ...

class ImportChatflowsRequest(_message.Message):
    __slots__ = ("file", "name")
    FILE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    file: bytes
    name: str
    def __init__(self, file: _Optional[bytes] = ..., name: _Optional[str] = ...) -> None: ...

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
    __slots__ = ("file",)
    FILE_FIELD_NUMBER: _ClassVar[int]
    file: bytes
    def __init__(self, file: _Optional[bytes] = ...) -> None: ...

class GetChatflowStreamingRequest(_message.Message):
    __slots__ = ("id", "version")
    ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    id: str
    version: str
    def __init__(self, id: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class GetChatflowStreamingResponse(_message.Message):
    __slots__ = ("is_streaming",)
    IS_STREAMING_FIELD_NUMBER: _ClassVar[int]
    is_streaming: bool
    def __init__(self, is_streaming: bool = ...) -> None: ...

class GetPublicChatflowRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetPublicChatflowResponse(_message.Message):
    __slots__ = ("chatflow",)
    CHATFLOW_FIELD_NUMBER: _ClassVar[int]
    chatflow: Chatflow
    def __init__(self, chatflow: _Optional[_Union[Chatflow, _Mapping]] = ...) -> None: ...

class ListChatflowsOfKeyRequest(_message.Message):
    __slots__ = ("api_key",)
    API_KEY_FIELD_NUMBER: _ClassVar[int]
    api_key: str
    def __init__(self, api_key: _Optional[str] = ...) -> None: ...

class ListChatflowsOfKeyResponse(_message.Message):
    __slots__ = ("chatflows",)
    CHATFLOWS_FIELD_NUMBER: _ClassVar[int]
    chatflows: _containers.RepeatedCompositeFieldContainer[Chatflow]
    def __init__(self, chatflows: _Optional[_Iterable[_Union[Chatflow, _Mapping]]] = ...) -> None: ...
