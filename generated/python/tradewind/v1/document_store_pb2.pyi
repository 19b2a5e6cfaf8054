import datetime

from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tradewind.v1 import chatflow_check_pb2 as _chatflow_check_pb2
from tradewind.v1 import common_pb2 as _common_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from tradewind.v1 import node_type_pb2 as _node_type_pb2
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

class StoreComponentKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    STORE_COMPONENT_KIND_UNSPECIFIED: _ClassVar[StoreComponentKind]
    STORE_COMPONENT_KIND_LOADER: _ClassVar[StoreComponentKind]
    STORE_COMPONENT_KIND_EMBEDDING: _ClassVar[StoreComponentKind]
    STORE_COMPONENT_KIND_VECTOR_STORE: _ClassVar[StoreComponentKind]
    STORE_COMPONENT_KIND_RECORD_MANAGER: _ClassVar[StoreComponentKind]
DOCUMENT_STORE_STATUS_UNSPECIFIED: DocumentStoreStatus
DOCUMENT_STORE_STATUS_EMPTY: DocumentStoreStatus
DOCUMENT_STORE_STATUS_SYNC: DocumentStoreStatus
DOCUMENT_STORE_STATUS_SYNCING: DocumentStoreStatus
DOCUMENT_STORE_STATUS_STALE: DocumentStoreStatus
DOCUMENT_STORE_STATUS_NEW: DocumentStoreStatus
DOCUMENT_STORE_STATUS_UPSERTING: DocumentStoreStatus
DOCUMENT_STORE_STATUS_UPSERTED: DocumentStoreStatus
STORE_COMPONENT_KIND_UNSPECIFIED: StoreComponentKind
STORE_COMPONENT_KIND_LOADER: StoreComponentKind
STORE_COMPONENT_KIND_EMBEDDING: StoreComponentKind
STORE_COMPONENT_KIND_VECTOR_STORE: StoreComponentKind
STORE_COMPONENT_KIND_RECORD_MANAGER: StoreComponentKind

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

class PreviewLoaderRequest(_message.Message):
    __slots__ = ("store_id", "loader", "chunk_count")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_FIELD_NUMBER: _ClassVar[int]
    CHUNK_COUNT_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader: DocumentLoader
    chunk_count: int
    def __init__(self, store_id: _Optional[str] = ..., loader: _Optional[_Union[DocumentLoader, _Mapping]] = ..., chunk_count: _Optional[int] = ...) -> None: ...

class PreviewLoaderResponse(_message.Message):
    __slots__ = ("chunks", "total_chunks")
    CHUNKS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_CHUNKS_FIELD_NUMBER: _ClassVar[int]
    chunks: _containers.RepeatedCompositeFieldContainer[_common_pb2.SourceDocument]
    total_chunks: int
    def __init__(self, chunks: _Optional[_Iterable[_Union[_common_pb2.SourceDocument, _Mapping]]] = ..., total_chunks: _Optional[int] = ...) -> None: ...

class SaveLoaderRequest(_message.Message):
    __slots__ = ("store_id", "loader")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader: DocumentLoader
    def __init__(self, store_id: _Optional[str] = ..., loader: _Optional[_Union[DocumentLoader, _Mapping]] = ...) -> None: ...

class SaveLoaderResponse(_message.Message):
    __slots__ = ("loader",)
    LOADER_FIELD_NUMBER: _ClassVar[int]
    loader: DocumentLoader
    def __init__(self, loader: _Optional[_Union[DocumentLoader, _Mapping]] = ...) -> None: ...

class ProcessLoaderRequest(_message.Message):
    __slots__ = ("store_id", "loader_id", "loader")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader_id: str
    loader: DocumentLoader
    def __init__(self, store_id: _Optional[str] = ..., loader_id: _Optional[str] = ..., loader: _Optional[_Union[DocumentLoader, _Mapping]] = ...) -> None: ...

class ProcessLoaderResponse(_message.Message):
    __slots__ = ("loader", "chunks")
    LOADER_FIELD_NUMBER: _ClassVar[int]
    CHUNKS_FIELD_NUMBER: _ClassVar[int]
    loader: DocumentLoader
    chunks: _containers.RepeatedCompositeFieldContainer[DocumentChunk]
    def __init__(self, loader: _Optional[_Union[DocumentLoader, _Mapping]] = ..., chunks: _Optional[_Iterable[_Union[DocumentChunk, _Mapping]]] = ...) -> None: ...

