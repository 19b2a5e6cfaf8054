"""The tables of runs: kept predictions, their events, the workers that have them, and places in sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from tradewind_server.store.tables import UUID_LENGTH


class RunRow(SQLModel, table=True):
    """A prediction that is kept while it is made. ``last_event`` and ``size`` speak of its stored events."""

    __tablename__ = "run"
    __table_args__ = (
        Index("ix_run_workspace_created", "workspace_id", "created_date", "id"),
        Index("ix_run_chatflow_created", "chatflow_id", "created_date", "id"),
        Index("ix_run_owner", "owner"),
        Index("ix_run_ended", "ended_date"),
        Index("ix_run_execution", "execution_id"),
        Index("ix_run_webhook", "webhook_date"),
    )
    id: str = Field(primary_key=True, max_length=UUID_LENGTH)
    workspace_id: str = Field(foreign_key="workspace.id", max_length=UUID_LENGTH)
    chatflow_id: str = Field(max_length=UUID_LENGTH)
    starter: str = Field(max_length=64)
    state: str = Field(max_length=16)
    chat_id: str = Field(sa_column=Column(Text, nullable=False))
    session_id: str = Field(sa_column=Column(Text, nullable=False))
    background: bool
    owner: str | None = Field(default=None, max_length=UUID_LENGTH)
    last_event: int
    size: int
    request: str | None = Field(default=None, sa_column=Column(Text))
    result: str | None = Field(default=None, sa_column=Column(Text))
    error_reason: str | None = Field(default=None, max_length=64)
    error_message: str | None = Field(default=None, sa_column=Column(Text))
    restart: bool
    restarts: int
    cancel: bool
    execution_id: str | None = Field(default=None, max_length=UUID_LENGTH)
    message_id: str | None = Field(default=None, max_length=UUID_LENGTH)
    version_number: int | None = None
    webhook: str | None = Field(default=None, sa_column=Column(Text))
    webhook_attempts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    webhook_date: datetime | None = None
    created_date: datetime
    started_date: datetime | None = None
    ended_date: datetime | None = None


class RunEventRow(SQLModel, table=True):
    """Events of a run that were stored together: a line of JSON for each, the first with the number ``first``."""

    __tablename__ = "run_event"
    run_id: str = Field(sa_column=Column(String(UUID_LENGTH), ForeignKey("run.id", ondelete="CASCADE"), primary_key=True))
    first: int = Field(primary_key=True)
    last: int
    lines: str = Field(sa_column=Column(Text, nullable=False))


class RunWorkerRow(SQLModel, table=True):
    """A worker that has runs. ``beats`` rises while it lives."""

    __tablename__ = "run_worker"
    id: str = Field(primary_key=True, max_length=UUID_LENGTH)
    beats: int


class IdempotencyKeyRow(SQLModel, table=True):
    """An idempotency key in use: ``id`` is a digest of the key and of the caller and chatflow for which it counts."""

    __tablename__ = "idempotency_key"
    __table_args__ = (Index("ix_idempotency_key_end", "end_date"), Index("ix_idempotency_key_owner", "owner"))
    id: str = Field(primary_key=True, max_length=64)
    workspace_id: str = Field(foreign_key="workspace.id", max_length=UUID_LENGTH)
    body_digest: str = Field(max_length=64)
    owner: str = Field(max_length=UUID_LENGTH)
    end_date: datetime
    answer: str | None = Field(default=None, sa_column=Column(Text))


class SessionPlaceRow(SQLModel, table=True):
    """The place of an answer among those of its session: ``session`` is a digest, the lowest ``number`` has its turn."""

    __tablename__ = "session_place"
    __table_args__ = (
        UniqueConstraint("session", "number", name="uq_session_place_number"),
        Index("ix_session_place_owner", "owner"),
    )
    id: str = Field(primary_key=True, max_length=UUID_LENGTH)
    session: str = Field(max_length=64)
    number: int
    owner: str = Field(max_length=UUID_LENGTH)
    stop: bool
