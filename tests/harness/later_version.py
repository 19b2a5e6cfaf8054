"""A migration that a later version might bring: a column and an index for the largest table."""

from __future__ import annotations

import os
from pathlib import Path

from alembic import command
from tradewind_server.store import migrate
from tradewind_server.store.dialects.choice import dialect_of
from tradewind_server.store.executor.engine import make_engine

LATER = "9999"
SCRIPT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{later}", "{head}", None, None


def upgrade():
    with op.batch_alter_table("chat_message") as table:
        table.add_column(sa.Column("mood", sa.Text(), nullable=True))
    op.create_index("ix_chat_message_mood", "chat_message", ["workspace_id", "mood"])
"""


def migrate_to_later(url: str, folder: Path) -> None:
    """Bring a database to a revision that this version does not know, as that version's ``tradewind migrate`` does."""
    dialect, engine = dialect_of(url), make_engine(url, 1)
    try:
        with engine.begin() as connection:
            dialect.lock_migrations(connection)
            config = migrate._config(connection, batch=dialect.copies_to_alter)
            (folder / f"{LATER}_mood.py").write_text(SCRIPT.format(later=LATER, head=migrate.revision_of(connection)))
            ours = Path(migrate.__file__).parent / "migrations" / "versions"
            config.set_main_option("path_separator", "os")
            config.set_main_option("version_locations", os.pathsep.join((str(ours), str(folder))))
            command.upgrade(config, LATER)
    finally:
        engine.dispose()
