from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class FetchLinksRequest(_message.Message):
    __slots__ = ("url", "relative_links_method", "limit")
    URL_FIELD_NUMBER: _ClassVar[int]
    RELATIVE_LINKS_METHOD_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    url: str
    relative_links_method: str
    limit: str
    def __init__(self, url: _Optional[str] = ..., relative_links_method: _Optional[str] = ..., limit: _Optional[str] = ...) -> None: ...

class FoundLinks(_message.Message):
    __slots__ = ("status", "links")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    LINKS_FIELD_NUMBER: _ClassVar[int]
    status: str
    links: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, status: _Optional[str] = ..., links: _Optional[_Iterable[str]] = ...) -> None: ...
