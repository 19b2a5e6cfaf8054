from google.protobuf import struct_pb2 as _struct_pb2
from tradewind.v1 import common_pb2 as _common_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class HistoryMessage(_message.Message):
    __slots__ = ("role", "content")
    ROLE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    role: _common_pb2.MessageRole
    content: str
    def __init__(self, role: _Optional[_Union[_common_pb2.MessageRole, str]] = ..., content: _Optional[str] = ...) -> None: ...

class PredictRequest(_message.Message):
    __slots__ = ("chatflow_id", "question", "chat_id", "session_id", "history", "attachments", "override_config", "lead_email", "version")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    LEAD_EMAIL_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    question: str
    chat_id: str
    session_id: str
    history: _containers.RepeatedCompositeFieldContainer[HistoryMessage]
    attachments: _containers.RepeatedCompositeFieldContainer[_common_pb2.Attachment]
    override_config: _struct_pb2.Struct
    lead_email: str
    version: str
    def __init__(self, chatflow_id: _Optional[str] = ..., question: _Optional[str] = ..., chat_id: _Optional[str] = ..., session_id: _Optional[str] = ..., history: _Optional[_Iterable[_Union[HistoryMessage, _Mapping]]] = ..., attachments: _Optional[_Iterable[_Union[_common_pb2.Attachment, _Mapping]]] = ..., override_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., lead_email: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class PredictResponse(_message.Message):
    __slots__ = ("text", "json", "question", "chat_id", "chat_message_id", "session_id", "memory_type", "source_documents", "used_tools", "artifacts", "file_annotations", "follow_up_prompts", "streamable", "usage")
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
    FOLLOW_UP_PROMPTS_FIELD_NUMBER: _ClassVar[int]
    STREAMABLE_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    text: str
    json: _struct_pb2.Value
    question: str
    chat_id: str
    chat_message_id: str
    session_id: str
    memory_type: str
    source_documents: _containers.RepeatedCompositeFieldContainer[_common_pb2.SourceDocument]
    used_tools: _containers.RepeatedCompositeFieldContainer[_common_pb2.UsedTool]
    artifacts: _containers.RepeatedCompositeFieldContainer[_common_pb2.Artifact]
    file_annotations: _containers.RepeatedCompositeFieldContainer[_common_pb2.FileAnnotation]
    follow_up_prompts: _containers.RepeatedScalarFieldContainer[str]
    streamable: bool
    usage: _common_pb2.TokenUsage
    def __init__(self, text: _Optional[str] = ..., json: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., question: _Optional[str] = ..., chat_id: _Optional[str] = ..., chat_message_id: _Optional[str] = ..., session_id: _Optional[str] = ..., memory_type: _Optional[str] = ..., source_documents: _Optional[_Iterable[_Union[_common_pb2.SourceDocument, _Mapping]]] = ..., used_tools: _Optional[_Iterable[_Union[_common_pb2.UsedTool, _Mapping]]] = ..., artifacts: _Optional[_Iterable[_Union[_common_pb2.Artifact, _Mapping]]] = ..., file_annotations: _Optional[_Iterable[_Union[_common_pb2.FileAnnotation, _Mapping]]] = ..., follow_up_prompts: _Optional[_Iterable[str]] = ..., streamable: bool = ..., usage: _Optional[_Union[_common_pb2.TokenUsage, _Mapping]] = ...) -> None: ...

class StreamPredictRequest(_message.Message):
    __slots__ = ("chatflow_id", "question", "chat_id", "session_id", "history", "attachments", "override_config", "lead_email", "version")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    LEAD_EMAIL_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    question: str
    chat_id: str
    session_id: str
    history: _containers.RepeatedCompositeFieldContainer[HistoryMessage]
    attachments: _containers.RepeatedCompositeFieldContainer[_common_pb2.Attachment]
    override_config: _struct_pb2.Struct
    lead_email: str
    version: str
    def __init__(self, chatflow_id: _Optional[str] = ..., question: _Optional[str] = ..., chat_id: _Optional[str] = ..., session_id: _Optional[str] = ..., history: _Optional[_Iterable[_Union[HistoryMessage, _Mapping]]] = ..., attachments: _Optional[_Iterable[_Union[_common_pb2.Attachment, _Mapping]]] = ..., override_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., lead_email: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class StreamPredictResponse(_message.Message):
    __slots__ = ("start", "token", "source_documents", "used_tools", "artifacts", "metadata", "error", "abort", "end")
    START_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    SOURCE_DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    USED_TOOLS_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    ABORT_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    start: AnswerStarted
    token: AnswerToken
    source_documents: AnswerSources
    used_tools: AnswerTools
    artifacts: AnswerArtifacts
    metadata: AnswerMetadata
    error: AnswerError
    abort: AnswerAborted
    end: AnswerEnd
    def __init__(self, start: _Optional[_Union[AnswerStarted, _Mapping]] = ..., token: _Optional[_Union[AnswerToken, _Mapping]] = ..., source_documents: _Optional[_Union[AnswerSources, _Mapping]] = ..., used_tools: _Optional[_Union[AnswerTools, _Mapping]] = ..., artifacts: _Optional[_Union[AnswerArtifacts, _Mapping]] = ..., metadata: _Optional[_Union[AnswerMetadata, _Mapping]] = ..., error: _Optional[_Union[AnswerError, _Mapping]] = ..., abort: _Optional[_Union[AnswerAborted, _Mapping]] = ..., end: _Optional[_Union[AnswerEnd, _Mapping]] = ...) -> None: ...

class AnswerStarted(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AnswerToken(_message.Message):
    __slots__ = ("text",)
    TEXT_FIELD_NUMBER: _ClassVar[int]
    text: str
    def __init__(self, text: _Optional[str] = ...) -> None: ...

class AnswerSources(_message.Message):
    __slots__ = ("source_documents",)
    SOURCE_DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    source_documents: _containers.RepeatedCompositeFieldContainer[_common_pb2.SourceDocument]
    def __init__(self, source_documents: _Optional[_Iterable[_Union[_common_pb2.SourceDocument, _Mapping]]] = ...) -> None: ...

class AnswerTools(_message.Message):
    __slots__ = ("used_tools",)
    USED_TOOLS_FIELD_NUMBER: _ClassVar[int]
    used_tools: _containers.RepeatedCompositeFieldContainer[_common_pb2.UsedTool]
    def __init__(self, used_tools: _Optional[_Iterable[_Union[_common_pb2.UsedTool, _Mapping]]] = ...) -> None: ...

class AnswerArtifacts(_message.Message):
    __slots__ = ("artifacts",)
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    artifacts: _containers.RepeatedCompositeFieldContainer[_common_pb2.Artifact]
    def __init__(self, artifacts: _Optional[_Iterable[_Union[_common_pb2.Artifact, _Mapping]]] = ...) -> None: ...

class AnswerMetadata(_message.Message):
    __slots__ = ("chat_id", "chat_message_id", "question", "session_id", "memory_type", "follow_up_prompts", "usage", "json")
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    MEMORY_TYPE_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_UP_PROMPTS_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    JSON_FIELD_NUMBER: _ClassVar[int]
    chat_id: str
    chat_message_id: str
    question: str
    session_id: str
    memory_type: str
    follow_up_prompts: _containers.RepeatedScalarFieldContainer[str]
    usage: _common_pb2.TokenUsage
    json: _struct_pb2.Value
    def __init__(self, chat_id: _Optional[str] = ..., chat_message_id: _Optional[str] = ..., question: _Optional[str] = ..., session_id: _Optional[str] = ..., memory_type: _Optional[str] = ..., follow_up_prompts: _Optional[_Iterable[str]] = ..., usage: _Optional[_Union[_common_pb2.TokenUsage, _Mapping]] = ..., json: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class AnswerError(_message.Message):
    __slots__ = ("message", "reason")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    message: str
    reason: _errors_pb2.ErrorReason
    def __init__(self, message: _Optional[str] = ..., reason: _Optional[_Union[_errors_pb2.ErrorReason, str]] = ...) -> None: ...

class AnswerAborted(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AnswerEnd(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

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
