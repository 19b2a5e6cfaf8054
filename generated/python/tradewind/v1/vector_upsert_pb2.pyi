from google.protobuf import struct_pb2 as _struct_pb2
from tradewind.v1 import common_pb2 as _common_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class UpsertRequest(_message.Message):
    __slots__ = ("chatflow_id", "stop_node_ids", "override_config", "chat_id", "version")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    STOP_NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    stop_node_ids: _containers.RepeatedScalarFieldContainer[str]
    override_config: _struct_pb2.Struct
    chat_id: str
    version: str
    def __init__(self, chatflow_id: _Optional[str] = ..., stop_node_ids: _Optional[_Iterable[str]] = ..., override_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., chat_id: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class UpsertResponse(_message.Message):
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
    added_docs: _containers.RepeatedCompositeFieldContainer[_common_pb2.SourceDocument]
    added_docs_truncated: bool
    warnings: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, num_added: _Optional[int] = ..., num_updated: _Optional[int] = ..., num_skipped: _Optional[int] = ..., num_deleted: _Optional[int] = ..., added_docs: _Optional[_Iterable[_Union[_common_pb2.SourceDocument, _Mapping]]] = ..., added_docs_truncated: bool = ..., warnings: _Optional[_Iterable[str]] = ...) -> None: ...

class UploadUpsertRequest(_message.Message):
    __slots__ = ("options", "file", "chunk")
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    options: UpsertRequest
    file: _common_pb2.UploadFile
    chunk: bytes
    def __init__(self, options: _Optional[_Union[UpsertRequest, _Mapping]] = ..., file: _Optional[_Union[_common_pb2.UploadFile, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class UploadUpsertResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: UpsertResponse
    def __init__(self, result: _Optional[_Union[UpsertResponse, _Mapping]] = ...) -> None: ...

class StreamUpsertRequest(_message.Message):
    __slots__ = ("options",)
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    options: UpsertRequest
    def __init__(self, options: _Optional[_Union[UpsertRequest, _Mapping]] = ...) -> None: ...

class UpsertProgress(_message.Message):
    __slots__ = ("node_id", "loaded", "split", "embedded", "written")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADED_FIELD_NUMBER: _ClassVar[int]
    SPLIT_FIELD_NUMBER: _ClassVar[int]
    EMBEDDED_FIELD_NUMBER: _ClassVar[int]
    WRITTEN_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    loaded: int
    split: int
    embedded: int
    written: int
    def __init__(self, node_id: _Optional[str] = ..., loaded: _Optional[int] = ..., split: _Optional[int] = ..., embedded: _Optional[int] = ..., written: _Optional[int] = ...) -> None: ...

class StreamUpsertResponse(_message.Message):
    __slots__ = ("progress", "result")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    progress: UpsertProgress
    result: UpsertResponse
    def __init__(self, progress: _Optional[_Union[UpsertProgress, _Mapping]] = ..., result: _Optional[_Union[UpsertResponse, _Mapping]] = ...) -> None: ...

class StreamUploadUpsertRequest(_message.Message):
    __slots__ = ("options", "file", "chunk")
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    options: UpsertRequest
    file: _common_pb2.UploadFile
    chunk: bytes
    def __init__(self, options: _Optional[_Union[UpsertRequest, _Mapping]] = ..., file: _Optional[_Union[_common_pb2.UploadFile, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class StreamUploadUpsertResponse(_message.Message):
    __slots__ = ("progress", "result")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    progress: UpsertProgress
    result: UpsertResponse
    def __init__(self, progress: _Optional[_Union[UpsertProgress, _Mapping]] = ..., result: _Optional[_Union[UpsertResponse, _Mapping]] = ...) -> None: ...
