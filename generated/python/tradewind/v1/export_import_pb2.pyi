from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ExportWorkspaceRequest(_message.Message):
    __slots__ = ("with_messages",)
    WITH_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    with_messages: bool
    def __init__(self, with_messages: bool = ...) -> None: ...

class ExportWorkspaceResponse(_message.Message):
    __slots__ = ("chunk",)
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    chunk: bytes
    def __init__(self, chunk: _Optional[bytes] = ...) -> None: ...

class ImportWorkspaceRequest(_message.Message):
    __slots__ = ("chunk",)
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    chunk: bytes
    def __init__(self, chunk: _Optional[bytes] = ...) -> None: ...

class ImportWorkspaceResponse(_message.Message):
    __slots__ = ("lists", "notes")
    LISTS_FIELD_NUMBER: _ClassVar[int]
    NOTES_FIELD_NUMBER: _ClassVar[int]
    lists: _containers.RepeatedCompositeFieldContainer[ImportedList]
    notes: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, lists: _Optional[_Iterable[_Union[ImportedList, _Mapping]]] = ..., notes: _Optional[_Iterable[str]] = ...) -> None: ...

class ImportedList(_message.Message):
    __slots__ = ("name", "count")
    NAME_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    count: int
    def __init__(self, name: _Optional[str] = ..., count: _Optional[int] = ...) -> None: ...
