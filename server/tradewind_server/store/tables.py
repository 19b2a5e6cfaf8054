"""The relational tables. Every row that belongs to someone carries its workspace; ids are UUIDs as text.

JSON columns hold text, so that what a caller stored comes back byte for byte.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

UUID_LENGTH = 36


def _id() -> str:
    column: str = Field(primary_key=True, max_length=UUID_LENGTH)
    return column


def _workspace() -> str:
    column: str = Field(foreign_key="workspace.id", max_length=UUID_LENGTH)
    return column


class WorkspaceRow(SQLModel, table=True):
    """A tenant. One exists from the first migration on. ``deletion_date`` is set while its deletion goes on."""

    __tablename__ = "workspace"
    __table_args__ = (Index("uq_workspace_name", "name", unique=True),)
    id: str = _id()
    name: str
    created_date: datetime
    deletion_date: datetime | None = None


class ChatflowRow(SQLModel, table=True):
    """A stored flow."""

    __tablename__ = "chatflow"
    __table_args__ = (Index("ix_chatflow_workspace_updated", "workspace_id", "updated_date"),)
    id: str = _id()
    workspace_id: str = _workspace()
    name: str
    flow_data: str = Field(sa_column=Column(Text, nullable=False))
    type: str = Field(max_length=16)
    version: int = 1
    version_number: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    deployed: bool | None = None
    is_public: bool | None = None
    apikeyid: str | None = Field(default=None, max_length=UUID_LENGTH)
    chatbot_config: str | None = Field(default=None, sa_column=Column(Text))
    api_config: str | None = Field(default=None, sa_column=Column(Text))
    analytic: str | None = Field(default=None, sa_column=Column(Text))
    category: str | None = Field(default=None, sa_column=Column(Text))
    speech_to_text: str | None = Field(default=None, sa_column=Column(Text))
    text_to_speech: str | None = Field(default=None, sa_column=Column(Text))
    follow_up_prompts: str | None = Field(default=None, sa_column=Column(Text))
    mcp_server_config: str | None = Field(default=None, sa_column=Column(Text))
    created_date: datetime
    updated_date: datetime


class ChatflowVersionRow(SQLModel, table=True):
    """The drawing and the settings of a chatflow as one save left them. The newest is there too."""

    __tablename__ = "chatflow_version"
    chatflow_id: str = _id()
    number: int = Field(primary_key=True)
    workspace_id: str = _workspace()
    flow_data: str = Field(sa_column=Column(Text, nullable=False))
    type: str = Field(max_length=16)
    chatbot_config: str | None = Field(default=None, sa_column=Column(Text))
    api_config: str | None = Field(default=None, sa_column=Column(Text))
    analytic: str | None = Field(default=None, sa_column=Column(Text))
    speech_to_text: str | None = Field(default=None, sa_column=Column(Text))
    text_to_speech: str | None = Field(default=None, sa_column=Column(Text))
    follow_up_prompts: str | None = Field(default=None, sa_column=Column(Text))
    mcp_server_config: str | None = Field(default=None, sa_column=Column(Text))
    date: datetime


class ChatflowLabelRow(SQLModel, table=True):
    """A name that callers may call one version of a chatflow by."""

    __tablename__ = "chatflow_label"
    chatflow_id: str = _id()
    label: str = Field(primary_key=True, max_length=64)
    workspace_id: str = _workspace()
    number: int


class ChatMessageRow(SQLModel, table=True):
    """One message of a turn. Ordered by creation date, then id; the answer of a turn is always later than its question."""

    __tablename__ = "chat_message"
    __table_args__ = (
        Index("ix_chat_message_session", "workspace_id", "chatflow_id", "session_id", "created_date", "id"),
        Index("ix_chat_message_chat", "workspace_id", "chatflow_id", "chat_id", "created_date", "id"),
        Index("ix_chat_message_date", "workspace_id", "chatflow_id", "created_date", "id"),
    )
    id: str = _id()
    workspace_id: str = _workspace()
    chatflow_id: str = Field(max_length=UUID_LENGTH)
    role: str = Field(max_length=16)
    content: str = Field(sa_column=Column(Text, nullable=False))
    chat_type: str = Field(max_length=16)
    chat_id: str
    session_id: str | None = None
    memory_type: str | None = None
    execution_id: str | None = Field(default=None, max_length=UUID_LENGTH)
    source_documents: str | None = Field(default=None, sa_column=Column(Text))
    used_tools: str | None = Field(default=None, sa_column=Column(Text))
    file_annotations: str | None = Field(default=None, sa_column=Column(Text))
    agent_reasoning: str | None = Field(default=None, sa_column=Column(Text))
    reason_content: str | None = Field(default=None, sa_column=Column(Text))
    file_uploads: str | None = Field(default=None, sa_column=Column(Text))
    action: str | None = Field(default=None, sa_column=Column(Text))
    artifacts: str | None = Field(default=None, sa_column=Column(Text))
    lead_email: str | None = None
    follow_up_prompts: str | None = Field(default=None, sa_column=Column(Text))
    usage: str | None = Field(default=None, sa_column=Column(Text))
    created_date: datetime
    edited_date: datetime | None = None


class FeedbackRow(SQLModel, table=True):
    """A person's opinion of one answer."""

    __tablename__ = "chat_message_feedback"
    __table_args__ = (
        UniqueConstraint("workspace_id", "message_id", name="uq_feedback_message"),
        Index("ix_feedback_chatflow", "workspace_id", "chatflow_id", "created_date"),
    )
    id: str = _id()
    workspace_id: str = _workspace()
    chatflow_id: str = Field(max_length=UUID_LENGTH)
    chat_id: str
    message_id: str = Field(max_length=UUID_LENGTH)
    rating: str = Field(max_length=16)
    content: str | None = Field(default=None, sa_column=Column(Text))
    created_date: datetime


