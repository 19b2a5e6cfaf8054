"""The first schema"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tradewind_server.access.ports import DEFAULT_WORKSPACE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_date", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("permissions", sa.Text(), nullable=False),
        sa.Column("created_date", UTCDateTime(), nullable=False),
        sa.Column("last_used", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "chat_message",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("chatflow_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("chat_type", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("memory_type", sa.String(), nullable=True),
        sa.Column("execution_id", sa.String(length=36), nullable=True),
        sa.Column("source_documents", sa.Text(), nullable=True),
        sa.Column("used_tools", sa.Text(), nullable=True),
        sa.Column("file_annotations", sa.Text(), nullable=True),
        sa.Column("agent_reasoning", sa.Text(), nullable=True),
        sa.Column("reason_content", sa.Text(), nullable=True),
        sa.Column("file_uploads", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("artifacts", sa.Text(), nullable=True),
        sa.Column("lead_email", sa.String(), nullable=True),
        sa.Column("follow_up_prompts", sa.Text(), nullable=True),
        sa.Column("created_date", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("chat_message", schema=None) as batch_op:
        batch_op.create_index(
            "ix_chat_message_chat", ["workspace_id", "chatflow_id", "chat_id", "created_date", "id"], unique=False
        )
        batch_op.create_index("ix_chat_message_date", ["workspace_id", "chatflow_id", "created_date", "id"], unique=False)
        batch_op.create_index(
            "ix_chat_message_session", ["workspace_id", "chatflow_id", "session_id", "created_date", "id"], unique=False
        )

    op.create_table(
        "chat_message_feedback",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("chatflow_id", sa.String(length=36), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("rating", sa.String(length=16), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("created_date", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("workspace_id", "message_id", name="uq_feedback_message"),
    )
    with op.batch_alter_table("chat_message_feedback", schema=None) as batch_op:
        batch_op.create_index("ix_feedback_chatflow", ["workspace_id", "chatflow_id", "created_date"], unique=False)

    op.create_table(
        "chatflow",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("flow_data", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deployed", sa.Boolean(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=True),
        sa.Column("apikeyid", sa.String(length=36), nullable=True),
        sa.Column("chatbot_config", sa.Text(), nullable=True),
        sa.Column("api_config", sa.Text(), nullable=True),
        sa.Column("analytic", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("speech_to_text", sa.Text(), nullable=True),
        sa.Column("text_to_speech", sa.Text(), nullable=True),
        sa.Column("follow_up_prompts", sa.Text(), nullable=True),
        sa.Column("mcp_server_config", sa.Text(), nullable=True),
        sa.Column("created_date", UTCDateTime(), nullable=False),
        sa.Column("updated_date", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("chatflow", schema=None) as batch_op:
        batch_op.create_index("ix_chatflow_workspace_updated", ["workspace_id", "updated_date"], unique=False)

    op.create_table(
        "credential",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_date", UTCDateTime(), nullable=False),
        sa.Column("updated_date", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_credential_name"),
    )
    op.create_table(
        "lead",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("chatflow_id", sa.String(length=36), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("created_date", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.create_index("ix_lead_chatflow", ["workspace_id", "chatflow_id", "created_date"], unique=False)

    op.create_table(
        "tool",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("color", sa.String(), nullable=False),
        sa.Column("icon_src", sa.String(), nullable=True),
        sa.Column("schema", sa.Text(), nullable=True),
        sa.Column("func", sa.Text(), nullable=True),
        sa.Column("created_date", UTCDateTime(), nullable=False),
        sa.Column("updated_date", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("tool", schema=None) as batch_op:
        batch_op.create_index("ix_tool_workspace_updated", ["workspace_id", "updated_date"], unique=False)

    op.create_table(
        "upsert_history",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("chatflow_id", sa.String(length=36), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("flow_data", sa.Text(), nullable=False),
        sa.Column("date", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("upsert_history", schema=None) as batch_op:
        batch_op.create_index("ix_upsert_history_chatflow", ["workspace_id", "chatflow_id", "date", "id"], unique=False)

    op.create_table(
        "upsertion_record",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("namespace", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("chatflow_id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=64), nullable=True),
        sa.Column("point_id", sa.String(), nullable=False),
        sa.Column("updated_date", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
        ),
        sa.PrimaryKeyConstraint("workspace_id", "namespace", "key"),
    )
    with op.batch_alter_table("upsertion_record", schema=None) as batch_op:
        batch_op.create_index("ix_upsertion_record_chatflow", ["workspace_id", "chatflow_id"], unique=False)
        batch_op.create_index("ix_upsertion_record_date", ["workspace_id", "namespace", "updated_date"], unique=False)
        batch_op.create_index(
            "ix_upsertion_record_group", ["workspace_id", "namespace", "group_id", "updated_date"], unique=False
        )

    op.create_table(
        "variable",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("created_date", UTCDateTime(), nullable=False),
        sa.Column("updated_date", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_variable_name"),
    )
    workspace = sa.table("workspace", sa.column("id"), sa.column("name"), sa.column("created_date", UTCDateTime()))
    op.bulk_insert(workspace, [{"id": DEFAULT_WORKSPACE, "name": "default", "created_date": datetime.now(UTC)}])


def downgrade() -> None:
    op.drop_table("variable")
    with op.batch_alter_table("upsertion_record", schema=None) as batch_op:
        batch_op.drop_index("ix_upsertion_record_group")
        batch_op.drop_index("ix_upsertion_record_date")
        batch_op.drop_index("ix_upsertion_record_chatflow")

    op.drop_table("upsertion_record")
    with op.batch_alter_table("upsert_history", schema=None) as batch_op:
        batch_op.drop_index("ix_upsert_history_chatflow")

    op.drop_table("upsert_history")
    with op.batch_alter_table("tool", schema=None) as batch_op:
        batch_op.drop_index("ix_tool_workspace_updated")

    op.drop_table("tool")
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.drop_index("ix_lead_chatflow")

    op.drop_table("lead")
    op.drop_table("credential")
    with op.batch_alter_table("chatflow", schema=None) as batch_op:
        batch_op.drop_index("ix_chatflow_workspace_updated")

    op.drop_table("chatflow")
    with op.batch_alter_table("chat_message_feedback", schema=None) as batch_op:
        batch_op.drop_index("ix_feedback_chatflow")

    op.drop_table("chat_message_feedback")
    with op.batch_alter_table("chat_message", schema=None) as batch_op:
        batch_op.drop_index("ix_chat_message_session")
        batch_op.drop_index("ix_chat_message_date")
        batch_op.drop_index("ix_chat_message_chat")

    op.drop_table("chat_message")
    op.drop_table("api_key")
    op.drop_table("workspace")
