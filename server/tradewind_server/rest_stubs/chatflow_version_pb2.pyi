from tradewind_server.rest_stubs import chatflow_pb2 as _chatflow_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListVersionsPageRequest(_message.Message):
    __slots__ = ("id", "page", "limit")
    ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    id: str
    page: str
    limit: str
    def __init__(self, id: _Optional[str] = ..., page: _Optional[str] = ..., limit: _Optional[str] = ...) -> None: ...

class ChatflowVersionPage(_message.Message):
    __slots__ = ("data", "total")
    DATA_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    data: _containers.RepeatedCompositeFieldContainer[ChatflowVersionLine]
    total: int
    def __init__(self, data: _Optional[_Iterable[_Union[ChatflowVersionLine, _Mapping]]] = ..., total: _Optional[int] = ...) -> None: ...

class ChatflowVersionLine(_message.Message):
    __slots__ = ("number", "saved_date", "labels", "size")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    SAVED_DATE_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    number: int
    saved_date: str
    labels: _containers.RepeatedScalarFieldContainer[str]
    size: int
    def __init__(self, number: _Optional[int] = ..., saved_date: _Optional[str] = ..., labels: _Optional[_Iterable[str]] = ..., size: _Optional[int] = ...) -> None: ...

class GetVersionEntityRequest(_message.Message):
    __slots__ = ("id", "version")
    ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    id: str
    version: str
    def __init__(self, id: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class ChatflowVersionEntity(_message.Message):
    __slots__ = ("number", "saved_date", "labels", "chatflow")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    SAVED_DATE_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_FIELD_NUMBER: _ClassVar[int]
    number: int
    saved_date: str
    labels: _containers.RepeatedScalarFieldContainer[str]
    chatflow: _chatflow_pb2.Chatflow
    def __init__(self, number: _Optional[int] = ..., saved_date: _Optional[str] = ..., labels: _Optional[_Iterable[str]] = ..., chatflow: _Optional[_Union[_chatflow_pb2.Chatflow, _Mapping]] = ...) -> None: ...

class LabelVersionRequest(_message.Message):
    __slots__ = ("id", "version", "label")
    ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    id: str
    version: str
    label: str
    def __init__(self, id: _Optional[str] = ..., version: _Optional[str] = ..., label: _Optional[str] = ...) -> None: ...

class UnlabelVersionRequest(_message.Message):
    __slots__ = ("id", "version", "label")
    ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    id: str
    version: str
    label: str
    def __init__(self, id: _Optional[str] = ..., version: _Optional[str] = ..., label: _Optional[str] = ...) -> None: ...

class RestoreVersionRequest(_message.Message):
    __slots__ = ("id", "version")
    ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    id: str
    version: str
    def __init__(self, id: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class DeleteVersionEntityRequest(_message.Message):
    __slots__ = ("id", "version")
    ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    id: str
    version: str
    def __init__(self, id: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...
