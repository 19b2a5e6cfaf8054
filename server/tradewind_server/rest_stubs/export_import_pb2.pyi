from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ExportChatflowMessagesRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ChatflowMessagesChoice(_message.Message):
    __slots__ = ("chatflow_id", "chat_type", "feedback_type", "start_date", "end_date")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_TYPE_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_TYPE_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    chat_type: _struct_pb2.Value
    feedback_type: _struct_pb2.Value
    start_date: str
    end_date: str
    def __init__(self, chatflow_id: _Optional[str] = ..., chat_type: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., feedback_type: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., start_date: _Optional[str] = ..., end_date: _Optional[str] = ...) -> None: ...

class ChatTranscript(_message.Message):
    __slots__ = ("id", "source", "session_id", "memory_type", "email", "messages")
    ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    MEMORY_TYPE_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    id: str
    source: str
    session_id: str
    memory_type: _struct_pb2.Value
    email: _struct_pb2.Value
    messages: _containers.RepeatedCompositeFieldContainer[TranscriptMessage]
    def __init__(self, id: _Optional[str] = ..., source: _Optional[str] = ..., session_id: _Optional[str] = ..., memory_type: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., email: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., messages: _Optional[_Iterable[_Union[TranscriptMessage, _Mapping]]] = ...) -> None: ...

class TranscriptMessage(_message.Message):
    __slots__ = ("content", "role", "time", "file_paths", "source_documents", "used_tools", "file_annotations", "agent_reasoning", "artifacts", "feedback")
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    FILE_PATHS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    USED_TOOLS_FIELD_NUMBER: _ClassVar[int]
    FILE_ANNOTATIONS_FIELD_NUMBER: _ClassVar[int]
    AGENT_REASONING_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    content: str
    role: str
    time: str
    file_paths: _containers.RepeatedScalarFieldContainer[str]
    source_documents: _struct_pb2.ListValue
    used_tools: _struct_pb2.ListValue
    file_annotations: _struct_pb2.ListValue
    agent_reasoning: _struct_pb2.ListValue
    artifacts: _struct_pb2.ListValue
    feedback: str
    def __init__(self, content: _Optional[str] = ..., role: _Optional[str] = ..., time: _Optional[str] = ..., file_paths: _Optional[_Iterable[str]] = ..., source_documents: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., used_tools: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., file_annotations: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., agent_reasoning: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., artifacts: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., feedback: _Optional[str] = ...) -> None: ...

class ExportWorkspaceBodyRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ImportWorkspaceBodyRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _httpbody_pb2.HttpBody
    def __init__(self, body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class ExportChoice(_message.Message):
    __slots__ = ("agentflow", "agentflowv2", "assistant_custom", "assistant_open_ai", "assistant_azure", "chatflow", "chat_message", "chat_feedback", "custom_template", "document_store", "execution", "tool", "variable")
    AGENTFLOW_FIELD_NUMBER: _ClassVar[int]
    AGENTFLOWV2_FIELD_NUMBER: _ClassVar[int]
    ASSISTANT_CUSTOM_FIELD_NUMBER: _ClassVar[int]
    ASSISTANT_OPEN_AI_FIELD_NUMBER: _ClassVar[int]
    ASSISTANT_AZURE_FIELD_NUMBER: _ClassVar[int]
    CHATFLOW_FIELD_NUMBER: _ClassVar[int]
    CHAT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    CHAT_FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    CUSTOM_TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_STORE_FIELD_NUMBER: _ClassVar[int]
    EXECUTION_FIELD_NUMBER: _ClassVar[int]
    TOOL_FIELD_NUMBER: _ClassVar[int]
    VARIABLE_FIELD_NUMBER: _ClassVar[int]
    agentflow: _struct_pb2.Value
    agentflowv2: _struct_pb2.Value
    assistant_custom: _struct_pb2.Value
    assistant_open_ai: _struct_pb2.Value
    assistant_azure: _struct_pb2.Value
    chatflow: _struct_pb2.Value
    chat_message: _struct_pb2.Value
    chat_feedback: _struct_pb2.Value
    custom_template: _struct_pb2.Value
    document_store: _struct_pb2.Value
    execution: _struct_pb2.Value
    tool: _struct_pb2.Value
    variable: _struct_pb2.Value
    def __init__(self, agentflow: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., agentflowv2: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., assistant_custom: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., assistant_open_ai: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., assistant_azure: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., chatflow: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., chat_message: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., chat_feedback: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., custom_template: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., document_store: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., execution: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., tool: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., variable: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class ExportDocument(_message.Message):
    __slots__ = ("file_default_name", "agent_flow", "agent_flow_v2", "assistant_flow", "assistant_custom", "assistant_open_ai", "assistant_azure", "chat_flow", "chat_message", "chat_message_feedback", "custom_template", "document_store", "document_store_file_chunk", "execution", "tool", "variable")
    FILE_DEFAULT_NAME_FIELD_NUMBER: _ClassVar[int]
    AGENT_FLOW_FIELD_NUMBER: _ClassVar[int]
    AGENT_FLOW_V2_FIELD_NUMBER: _ClassVar[int]
    ASSISTANT_FLOW_FIELD_NUMBER: _ClassVar[int]
    ASSISTANT_CUSTOM_FIELD_NUMBER: _ClassVar[int]
    ASSISTANT_OPEN_AI_FIELD_NUMBER: _ClassVar[int]
    ASSISTANT_AZURE_FIELD_NUMBER: _ClassVar[int]
    CHAT_FLOW_FIELD_NUMBER: _ClassVar[int]
    CHAT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    CHAT_MESSAGE_FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    CUSTOM_TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_STORE_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_STORE_FILE_CHUNK_FIELD_NUMBER: _ClassVar[int]
    EXECUTION_FIELD_NUMBER: _ClassVar[int]
    TOOL_FIELD_NUMBER: _ClassVar[int]
    VARIABLE_FIELD_NUMBER: _ClassVar[int]
    file_default_name: str
    agent_flow: _struct_pb2.ListValue
    agent_flow_v2: _struct_pb2.ListValue
    assistant_flow: _struct_pb2.ListValue
    assistant_custom: _struct_pb2.ListValue
    assistant_open_ai: _struct_pb2.ListValue
    assistant_azure: _struct_pb2.ListValue
    chat_flow: _struct_pb2.ListValue
    chat_message: _struct_pb2.ListValue
    chat_message_feedback: _struct_pb2.ListValue
    custom_template: _struct_pb2.ListValue
    document_store: _struct_pb2.ListValue
    document_store_file_chunk: _struct_pb2.ListValue
    execution: _struct_pb2.ListValue
    tool: _struct_pb2.ListValue
    variable: _struct_pb2.ListValue
    def __init__(self, file_default_name: _Optional[str] = ..., agent_flow: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., agent_flow_v2: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., assistant_flow: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., assistant_custom: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., assistant_open_ai: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., assistant_azure: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., chat_flow: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., chat_message: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., chat_message_feedback: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., custom_template: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., document_store: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., document_store_file_chunk: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., execution: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., tool: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., variable: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ...) -> None: ...

class ImportAnswer(_message.Message):
    __slots__ = ("message", "warnings")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    message: str
    warnings: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, message: _Optional[str] = ..., warnings: _Optional[_Iterable[str]] = ...) -> None: ...
