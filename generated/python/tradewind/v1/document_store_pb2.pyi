import datetime

from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DocumentStoreStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DOCUMENT_STORE_STATUS_UNSPECIFIED: _ClassVar[DocumentStoreStatus]
    DOCUMENT_STORE_STATUS_EMPTY: _ClassVar[DocumentStoreStatus]
    DOCUMENT_STORE_STATUS_SYNC: _ClassVar[DocumentStoreStatus]
    DOCUMENT_STORE_STATUS_SYNCING: _ClassVar[DocumentStoreStatus]
    DOCUMENT_STORE_STATUS_STALE: _ClassVar[DocumentStoreStatus]
    DOCUMENT_STORE_STATUS_NEW: _ClassVar[DocumentStoreStatus]
    DOCUMENT_STORE_STATUS_UPSERTING: _ClassVar[DocumentStoreStatus]
    DOCUMENT_STORE_STATUS_UPSERTED: _ClassVar[DocumentStoreStatus]
DOCUMENT_STORE_STATUS_UNSPECIFIED: DocumentStoreStatus
DOCUMENT_STORE_STATUS_EMPTY: DocumentStoreStatus
DOCUMENT_STORE_STATUS_SYNC: DocumentStoreStatus
DOCUMENT_STORE_STATUS_SYNCING: DocumentStoreStatus
DOCUMENT_STORE_STATUS_STALE: DocumentStoreStatus
DOCUMENT_STORE_STATUS_NEW: DocumentStoreStatus
DOCUMENT_STORE_STATUS_UPSERTING: DocumentStoreStatus
DOCUMENT_STORE_STATUS_UPSERTED: DocumentStoreStatus

class StoreComponent(_message.Message):
    __slots__ = ("name", "config")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    name: str
    config: _struct_pb2.Struct
    def __init__(self, name: _Optional[str] = ..., config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class StoreFile(_message.Message):
    __slots__ = ("id", "name", "mime", "size", "upload_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    MIME_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    UPLOAD_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    mime: str
    size: int
    upload_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., mime: _Optional[str] = ..., size: _Optional[int] = ..., upload_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DocumentLoader(_message.Message):
    __slots__ = ("id", "loader", "name", "splitter", "splitter_name", "credential_id", "files", "source", "total_chunks", "total_chars", "status")
    ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SPLITTER_FIELD_NUMBER: _ClassVar[int]
    SPLITTER_NAME_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_ID_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_CHUNKS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_CHARS_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    id: str
    loader: StoreComponent
    name: str
    splitter: StoreComponent
    splitter_name: str
    credential_id: str
    files: _containers.RepeatedCompositeFieldContainer[StoreFile]
    source: str
    total_chunks: int
    total_chars: int
    status: DocumentStoreStatus
    def __init__(self, id: _Optional[str] = ..., loader: _Optional[_Union[StoreComponent, _Mapping]] = ..., name: _Optional[str] = ..., splitter: _Optional[_Union[StoreComponent, _Mapping]] = ..., splitter_name: _Optional[str] = ..., credential_id: _Optional[str] = ..., files: _Optional[_Iterable[_Union[StoreFile, _Mapping]]] = ..., source: _Optional[str] = ..., total_chunks: _Optional[int] = ..., total_chars: _Optional[int] = ..., status: _Optional[_Union[DocumentStoreStatus, str]] = ...) -> None: ...

class StoreUse(_message.Message):
    __slots__ = ("chatflow_id", "name")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    name: str
    def __init__(self, chatflow_id: _Optional[str] = ..., name: _Optional[str] = ...) -> None: ...

class DocumentStore(_message.Message):
    __slots__ = ("id", "name", "description", "loaders", "uses", "status", "vector_store", "embedding", "record_manager", "total_chunks", "total_chars", "create_time", "update_time", "workspace_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    LOADERS_FIELD_NUMBER: _ClassVar[int]
    USES_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    VECTOR_STORE_FIELD_NUMBER: _ClassVar[int]
    EMBEDDING_FIELD_NUMBER: _ClassVar[int]
    RECORD_MANAGER_FIELD_NUMBER: _ClassVar[int]
    TOTAL_CHUNKS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_CHARS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    WORKSPACE_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    description: str
    loaders: _containers.RepeatedCompositeFieldContainer[DocumentLoader]
    uses: _containers.RepeatedCompositeFieldContainer[StoreUse]
    status: DocumentStoreStatus
    vector_store: StoreComponent
    embedding: StoreComponent
    record_manager: StoreComponent
    total_chunks: int
    total_chars: int
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    workspace_id: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., description: _Optional[str] = ..., loaders: _Optional[_Iterable[_Union[DocumentLoader, _Mapping]]] = ..., uses: _Optional[_Iterable[_Union[StoreUse, _Mapping]]] = ..., status: _Optional[_Union[DocumentStoreStatus, str]] = ..., vector_store: _Optional[_Union[StoreComponent, _Mapping]] = ..., embedding: _Optional[_Union[StoreComponent, _Mapping]] = ..., record_manager: _Optional[_Union[StoreComponent, _Mapping]] = ..., total_chunks: _Optional[int] = ..., total_chars: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., workspace_id: _Optional[str] = ...) -> None: ...

class CreateDocumentStoreRequest(_message.Message):
    __slots__ = ("document_store",)
    DOCUMENT_STORE_FIELD_NUMBER: _ClassVar[int]
    document_store: DocumentStore
    def __init__(self, document_store: _Optional[_Union[DocumentStore, _Mapping]] = ...) -> None: ...

class CreateDocumentStoreResponse(_message.Message):
    __slots__ = ("document_store",)
    DOCUMENT_STORE_FIELD_NUMBER: _ClassVar[int]
    document_store: DocumentStore
    def __init__(self, document_store: _Optional[_Union[DocumentStore, _Mapping]] = ...) -> None: ...

class GetDocumentStoreRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetDocumentStoreResponse(_message.Message):
    __slots__ = ("document_store",)
    DOCUMENT_STORE_FIELD_NUMBER: _ClassVar[int]
    document_store: DocumentStore
    def __init__(self, document_store: _Optional[_Union[DocumentStore, _Mapping]] = ...) -> None: ...

class ListDocumentStoresRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDocumentStoresResponse(_message.Message):
    __slots__ = ("document_stores", "next_page_token", "total_size")
    DOCUMENT_STORES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    document_stores: _containers.RepeatedCompositeFieldContainer[DocumentStore]
    next_page_token: str
    total_size: int
    def __init__(self, document_stores: _Optional[_Iterable[_Union[DocumentStore, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total_size: _Optional[int] = ...) -> None: ...

class UpdateDocumentStoreRequest(_message.Message):
    __slots__ = ("document_store", "update_mask")
    DOCUMENT_STORE_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    document_store: DocumentStore
    update_mask: _field_mask_pb2.FieldMask
    def __init__(self, document_store: _Optional[_Union[DocumentStore, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ...) -> None: ...

class UpdateDocumentStoreResponse(_message.Message):
    __slots__ = ("document_store",)
    DOCUMENT_STORE_FIELD_NUMBER: _ClassVar[int]
    document_store: DocumentStore
    def __init__(self, document_store: _Optional[_Union[DocumentStore, _Mapping]] = ...) -> None: ...

class DeleteDocumentStoreRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class DeleteDocumentStoreResponse(_message.Message):
    __slots__ = ("deleted",)
    DELETED_FIELD_NUMBER: _ClassVar[int]
    deleted: int
    def __init__(self, deleted: _Optional[int] = ...) -> None: ...
