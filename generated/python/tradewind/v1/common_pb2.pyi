from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MessageRole(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MESSAGE_ROLE_UNSPECIFIED: _ClassVar[MessageRole]
    MESSAGE_ROLE_USER: _ClassVar[MessageRole]
    MESSAGE_ROLE_API: _ClassVar[MessageRole]

class SortOrder(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SORT_ORDER_UNSPECIFIED: _ClassVar[SortOrder]
    SORT_ORDER_ASC: _ClassVar[SortOrder]
    SORT_ORDER_DESC: _ClassVar[SortOrder]

class ChatType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHAT_TYPE_UNSPECIFIED: _ClassVar[ChatType]
    CHAT_TYPE_INTERNAL: _ClassVar[ChatType]
    CHAT_TYPE_EXTERNAL: _ClassVar[ChatType]
    CHAT_TYPE_EVALUATION: _ClassVar[ChatType]
    CHAT_TYPE_MCP: _ClassVar[ChatType]
    CHAT_TYPE_SCHEDULED: _ClassVar[ChatType]
    CHAT_TYPE_WEBHOOK: _ClassVar[ChatType]

class Rating(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RATING_UNSPECIFIED: _ClassVar[Rating]
    RATING_THUMBS_UP: _ClassVar[Rating]
    RATING_THUMBS_DOWN: _ClassVar[Rating]

class AttachmentKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ATTACHMENT_KIND_UNSPECIFIED: _ClassVar[AttachmentKind]
    ATTACHMENT_KIND_FULL_TEXT: _ClassVar[AttachmentKind]
    ATTACHMENT_KIND_RETRIEVED: _ClassVar[AttachmentKind]
    ATTACHMENT_KIND_AUDIO: _ClassVar[AttachmentKind]
MESSAGE_ROLE_UNSPECIFIED: MessageRole
MESSAGE_ROLE_USER: MessageRole
MESSAGE_ROLE_API: MessageRole
SORT_ORDER_UNSPECIFIED: SortOrder
SORT_ORDER_ASC: SortOrder
SORT_ORDER_DESC: SortOrder
CHAT_TYPE_UNSPECIFIED: ChatType
CHAT_TYPE_INTERNAL: ChatType
CHAT_TYPE_EXTERNAL: ChatType
CHAT_TYPE_EVALUATION: ChatType
CHAT_TYPE_MCP: ChatType
CHAT_TYPE_SCHEDULED: ChatType
CHAT_TYPE_WEBHOOK: ChatType
RATING_UNSPECIFIED: Rating
RATING_THUMBS_UP: Rating
RATING_THUMBS_DOWN: Rating
ATTACHMENT_KIND_UNSPECIFIED: AttachmentKind
ATTACHMENT_KIND_FULL_TEXT: AttachmentKind
ATTACHMENT_KIND_RETRIEVED: AttachmentKind
ATTACHMENT_KIND_AUDIO: AttachmentKind

class SourceDocument(_message.Message):
    __slots__ = ("page_content", "metadata", "id")
    PAGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    page_content: str
    metadata: _struct_pb2.Struct
    id: str
    def __init__(self, page_content: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., id: _Optional[str] = ...) -> None: ...

class UsedTool(_message.Message):
    __slots__ = ("tool", "input", "output", "source_documents", "error")
    TOOL_FIELD_NUMBER: _ClassVar[int]
    INPUT_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    tool: str
    input: _struct_pb2.Value
    output: _struct_pb2.Value
    source_documents: _containers.RepeatedCompositeFieldContainer[SourceDocument]
    error: str
    def __init__(self, tool: _Optional[str] = ..., input: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., output: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., source_documents: _Optional[_Iterable[_Union[SourceDocument, _Mapping]]] = ..., error: _Optional[str] = ...) -> None: ...

class Artifact(_message.Message):
    __slots__ = ("type", "data")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    type: str
    data: str
    def __init__(self, type: _Optional[str] = ..., data: _Optional[str] = ...) -> None: ...

class FileAnnotation(_message.Message):
    __slots__ = ("file_path", "file_name")
    FILE_PATH_FIELD_NUMBER: _ClassVar[int]
    FILE_NAME_FIELD_NUMBER: _ClassVar[int]
    file_path: str
    file_name: str
    def __init__(self, file_path: _Optional[str] = ..., file_name: _Optional[str] = ...) -> None: ...

class Attachment(_message.Message):
    __slots__ = ("name", "mime", "kind", "data", "url", "stored")
    NAME_FIELD_NUMBER: _ClassVar[int]
    MIME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    STORED_FIELD_NUMBER: _ClassVar[int]
    name: str
    mime: str
    kind: AttachmentKind
    data: bytes
    url: str
    stored: bool
    def __init__(self, name: _Optional[str] = ..., mime: _Optional[str] = ..., kind: _Optional[_Union[AttachmentKind, str]] = ..., data: _Optional[bytes] = ..., url: _Optional[str] = ..., stored: bool = ...) -> None: ...

class StoredAttachment(_message.Message):
    __slots__ = ("name", "mime", "kind", "url")
    NAME_FIELD_NUMBER: _ClassVar[int]
    MIME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    name: str
    mime: str
    kind: AttachmentKind
    url: str
    def __init__(self, name: _Optional[str] = ..., mime: _Optional[str] = ..., kind: _Optional[_Union[AttachmentKind, str]] = ..., url: _Optional[str] = ...) -> None: ...

class TokenUsage(_message.Message):
    __slots__ = ("prompt_tokens", "completion_tokens", "cached_tokens", "reasoning_tokens", "model", "provider", "calls")
    PROMPT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    COMPLETION_TOKENS_FIELD_NUMBER: _ClassVar[int]
    CACHED_TOKENS_FIELD_NUMBER: _ClassVar[int]
    REASONING_TOKENS_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    CALLS_FIELD_NUMBER: _ClassVar[int]
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int
    reasoning_tokens: int
    model: str
    provider: str
    calls: int
    def __init__(self, prompt_tokens: _Optional[int] = ..., completion_tokens: _Optional[int] = ..., cached_tokens: _Optional[int] = ..., reasoning_tokens: _Optional[int] = ..., model: _Optional[str] = ..., provider: _Optional[str] = ..., calls: _Optional[int] = ...) -> None: ...

class UploadFile(_message.Message):
    __slots__ = ("name", "mime")
    NAME_FIELD_NUMBER: _ClassVar[int]
    MIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    mime: str
    def __init__(self, name: _Optional[str] = ..., mime: _Optional[str] = ...) -> None: ...
