"""Places of answers in their sessions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_place",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("session", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("stop", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("session", "number", name="uq_session_place_number"),
    )
    with op.batch_alter_table("session_place", schema=None) as batch_op:
        batch_op.create_index("ix_session_place_owner", ["owner"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("session_place", schema=None) as batch_op:
        batch_op.drop_index("ix_session_place_owner")
    op.drop_table("session_place")
