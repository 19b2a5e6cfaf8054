from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
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
