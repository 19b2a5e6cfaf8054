from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PredictFormRequest(_message.Message):
    __slots__ = ("chatflow_id", "body")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, chatflow_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class PredictBodyRequest(_message.Message):
    __slots__ = ("chatflow_id", "body")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    body: _httpbody_pb2.HttpBody
    def __init__(self, chatflow_id: _Optional[str] = ..., body: _Optional[_Union[_httpbody_pb2.HttpBody, _Mapping]] = ...) -> None: ...

class PredictionBody(_message.Message):
    __slots__ = ("chatflow_id", "question", "override_config", "history", "chat_id", "streaming", "uploads", "lead_email", "form", "human_input", "action", "background", "keep_run", "restart")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    STREAMING_FIELD_NUMBER: _ClassVar[int]
    UPLOADS_FIELD_NUMBER: _ClassVar[int]
    LEAD_EMAIL_FIELD_NUMBER: _ClassVar[int]
    FORM_FIELD_NUMBER: _ClassVar[int]
    HUMAN_INPUT_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_FIELD_NUMBER: _ClassVar[int]
    KEEP_RUN_FIELD_NUMBER: _ClassVar[int]
    RESTART_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    question: str
    override_config: _struct_pb2.Struct
    history: _struct_pb2.Value
    chat_id: str
    streaming: _struct_pb2.Value
    uploads: _struct_pb2.Value
    lead_email: str
    form: _struct_pb2.Value
    human_input: _struct_pb2.Value
    action: _struct_pb2.Value
    background: _struct_pb2.Value
    keep_run: _struct_pb2.Value
    restart: _struct_pb2.Value
    def __init__(self, chatflow_id: _Optional[str] = ..., question: _Optional[str] = ..., override_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., history: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., chat_id: _Optional[str] = ..., streaming: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., uploads: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., lead_email: _Optional[str] = ..., form: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., human_input: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., action: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., background: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., keep_run: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., restart: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class PredictionAnswer(_message.Message):
    __slots__ = ("text", "json", "question", "chat_id", "chat_message_id", "session_id", "memory_type", "source_documents", "used_tools", "artifacts", "file_annotations", "agent_reasoning", "action", "flow_variables", "follow_up_prompts", "is_stream_valid", "usage")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    JSON_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    MEMORY_TYPE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    USED_TOOLS_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    FILE_ANNOTATIONS_FIELD_NUMBER: _ClassVar[int]
    AGENT_REASONING_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    FLOW_VARIABLES_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_UP_PROMPTS_FIELD_NUMBER: _ClassVar[int]
    IS_STREAM_VALID_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    text: str
    json: _struct_pb2.Value
    question: str
    chat_id: str
    chat_message_id: str
    session_id: str
    memory_type: str
    source_documents: _struct_pb2.ListValue
    used_tools: _struct_pb2.ListValue
    artifacts: _struct_pb2.ListValue
    file_annotations: _struct_pb2.ListValue
    agent_reasoning: _struct_pb2.ListValue
    action: _struct_pb2.Value
    flow_variables: _struct_pb2.Value
    follow_up_prompts: str
    is_stream_valid: bool
    usage: _struct_pb2.Struct
    def __init__(self, text: _Optional[str] = ..., json: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., question: _Optional[str] = ..., chat_id: _Optional[str] = ..., chat_message_id: _Optional[str] = ..., session_id: _Optional[str] = ..., memory_type: _Optional[str] = ..., source_documents: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., used_tools: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., artifacts: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., file_annotations: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., agent_reasoning: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., action: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., flow_variables: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., follow_up_prompts: _Optional[str] = ..., is_stream_valid: bool = ..., usage: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...
