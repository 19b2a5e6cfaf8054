"""Brings a database to this version's schema. Alembic is loaded here only, and only when asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from tradewind_server.errors import FailedPrecondition, Reason, Unavailable
from tradewind_server.store import run_tables, tables
from tradewind_server.store.dialects.choice import dialect_of
from tradewind_server.store.executor.engine import make_engine
from tradewind_server.store.executor.faults import public_error

assert tables.WorkspaceRow.__tablename__ and run_tables.RunRow.__tablename__  # Importing the tables is what fills the metadata.

TOO_NEW = (
    "The database was written by a newer version of Tradewind; start that version, or restore the backup that was made before "
    "the upgrade."
)
TOO_OLD = "The database has the schema of an older version of Tradewind, or none; run `tradewind migrate` first."


def _config(connection: Connection, *, batch: bool = False) -> Any:
    """``batch`` has the script make a table anew where it changes a column of it."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    config.attributes["batch"] = batch
    config.attributes["metadata"] = SQLModel.metadata
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade to the newest revision, or to an earlier one. Idempotent; of two at once, one waits for the other.

    Raises ``FailedPrecondition`` when the database was written by a newer version, ``Unavailable`` when it is away.
    """
    from alembic import command
    from alembic.util import CommandError

    dialect, engine = dialect_of(url), make_engine(url, 1)
    try:
        with engine.begin() as connection:
            dialect.lock_migrations(connection)
            command.upgrade(_config(connection, batch=dialect.copies_to_alter), revision)
    except CommandError as error:
        raise FailedPrecondition(Reason.CONFLICT, TOO_NEW) from error
    except SQLAlchemyError as error:
        raise _operator_error(url, error) from error
    finally:
        engine.dispose()


def require_current(url: str) -> None:
    """Raises ``FailedPrecondition`` unless the schema is this version's, ``Unavailable`` when the database is away."""
    engine = make_engine(url, 1)
    try:
        with engine.connect() as connection:
            revision, is_newest = revision_of(connection), is_current(connection)
    except SQLAlchemyError as error:
        raise _operator_error(url, error) from error
    finally:
        engine.dispose()
    if not is_newest:
        is_older = revision is None or revision in known_revisions()
        raise FailedPrecondition(Reason.CONFLICT, TOO_OLD if is_older else TOO_NEW)


def _operator_error(url: str, error: SQLAlchemyError) -> Exception:
    fault = public_error(error)
    if isinstance(fault, Unavailable):
        return Unavailable(fault.reason, dialect_of(url).absence(url, getattr(error, "orig", None)))
    return fault


def is_current(connection: Connection) -> bool:
    """Whether the schema is this version's."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(_config(connection)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head


def revision_of(connection: Connection) -> str | None:
    """The revision of a schema; None before the first migration."""
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def known_revisions() -> frozenset[str]:
    """Every revision that this version can bring up to date, or is."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return frozenset(script.revision for script in ScriptDirectory.from_config(config).walk_revisions())
