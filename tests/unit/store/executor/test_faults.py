from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    StatementError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from tradewind_server.errors import DeadlineExceeded, InvalidInput, NotFound, Reason, Unavailable
from tradewind_server.store.executor.faults import passes, public_error, timed_out


class FromPostgres(Exception):
    """An error as psycopg raises it: with the server's code, or None where there was no server."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("what the server said")
        self.sqlstate = sqlstate


def from_sqlite(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("what the library said")
    error.sqlite_errorcode = code
    return error


def wrapped(kind: type[DBAPIError], cause: Any, *, lost: bool = False) -> DBAPIError:
    return kind("SELECT", {}, cause, connection_invalidated=lost)


@pytest.mark.parametrize(
    "error",
    [
        wrapped(OperationalError, FromPostgres(None)),
        wrapped(InterfaceError, FromPostgres(None)),
        wrapped(OperationalError, FromPostgres("08006")),
        wrapped(OperationalError, FromPostgres("40P01")),
        wrapped(OperationalError, FromPostgres("40001")),
        wrapped(OperationalError, FromPostgres("53300")),
        wrapped(OperationalError, FromPostgres("57P01")),
        wrapped(OperationalError, FromPostgres("55P03")),
        wrapped(DBAPIError, FromPostgres("25006")),
        wrapped(DBAPIError, FromPostgres("XX000"), lost=True),
        wrapped(OperationalError, from_sqlite(sqlite3.SQLITE_BUSY)),
        wrapped(OperationalError, from_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT)),
        from_sqlite(sqlite3.SQLITE_IOERR_READ),
        wrapped(OperationalError, from_sqlite(sqlite3.SQLITE_FULL)),
        wrapped(OperationalError, from_sqlite(sqlite3.SQLITE_CANTOPEN)),
        PoolTimeout(),
    ],
)
def test_what_passes_is_the_databases_absence(error: Exception) -> None:
    assert passes(error)
    public = public_error(error)
    assert isinstance(public, Unavailable)
    assert public.reason is Reason.DATABASE_UNAVAILABLE
    assert public.__cause__ is error
    assert "said" not in public.message


@pytest.mark.parametrize(
    "error",
    [
        wrapped(DataError, FromPostgres("22021")),
        wrapped(DataError, FromPostgres("22001")),
        wrapped(OperationalError, FromPostgres("54000")),
        UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
        StatementError("m", "SELECT", {}, UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")),
    ],
)
def test_what_cannot_be_stored_is_the_callers_to_change(error: Exception) -> None:
    assert not passes(error)
    assert isinstance(public_error(error), InvalidInput)


def test_a_statement_that_took_too_long_is_not_tried_again() -> None:
    error = wrapped(OperationalError, FromPostgres("57014"))
    assert timed_out(error)
    assert not passes(error)
    assert isinstance(public_error(error), DeadlineExceeded)


@pytest.mark.parametrize(
    "error",
    [
        wrapped(IntegrityError, FromPostgres("23505")),
        wrapped(ProgrammingError, FromPostgres("42P01")),
        wrapped(OperationalError, from_sqlite(sqlite3.SQLITE_ERROR)),
        wrapped(IntegrityError, from_sqlite(sqlite3.SQLITE_CONSTRAINT)),
        NotFound(Reason.CHATFLOW_NOT_FOUND, "It is not here."),
        LookupError("a fault of ours"),
    ],
)
def test_anything_else_stays_what_it_is(error: Exception) -> None:
    assert not passes(error)
    assert public_error(error) is error