class DeleteLoaderRequest(_message.Message):
    __slots__ = ("store_id", "loader_id")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader_id: str
    def __init__(self, store_id: _Optional[str] = ..., loader_id: _Optional[str] = ...) -> None: ...

class DeleteLoaderResponse(_message.Message):
    __slots__ = ("document_store",)
    DOCUMENT_STORE_FIELD_NUMBER: _ClassVar[int]
    document_store: DocumentStore
    def __init__(self, document_store: _Optional[_Union[DocumentStore, _Mapping]] = ...) -> None: ...

class DocumentChunk(_message.Message):
    __slots__ = ("id", "loader_id", "number", "page_content", "metadata")
    ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    PAGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    id: str
    loader_id: str
    number: int
    page_content: str
    metadata: _struct_pb2.Struct
    def __init__(self, id: _Optional[str] = ..., loader_id: _Optional[str] = ..., number: _Optional[int] = ..., page_content: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class ListChunksRequest(_message.Message):
    __slots__ = ("store_id", "loader_id", "page_size", "page_token")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader_id: str
    page_size: int
    page_token: str
    def __init__(self, store_id: _Optional[str] = ..., loader_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListChunksResponse(_message.Message):
    __slots__ = ("chunks", "next_page_token", "total_size")
    CHUNKS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    chunks: _containers.RepeatedCompositeFieldContainer[DocumentChunk]
    next_page_token: str
    total_size: int
    def __init__(self, chunks: _Optional[_Iterable[_Union[DocumentChunk, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total_size: _Optional[int] = ...) -> None: ...

class UpdateChunkRequest(_message.Message):
    __slots__ = ("store_id", "loader_id", "chunk_id", "page_content", "metadata")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    CHUNK_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader_id: str
    chunk_id: str
    page_content: str
    metadata: _struct_pb2.Struct
    def __init__(self, store_id: _Optional[str] = ..., loader_id: _Optional[str] = ..., chunk_id: _Optional[str] = ..., page_content: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class UpdateChunkResponse(_message.Message):
    __slots__ = ("chunks", "total_size")
    CHUNKS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    chunks: _containers.RepeatedCompositeFieldContainer[DocumentChunk]
    total_size: int
    def __init__(self, chunks: _Optional[_Iterable[_Union[DocumentChunk, _Mapping]]] = ..., total_size: _Optional[int] = ...) -> None: ...

class DeleteChunkRequest(_message.Message):
    __slots__ = ("store_id", "loader_id", "chunk_id")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    CHUNK_ID_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader_id: str
    chunk_id: str
    def __init__(self, store_id: _Optional[str] = ..., loader_id: _Optional[str] = ..., chunk_id: _Optional[str] = ...) -> None: ...

class DeleteChunkResponse(_message.Message):
    __slots__ = ("chunks", "total_size")
    CHUNKS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    chunks: _containers.RepeatedCompositeFieldContainer[DocumentChunk]
    total_size: int
    def __init__(self, chunks: _Optional[_Iterable[_Union[DocumentChunk, _Mapping]]] = ..., total_size: _Optional[int] = ...) -> None: ...

class VectorStoreSettings(_message.Message):
    __slots__ = ("embedding", "vector_store", "record_manager")
    EMBEDDING_FIELD_NUMBER: _ClassVar[int]
    VECTOR_STORE_FIELD_NUMBER: _ClassVar[int]
    RECORD_MANAGER_FIELD_NUMBER: _ClassVar[int]
    embedding: StoreComponent
    vector_store: StoreComponent
    record_manager: StoreComponent
    def __init__(self, embedding: _Optional[_Union[StoreComponent, _Mapping]] = ..., vector_store: _Optional[_Union[StoreComponent, _Mapping]] = ..., record_manager: _Optional[_Union[StoreComponent, _Mapping]] = ...) -> None: ...

class SaveVectorStoreRequest(_message.Message):
    __slots__ = ("store_id", "settings")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    settings: VectorStoreSettings
    def __init__(self, store_id: _Optional[str] = ..., settings: _Optional[_Union[VectorStoreSettings, _Mapping]] = ...) -> None: ...

class SaveVectorStoreResponse(_message.Message):
    __slots__ = ("document_store",)
    DOCUMENT_STORE_FIELD_NUMBER: _ClassVar[int]
    document_store: DocumentStore
    def __init__(self, document_store: _Optional[_Union[DocumentStore, _Mapping]] = ...) -> None: ...

class UpdateVectorStoreRequest(_message.Message):
    __slots__ = ("store_id", "vector_store")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    VECTOR_STORE_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    vector_store: StoreComponent
    def __init__(self, store_id: _Optional[str] = ..., vector_store: _Optional[_Union[StoreComponent, _Mapping]] = ...) -> None: ...

class UpdateVectorStoreResponse(_message.Message):
    __slots__ = ("document_store",)
    DOCUMENT_STORE_FIELD_NUMBER: _ClassVar[int]
    document_store: DocumentStore
    def __init__(self, document_store: _Optional[_Union[DocumentStore, _Mapping]] = ...) -> None: ...

class InsertVectorsRequest(_message.Message):
    __slots__ = ("store_id", "settings", "loader_id")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    settings: VectorStoreSettings
    loader_id: str
    def __init__(self, store_id: _Optional[str] = ..., settings: _Optional[_Union[VectorStoreSettings, _Mapping]] = ..., loader_id: _Optional[str] = ...) -> None: ...

class InsertVectorsResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: StoreUpsertResult
    def __init__(self, result: _Optional[_Union[StoreUpsertResult, _Mapping]] = ...) -> None: ...

class StoreUpsertResult(_message.Message):
    __slots__ = ("loader_id", "store_id", "num_added", "num_updated", "num_skipped", "num_deleted", "added_docs", "added_docs_truncated", "warnings")
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    NUM_ADDED_FIELD_NUMBER: _ClassVar[int]
    NUM_UPDATED_FIELD_NUMBER: _ClassVar[int]
    NUM_SKIPPED_FIELD_NUMBER: _ClassVar[int]
    NUM_DELETED_FIELD_NUMBER: _ClassVar[int]
    ADDED_DOCS_FIELD_NUMBER: _ClassVar[int]
    ADDED_DOCS_TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    loader_id: str
    store_id: str
    num_added: int
    num_updated: int
    num_skipped: int
    num_deleted: int
    added_docs: _containers.RepeatedCompositeFieldContainer[_common_pb2.SourceDocument]
    added_docs_truncated: bool
    warnings: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, loader_id: _Optional[str] = ..., store_id: _Optional[str] = ..., num_added: _Optional[int] = ..., num_updated: _Optional[int] = ..., num_skipped: _Optional[int] = ..., num_deleted: _Optional[int] = ..., added_docs: _Optional[_Iterable[_Union[_common_pb2.SourceDocument, _Mapping]]] = ..., added_docs_truncated: bool = ..., warnings: _Optional[_Iterable[str]] = ...) -> None: ...

class QueryDocumentStoreRequest(_message.Message):
    __slots__ = ("store_id", "query", "inputs")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    QUERY_FIELD_NUMBER: _ClassVar[int]
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    query: str
    inputs: _struct_pb2.Struct
    def __init__(self, store_id: _Optional[str] = ..., query: _Optional[str] = ..., inputs: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class FoundChunk(_message.Message):
    __slots__ = ("id", "number", "page_content", "metadata")
    ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    PAGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    id: str
    number: int
    page_content: str
    metadata: _struct_pb2.Struct
    def __init__(self, id: _Optional[str] = ..., number: _Optional[int] = ..., page_content: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class QueryDocumentStoreResponse(_message.Message):
    __slots__ = ("chunks", "milliseconds")
    CHUNKS_FIELD_NUMBER: _ClassVar[int]
    MILLISECONDS_FIELD_NUMBER: _ClassVar[int]
    chunks: _containers.RepeatedCompositeFieldContainer[FoundChunk]
    milliseconds: int
    def __init__(self, chunks: _Optional[_Iterable[_Union[FoundChunk, _Mapping]]] = ..., milliseconds: _Optional[int] = ...) -> None: ...

class DeleteVectorsRequest(_message.Message):
    __slots__ = ("store_id", "loader_id")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader_id: str
    def __init__(self, store_id: _Optional[str] = ..., loader_id: _Optional[str] = ...) -> None: ...

class DeleteVectorsResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class DeleteDocumentsRequest(_message.Message):
    __slots__ = ("store_id", "source", "metadata")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    source: str
    metadata: _struct_pb2.Struct
    def __init__(self, store_id: _Optional[str] = ..., source: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class DeleteDocumentsResponse(_message.Message):
    __slots__ = ("chunks", "loader_ids")
    CHUNKS_FIELD_NUMBER: _ClassVar[int]
    LOADER_IDS_FIELD_NUMBER: _ClassVar[int]
    chunks: int
    loader_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, chunks: _Optional[int] = ..., loader_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class UpsertDocumentRequest(_message.Message):
    __slots__ = ("store_id", "loader_id", "replace_existing", "new_store", "loader", "splitter", "embedding", "vector_store", "record_manager", "loader_name", "metadata", "replace_where")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    REPLACE_EXISTING_FIELD_NUMBER: _ClassVar[int]
    NEW_STORE_FIELD_NUMBER: _ClassVar[int]
    LOADER_FIELD_NUMBER: _ClassVar[int]
    SPLITTER_FIELD_NUMBER: _ClassVar[int]
    EMBEDDING_FIELD_NUMBER: _ClassVar[int]
    VECTOR_STORE_FIELD_NUMBER: _ClassVar[int]
    RECORD_MANAGER_FIELD_NUMBER: _ClassVar[int]
    LOADER_NAME_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    REPLACE_WHERE_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader_id: str
    replace_existing: bool
    new_store: DocumentStore
    loader: StoreOverride
    splitter: StoreOverride
    embedding: StoreOverride
    vector_store: StoreOverride
    record_manager: StoreOverride
    loader_name: str
    metadata: _struct_pb2.Struct
    replace_where: _struct_pb2.Struct
    def __init__(self, store_id: _Optional[str] = ..., loader_id: _Optional[str] = ..., replace_existing: bool = ..., new_store: _Optional[_Union[DocumentStore, _Mapping]] = ..., loader: _Optional[_Union[StoreOverride, _Mapping]] = ..., splitter: _Optional[_Union[StoreOverride, _Mapping]] = ..., embedding: _Optional[_Union[StoreOverride, _Mapping]] = ..., vector_store: _Optional[_Union[StoreOverride, _Mapping]] = ..., record_manager: _Optional[_Union[StoreOverride, _Mapping]] = ..., loader_name: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., replace_where: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class StoreOverride(_message.Message):
    __slots__ = ("name", "config")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    name: str
    config: _struct_pb2.Struct
    def __init__(self, name: _Optional[str] = ..., config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class UpsertDocumentResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: StoreUpsertResult
    def __init__(self, result: _Optional[_Union[StoreUpsertResult, _Mapping]] = ...) -> None: ...

class UploadDocumentRequest(_message.Message):
    __slots__ = ("options", "file", "chunk")
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    options: UpsertDocumentRequest
    file: _common_pb2.UploadFile
    chunk: bytes
    def __init__(self, options: _Optional[_Union[UpsertDocumentRequest, _Mapping]] = ..., file: _Optional[_Union[_common_pb2.UploadFile, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class UploadDocumentResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: StoreUpsertResult
    def __init__(self, result: _Optional[_Union[StoreUpsertResult, _Mapping]] = ...) -> None: ...

class RefreshDocumentStoreRequest(_message.Message):
    __slots__ = ("store_id", "items")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    items: _containers.RepeatedCompositeFieldContainer[UpsertDocumentRequest]
    def __init__(self, store_id: _Optional[str] = ..., items: _Optional[_Iterable[_Union[UpsertDocumentRequest, _Mapping]]] = ...) -> None: ...

class RefreshDocumentStoreResponse(_message.Message):
    __slots__ = ("result", "progress")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    result: StoreUpsertResult
    progress: StoreProgress
    def __init__(self, result: _Optional[_Union[StoreUpsertResult, _Mapping]] = ..., progress: _Optional[_Union[StoreProgress, _Mapping]] = ...) -> None: ...

class StoreProgress(_message.Message):
    __slots__ = ("loader_id", "loaded", "split", "embedded", "written")
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    LOADED_FIELD_NUMBER: _ClassVar[int]
    SPLIT_FIELD_NUMBER: _ClassVar[int]
    EMBEDDED_FIELD_NUMBER: _ClassVar[int]
    WRITTEN_FIELD_NUMBER: _ClassVar[int]
    loader_id: str
    loaded: int
    split: int
    embedded: int
    written: int
    def __init__(self, loader_id: _Optional[str] = ..., loaded: _Optional[int] = ..., split: _Optional[int] = ..., embedded: _Optional[int] = ..., written: _Optional[int] = ...) -> None: ...

class StreamProcessLoaderRequest(_message.Message):
    __slots__ = ("options",)
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    options: ProcessLoaderRequest
    def __init__(self, options: _Optional[_Union[ProcessLoaderRequest, _Mapping]] = ...) -> None: ...

class StreamProcessLoaderResponse(_message.Message):
    __slots__ = ("progress", "result")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    progress: StoreProgress
    result: ProcessLoaderResponse
    def __init__(self, progress: _Optional[_Union[StoreProgress, _Mapping]] = ..., result: _Optional[_Union[ProcessLoaderResponse, _Mapping]] = ...) -> None: ...

class StreamInsertVectorsRequest(_message.Message):
    __slots__ = ("options",)
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    options: InsertVectorsRequest
    def __init__(self, options: _Optional[_Union[InsertVectorsRequest, _Mapping]] = ...) -> None: ...

class StreamInsertVectorsResponse(_message.Message):
    __slots__ = ("progress", "result")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    progress: StoreProgress
    result: StoreUpsertResult
    def __init__(self, progress: _Optional[_Union[StoreProgress, _Mapping]] = ..., result: _Optional[_Union[StoreUpsertResult, _Mapping]] = ...) -> None: ...

class StreamUpsertDocumentRequest(_message.Message):
    __slots__ = ("options",)
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    options: UpsertDocumentRequest
    def __init__(self, options: _Optional[_Union[UpsertDocumentRequest, _Mapping]] = ...) -> None: ...

class StreamUpsertDocumentResponse(_message.Message):
    __slots__ = ("progress", "result")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    progress: StoreProgress
    result: StoreUpsertResult
    def __init__(self, progress: _Optional[_Union[StoreProgress, _Mapping]] = ..., result: _Optional[_Union[StoreUpsertResult, _Mapping]] = ...) -> None: ...

class StreamUploadDocumentRequest(_message.Message):
    __slots__ = ("options", "file", "chunk")
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    options: UpsertDocumentRequest
    file: _common_pb2.UploadFile
    chunk: bytes
    def __init__(self, options: _Optional[_Union[UpsertDocumentRequest, _Mapping]] = ..., file: _Optional[_Union[_common_pb2.UploadFile, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class StreamUploadDocumentResponse(_message.Message):
    __slots__ = ("progress", "result")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    progress: StoreProgress
    result: StoreUpsertResult
    def __init__(self, progress: _Optional[_Union[StoreProgress, _Mapping]] = ..., result: _Optional[_Union[StoreUpsertResult, _Mapping]] = ...) -> None: ...

class ListStoreComponentsRequest(_message.Message):
    __slots__ = ("kind",)
    KIND_FIELD_NUMBER: _ClassVar[int]
    kind: StoreComponentKind
    def __init__(self, kind: _Optional[_Union[StoreComponentKind, str]] = ...) -> None: ...

class ListStoreComponentsResponse(_message.Message):
    __slots__ = ("node_types",)
    NODE_TYPES_FIELD_NUMBER: _ClassVar[int]
    node_types: _containers.RepeatedCompositeFieldContainer[_node_type_pb2.NodeType]
    def __init__(self, node_types: _Optional[_Iterable[_Union[_node_type_pb2.NodeType, _Mapping]]] = ...) -> None: ...

class ListStoreInputsRequest(_message.Message):
    __slots__ = ("store_id", "loader_id")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader_id: str
    def __init__(self, store_id: _Optional[str] = ..., loader_id: _Optional[str] = ...) -> None: ...

class ListStoreInputsResponse(_message.Message):
    __slots__ = ("inputs",)
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    inputs: _containers.RepeatedCompositeFieldContainer[_chatflow_check_pb2.ChatflowInput]
    def __init__(self, inputs: _Optional[_Iterable[_Union[_chatflow_check_pb2.ChatflowInput, _Mapping]]] = ...) -> None: ...

class DescribeDocumentStoreRequest(_message.Message):
    __slots__ = ("store_id", "chat_model")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_MODEL_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    chat_model: StoreComponent
    def __init__(self, store_id: _Optional[str] = ..., chat_model: _Optional[_Union[StoreComponent, _Mapping]] = ...) -> None: ...

class DescribeDocumentStoreResponse(_message.Message):
    __slots__ = ("content",)
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    content: str
    def __init__(self, content: _Optional[str] = ...) -> None: ...
