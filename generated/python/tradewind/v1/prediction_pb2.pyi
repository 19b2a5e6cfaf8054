from google.protobuf import struct_pb2 as _struct_pb2
from tradewind.v1 import common_pb2 as _common_pb2
from tradewind.v1 import errors_pb2 as _errors_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class HumanDecisionType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HUMAN_DECISION_TYPE_UNSPECIFIED: _ClassVar[HumanDecisionType]
    HUMAN_DECISION_TYPE_PROCEED: _ClassVar[HumanDecisionType]
    HUMAN_DECISION_TYPE_REJECT: _ClassVar[HumanDecisionType]

class AgentFlowStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AGENT_FLOW_STATUS_UNSPECIFIED: _ClassVar[AgentFlowStatus]
    AGENT_FLOW_STATUS_IN_PROGRESS: _ClassVar[AgentFlowStatus]
    AGENT_FLOW_STATUS_FINISHED: _ClassVar[AgentFlowStatus]
    AGENT_FLOW_STATUS_STOPPED: _ClassVar[AgentFlowStatus]
    AGENT_FLOW_STATUS_ERROR: _ClassVar[AgentFlowStatus]
    AGENT_FLOW_STATUS_TERMINATED: _ClassVar[AgentFlowStatus]
HUMAN_DECISION_TYPE_UNSPECIFIED: HumanDecisionType
HUMAN_DECISION_TYPE_PROCEED: HumanDecisionType
HUMAN_DECISION_TYPE_REJECT: HumanDecisionType
AGENT_FLOW_STATUS_UNSPECIFIED: AgentFlowStatus
AGENT_FLOW_STATUS_IN_PROGRESS: AgentFlowStatus
AGENT_FLOW_STATUS_FINISHED: AgentFlowStatus
AGENT_FLOW_STATUS_STOPPED: AgentFlowStatus
AGENT_FLOW_STATUS_ERROR: AgentFlowStatus
AGENT_FLOW_STATUS_TERMINATED: AgentFlowStatus

class HistoryMessage(_message.Message):
    __slots__ = ("role", "content")
    ROLE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    role: _common_pb2.MessageRole
    content: str
    def __init__(self, role: _Optional[_Union[_common_pb2.MessageRole, str]] = ..., content: _Optional[str] = ...) -> None: ...

class PredictRequest(_message.Message):
    __slots__ = ("chatflow_id", "question", "chat_id", "session_id", "history", "attachments", "override_config", "lead_email", "version", "form", "human_input")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    LEAD_EMAIL_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    FORM_FIELD_NUMBER: _ClassVar[int]
    HUMAN_INPUT_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    question: str
    chat_id: str
    session_id: str
    history: _containers.RepeatedCompositeFieldContainer[HistoryMessage]
    attachments: _containers.RepeatedCompositeFieldContainer[_common_pb2.Attachment]
    override_config: _struct_pb2.Struct
    lead_email: str
    version: str
    form: _struct_pb2.Struct
    human_input: HumanDecision
    def __init__(self, chatflow_id: _Optional[str] = ..., question: _Optional[str] = ..., chat_id: _Optional[str] = ..., session_id: _Optional[str] = ..., history: _Optional[_Iterable[_Union[HistoryMessage, _Mapping]]] = ..., attachments: _Optional[_Iterable[_Union[_common_pb2.Attachment, _Mapping]]] = ..., override_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., lead_email: _Optional[str] = ..., version: _Optional[str] = ..., form: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., human_input: _Optional[_Union[HumanDecision, _Mapping]] = ...) -> None: ...

class HumanDecision(_message.Message):
    __slots__ = ("type", "start_node_id", "feedback")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    START_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    type: HumanDecisionType
    start_node_id: str
    feedback: str
    def __init__(self, type: _Optional[_Union[HumanDecisionType, str]] = ..., start_node_id: _Optional[str] = ..., feedback: _Optional[str] = ...) -> None: ...

