"""Document stores, their loaders and their chunks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("document_store", "document_store_loader", "document_store_chunk")


def upgrade() -> None:
    op.create_table(
        "document_store",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("vector_store", sa.Text(), nullable=True),
        sa.Column("embedding", sa.Text(), nullable=True),
        sa.Column("record_manager", sa.Text(), nullable=True),
        sa.Column("vectors", sa.String(length=64), nullable=True),
        sa.Column("created_date", UTCDateTime(), nullable=False),
        sa.Column("updated_date", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_document_store_workspace_updated", "document_store", ["workspace_id", "updated_date"])
    op.create_table(
        "document_store_loader",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("total_chunks", sa.Integer(), nullable=False),
        sa.Column("total_chars", sa.Integer(), nullable=False),
        sa.Column("generation", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_document_store_loader_store", "document_store_loader", ["workspace_id", "store_id", "position"])
    op.create_table(
        "document_store_chunk",
        sa.Column("generation", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("loader_id", sa.String(length=36), nullable=False),
        sa.Column("page_content", sa.Text(), nullable=False),
        sa.Column("metadata", sa.Text(), nullable=False),
        sa.Column("point_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        sa.PrimaryKeyConstraint("generation", "number"),
    )
    chunk = "document_store_chunk"
    op.create_index("ix_document_store_chunk_loader", chunk, ["workspace_id", "store_id", "loader_id"])
    op.create_index("ix_document_store_chunk_point", chunk, ["workspace_id", "point_id"])
    op.create_index("ix_document_store_chunk_id", chunk, ["workspace_id", "id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
