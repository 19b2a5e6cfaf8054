"""The tables of document stores: a store, its loaders, and the chunks that each loader yielded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from tradewind_server.store.tables import UUID_LENGTH, _id, _workspace


class DocumentStoreRow(SQLModel, table=True):
    """A document store. The settings of its vector store, embeddings and record manager are JSON; ``vectors`` says with what
    the chunks in the vector store were embedded, and where they are.
    """

    __tablename__ = "document_store"
    __table_args__ = (Index("ix_document_store_workspace_updated", "workspace_id", "updated_date"),)
    id: str = _id()
    workspace_id: str = _workspace()
    name: str
    description: str | None = Field(default=None, sa_column=Column(Text))
    status: str = Field(max_length=16)
    vector_store: str | None = Field(default=None, sa_column=Column(Text))
    embedding: str | None = Field(default=None, sa_column=Column(Text))
    record_manager: str | None = Field(default=None, sa_column=Column(Text))
    vectors: str | None = Field(default=None, max_length=64)
    created_date: datetime
    updated_date: datetime


class StoreLoaderRow(SQLModel, table=True):
    """A loader of a store. ``settings`` is JSON. Of its chunks those of ``generation`` count; others are half written."""

    __tablename__ = "document_store_loader"
    __table_args__ = (Index("ix_document_store_loader_store", "workspace_id", "store_id", "position"),)
    id: str = _id()
    workspace_id: str = _workspace()
    store_id: str = Field(max_length=UUID_LENGTH)
    position: int
    settings: str = Field(sa_column=Column(Text, nullable=False))
    status: str = Field(max_length=16)
    total_chunks: int
    total_chars: int
    generation: str | None = Field(default=None, max_length=UUID_LENGTH)


class StoreChunkRow(SQLModel, table=True):
    """A chunk of a loader, as one run of the loader wrote it. ``point_id`` is its vector's, once it has one."""

    __tablename__ = "document_store_chunk"
    __table_args__ = (
        Index("ix_document_store_chunk_loader", "workspace_id", "store_id", "loader_id"),
        Index("ix_document_store_chunk_point", "workspace_id", "point_id"),
        Index("ix_document_store_chunk_id", "workspace_id", "id"),
    )
    generation: str = Field(primary_key=True, max_length=UUID_LENGTH)
    number: int = Field(primary_key=True)
    id: str = Field(max_length=UUID_LENGTH)
    workspace_id: str = _workspace()
    store_id: str = Field(max_length=UUID_LENGTH)
    loader_id: str = Field(max_length=UUID_LENGTH)
    page_content: str = Field(sa_column=Column(Text, nullable=False))
    meta: str = Field(sa_column=Column("metadata", Text, nullable=False))
    point_id: str = Field(max_length=UUID_LENGTH)
