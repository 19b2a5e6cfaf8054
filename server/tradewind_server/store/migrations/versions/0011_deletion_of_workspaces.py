"""Deletion of workspaces, and names that stand once"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("deletion_date", UTCDateTime(), nullable=True))
    op.create_index("uq_workspace_name", "workspace", ["name"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_workspace_name", "workspace")
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.drop_column("deletion_date")
