from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateLeadBodyRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class LeadFields(_message.Message):
    __slots__ = ("chatflow_id", "chat_id", "name", "email", "phone")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    chat_id: str
    name: str
    email: str
    phone: str
    def __init__(self, chatflow_id: _Optional[str] = ..., chat_id: _Optional[str] = ..., name: _Optional[str] = ..., email: _Optional[str] = ..., phone: _Optional[str] = ...) -> None: ...

class ListLeadsArrayRequest(_message.Message):
    __slots__ = ("chatflow_id", "chat_id", "order", "start_date", "end_date", "page", "limit", "page_token")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    chat_id: str
    order: str
    start_date: str
    end_date: str
    page: str
    limit: str
    page_token: str
    def __init__(self, chatflow_id: _Optional[str] = ..., chat_id: _Optional[str] = ..., order: _Optional[str] = ..., start_date: _Optional[str] = ..., end_date: _Optional[str] = ..., page: _Optional[str] = ..., limit: _Optional[str] = ..., page_token: _Optional[str] = ...) -> None: ...

class DeleteLeadEntityRequest(_message.Message):
    __slots__ = ("lead_id",)
    LEAD_ID_FIELD_NUMBER: _ClassVar[int]
    lead_id: str
    def __init__(self, lead_id: _Optional[str] = ...) -> None: ...

class DeletedLead(_message.Message):
    __slots__ = ("raw", "affected")
    RAW_FIELD_NUMBER: _ClassVar[int]
    AFFECTED_FIELD_NUMBER: _ClassVar[int]
    raw: _containers.RepeatedCompositeFieldContainer[_struct_pb2.Value]
    affected: int
    def __init__(self, raw: _Optional[_Iterable[_Union[_struct_pb2.Value, _Mapping]]] = ..., affected: _Optional[int] = ...) -> None: ...

class Lead(_message.Message):
    __slots__ = ("id", "name", "email", "phone", "chatflow_id", "chat_id", "created_date")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    CREATED_DATE_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: _struct_pb2.Value
    email: _struct_pb2.Value
    phone: _struct_pb2.Value
    chatflow_id: str
    chat_id: str
    created_date: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., email: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., phone: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., chatflow_id: _Optional[str] = ..., chat_id: _Optional[str] = ..., created_date: _Optional[str] = ...) -> None: ...
