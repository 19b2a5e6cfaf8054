from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from tradewind_server.rest_stubs import chatflow_check_pb2 as _chatflow_check_pb2
from tradewind_server.rest_stubs import node_type_pb2 as _node_type_pb2
from tradewind_server.rest_stubs import vector_upsert_pb2 as _vector_upsert_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateDocumentStoreEntityRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ListDocumentStoresArrayRequest(_message.Message):
    __slots__ = ("page", "limit")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    page: str
    limit: str
    def __init__(self, page: _Optional[str] = ..., limit: _Optional[str] = ...) -> None: ...

class ListDocumentStoresPageRequest(_message.Message):
    __slots__ = ("page", "limit")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    page: str
    limit: str
    def __init__(self, page: _Optional[str] = ..., limit: _Optional[str] = ...) -> None: ...

class DocumentStorePage(_message.Message):
    __slots__ = ("total", "data")
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    total: int
    data: _containers.RepeatedCompositeFieldContainer[DocumentStore]
    def __init__(self, total: _Optional[int] = ..., data: _Optional[_Iterable[_Union[DocumentStore, _Mapping]]] = ...) -> None: ...

class GetDocumentStoreEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class UpdateDocumentStoreEntityRequest(_message.Message):
    __slots__ = ("id", "body")
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class DeleteDocumentStoreEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class DocumentStoreFields(_message.Message):
    __slots__ = ("name", "description", "vector_store_config", "embedding_config", "record_manager_config")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    VECTOR_STORE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    EMBEDDING_CONFIG_FIELD_NUMBER: _ClassVar[int]
    RECORD_MANAGER_CONFIG_FIELD_NUMBER: _ClassVar[int]
    name: str
    description: _struct_pb2.Value
    vector_store_config: _struct_pb2.Value
    embedding_config: _struct_pb2.Value
    record_manager_config: _struct_pb2.Value
    def __init__(self, name: _Optional[str] = ..., description: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., vector_store_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., embedding_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., record_manager_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class DocumentStoreEntity(_message.Message):
    __slots__ = ("id", "name", "description", "loaders", "where_used", "status", "vector_store_config", "embedding_config", "record_manager_config", "created_date", "updated_date", "workspace_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    LOADERS_FIELD_NUMBER: _ClassVar[int]
    WHERE_USED_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    VECTOR_STORE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    EMBEDDING_CONFIG_FIELD_NUMBER: _ClassVar[int]
    RECORD_MANAGER_CONFIG_FIELD_NUMBER: _ClassVar[int]
    CREATED_DATE_FIELD_NUMBER: _ClassVar[int]
    UPDATED_DATE_FIELD_NUMBER: _ClassVar[int]
    WORKSPACE_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    description: _struct_pb2.Value
    loaders: str
    where_used: str
    status: str
    vector_store_config: _struct_pb2.Value
    embedding_config: _struct_pb2.Value
    record_manager_config: _struct_pb2.Value
    created_date: str
    updated_date: str
    workspace_id: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., description: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., loaders: _Optional[str] = ..., where_used: _Optional[str] = ..., status: _Optional[str] = ..., vector_store_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., embedding_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., record_manager_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., created_date: _Optional[str] = ..., updated_date: _Optional[str] = ..., workspace_id: _Optional[str] = ...) -> None: ...

class DocumentStore(_message.Message):
    __slots__ = ("id", "name", "description", "loaders", "where_used", "status", "vector_store_config", "embedding_config", "record_manager_config", "created_date", "updated_date", "workspace_id", "total_chars", "total_chunks")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    LOADERS_FIELD_NUMBER: _ClassVar[int]
    WHERE_USED_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    VECTOR_STORE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    EMBEDDING_CONFIG_FIELD_NUMBER: _ClassVar[int]
    RECORD_MANAGER_CONFIG_FIELD_NUMBER: _ClassVar[int]
    CREATED_DATE_FIELD_NUMBER: _ClassVar[int]
    UPDATED_DATE_FIELD_NUMBER: _ClassVar[int]
    WORKSPACE_ID_FIELD_NUMBER: _ClassVar[int]
    TOTAL_CHARS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_CHUNKS_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    description: _struct_pb2.Value
    loaders: _containers.RepeatedCompositeFieldContainer[_struct_pb2.Struct]
    where_used: _containers.RepeatedCompositeFieldContainer[_struct_pb2.Value]
    status: str
    vector_store_config: _struct_pb2.Value
    embedding_config: _struct_pb2.Value
    record_manager_config: _struct_pb2.Value
    created_date: str
    updated_date: str
    workspace_id: str
    total_chars: int
    total_chunks: int
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., description: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., loaders: _Optional[_Iterable[_Union[_struct_pb2.Struct, _Mapping]]] = ..., where_used: _Optional[_Iterable[_Union[_struct_pb2.Value, _Mapping]]] = ..., status: _Optional[str] = ..., vector_store_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., embedding_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., record_manager_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., created_date: _Optional[str] = ..., updated_date: _Optional[str] = ..., workspace_id: _Optional[str] = ..., total_chars: _Optional[int] = ..., total_chunks: _Optional[int] = ...) -> None: ...

