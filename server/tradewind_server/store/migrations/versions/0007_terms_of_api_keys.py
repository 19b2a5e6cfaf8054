"""Terms of API keys: until when, for which chatflows, and the key before a rotation"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("api_key", sa.Column("updated_date", UTCDateTime(), nullable=True))
    op.add_column("api_key", sa.Column("expires_date", UTCDateTime(), nullable=True))
    op.add_column("api_key", sa.Column("chatflow_ids", sa.Text(), nullable=True))
    op.add_column("api_key", sa.Column("previous_digest", sa.LargeBinary(length=32), nullable=True))
    op.add_column("api_key", sa.Column("previous_until", UTCDateTime(), nullable=True))
    op.create_index("ix_api_key_previous", "api_key", ["previous_digest"])


def downgrade() -> None:
    op.drop_index("ix_api_key_previous", "api_key")
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        for name in ("previous_until", "previous_digest", "chatflow_ids", "expires_date", "updated_date"):
            batch_op.drop_column(name)
