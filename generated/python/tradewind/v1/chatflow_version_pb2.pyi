import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tradewind.v1 import chatflow_pb2 as _chatflow_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChatflowVersionSummary(_message.Message):
    __slots__ = ("number", "save_time", "labels", "size")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    SAVE_TIME_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    number: int
    save_time: _timestamp_pb2.Timestamp
    labels: _containers.RepeatedScalarFieldContainer[str]
    size: int
    def __init__(self, number: _Optional[int] = ..., save_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., labels: _Optional[_Iterable[str]] = ..., size: _Optional[int] = ...) -> None: ...

class ListChatflowVersionsRequest(_message.Message):
    __slots__ = ("chatflow_id", "page_size", "page_token")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    page_size: int
    page_token: str
    def __init__(self, chatflow_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListChatflowVersionsResponse(_message.Message):
    __slots__ = ("versions", "next_page_token", "total_size")
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    versions: _containers.RepeatedCompositeFieldContainer[ChatflowVersionSummary]
    next_page_token: str
    total_size: int
    def __init__(self, versions: _Optional[_Iterable[_Union[ChatflowVersionSummary, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total_size: _Optional[int] = ...) -> None: ...

class GetChatflowVersionRequest(_message.Message):
    __slots__ = ("chatflow_id", "version")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    version: str
    def __init__(self, chatflow_id: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class GetChatflowVersionResponse(_message.Message):
    __slots__ = ("version", "chatflow")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_FIELD_NUMBER: _ClassVar[int]
    version: ChatflowVersionSummary
    chatflow: _chatflow_pb2.Chatflow
    def __init__(self, version: _Optional[_Union[ChatflowVersionSummary, _Mapping]] = ..., chatflow: _Optional[_Union[_chatflow_pb2.Chatflow, _Mapping]] = ...) -> None: ...

class LabelChatflowVersionRequest(_message.Message):
    __slots__ = ("chatflow_id", "version", "label")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    version: str
    label: str
    def __init__(self, chatflow_id: _Optional[str] = ..., version: _Optional[str] = ..., label: _Optional[str] = ...) -> None: ...

class LabelChatflowVersionResponse(_message.Message):
    __slots__ = ("version",)
    VERSION_FIELD_NUMBER: _ClassVar[int]
    version: ChatflowVersionSummary
    def __init__(self, version: _Optional[_Union[ChatflowVersionSummary, _Mapping]] = ...) -> None: ...

class UnlabelChatflowVersionRequest(_message.Message):
    __slots__ = ("chatflow_id", "version", "label")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    version: str
    label: str
    def __init__(self, chatflow_id: _Optional[str] = ..., version: _Optional[str] = ..., label: _Optional[str] = ...) -> None: ...

class UnlabelChatflowVersionResponse(_message.Message):
    __slots__ = ("version",)
    VERSION_FIELD_NUMBER: _ClassVar[int]
    version: ChatflowVersionSummary
    def __init__(self, version: _Optional[_Union[ChatflowVersionSummary, _Mapping]] = ...) -> None: ...

class RestoreChatflowVersionRequest(_message.Message):
    __slots__ = ("chatflow_id", "version")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    version: str
    def __init__(self, chatflow_id: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class RestoreChatflowVersionResponse(_message.Message):
    __slots__ = ("chatflow",)
    CHATFLOW_FIELD_NUMBER: _ClassVar[int]
    chatflow: _chatflow_pb2.Chatflow
    def __init__(self, chatflow: _Optional[_Union[_chatflow_pb2.Chatflow, _Mapping]] = ...) -> None: ...

class DeleteChatflowVersionRequest(_message.Message):
    __slots__ = ("chatflow_id", "version")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    version: str
    def __init__(self, chatflow_id: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class DeleteChatflowVersionResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
