from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LinkMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINK_METHOD_UNSPECIFIED: _ClassVar[LinkMethod]
    LINK_METHOD_CRAWL: _ClassVar[LinkMethod]
    LINK_METHOD_SITEMAP: _ClassVar[LinkMethod]
LINK_METHOD_UNSPECIFIED: LinkMethod
LINK_METHOD_CRAWL: LinkMethod
LINK_METHOD_SITEMAP: LinkMethod

class ListLinksRequest(_message.Message):
    __slots__ = ("url", "method", "limit")
    URL_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    url: str
    method: LinkMethod
    limit: int
    def __init__(self, url: _Optional[str] = ..., method: _Optional[_Union[LinkMethod, str]] = ..., limit: _Optional[int] = ...) -> None: ...

class ListLinksResponse(_message.Message):
    __slots__ = ("links",)
    LINKS_FIELD_NUMBER: _ClassVar[int]
    links: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, links: _Optional[_Iterable[str]] = ...) -> None: ...