class LeadRow(SQLModel, table=True):
    """A person who left an address in a chat."""

    __tablename__ = "lead"
    __table_args__ = (Index("ix_lead_chatflow", "workspace_id", "chatflow_id", "created_date"),)
    id: str = _id()
    workspace_id: str = _workspace()
    chatflow_id: str = Field(max_length=UUID_LENGTH)
    chat_id: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    created_date: datetime


class ApiKeyRow(SQLModel, table=True):
    """An API key, as the keyed digest of it. ``permissions`` and ``chatflow_ids`` are JSON lists; a key that was never changed
    has no ``updated_date``.
    """

    __tablename__ = "api_key"
    __table_args__ = (Index("ix_api_key_previous", "previous_digest"),)
    id: str = _id()
    workspace_id: str = _workspace()
    name: str
    prefix: str = Field(max_length=16)
    digest: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    permissions: str = Field(sa_column=Column(Text, nullable=False))
    created_date: datetime
    updated_date: datetime | None = None
    last_used: datetime | None = None
    expires_date: datetime | None = None
    chatflow_ids: str | None = Field(default=None, sa_column=Column(Text))
    previous_digest: bytes | None = Field(default=None, sa_column=Column(LargeBinary(32)))
    previous_until: datetime | None = None


class CredentialRow(SQLModel, table=True):
    """A provider's key, encrypted."""

    __tablename__ = "credential"
    __table_args__ = (UniqueConstraint("workspace_id", "name", name="uq_credential_name"),)
    id: str = _id()
    workspace_id: str = _workspace()
    name: str
    provider: str
    secret: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_date: datetime
    updated_date: datetime


class UpsertHistoryRow(SQLModel, table=True):
    """A finished upsert."""

    __tablename__ = "upsert_history"
    __table_args__ = (Index("ix_upsert_history_chatflow", "workspace_id", "chatflow_id", "date", "id"),)
    id: str = _id()
    workspace_id: str = _workspace()
    chatflow_id: str = Field(max_length=UUID_LENGTH)
    result: str = Field(sa_column=Column(Text, nullable=False))
    flow_data: str = Field(sa_column=Column(Text, nullable=False))
    date: datetime


class UpsertionRecordRow(SQLModel, table=True):
    """What a record manager remembers of one chunk. ``group_id`` is a digest: sources may be of any length. ``chat_id`` names
    the chat that alone finds it.
    """

    __tablename__ = "upsertion_record"
    __table_args__ = (
        Index("ix_upsertion_record_group", "workspace_id", "namespace", "group_id", "updated_date"),
        Index("ix_upsertion_record_date", "workspace_id", "namespace", "updated_date"),
        Index("ix_upsertion_record_chatflow", "workspace_id", "chatflow_id"),
    )
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", max_length=UUID_LENGTH)
    namespace: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    chatflow_id: str = Field(max_length=UUID_LENGTH)
    group_id: str | None = Field(default=None, max_length=64)
    point_id: str
    chat_id: str | None = Field(default=None, sa_column=Column(Text))
    updated_date: datetime


class UpsertRunRow(SQLModel, table=True):
    """One upsert into one vector store that has begun and not ended (docs/adr/0005). ``upsert_id`` is shared by the stores of
    one call; ``collection`` is JSON without a key.
    """

    __tablename__ = "upsert_run"
    __table_args__ = (Index("ix_upsert_run_upsert", "upsert_id"),)
    id: str = _id()
    workspace_id: str = _workspace()
    chatflow_id: str = Field(max_length=UUID_LENGTH)
    upsert_id: str = Field(max_length=UUID_LENGTH)
    node_id: str = Field(sa_column=Column(Text, nullable=False))
    collection: str = Field(sa_column=Column(Text, nullable=False))
    records: str | None = Field(default=None, sa_column=Column(Text))
    cleanup: str = Field(max_length=16)
    fills_empty: bool
    holding: str = Field(max_length=16)
    chat_id: str | None = Field(default=None, sa_column=Column(Text))
    reserved: int
    begun_date: datetime
    accepted_date: datetime | None = None


