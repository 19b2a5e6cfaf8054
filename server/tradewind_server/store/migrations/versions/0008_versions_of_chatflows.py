"""Versions of chatflows, and their labels"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXTS = (
    "chatbot_config",
    "api_config",
    "analytic",
    "speech_to_text",
    "text_to_speech",
    "follow_up_prompts",
    "mcp_server_config",
)


def upgrade() -> None:
    op.add_column("chatflow", sa.Column("version_number", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "chatflow_version",
        sa.Column("chatflow_id", AutoString(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("workspace_id", AutoString(length=36), nullable=False),
        sa.Column("flow_data", sa.Text(), nullable=False),
        sa.Column("type", AutoString(length=16), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in TEXTS),
        sa.Column("date", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        sa.PrimaryKeyConstraint("chatflow_id", "number"),
    )
    op.create_table(
        "chatflow_label",
        sa.Column("chatflow_id", AutoString(length=36), nullable=False),
        sa.Column("label", AutoString(length=64), nullable=False),
        sa.Column("workspace_id", AutoString(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        sa.PrimaryKeyConstraint("chatflow_id", "label"),
    )
    same = ("workspace_id", "flow_data", "type", *TEXTS)
    chatflow = sa.table("chatflow", sa.column("id"), sa.column("updated_date"), *(sa.column(name) for name in same))
    version = sa.table("chatflow_version", *(sa.column(name) for name in ("chatflow_id", "number", "date", *same)))
    columns = chatflow.c
    newest = sa.select(columns.id, sa.literal_column("1"), columns.updated_date, *(columns[name] for name in same))
    op.execute(sa.insert(version).from_select(["chatflow_id", "number", "date", *same], newest))


def downgrade() -> None:
    op.drop_table("chatflow_label")
    op.drop_table("chatflow_version")
    with op.batch_alter_table("chatflow", schema=None) as batch_op:
        batch_op.drop_column("version_number")
