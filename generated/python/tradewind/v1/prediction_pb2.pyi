from google.protobuf import struct_pb2 as _struct_pb2
from tradewind.v1 import access_pb2 as _access_pb2
from tradewind.v1 import common_pb2 as _common_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PredictRequest(_message.Message):
    __slots__ = ("chatflow_id", "question", "override_config", "history", "chat_id", "streaming", "uploads", "lead_email", "form", "human_input", "action")
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
    def __init__(self, chatflow_id: _Optional[str] = ..., question: _Optional[str] = ..., override_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., history: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., chat_id: _Optional[str] = ..., streaming: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., uploads: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., lead_email: _Optional[str] = ..., form: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., human_input: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., action: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class PredictResponse(_message.Message):
    __slots__ = ("text", "json", "question", "chat_id", "chat_message_id", "session_id", "memory_type", "source_documents", "used_tools", "artifacts", "file_annotations", "agent_reasoning", "action", "flow_variables", "follow_up_prompts", "is_stream_valid")
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
    def __init__(self, text: _Optional[str] = ..., json: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., question: _Optional[str] = ..., chat_id: _Optional[str] = ..., chat_message_id: _Optional[str] = ..., session_id: _Optional[str] = ..., memory_type: _Optional[str] = ..., source_documents: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., used_tools: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., artifacts: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., file_annotations: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., agent_reasoning: _Optional[_Union[_struct_pb2.ListValue, _Mapping]] = ..., action: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., flow_variables: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., follow_up_prompts: _Optional[str] = ..., is_stream_valid: bool = ...) -> None: ...

class StreamPredictRequest(_message.Message):
    __slots__ = ("chatflow_id", "question", "override_config", "history", "chat_id", "uploads", "lead_email")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    UPLOADS_FIELD_NUMBER: _ClassVar[int]
    LEAD_EMAIL_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    question: str
    override_config: _struct_pb2.Struct
    history: _struct_pb2.Value
    chat_id: str
    uploads: _struct_pb2.Value
    lead_email: str
    def __init__(self, chatflow_id: _Optional[str] = ..., question: _Optional[str] = ..., override_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., history: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., chat_id: _Optional[str] = ..., uploads: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., lead_email: _Optional[str] = ...) -> None: ...

class StreamPredictResponse(_message.Message):
    __slots__ = ("event", "data", "reason")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    event: str
    data: _struct_pb2.Value
    reason: _errors_pb2.ErrorReason
    def __init__(self, event: _Optional[str] = ..., data: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., reason: _Optional[_Union[_errors_pb2.ErrorReason, str]] = ...) -> None: ...

class UploadPredictRequest(_message.Message):
    __slots__ = ("options", "file", "chunk")
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    options: PredictRequest
    file: _common_pb2.UploadFile
    chunk: bytes
    def __init__(self, options: _Optional[_Union[PredictRequest, _Mapping]] = ..., file: _Optional[_Union[_common_pb2.UploadFile, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class UploadPredictResponse(_message.Message):
    __slots__ = ("prediction",)
    PREDICTION_FIELD_NUMBER: _ClassVar[int]
    prediction: PredictResponse
    def __init__(self, prediction: _Optional[_Union[PredictResponse, _Mapping]] = ...) -> None: ...
