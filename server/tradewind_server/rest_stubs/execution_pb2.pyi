from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListExecutionsPageRequest(_message.Message):
    __slots__ = ("id", "agentflow_id", "agentflow_name", "session_id", "state", "start_date", "end_date", "page", "limit")
    ID_FIELD_NUMBER: _ClassVar[int]
    AGENTFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    AGENTFLOW_NAME_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    id: str
    agentflow_id: str
    agentflow_name: str
    session_id: str
    state: str
    start_date: str
    end_date: str
    page: str
    limit: str
    def __init__(self, id: _Optional[str] = ..., agentflow_id: _Optional[str] = ..., agentflow_name: _Optional[str] = ..., session_id: _Optional[str] = ..., state: _Optional[str] = ..., start_date: _Optional[str] = ..., end_date: _Optional[str] = ..., page: _Optional[str] = ..., limit: _Optional[str] = ...) -> None: ...

class ExecutionPage(_message.Message):
    __slots__ = ("data", "total")
    DATA_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    data: _containers.RepeatedCompositeFieldContainer[Execution]
    total: int
    def __init__(self, data: _Optional[_Iterable[_Union[Execution, _Mapping]]] = ..., total: _Optional[int] = ...) -> None: ...

class GetExecutionEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class UpdateExecutionEntityRequest(_message.Message):
    __slots__ = ("id", "body")
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ExecutionFields(_message.Message):
    __slots__ = ("is_public",)
    IS_PUBLIC_FIELD_NUMBER: _ClassVar[int]
    is_public: bool
    def __init__(self, is_public: bool = ...) -> None: ...

class DeleteExecutionEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class DeleteExecutionsBodyRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ExecutionIds(_message.Message):
    __slots__ = ("execution_ids",)
    EXECUTION_IDS_FIELD_NUMBER: _ClassVar[int]
    execution_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, execution_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class GetPublicExecutionEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class Execution(_message.Message):
    __slots__ = ("id", "execution_data", "state", "agentflow_id", "session_id", "action", "is_public", "created_date", "updated_date", "stopped_date", "workspace_id", "agentflow")
    ID_FIELD_NUMBER: _ClassVar[int]
    EXECUTION_DATA_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    AGENTFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    IS_PUBLIC_FIELD_NUMBER: _ClassVar[int]
    CREATED_DATE_FIELD_NUMBER: _ClassVar[int]
    UPDATED_DATE_FIELD_NUMBER: _ClassVar[int]
    STOPPED_DATE_FIELD_NUMBER: _ClassVar[int]
    WORKSPACE_ID_FIELD_NUMBER: _ClassVar[int]
    AGENTFLOW_FIELD_NUMBER: _ClassVar[int]
    id: str
    execution_data: str
    state: str
    agentflow_id: str
    session_id: str
    action: _struct_pb2.Value
    is_public: _struct_pb2.Value
    created_date: str
    updated_date: str
    stopped_date: _struct_pb2.Value
    workspace_id: str
    agentflow: _struct_pb2.Value
    def __init__(self, id: _Optional[str] = ..., execution_data: _Optional[str] = ..., state: _Optional[str] = ..., agentflow_id: _Optional[str] = ..., session_id: _Optional[str] = ..., action: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., is_public: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., created_date: _Optional[str] = ..., updated_date: _Optional[str] = ..., stopped_date: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., workspace_id: _Optional[str] = ..., agentflow: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class DeletedExecutions(_message.Message):
    __slots__ = ("success", "deleted_count")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    DELETED_COUNT_FIELD_NUMBER: _ClassVar[int]
    success: bool
    deleted_count: int
    def __init__(self, success: bool = ..., deleted_count: _Optional[int] = ...) -> None: ...
