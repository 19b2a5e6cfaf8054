"""Templates of a canvas, which exports carry"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "custom_template",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("flow_data", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("badge", AutoString(), nullable=True),
        sa.Column("framework", AutoString(), nullable=True),
        sa.Column("usecases", sa.Text(), nullable=True),
        sa.Column("type", AutoString(), nullable=True),
        sa.Column("created_date", UTCDateTime(), nullable=False),
        sa.Column("updated_date", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("custom_template", schema=None) as batch_op:
        batch_op.create_index("ix_custom_template_workspace", ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("custom_template", schema=None) as batch_op:
        batch_op.drop_index("ix_custom_template_workspace")
    op.drop_table("custom_template")
