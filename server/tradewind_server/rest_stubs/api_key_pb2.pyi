from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateApiKeyArrayRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ListApiKeysArrayRequest(_message.Message):
    __slots__ = ("page", "limit")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    page: str
    limit: str
    def __init__(self, page: _Optional[str] = ..., limit: _Optional[str] = ...) -> None: ...

class ListApiKeysPageRequest(_message.Message):
    __slots__ = ("page", "limit")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    page: str
    limit: str
    def __init__(self, page: _Optional[str] = ..., limit: _Optional[str] = ...) -> None: ...

class ApiKeyPage(_message.Message):
    __slots__ = ("total", "data")
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    total: int
    data: _containers.RepeatedCompositeFieldContainer[ApiKey]
    def __init__(self, total: _Optional[int] = ..., data: _Optional[_Iterable[_Union[ApiKey, _Mapping]]] = ...) -> None: ...

class UpdateApiKeyArrayRequest(_message.Message):
    __slots__ = ("id", "body")
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class RotateApiKeyEntityRequest(_message.Message):
    __slots__ = ("id", "body")
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class DeleteApiKeyEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class ApiKeyFields(_message.Message):
    __slots__ = ("key_name", "permissions", "expires_date", "chatflow_ids")
    KEY_NAME_FIELD_NUMBER: _ClassVar[int]
    PERMISSIONS_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_DATE_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_IDS_FIELD_NUMBER: _ClassVar[int]
    key_name: str
    permissions: _containers.RepeatedScalarFieldContainer[str]
    expires_date: _struct_pb2.Value
    chatflow_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, key_name: _Optional[str] = ..., permissions: _Optional[_Iterable[str]] = ..., expires_date: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., chatflow_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class RotationFields(_message.Message):
    __slots__ = ("overlap_seconds",)
    OVERLAP_SECONDS_FIELD_NUMBER: _ClassVar[int]
    overlap_seconds: float
    def __init__(self, overlap_seconds: _Optional[float] = ...) -> None: ...

class ApiKey(_message.Message):
    __slots__ = ("id", "api_key", "api_secret", "key_name", "permissions", "updated_date", "workspace_id", "chat_flows", "expires_date", "last_used_date", "previous_expires_date", "chatflow_ids")
    ID_FIELD_NUMBER: _ClassVar[int]
    API_KEY_FIELD_NUMBER: _ClassVar[int]
    API_SECRET_FIELD_NUMBER: _ClassVar[int]
    KEY_NAME_FIELD_NUMBER: _ClassVar[int]
    PERMISSIONS_FIELD_NUMBER: _ClassVar[int]
    UPDATED_DATE_FIELD_NUMBER: _ClassVar[int]
    WORKSPACE_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_FLOWS_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_DATE_FIELD_NUMBER: _ClassVar[int]
    LAST_USED_DATE_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_EXPIRES_DATE_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_IDS_FIELD_NUMBER: _ClassVar[int]
    id: str
    api_key: str
    api_secret: str
    key_name: str
    permissions: _containers.RepeatedScalarFieldContainer[str]
    updated_date: str
    workspace_id: str
    chat_flows: _containers.RepeatedCompositeFieldContainer[ApiKeyChatflow]
    expires_date: str
    last_used_date: str
    previous_expires_date: str
    chatflow_ids: _struct_pb2.ListValue
    def __init__(self, id: _Optional[str] = ..., api_key: _Optional[str] = ..., api_secret: _Optional[str] = ..., key_name: _Optional[str] = ..., permissions: _Optional[_Iterable[str]] = ..., updated_date: _Optional[str] = ..., workspace_id: _Optional[str] = ..., chat_flows: _Optional[_Iterable[_Union[ApiKeyChatflow, _Mapping]]] = ..., expires_date: _Optional[str] = ..., last_used_date: _Optional[str] = ..., previous_expires_date: _Optional[str] = ..., chatflow_ids: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ...) -> None: ...

class ApiKeyChatflow(_message.Message):
    __slots__ = ("flow_name", "category", "updated_date")
    FLOW_NAME_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    UPDATED_DATE_FIELD_NUMBER: _ClassVar[int]
    flow_name: str
    category: _struct_pb2.Value
    updated_date: str
    def __init__(self, flow_name: _Optional[str] = ..., category: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., updated_date: _Optional[str] = ...) -> None: ...

class DeletedApiKeys(_message.Message):
    __slots__ = ("raw", "affected", "warnings")
    RAW_FIELD_NUMBER: _ClassVar[int]
    AFFECTED_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    raw: _containers.RepeatedCompositeFieldContainer[_struct_pb2.Value]
    affected: int
    warnings: _struct_pb2.ListValue
    def __init__(self, raw: _Optional[_Iterable[_Union[_struct_pb2.Value, _Mapping]]] = ..., affected: _Optional[int] = ..., warnings: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ...) -> None: ...
