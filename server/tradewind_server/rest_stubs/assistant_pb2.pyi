from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from tradewind_server.rest_stubs import node_type_pb2 as _node_type_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateAssistantEntityRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ListAssistantsArrayRequest(_message.Message):
    __slots__ = ("page", "limit", "type")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    page: str
    limit: str
    type: str
    def __init__(self, page: _Optional[str] = ..., limit: _Optional[str] = ..., type: _Optional[str] = ...) -> None: ...

class ListAssistantsPageRequest(_message.Message):
    __slots__ = ("page", "limit", "type")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    page: str
    limit: str
    type: str
    def __init__(self, page: _Optional[str] = ..., limit: _Optional[str] = ..., type: _Optional[str] = ...) -> None: ...

class AssistantPage(_message.Message):
    __slots__ = ("data", "total")
    DATA_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    data: _containers.RepeatedCompositeFieldContainer[Assistant]
    total: int
    def __init__(self, data: _Optional[_Iterable[_Union[Assistant, _Mapping]]] = ..., total: _Optional[int] = ...) -> None: ...

class UpdateAssistantEntityRequest(_message.Message):
    __slots__ = ("id", "body")
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class DeleteAssistantEntityRequest(_message.Message):
    __slots__ = ("id", "is_delete_both")
    ID_FIELD_NUMBER: _ClassVar[int]
    IS_DELETE_BOTH_FIELD_NUMBER: _ClassVar[int]
    id: str
    is_delete_both: str
    def __init__(self, id: _Optional[str] = ..., is_delete_both: _Optional[str] = ...) -> None: ...

class GetAssistantEntityRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class DownloadAssistantFileRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class AssistantFileFields(_message.Message):
    __slots__ = ("file_name", "chatflow_id", "chat_id")
    FILE_NAME_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    file_name: str
    chatflow_id: str
    chat_id: str
    def __init__(self, file_name: _Optional[str] = ..., chatflow_id: _Optional[str] = ..., chat_id: _Optional[str] = ...) -> None: ...

class ListAssistantChatModelsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListAssistantToolsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListAssistantDocumentStoresRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GenerateInstructionRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class AssistantFields(_message.Message):
    __slots__ = ("details", "credential", "icon_src", "type")
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    ICON_SRC_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    details: _struct_pb2.Value
    credential: str
    icon_src: _struct_pb2.Value
    type: str
    def __init__(self, details: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., credential: _Optional[str] = ..., icon_src: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., type: _Optional[str] = ...) -> None: ...

class Assistant(_message.Message):
    __slots__ = ("id", "details", "credential", "icon_src", "type", "created_date", "updated_date", "workspace_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    ICON_SRC_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    CREATED_DATE_FIELD_NUMBER: _ClassVar[int]
    UPDATED_DATE_FIELD_NUMBER: _ClassVar[int]
    WORKSPACE_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    details: str
    credential: str
    icon_src: _struct_pb2.Value
    type: str
    created_date: str
    updated_date: str
    workspace_id: str
    def __init__(self, id: _Optional[str] = ..., details: _Optional[str] = ..., credential: _Optional[str] = ..., icon_src: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., type: _Optional[str] = ..., created_date: _Optional[str] = ..., updated_date: _Optional[str] = ..., workspace_id: _Optional[str] = ...) -> None: ...

class DeletedAssistants(_message.Message):
    __slots__ = ("raw", "affected")
    RAW_FIELD_NUMBER: _ClassVar[int]
    AFFECTED_FIELD_NUMBER: _ClassVar[int]
    raw: _containers.RepeatedCompositeFieldContainer[_struct_pb2.Value]
    affected: int
    def __init__(self, raw: _Optional[_Iterable[_Union[_struct_pb2.Value, _Mapping]]] = ..., affected: _Optional[int] = ...) -> None: ...

class AssistantDocumentStore(_message.Message):
    __slots__ = ("name", "label", "description")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    name: str
    label: str
    description: str
    def __init__(self, name: _Optional[str] = ..., label: _Optional[str] = ..., description: _Optional[str] = ...) -> None: ...

class InstructionFields(_message.Message):
    __slots__ = ("task", "selected_chat_model")
    TASK_FIELD_NUMBER: _ClassVar[int]
    SELECTED_CHAT_MODEL_FIELD_NUMBER: _ClassVar[int]
    task: str
    selected_chat_model: _struct_pb2.Struct
    def __init__(self, task: _Optional[str] = ..., selected_chat_model: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class GeneratedInstruction(_message.Message):
    __slots__ = ("content",)
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    content: str
    def __init__(self, content: _Optional[str] = ...) -> None: ...
