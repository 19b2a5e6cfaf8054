"""The tables of agent flows: their executions, and the records from which one under way goes on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from tradewind_server.store.tables import UUID_LENGTH


class ExecutionRow(SQLModel, table=True):
    """One run of an agent flow. ``execution_data`` is the JSON text of its trace.

    ``owner`` is the process that has it or had it last, ``lease_date`` when that one last said so; ``epoch`` counts these
    processes.
    """

    __tablename__ = "execution"
    __table_args__ = (
        Index("ix_execution_session", "workspace_id", "chatflow_id", "session_id", "created_date"),
        Index("ix_execution_updated", "workspace_id", "updated_date"),
        Index("ix_execution_state", "state", "lease_date"),
    )
    id: str = Field(primary_key=True, max_length=UUID_LENGTH)
    workspace_id: str = Field(foreign_key="workspace.id", max_length=UUID_LENGTH)
    chatflow_id: str = Field(max_length=UUID_LENGTH)
    session_id: str = Field(sa_column=Column(Text, nullable=False))
    state: str = Field(max_length=16)
    execution_data: str = Field(sa_column=Column(Text, nullable=False))
    is_public: bool | None = None
    created_date: datetime
    updated_date: datetime
    stopped_date: datetime | None = None
    lease_date: datetime | None = None
    owner: str | None = Field(default=None, max_length=UUID_LENGTH)
    epoch: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class CheckpointRow(SQLModel, table=True):
    """What an execution under way, or one that waits for a person, has done at one place. ``data`` is JSON text."""

    __tablename__ = "checkpoint"
    execution_id: str = Field(primary_key=True, max_length=UUID_LENGTH)
    key: str = Field(primary_key=True, max_length=255)
    workspace_id: str = Field(foreign_key="workspace.id", max_length=UUID_LENGTH)
    data: str = Field(sa_column=Column(Text, nullable=False))
