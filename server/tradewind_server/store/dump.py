"""The port ``DatabaseDump`` over either database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Connection, func, inspect, literal, select
from sqlalchemy.exc import SQLAlchemyError

from tradewind_server.store.dialects.choice import dialect_of
from tradewind_server.store.document_store_tables import DocumentStoreRow, StoreChunkRow, StoreLoaderRow
from tradewind_server.store.executor.engine import make_engine
from tradewind_server.store.executor.faults import public_error
from tradewind_server.store.migrate import known_revisions, revision_of
from tradewind_server.store.repositories.repository import table_of
from tradewind_server.store.tables import (
    ApiKeyRow,
    ChatUploadRow,
    CredentialRow,
    FilledStoreRow,
    UpsertHistoryRow,
    UpsertionRecordRow,
    UpsertRunRow,
)

T = TypeVar("T")
MOST_TRIED = 1000
VECTOR_MARKS: tuple[tuple[Any, str], ...] = (
    (UpsertRunRow, "begun_date"),
    (UpsertRunRow, "accepted_date"),
    (UpsertionRecordRow, "updated_date"),
    (UpsertHistoryRow, "date"),
    (FilledStoreRow, "id"),
    (ChatUploadRow, "id"),
    (DocumentStoreRow, "updated_date"),
    (StoreLoaderRow, "generation"),
    (StoreChunkRow, "generation"),
)
"""Tables whose rows speak of vectors, each with a column whose greatest value grows or changes with a new row."""


class StoreDump:
    """The database of a SQLAlchemy URL, as ``Settings.sql_url`` makes it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._dialect = dialect_of(url)

    @property
    def kind(self) -> str:
        return self._dialect.dump_kind

    def revision(self) -> str | None:
        return None if self.is_unused() else self._ask(revision_of)  # To connect would make a file of SQLite.

    def knows(self, revision: str) -> bool:
        return revision in known_revisions()

    def vector_marks(self) -> str:
        return self._ask(_marks)

    def holds_secrets(self) -> bool:
        """Whether there are rows that the secret key opens: credentials, digests of API keys."""
        return not self.is_unused() and self._ask(_has_secret_rows)

    def server_version(self) -> tuple[int, ...]:
        """Of the database server; of SQLite, the library's."""
        return self._ask(_version)

    def credentials_closed_to(self, key: bytes) -> tuple[int, int]:
        """How many of the oldest credentials a Fernet key does not open, and how many were tried: ``MOST_TRIED`` at most."""
        return self._ask(lambda connection: _closed_to(connection, Fernet(key)))

    def save(self, target: Path) -> None:
        self._dialect.save(self._url, target)

    def is_unused(self) -> bool:
        try:
            return self._dialect.is_unused(self._url)
        except SQLAlchemyError as error:
            raise public_error(error) from error

    def load(self, source: Path) -> None:
        self._dialect.load(self._url, source)

    def _ask(self, work: Callable[[Connection], T]) -> T:
        engine = make_engine(self._url, 1)
        try:
            with closing(engine.connect()) as connection:
                return work(connection)
        except SQLAlchemyError as error:
            raise public_error(error) from error
        finally:
            engine.dispose()


def _has_secret_rows(connection: Connection) -> bool:
    """Of a table that an older version made, too, which lacks columns."""
    tables = set(inspect(connection).get_table_names())
    rows = (row for row in (CredentialRow, ApiKeyRow) if row.__tablename__ in tables)
    return any(connection.execute(select(literal(1)).select_from(table_of(row)).limit(1)).first() is not None for row in rows)


def _version(connection: Connection) -> tuple[int, ...]:
    return tuple(part for part in connection.dialect.server_version_info or () if isinstance(part, int))


def _closed_to(connection: Connection, cipher: Fernet) -> tuple[int, int]:
    columns = table_of(CredentialRow).c
    rows = connection.execute(select(columns.secret).order_by(columns.created_date).limit(MOST_TRIED)).all()
    return sum(not _opens(cipher, bytes(row.secret)) for row in rows), len(rows)


def _opens(cipher: Fernet, secret: bytes) -> bool:
    try:
        cipher.decrypt(secret)
    except InvalidToken:
        return False
    return True


def _marks(connection: Connection) -> str:
    """Counts and greatest values; a table that an older schema does not have yet has none."""
    tables = set(inspect(connection).get_table_names())
    marks = []
    for row, column in VECTOR_MARKS:
        if row.__tablename__ in tables:
            marks.append(tuple(connection.execute(select(func.count(), func.max(getattr(row, column)))).one()))
    return repr(marks)
