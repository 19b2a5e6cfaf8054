import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CheckChatflowRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class CheckChatflowResponse(_message.Message):
    __slots__ = ("problems",)
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    problems: _containers.RepeatedCompositeFieldContainer[ChatflowProblem]
    def __init__(self, problems: _Optional[_Iterable[_Union[ChatflowProblem, _Mapping]]] = ...) -> None: ...

class ChatflowProblem(_message.Message):
    __slots__ = ("sentence", "node_id", "node_label", "node_type")
    SENTENCE_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_LABEL_FIELD_NUMBER: _ClassVar[int]
    NODE_TYPE_FIELD_NUMBER: _ClassVar[int]
    sentence: str
    node_id: str
    node_label: str
    node_type: str
    def __init__(self, sentence: _Optional[str] = ..., node_id: _Optional[str] = ..., node_label: _Optional[str] = ..., node_type: _Optional[str] = ...) -> None: ...

class ListChatflowInputsRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class ListChatflowInputsResponse(_message.Message):
    __slots__ = ("inputs",)
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    inputs: _containers.RepeatedCompositeFieldContainer[ChatflowInput]
    def __init__(self, inputs: _Optional[_Iterable[_Union[ChatflowInput, _Mapping]]] = ...) -> None: ...

class ChatflowInput(_message.Message):
    __slots__ = ("node_id", "node_label", "name", "label", "type", "schema")
    class SchemaEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_LABEL_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    node_label: str
    name: str
    label: str
    type: str
    schema: _containers.ScalarMap[str, str]
    def __init__(self, node_id: _Optional[str] = ..., node_label: _Optional[str] = ..., name: _Optional[str] = ..., label: _Optional[str] = ..., type: _Optional[str] = ..., schema: _Optional[_Mapping[str, str]] = ...) -> None: ...

class HasChatflowChangedRequest(_message.Message):
    __slots__ = ("id", "update_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    update_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class HasChatflowChangedResponse(_message.Message):
    __slots__ = ("changed",)
    CHANGED_FIELD_NUMBER: _ClassVar[int]
    changed: bool
    def __init__(self, changed: bool = ...) -> None: ...
