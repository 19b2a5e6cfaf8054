from tradewind.v1 import errors_pb2 as _errors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class NodeInputKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NODE_INPUT_KIND_UNSPECIFIED: _ClassVar[NodeInputKind]
    NODE_INPUT_KIND_TEXT: _ClassVar[NodeInputKind]
    NODE_INPUT_KIND_TEMPLATE: _ClassVar[NodeInputKind]
    NODE_INPUT_KIND_NUMBER: _ClassVar[NodeInputKind]
    NODE_INPUT_KIND_FLAG: _ClassVar[NodeInputKind]
    NODE_INPUT_KIND_JSON: _ClassVar[NodeInputKind]
    NODE_INPUT_KIND_CHOICE: _ClassVar[NodeInputKind]
    NODE_INPUT_KIND_FILE: _ClassVar[NodeInputKind]
    NODE_INPUT_KIND_SECRET: _ClassVar[NodeInputKind]
    NODE_INPUT_KIND_NODE: _ClassVar[NodeInputKind]
    NODE_INPUT_KIND_NODES: _ClassVar[NodeInputKind]
    NODE_INPUT_KIND_CODE: _ClassVar[NodeInputKind]
NODE_INPUT_KIND_UNSPECIFIED: NodeInputKind
NODE_INPUT_KIND_TEXT: NodeInputKind
NODE_INPUT_KIND_TEMPLATE: NodeInputKind
NODE_INPUT_KIND_NUMBER: NodeInputKind
NODE_INPUT_KIND_FLAG: NodeInputKind
NODE_INPUT_KIND_JSON: NodeInputKind
NODE_INPUT_KIND_CHOICE: NodeInputKind
NODE_INPUT_KIND_FILE: NodeInputKind
NODE_INPUT_KIND_SECRET: NodeInputKind
NODE_INPUT_KIND_NODE: NodeInputKind
NODE_INPUT_KIND_NODES: NodeInputKind
NODE_INPUT_KIND_CODE: NodeInputKind

class ListNodeTypesRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListNodeTypesResponse(_message.Message):
    __slots__ = ("node_types", "next_page_token")
    NODE_TYPES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    node_types: _containers.RepeatedCompositeFieldContainer[NodeType]
    next_page_token: str
    def __init__(self, node_types: _Optional[_Iterable[_Union[NodeType, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class NodeType(_message.Message):
    __slots__ = ("name", "label", "category", "inputs", "note", "ends_flow")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    ENDS_FLOW_FIELD_NUMBER: _ClassVar[int]
    name: str
    label: str
    category: str
    inputs: _containers.RepeatedCompositeFieldContainer[NodeTypeInput]
    note: str
    ends_flow: bool
    def __init__(self, name: _Optional[str] = ..., label: _Optional[str] = ..., category: _Optional[str] = ..., inputs: _Optional[_Iterable[_Union[NodeTypeInput, _Mapping]]] = ..., note: _Optional[str] = ..., ends_flow: bool = ...) -> None: ...

class NodeTypeInput(_message.Message):
    __slots__ = ("name", "kind", "accepts", "ignored")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ACCEPTS_FIELD_NUMBER: _ClassVar[int]
    IGNORED_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: NodeInputKind
    accepts: str
    ignored: bool
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[NodeInputKind, str]] = ..., accepts: _Optional[str] = ..., ignored: bool = ...) -> None: ...