class PredictResponse(_message.Message):
    __slots__ = ("text", "json", "question", "chat_id", "chat_message_id", "session_id", "memory_type", "source_documents", "used_tools", "artifacts", "file_annotations", "follow_up_prompts", "streamable", "usage", "execution_id", "steps", "action", "flow_variables")
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
    EXECUTION_ID_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    FLOW_VARIABLES_FIELD_NUMBER: _ClassVar[int]
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
    execution_id: str
    steps: _containers.RepeatedCompositeFieldContainer[AgentFlowStep]
    action: HumanAction
    flow_variables: _struct_pb2.Struct
    def __init__(self, text: _Optional[str] = ..., json: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., question: _Optional[str] = ..., chat_id: _Optional[str] = ..., chat_message_id: _Optional[str] = ..., session_id: _Optional[str] = ..., memory_type: _Optional[str] = ..., source_documents: _Optional[_Iterable[_Union[_common_pb2.SourceDocument, _Mapping]]] = ..., used_tools: _Optional[_Iterable[_Union[_common_pb2.UsedTool, _Mapping]]] = ..., artifacts: _Optional[_Iterable[_Union[_common_pb2.Artifact, _Mapping]]] = ..., file_annotations: _Optional[_Iterable[_Union[_common_pb2.FileAnnotation, _Mapping]]] = ..., follow_up_prompts: _Optional[_Iterable[str]] = ..., streamable: bool = ..., usage: _Optional[_Union[_common_pb2.TokenUsage, _Mapping]] = ..., execution_id: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[AgentFlowStep, _Mapping]]] = ..., action: _Optional[_Union[HumanAction, _Mapping]] = ..., flow_variables: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class AgentFlowStep(_message.Message):
    __slots__ = ("node_id", "node_label", "previous_node_ids", "status", "data")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_LABEL_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    node_label: str
    previous_node_ids: _containers.RepeatedScalarFieldContainer[str]
    status: AgentFlowStatus
    data: _struct_pb2.Struct
    def __init__(self, node_id: _Optional[str] = ..., node_label: _Optional[str] = ..., previous_node_ids: _Optional[_Iterable[str]] = ..., status: _Optional[_Union[AgentFlowStatus, str]] = ..., data: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class HumanAction(_message.Message):
    __slots__ = ("id", "node_id", "node_label", "approve_label", "reject_label", "input")
    ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_LABEL_FIELD_NUMBER: _ClassVar[int]
    APPROVE_LABEL_FIELD_NUMBER: _ClassVar[int]
    REJECT_LABEL_FIELD_NUMBER: _ClassVar[int]
    INPUT_FIELD_NUMBER: _ClassVar[int]
    id: str
    node_id: str
    node_label: str
    approve_label: str
    reject_label: str
    input: _struct_pb2.Struct
    def __init__(self, id: _Optional[str] = ..., node_id: _Optional[str] = ..., node_label: _Optional[str] = ..., approve_label: _Optional[str] = ..., reject_label: _Optional[str] = ..., input: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class StreamPredictRequest(_message.Message):
    __slots__ = ("chatflow_id", "question", "chat_id", "session_id", "history", "attachments", "override_config", "lead_email", "version", "form", "human_input", "keep_run")
    CHATFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    LEAD_EMAIL_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    FORM_FIELD_NUMBER: _ClassVar[int]
    HUMAN_INPUT_FIELD_NUMBER: _ClassVar[int]
    KEEP_RUN_FIELD_NUMBER: _ClassVar[int]
    chatflow_id: str
    question: str
    chat_id: str
    session_id: str
    history: _containers.RepeatedCompositeFieldContainer[HistoryMessage]
    attachments: _containers.RepeatedCompositeFieldContainer[_common_pb2.Attachment]
    override_config: _struct_pb2.Struct
    lead_email: str
    version: str
    form: _struct_pb2.Struct
    human_input: HumanDecision
    keep_run: bool
    def __init__(self, chatflow_id: _Optional[str] = ..., question: _Optional[str] = ..., chat_id: _Optional[str] = ..., session_id: _Optional[str] = ..., history: _Optional[_Iterable[_Union[HistoryMessage, _Mapping]]] = ..., attachments: _Optional[_Iterable[_Union[_common_pb2.Attachment, _Mapping]]] = ..., override_config: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., lead_email: _Optional[str] = ..., version: _Optional[str] = ..., form: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., human_input: _Optional[_Union[HumanDecision, _Mapping]] = ..., keep_run: bool = ...) -> None: ...

class StreamPredictResponse(_message.Message):
    __slots__ = ("start", "token", "source_documents", "used_tools", "artifacts", "metadata", "error", "abort", "end", "speech_start", "speech", "speech_end", "speech_abort", "agent_flow_event", "next_agent_flow", "agent_flow_steps", "called_tools", "usage_metadata", "action", "thinking", "run_started")
    START_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    SOURCE_DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    USED_TOOLS_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    ABORT_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    SPEECH_START_FIELD_NUMBER: _ClassVar[int]
    SPEECH_FIELD_NUMBER: _ClassVar[int]
    SPEECH_END_FIELD_NUMBER: _ClassVar[int]
    SPEECH_ABORT_FIELD_NUMBER: _ClassVar[int]
    AGENT_FLOW_EVENT_FIELD_NUMBER: _ClassVar[int]
    NEXT_AGENT_FLOW_FIELD_NUMBER: _ClassVar[int]
    AGENT_FLOW_STEPS_FIELD_NUMBER: _ClassVar[int]
    CALLED_TOOLS_FIELD_NUMBER: _ClassVar[int]
    USAGE_METADATA_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    THINKING_FIELD_NUMBER: _ClassVar[int]
    RUN_STARTED_FIELD_NUMBER: _ClassVar[int]
    start: AnswerStarted
    token: AnswerToken
    source_documents: AnswerSources
    used_tools: AnswerTools
    artifacts: AnswerArtifacts
    metadata: AnswerMetadata
    error: AnswerError
    abort: AnswerAborted
    end: AnswerEnd
    speech_start: AnswerSpeechStarted
    speech: AnswerSpeech
    speech_end: AnswerSpeechEnd
    speech_abort: AnswerSpeechAborted
    agent_flow_event: AgentFlowEvent
    next_agent_flow: AgentFlowNode
    agent_flow_steps: AgentFlowSteps
    called_tools: AnswerTools
    usage_metadata: ModelCallUsage
    action: HumanAction
    thinking: AnswerThinking
    run_started: RunStarted
    def __init__(self, start: _Optional[_Union[AnswerStarted, _Mapping]] = ..., token: _Optional[_Union[AnswerToken, _Mapping]] = ..., source_documents: _Optional[_Union[AnswerSources, _Mapping]] = ..., used_tools: _Optional[_Union[AnswerTools, _Mapping]] = ..., artifacts: _Optional[_Union[AnswerArtifacts, _Mapping]] = ..., metadata: _Optional[_Union[AnswerMetadata, _Mapping]] = ..., error: _Optional[_Union[AnswerError, _Mapping]] = ..., abort: _Optional[_Union[AnswerAborted, _Mapping]] = ..., end: _Optional[_Union[AnswerEnd, _Mapping]] = ..., speech_start: _Optional[_Union[AnswerSpeechStarted, _Mapping]] = ..., speech: _Optional[_Union[AnswerSpeech, _Mapping]] = ..., speech_end: _Optional[_Union[AnswerSpeechEnd, _Mapping]] = ..., speech_abort: _Optional[_Union[AnswerSpeechAborted, _Mapping]] = ..., agent_flow_event: _Optional[_Union[AgentFlowEvent, _Mapping]] = ..., next_agent_flow: _Optional[_Union[AgentFlowNode, _Mapping]] = ..., agent_flow_steps: _Optional[_Union[AgentFlowSteps, _Mapping]] = ..., called_tools: _Optional[_Union[AnswerTools, _Mapping]] = ..., usage_metadata: _Optional[_Union[ModelCallUsage, _Mapping]] = ..., action: _Optional[_Union[HumanAction, _Mapping]] = ..., thinking: _Optional[_Union[AnswerThinking, _Mapping]] = ..., run_started: _Optional[_Union[RunStarted, _Mapping]] = ...) -> None: ...

class AgentFlowEvent(_message.Message):
    __slots__ = ("status",)
    STATUS_FIELD_NUMBER: _ClassVar[int]
    status: AgentFlowStatus
    def __init__(self, status: _Optional[_Union[AgentFlowStatus, str]] = ...) -> None: ...

class AgentFlowNode(_message.Message):
    __slots__ = ("node_id", "node_label", "status", "error")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_LABEL_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    node_label: str
    status: AgentFlowStatus
    error: str
    def __init__(self, node_id: _Optional[str] = ..., node_label: _Optional[str] = ..., status: _Optional[_Union[AgentFlowStatus, str]] = ..., error: _Optional[str] = ...) -> None: ...

class AgentFlowSteps(_message.Message):
    __slots__ = ("steps",)
    STEPS_FIELD_NUMBER: _ClassVar[int]
    steps: _containers.RepeatedCompositeFieldContainer[AgentFlowStep]
    def __init__(self, steps: _Optional[_Iterable[_Union[AgentFlowStep, _Mapping]]] = ...) -> None: ...

class ModelCallUsage(_message.Message):
    __slots__ = ("input_tokens", "output_tokens", "total_tokens")
    INPUT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_TOKENS_FIELD_NUMBER: _ClassVar[int]
    input_tokens: int
    output_tokens: int
    total_tokens: int
    def __init__(self, input_tokens: _Optional[int] = ..., output_tokens: _Optional[int] = ..., total_tokens: _Optional[int] = ...) -> None: ...

class AnswerThinking(_message.Message):
    __slots__ = ("text",)
    TEXT_FIELD_NUMBER: _ClassVar[int]
    text: str
    def __init__(self, text: _Optional[str] = ...) -> None: ...

class RunStarted(_message.Message):
    __slots__ = ("run_id",)
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    def __init__(self, run_id: _Optional[str] = ...) -> None: ...

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

class AnswerSpeechStarted(_message.Message):
    __slots__ = ("chat_message_id", "format")
    CHAT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    chat_message_id: str
    format: str
    def __init__(self, chat_message_id: _Optional[str] = ..., format: _Optional[str] = ...) -> None: ...

class AnswerSpeech(_message.Message):
    __slots__ = ("chat_message_id", "audio")
    CHAT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    AUDIO_FIELD_NUMBER: _ClassVar[int]
    chat_message_id: str
    audio: bytes
    def __init__(self, chat_message_id: _Optional[str] = ..., audio: _Optional[bytes] = ...) -> None: ...

class AnswerSpeechEnd(_message.Message):
    __slots__ = ("chat_message_id",)
    CHAT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    chat_message_id: str
    def __init__(self, chat_message_id: _Optional[str] = ...) -> None: ...

class AnswerSpeechAborted(_message.Message):
    __slots__ = ("chat_message_id",)
    CHAT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    chat_message_id: str
    def __init__(self, chat_message_id: _Optional[str] = ...) -> None: ...

class AnswerMetadata(_message.Message):
    __slots__ = ("chat_id", "chat_message_id", "question", "session_id", "memory_type", "follow_up_prompts", "usage", "json", "action", "run_id")
    CHAT_ID_FIELD_NUMBER: _ClassVar[int]
    CHAT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    MEMORY_TYPE_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_UP_PROMPTS_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    JSON_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    chat_id: str
    chat_message_id: str
    question: str
    session_id: str
    memory_type: str
    follow_up_prompts: _containers.RepeatedScalarFieldContainer[str]
    usage: _common_pb2.TokenUsage
    json: _struct_pb2.Value
    action: HumanAction
    run_id: str
    def __init__(self, chat_id: _Optional[str] = ..., chat_message_id: _Optional[str] = ..., question: _Optional[str] = ..., session_id: _Optional[str] = ..., memory_type: _Optional[str] = ..., follow_up_prompts: _Optional[_Iterable[str]] = ..., usage: _Optional[_Union[_common_pb2.TokenUsage, _Mapping]] = ..., json: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., action: _Optional[_Union[HumanAction, _Mapping]] = ..., run_id: _Optional[str] = ...) -> None: ...

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
