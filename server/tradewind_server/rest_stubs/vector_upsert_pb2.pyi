from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class UpsertFormRequest(_message.Message):
    __slots__ = ("chatflow_id", "body")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, chatflow_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class UpsertBodyRequest(_message.Message):
    __slots__ = ("chatflow_id", "body")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, chatflow_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class UpsertFields(_message.Message):
    __slots__ = ("chatflow_id", "stop_node_id", "override_config", "chat_id")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    STOP_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    stop_node_id: _struct_pb2.Value
    override_config: _struct_pb2.Struct
    chat_id: str
    def __init__(self, chatflow_id: _Optional[str] = ..., stop_node_id: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., override_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., chat_id: _Optional[str] = ...) -> None: ...

class UpsertAnswer(_message.Message):
    __slots__ = ("num_added", "num_updated", "num_skipped", "num_deleted", "added_docs", "added_docs_truncated", "warnings")
    NUM_ADDED_FIELD_NUMBER: _ClassVar[int]
    NUM_UPDATED_FIELD_NUMBER: _ClassVar[int]
    NUM_SKIPPED_FIELD_NUMBER: _ClassVar[int]
    NUM_DELETED_FIELD_NUMBER: _ClassVar[int]
    ADDED_DOCS_FIELD_NUMBER: _ClassVar[int]
    ADDED_DOCS_TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    num_added: int
    num_updated: int
    num_skipped: int
    num_deleted: int
    added_docs: _containers.RepeatedCompositeFieldContainer[UpsertedDocument]
    added_docs_truncated: bool
    warnings: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, num_added: _Optional[int] = ..., num_updated: _Optional[int] = ..., num_skipped: _Optional[int] = ..., num_deleted: _Optional[int] = ..., added_docs: _Optional[_Iterable[_Union[UpsertedDocument, _Mapping]]] = ..., added_docs_truncated: bool = ..., warnings: _Optional[_Iterable[str]] = ...) -> None: ...

class UpsertedDocument(_message.Message):
    __slots__ = ("page_content", "metadata", "id")
    PAGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    page_content: str
    metadata: _struct_pb2.Struct
    id: str
    def __init__(self, page_content: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., id: _Optional[str] = ...) -> None: ...