class DeletedDocumentStores(_message.Message):
    __slots__ = ("deleted",)
    DELETED_FIELD_NUMBER: _ClassVar[int]
    deleted: int
    def __init__(self, deleted: _Optional[int] = ...) -> None: ...

class StoreBodyRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class LoaderBodyRequest(_message.Message):
    __slots__ = ("loader_id", "body")
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    loader_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, loader_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class StoreLoaderFields(_message.Message):
    __slots__ = ("store_id", "id", "loader_id", "loader_name", "loader_config", "splitter_id", "splitter_name", "splitter_config", "credential", "preview_chunk_count")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_NAME_FIELD_NUMBER: _ClassVar[int]
    LOADER_CONFIG_FIELD_NUMBER: _ClassVar[int]
    SPLITTER_ID_FIELD_NUMBER: _ClassVar[int]
    SPLITTER_NAME_FIELD_NUMBER: _ClassVar[int]
    SPLITTER_CONFIG_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_CHUNK_COUNT_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    id: str
    loader_id: str
    loader_name: str
    loader_config: _struct_pb2.Value
    splitter_id: str
    splitter_name: str
    splitter_config: _struct_pb2.Value
    credential: _struct_pb2.Value
    preview_chunk_count: _struct_pb2.Value
    def __init__(self, store_id: _Optional[str] = ..., id: _Optional[str] = ..., loader_id: _Optional[str] = ..., loader_name: _Optional[str] = ..., loader_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., splitter_id: _Optional[str] = ..., splitter_name: _Optional[str] = ..., splitter_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., credential: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., preview_chunk_count: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class LoaderPreview(_message.Message):
    __slots__ = ("chunks", "total_chunks", "preview_chunk_count")
    CHUNKS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_CHUNKS_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_CHUNK_COUNT_FIELD_NUMBER: _ClassVar[int]
    chunks: _containers.RepeatedCompositeFieldContainer[PreviewedChunk]
    total_chunks: int
    preview_chunk_count: _struct_pb2.Value
    def __init__(self, chunks: _Optional[_Iterable[_Union[PreviewedChunk, _Mapping]]] = ..., total_chunks: _Optional[int] = ..., preview_chunk_count: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class PreviewedChunk(_message.Message):
    __slots__ = ("page_content", "metadata")
    PAGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    page_content: str
    metadata: _struct_pb2.Struct
    def __init__(self, page_content: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class DocumentLoaderEntity(_message.Message):
    __slots__ = ("id", "loader_id", "loader_name", "loader_config", "splitter_id", "splitter_name", "splitter_config", "total_chunks", "total_chars", "status", "source", "files", "credential")
    ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_NAME_FIELD_NUMBER: _ClassVar[int]
    LOADER_CONFIG_FIELD_NUMBER: _ClassVar[int]
    SPLITTER_ID_FIELD_NUMBER: _ClassVar[int]
    SPLITTER_NAME_FIELD_NUMBER: _ClassVar[int]
    SPLITTER_CONFIG_FIELD_NUMBER: _ClassVar[int]
    TOTAL_CHUNKS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_CHARS_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    id: str
    loader_id: str
    loader_name: str
    loader_config: _struct_pb2.Struct
    splitter_id: str
    splitter_name: str
    splitter_config: _struct_pb2.Struct
    total_chunks: int
    total_chars: int
    status: str
    source: str
    files: _struct_pb2.Value
    credential: _struct_pb2.Value
    def __init__(self, id: _Optional[str] = ..., loader_id: _Optional[str] = ..., loader_name: _Optional[str] = ..., loader_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., splitter_id: _Optional[str] = ..., splitter_name: _Optional[str] = ..., splitter_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., total_chunks: _Optional[int] = ..., total_chars: _Optional[int] = ..., status: _Optional[str] = ..., source: _Optional[str] = ..., files: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., credential: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class StoreLoaderRequest(_message.Message):
    __slots__ = ("store_id", "loader_id")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader_id: str
    def __init__(self, store_id: _Optional[str] = ..., loader_id: _Optional[str] = ...) -> None: ...

class ChunkPageRequest(_message.Message):
    __slots__ = ("store_id", "loader_id", "page")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader_id: str
    page: str
    def __init__(self, store_id: _Optional[str] = ..., loader_id: _Optional[str] = ..., page: _Optional[str] = ...) -> None: ...

class ChunkRequest(_message.Message):
    __slots__ = ("store_id", "loader_id", "chunk_id")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    CHUNK_ID_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader_id: str
    chunk_id: str
    def __init__(self, store_id: _Optional[str] = ..., loader_id: _Optional[str] = ..., chunk_id: _Optional[str] = ...) -> None: ...

class ChunkBodyRequest(_message.Message):
    __slots__ = ("store_id", "loader_id", "chunk_id", "body")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    LOADER_ID_FIELD_NUMBER: _ClassVar[int]
    CHUNK_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    loader_id: str
    chunk_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, store_id: _Optional[str] = ..., loader_id: _Optional[str] = ..., chunk_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ChunkFields(_message.Message):
    __slots__ = ("page_content", "metadata")
    PAGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    page_content: str
    metadata: _struct_pb2.Value
    def __init__(self, page_content: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class ChunkPage(_message.Message):
    __slots__ = ("chunks", "count", "file", "current_page", "store_name", "description", "workspace_id", "doc_id", "characters")
    CHUNKS_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    CURRENT_PAGE_FIELD_NUMBER: _ClassVar[int]
    STORE_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    WORKSPACE_ID_FIELD_NUMBER: _ClassVar[int]
    DOC_ID_FIELD_NUMBER: _ClassVar[int]
    CHARACTERS_FIELD_NUMBER: _ClassVar[int]
    chunks: _containers.RepeatedCompositeFieldContainer[ChunkEntity]
    count: int
    file: _struct_pb2.Value
    current_page: int
    store_name: str
    description: _struct_pb2.Value
    workspace_id: str
    doc_id: str
    characters: int
    def __init__(self, chunks: _Optional[_Iterable[_Union[ChunkEntity, _Mapping]]] = ..., count: _Optional[int] = ..., file: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., current_page: _Optional[int] = ..., store_name: _Optional[str] = ..., description: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., workspace_id: _Optional[str] = ..., doc_id: _Optional[str] = ..., characters: _Optional[int] = ...) -> None: ...

class ChunkEntity(_message.Message):
    __slots__ = ("id", "doc_id", "store_id", "chunk_no", "page_content", "metadata")
    ID_FIELD_NUMBER: _ClassVar[int]
    DOC_ID_FIELD_NUMBER: _ClassVar[int]
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    CHUNK_NO_FIELD_NUMBER: _ClassVar[int]
    PAGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    id: str
    doc_id: str
    store_id: str
    chunk_no: int
    page_content: str
    metadata: str
    def __init__(self, id: _Optional[str] = ..., doc_id: _Optional[str] = ..., store_id: _Optional[str] = ..., chunk_no: _Optional[int] = ..., page_content: _Optional[str] = ..., metadata: _Optional[str] = ...) -> None: ...

class DocumentConditionsRequest(_message.Message):
    __slots__ = ("store_id", "body")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, store_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class DocumentConditions(_message.Message):
    __slots__ = ("source", "metadata")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    source: str
    metadata: _struct_pb2.Value
    def __init__(self, source: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class DeletedDocuments(_message.Message):
    __slots__ = ("deleted_chunks", "deleted_loaders")
    DELETED_CHUNKS_FIELD_NUMBER: _ClassVar[int]
    DELETED_LOADERS_FIELD_NUMBER: _ClassVar[int]
    deleted_chunks: int
    deleted_loaders: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, deleted_chunks: _Optional[int] = ..., deleted_loaders: _Optional[_Iterable[str]] = ...) -> None: ...

class VectorBodyRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class VectorStoreFields(_message.Message):
    __slots__ = ("store_id", "embedding_name", "embedding_config", "vector_store_name", "vector_store_config", "record_manager_name", "record_manager_config", "doc_id", "is_strict_save")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    EMBEDDING_NAME_FIELD_NUMBER: _ClassVar[int]
    EMBEDDING_CONFIG_FIELD_NUMBER: _ClassVar[int]
    VECTOR_STORE_NAME_FIELD_NUMBER: _ClassVar[int]
    VECTOR_STORE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    RECORD_MANAGER_NAME_FIELD_NUMBER: _ClassVar[int]
    RECORD_MANAGER_CONFIG_FIELD_NUMBER: _ClassVar[int]
    DOC_ID_FIELD_NUMBER: _ClassVar[int]
    IS_STRICT_SAVE_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    embedding_name: str
    embedding_config: _struct_pb2.Value
    vector_store_name: str
    vector_store_config: _struct_pb2.Value
    record_manager_name: str
    record_manager_config: _struct_pb2.Value
    doc_id: str
    is_strict_save: _struct_pb2.Value
    def __init__(self, store_id: _Optional[str] = ..., embedding_name: _Optional[str] = ..., embedding_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., vector_store_name: _Optional[str] = ..., vector_store_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., record_manager_name: _Optional[str] = ..., record_manager_config: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., doc_id: _Optional[str] = ..., is_strict_save: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class QueryBodyRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class StoreQueryFields(_message.Message):
    __slots__ = ("store_id", "query", "inputs")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    QUERY_FIELD_NUMBER: _ClassVar[int]
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    query: str
    inputs: _struct_pb2.Value
    def __init__(self, store_id: _Optional[str] = ..., query: _Optional[str] = ..., inputs: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class FoundChunks(_message.Message):
    __slots__ = ("time_taken", "docs")
    TIME_TAKEN_FIELD_NUMBER: _ClassVar[int]
    DOCS_FIELD_NUMBER: _ClassVar[int]
    time_taken: int
    docs: _containers.RepeatedCompositeFieldContainer[FoundChunk]
    def __init__(self, time_taken: _Optional[int] = ..., docs: _Optional[_Iterable[_Union[FoundChunk, _Mapping]]] = ...) -> None: ...

class FoundChunk(_message.Message):
    __slots__ = ("page_content", "metadata", "id", "chunk_no")
    PAGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    CHUNK_NO_FIELD_NUMBER: _ClassVar[int]
    page_content: str
    metadata: _struct_pb2.Struct
    id: str
    chunk_no: int
    def __init__(self, page_content: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., id: _Optional[str] = ..., chunk_no: _Optional[int] = ...) -> None: ...

class DeleteStoreVectorsRequest(_message.Message):
    __slots__ = ("store_id", "doc_id")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    DOC_ID_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    doc_id: str
    def __init__(self, store_id: _Optional[str] = ..., doc_id: _Optional[str] = ...) -> None: ...

class StoreUpsertBodyRequest(_message.Message):
    __slots__ = ("store_id", "body")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, store_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class UpsertFormPiece(_message.Message):
    __slots__ = ("store_id", "body")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, store_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class RefreshBodyRequest(_message.Message):
    __slots__ = ("store_id", "body")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, store_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class RefreshFields(_message.Message):
    __slots__ = ("items",)
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    items: _struct_pb2.Value
    def __init__(self, items: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class StoreUpsertFields(_message.Message):
    __slots__ = ("doc_id", "metadata", "replace_existing", "create_new_doc_store", "doc_store", "loader_name", "loader", "splitter", "embedding", "vector_store", "record_manager", "replace")
    DOC_ID_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    REPLACE_EXISTING_FIELD_NUMBER: _ClassVar[int]
    CREATE_NEW_DOC_STORE_FIELD_NUMBER: _ClassVar[int]
    DOC_STORE_FIELD_NUMBER: _ClassVar[int]
    LOADER_NAME_FIELD_NUMBER: _ClassVar[int]
    LOADER_FIELD_NUMBER: _ClassVar[int]
    SPLITTER_FIELD_NUMBER: _ClassVar[int]
    EMBEDDING_FIELD_NUMBER: _ClassVar[int]
    VECTOR_STORE_FIELD_NUMBER: _ClassVar[int]
    RECORD_MANAGER_FIELD_NUMBER: _ClassVar[int]
    REPLACE_FIELD_NUMBER: _ClassVar[int]
    doc_id: str
    metadata: _struct_pb2.Value
    replace_existing: _struct_pb2.Value
    create_new_doc_store: _struct_pb2.Value
    doc_store: _struct_pb2.Value
    loader_name: str
    loader: _struct_pb2.Value
    splitter: _struct_pb2.Value
    embedding: _struct_pb2.Value
    vector_store: _struct_pb2.Value
    record_manager: _struct_pb2.Value
    replace: _struct_pb2.Value
    def __init__(self, doc_id: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., replace_existing: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., create_new_doc_store: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., doc_store: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., loader_name: _Optional[str] = ..., loader: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., splitter: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., embedding: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., vector_store: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., record_manager: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., replace: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class StoreUpsertAnswer(_message.Message):
    __slots__ = ("num_added", "num_updated", "num_skipped", "num_deleted", "added_docs", "added_docs_truncated", "warnings", "doc_id", "store_id")
    NUM_ADDED_FIELD_NUMBER: _ClassVar[int]
    NUM_UPDATED_FIELD_NUMBER: _ClassVar[int]
    NUM_SKIPPED_FIELD_NUMBER: _ClassVar[int]
    NUM_DELETED_FIELD_NUMBER: _ClassVar[int]
    ADDED_DOCS_FIELD_NUMBER: _ClassVar[int]
    ADDED_DOCS_TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    DOC_ID_FIELD_NUMBER: _ClassVar[int]
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    num_added: int
    num_updated: int
    num_skipped: int
    num_deleted: int
    added_docs: _containers.RepeatedCompositeFieldContainer[_vector_upsert_pb2.UpsertedDocument]
    added_docs_truncated: bool
    warnings: _containers.RepeatedScalarFieldContainer[str]
    doc_id: str
    store_id: str
    def __init__(self, num_added: _Optional[int] = ..., num_updated: _Optional[int] = ..., num_skipped: _Optional[int] = ..., num_deleted: _Optional[int] = ..., added_docs: _Optional[_Iterable[_Union[_vector_upsert_pb2.UpsertedDocument, _Mapping]]] = ..., added_docs_truncated: bool = ..., warnings: _Optional[_Iterable[str]] = ..., doc_id: _Optional[str] = ..., store_id: _Optional[str] = ...) -> None: ...

class ListStoreNodeTypesRequest(_message.Message):
    __slots__ = ("kind",)
    KIND_FIELD_NUMBER: _ClassVar[int]
    kind: str
    def __init__(self, kind: _Optional[str] = ...) -> None: ...

class ToolDescriptionRequest(_message.Message):
    __slots__ = ("store_id", "body")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, store_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ToolDescriptionFields(_message.Message):
    __slots__ = ("selected_chat_model",)
    SELECTED_CHAT_MODEL_FIELD_NUMBER: _ClassVar[int]
    selected_chat_model: _struct_pb2.Struct
    def __init__(self, selected_chat_model: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class ToolDescription(_message.Message):
    __slots__ = ("content",)
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    content: str
    def __init__(self, content: _Optional[str] = ...) -> None: ...
