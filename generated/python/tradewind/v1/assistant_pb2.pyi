import datetime

from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from tradewind.v1 import node_type_pb2 as _node_type_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AssistantType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ASSISTANT_TYPE_UNSPECIFIED: _ClassVar[AssistantType]
    ASSISTANT_TYPE_CUSTOM: _ClassVar[AssistantType]
    ASSISTANT_TYPE_OPENAI: _ClassVar[AssistantType]
    ASSISTANT_TYPE_AZURE: _ClassVar[AssistantType]
ASSISTANT_TYPE_UNSPECIFIED: AssistantType
ASSISTANT_TYPE_CUSTOM: AssistantType
ASSISTANT_TYPE_OPENAI: AssistantType
ASSISTANT_TYPE_AZURE: AssistantType

class AssistantDocumentStore(_message.Message):
    __slots__ = ("id", "name", "description", "return_source_documents")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    RETURN_SOURCE_DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    description: str
    return_source_documents: bool
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., description: _Optional[str] = ..., return_source_documents: bool = ...) -> None: ...

class Assistant(_message.Message):
    __slots__ = ("id", "details", "credential", "icon_src", "type", "name", "instruction", "chatflow_id", "document_stores", "create_time", "update_time", "workspace_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    ICON_SRC_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    INSTRUCTION_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_STORES_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    WORKSPACE_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    details: str
    credential: str
    icon_src: str
    type: AssistantType
    name: str
    instruction: str
    chatflow_id: str
    document_stores: _containers.RepeatedCompositeFieldContainer[AssistantDocumentStore]
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    workspace_id: str
    def __init__(self, id: _Optional[str] = ..., details: _Optional[str] = ..., credential: _Optional[str] = ..., icon_src: _Optional[str] = ..., type: _Optional[_Union[AssistantType, str]] = ..., name: _Optional[str] = ..., instruction: _Optional[str] = ..., chatflow_id: _Optional[str] = ..., document_stores: _Optional[_Iterable[_Union[AssistantDocumentStore, _Mapping]]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., workspace_id: _Optional[str] = ...) -> None: ...

class CreateAssistantRequest(_message.Message):
    __slots__ = ("assistant",)
    ASSISTANT_FIELD_NUMBER: _ClassVar[int]
    assistant: Assistant
    def __init__(self, assistant: _Optional[_Union[Assistant, _Mapping]] = ...) -> None: ...

class CreateAssistantResponse(_message.Message):
    __slots__ = ("assistant",)
    ASSISTANT_FIELD_NUMBER: _ClassVar[int]
    assistant: Assistant
    def __init__(self, assistant: _Optional[_Union[Assistant, _Mapping]] = ...) -> None: ...

class GetAssistantRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetAssistantResponse(_message.Message):
    __slots__ = ("assistant",)
    ASSISTANT_FIELD_NUMBER: _ClassVar[int]
    assistant: Assistant
    def __init__(self, assistant: _Optional[_Union[Assistant, _Mapping]] = ...) -> None: ...

class ListAssistantsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "type")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    type: AssistantType
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., type: _Optional[_Union[AssistantType, str]] = ...) -> None: ...

class ListAssistantsResponse(_message.Message):
    __slots__ = ("assistants", "next_page_token", "total_size")
    ASSISTANTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    assistants: _containers.RepeatedCompositeFieldContainer[Assistant]
    next_page_token: str
    total_size: int
    def __init__(self, assistants: _Optional[_Iterable[_Union[Assistant, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total_size: _Optional[int] = ...) -> None: ...

class UpdateAssistantRequest(_message.Message):
    __slots__ = ("assistant",)
    ASSISTANT_FIELD_NUMBER: _ClassVar[int]
    assistant: Assistant
    def __init__(self, assistant: _Optional[_Union[Assistant, _Mapping]] = ...) -> None: ...

class UpdateAssistantResponse(_message.Message):
    __slots__ = ("assistant",)
    ASSISTANT_FIELD_NUMBER: _ClassVar[int]
    assistant: Assistant
    def __init__(self, assistant: _Optional[_Union[Assistant, _Mapping]] = ...) -> None: ...

class DeleteAssistantRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class DeleteAssistantResponse(_message.Message):
    __slots__ = ("affected",)
    AFFECTED_FIELD_NUMBER: _ClassVar[int]
    affected: int
    def __init__(self, affected: _Optional[int] = ...) -> None: ...

class ListAssistantComponentsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListAssistantComponentsResponse(_message.Message):
    __slots__ = ("chat_models", "tools", "document_stores")
    CHAT_MODELS_FIELD_NUMBER: _ClassVar[int]
    TOOLS_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_STORES_FIELD_NUMBER: _ClassVar[int]
    chat_models: _containers.RepeatedCompositeFieldContainer[_node_type_pb2.NodeType]
    tools: _containers.RepeatedCompositeFieldContainer[_node_type_pb2.NodeType]
    document_stores: _containers.RepeatedCompositeFieldContainer[AssistantDocumentStore]
    def __init__(self, chat_models: _Optional[_Iterable[_Union[_node_type_pb2.NodeType, _Mapping]]] = ..., tools: _Optional[_Iterable[_Union[_node_type_pb2.NodeType, _Mapping]]] = ..., document_stores: _Optional[_Iterable[_Union[AssistantDocumentStore, _Mapping]]] = ...) -> None: ...

class AssistantChatModel(_message.Message):
    __slots__ = ("name", "inputs", "credential")
    NAME_FIELD_NUMBER: _ClassVar[int]
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    name: str
    inputs: _struct_pb2.Struct
    credential: str
    def __init__(self, name: _Optional[str] = ..., inputs: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., credential: _Optional[str] = ...) -> None: ...

class GenerateAssistantInstructionRequest(_message.Message):
    __slots__ = ("task", "chat_model")
    TASK_FIELD_NUMBER: _ClassVar[int]
    CHAT_MODEL_FIELD_NUMBER: _ClassVar[int]
    task: str
    chat_model: AssistantChatModel
    def __init__(self, task: _Optional[str] = ..., chat_model: _Optional[_Union[AssistantChatModel, _Mapping]] = ...) -> None: ...

class GenerateAssistantInstructionResponse(_message.Message):
    __slots__ = ("content",)
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    content: str
    def __init__(self, content: _Optional[str] = ...) -> None: ...
