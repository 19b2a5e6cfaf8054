from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateCredentialEntityRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ListCredentialsArrayRequest(_message.Message):
    __slots__ = ("credential_name", "name")
    CREDENTIAL_NAME_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    credential_name: _containers.RepeatedScalarFieldContainer[str]
    name: str
    def __init__(self, credential_name: _Optional[_Iterable[str]] = ..., name: _Optional[str] = ...) -> None: ...

class GetCredentialEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class UpdateCredentialEntityRequest(_message.Message):
    __slots__ = ("id", "body")
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class DeleteCredentialEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class CredentialFields(_message.Message):
    __slots__ = ("name", "credential_name", "plain_data_obj")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_NAME_FIELD_NUMBER: _ClassVar[int]
    PLAIN_DATA_OBJ_FIELD_NUMBER: _ClassVar[int]
    name: str
    credential_name: str
    plain_data_obj: _struct_pb2.Struct
    def __init__(self, name: _Optional[str] = ..., credential_name: _Optional[str] = ..., plain_data_obj: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class Credential(_message.Message):
    __slots__ = ("id", "name", "credential_name", "created_date", "updated_date", "workspace_id", "chat_flows")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_NAME_FIELD_NUMBER: _ClassVar[int]
    CREATED_DATE_FIELD_NUMBER: _ClassVar[int]
    UPDATED_DATE_FIELD_NUMBER: _ClassVar[int]
    WORKSPACE_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_FLOWS_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    credential_name: str
    created_date: str
    updated_date: str
    workspace_id: str
    chat_flows: _struct_pb2.ListValue
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., credential_name: _Optional[str] = ..., created_date: _Optional[str] = ..., updated_date: _Optional[str] = ..., workspace_id: _Optional[str] = ..., chat_flows: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ...) -> None: ...

class DeletedCredentials(_message.Message):
    __slots__ = ("raw", "affected", "warnings")
    RAW_FIELD_NUMBER: _ClassVar[int]
    AFFECTED_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    raw: _containers.RepeatedCompositeFieldContainer[_struct_pb2.Value]
    affected: int
    warnings: _struct_pb2.ListValue
    def __init__(self, raw: _Optional[_Iterable[_Union[_struct_pb2.Value, _Mapping]]] = ..., affected: _Optional[int] = ..., warnings: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ...) -> None: ...
