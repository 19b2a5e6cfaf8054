from tradewind.v1 import common_pb2 as _common_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AttachmentOptions(_message.Message):
    __slots__ = ("chatflow_id", "chat_id", "base64")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    BASE64_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    chat_id: str
    base64: bool
    def __init__(self, chatflow_id: _Optional[str] = ..., chat_id: _Optional[str] = ..., base64: bool = ...) -> None: ...

class UploadChatAttachmentsRequest(_message.Message):
    __slots__ = ("options", "file", "chunk")
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    options: AttachmentOptions
    file: _common_pb2.UploadFile
    chunk: bytes
    def __init__(self, options: _Optional[_Union[AttachmentOptions, _Mapping]] = ..., file: _Optional[_Union[_common_pb2.UploadFile, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class AttachedFile(_message.Message):
    __slots__ = ("name", "mime", "size", "content")
    NAME_FIELD_NUMBER: _ClassVar[int]
    MIME_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    name: str
    mime: str
    size: int
    content: str
    def __init__(self, name: _Optional[str] = ..., mime: _Optional[str] = ..., size: _Optional[int] = ..., content: _Optional[str] = ...) -> None: ...

class UploadChatAttachmentsResponse(_message.Message):
    __slots__ = ("files",)
    FILES_FIELD_NUMBER: _ClassVar[int]
    files: _containers.RepeatedCompositeFieldContainer[AttachedFile]
    def __init__(self, files: _Optional[_Iterable[_Union[AttachedFile, _Mapping]]] = ...) -> None: ...
