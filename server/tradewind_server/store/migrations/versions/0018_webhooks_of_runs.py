"""Webhooks of runs, and the version that a run was started with"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version_number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("webhook", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("webhook_attempts", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("webhook_date", UTCDateTime(), nullable=True))
        batch_op.create_index("ix_run_webhook", ["webhook_date"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_index("ix_run_webhook")
        batch_op.drop_column("webhook_date")
        batch_op.drop_column("webhook_attempts")
        batch_op.drop_column("webhook")
        batch_op.drop_column("version_number")
