from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateToolEntityRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ListToolsArrayRequest(_message.Message):
    __slots__ = ("page", "limit")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    page: str
    limit: str
    def __init__(self, page: _Optional[str] = ..., limit: _Optional[str] = ...) -> None: ...

class ListToolsPageRequest(_message.Message):
    __slots__ = ("page", "limit")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    page: str
    limit: str
    def __init__(self, page: _Optional[str] = ..., limit: _Optional[str] = ...) -> None: ...

class ToolPage(_message.Message):
    __slots__ = ("data", "total")
    DATA_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    data: _containers.RepeatedCompositeFieldContainer[Tool]
    total: int
    def __init__(self, data: _Optional[_Iterable[_Union[Tool, _Mapping]]] = ..., total: _Optional[int] = ...) -> None: ...

class UpdateToolEntityRequest(_message.Message):
    __slots__ = ("id", "body")
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class DeleteToolEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetToolEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class ToolFields(_message.Message):
    __slots__ = ("name", "description", "color", "icon_src", "schema", "func")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    COLOR_FIELD_NUMBER: _ClassVar[int]
    ICON_SRC_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    FUNC_FIELD_NUMBER: _ClassVar[int]
    name: str
    description: str
    color: str
    icon_src: _struct_pb2.Value
    schema: _struct_pb2.Value
    func: _struct_pb2.Value
    def __init__(self, name: _Optional[str] = ..., description: _Optional[str] = ..., color: _Optional[str] = ..., icon_src: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., schema: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., func: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class Tool(_message.Message):
    __slots__ = ("id", "name", "description", "color", "icon_src", "schema", "func", "created_date", "updated_date", "workspace_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    COLOR_FIELD_NUMBER: _ClassVar[int]
    ICON_SRC_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    FUNC_FIELD_NUMBER: _ClassVar[int]
    CREATED_DATE_FIELD_NUMBER: _ClassVar[int]
    UPDATED_DATE_FIELD_NUMBER: _ClassVar[int]
    WORKSPACE_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    description: str
    color: str
    icon_src: _struct_pb2.Value
    schema: _struct_pb2.Value
    func: _struct_pb2.Value
    created_date: str
    updated_date: str
    workspace_id: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., description: _Optional[str] = ..., color: _Optional[str] = ..., icon_src: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., schema: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., func: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., created_date: _Optional[str] = ..., updated_date: _Optional[str] = ..., workspace_id: _Optional[str] = ...) -> None: ...

class DeletedTools(_message.Message):
    __slots__ = ("raw", "affected")
    RAW_FIELD_NUMBER: _ClassVar[int]
    AFFECTED_FIELD_NUMBER: _ClassVar[int]
    raw: _containers.RepeatedCompositeFieldContainer[_struct_pb2.Value]
    affected: int
    def __init__(self, raw: _Optional[_Iterable[_Union[_struct_pb2.Value, _Mapping]]] = ..., affected: _Optional[int] = ...) -> None: ...
