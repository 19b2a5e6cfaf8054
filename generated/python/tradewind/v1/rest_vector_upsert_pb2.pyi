from google.api import annotations_pb2 as _annotations_pb2
from google.api import httpbody_pb2 as _httpbody_pb2
from tradewind.v1 import access_pb2 as _access_pb2
from tradewind.v1 import common_pb2 as _common_pb2
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

class UpsertFormResponse(_message.Message):
    __slots__ = ("num_added", "num_updated", "num_skipped", "num_deleted", "added_docs", "added_docs_truncated")
    NUM_ADDED_FIELD_NUMBER: _ClassVar[int]
    NUM_UPDATED_FIELD_NUMBER: _ClassVar[int]
    NUM_SKIPPED_FIELD_NUMBER: _ClassVar[int]
    NUM_DELETED_FIELD_NUMBER: _ClassVar[int]
    ADDED_DOCS_FIELD_NUMBER: _ClassVar[int]
    ADDED_DOCS_TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    num_added: int
    num_updated: int
    num_skipped: int
    num_deleted: int
    added_docs: _containers.RepeatedCompositeFieldContainer[_common_pb2.SourceDocument]
    added_docs_truncated: bool
    def __init__(self, num_added: _Optional[int] = ..., num_updated: _Optional[int] = ..., num_skipped: _Optional[int] = ..., num_deleted: _Optional[int] = ..., added_docs: _Optional[_Iterable[_Union[_common_pb2.SourceDocument, _Mapping]]] = ..., added_docs_truncated: _Optional[bool] = ...) -> None: ...
