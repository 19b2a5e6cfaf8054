"""When a process last said to have an execution"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("execution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lease_date", UTCDateTime(), nullable=True))
        batch_op.create_index("ix_execution_state", ["state", "lease_date"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("execution", schema=None) as batch_op:
        batch_op.drop_index("ix_execution_state")
        batch_op.drop_column("lease_date")