class PendingChunkRow(SQLModel, table=True):
    """A chunk of a run that becomes a record once the run is accepted."""

    __tablename__ = "pending_chunk"
    run_id: str = Field(primary_key=True, max_length=UUID_LENGTH)
    key: str = Field(primary_key=True, max_length=64)
    group_id: str | None = Field(default=None, max_length=64)
    point_id: str = Field(max_length=UUID_LENGTH)


class UpsertSourceRow(SQLModel, table=True):
    """A source that a run brings: its older chunks go once the run is accepted."""

    __tablename__ = "upsert_source"
    run_id: str = Field(primary_key=True, max_length=UUID_LENGTH)
    group_id: str = Field(primary_key=True, max_length=64)


class FilledStoreRow(SQLModel, table=True):
    """A collection that a chatflow has upserted into. It stays until what the chatflow left there is taken out.

    ``loaded_digest`` says of an in-memory store which drawing it was filled from.
    """

    __tablename__ = "filled_store"
    __table_args__ = (Index("ix_filled_store_chatflow", "workspace_id", "chatflow_id"),)
    id: str = _id()
    workspace_id: str = _workspace()
    chatflow_id: str = Field(max_length=UUID_LENGTH)
    holding: str = Field(max_length=16)
    name: str = Field(sa_column=Column(Text, nullable=False))
    collection: str = Field(sa_column=Column(Text, nullable=False))
    records: str | None = Field(default=None, sa_column=Column(Text))
    loaded_digest: str | None = Field(default=None, max_length=64)


class ChatUploadRow(SQLModel, table=True):
    """Chunks without records that one upsert wrote for one chat; their points' ids follow from the row's id."""

    __tablename__ = "chat_upload"
    __table_args__ = (Index("ix_chat_upload_chatflow", "workspace_id", "chatflow_id"),)
    id: str = _id()
    workspace_id: str = _workspace()
    chatflow_id: str = Field(max_length=UUID_LENGTH)
    chat_id: str = Field(sa_column=Column(Text, nullable=False))
    collection: str = Field(sa_column=Column(Text, nullable=False))
    chunks: int


class VariableRow(SQLModel, table=True):
    """A value that flows read as ``$vars``."""

    __tablename__ = "variable"
    __table_args__ = (UniqueConstraint("workspace_id", "name", name="uq_variable_name"),)
    id: str = _id()
    workspace_id: str = _workspace()
    name: str
    value: str | None = Field(default=None, sa_column=Column(Text))
    type: str = Field(max_length=16)
    created_date: datetime
    updated_date: datetime


class ToolRow(SQLModel, table=True):
    """A tool that agents may use."""

    __tablename__ = "tool"
    __table_args__ = (Index("ix_tool_workspace_updated", "workspace_id", "updated_date"),)
    id: str = _id()
    workspace_id: str = _workspace()
    name: str
    description: str = Field(sa_column=Column(Text, nullable=False))
    color: str
    icon_src: str | None = None
    json_schema: str | None = Field(default=None, sa_column=Column("schema", Text))
    func: str | None = Field(default=None, sa_column=Column(Text))
    created_date: datetime
    updated_date: datetime


class CustomTemplateRow(SQLModel, table=True):
    """A template that somebody saved on a canvas: it is kept for exports, and nothing here reads it."""

    __tablename__ = "custom_template"
    __table_args__ = (Index("ix_custom_template_workspace", "workspace_id"),)
    id: str = _id()
    workspace_id: str = _workspace()
    name: str
    flow_data: str = Field(sa_column=Column(Text, nullable=False))
    description: str | None = Field(default=None, sa_column=Column(Text))
    badge: str | None = None
    framework: str | None = None
    usecases: str | None = Field(default=None, sa_column=Column(Text))
    type: str | None = None
    created_date: datetime
    updated_date: datetime


class AssistantRow(SQLModel, table=True):
    """An assistant as its editor saved it."""

    __tablename__ = "assistant"
    __table_args__ = (Index("ix_assistant_workspace_updated", "workspace_id", "updated_date"),)
    id: str = _id()
    workspace_id: str = _workspace()
    details: str = Field(sa_column=Column(Text, nullable=False))
    credential: str = Field(max_length=UUID_LENGTH)
    icon_src: str | None = Field(default=None, sa_column=Column(Text))
    type: str = Field(max_length=16)
    created_date: datetime
    updated_date: datetime


class RateWindowRow(SQLModel, table=True):
    """How often one address asked one chatflow since its window began. ``key`` is a digest of both."""

    __tablename__ = "rate_window"
    __table_args__ = (Index("ix_rate_window_end", "end_date"),)
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", max_length=UUID_LENGTH)
    key: str = Field(primary_key=True, max_length=64)
    hits: int
    end_date: datetime
