"""What a database's error means to a caller: it is away, the value cannot be stored, or the fault is ours."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from tradewind_server.errors import DeadlineExceeded, InvalidInput, Reason, TradewindError, Unavailable

PASSING_CLASSES = ("08", "40", "53", "57")
"""SQLSTATE classes that pass: no connection, a deadlock resolved against us, no resources, an operator's intervention."""
PASSING_STATES = ("25006", "55P03")
"""A primary that has become a standby; a lock that could not be had in time."""
TIMED_OUT = "57014"
TOO_LONG_CLASS = "54"
PASSING_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


def away(cause: Exception) -> Unavailable:
    """The database does not answer."""
    error = Unavailable(Reason.DATABASE_UNAVAILABLE, "The database does not answer right now; try again shortly.")
    error.__cause__ = cause
    return error


def timed_out(error: Exception | None) -> bool:
    """Whether a statement was stopped for taking too long: trying it again would only hold up others for as long again."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) == TIMED_OUT


def unstorable(cause: Exception | None = None) -> InvalidInput:
    """A value that no column takes."""
    error = InvalidInput(
        Reason.INVALID_ARGUMENT,
        "A text is too long for its field or holds a character that cannot be stored, such as U+0000; change it.",
    )
    error.__cause__ = cause
    return error


def passes(error: Exception) -> bool:
    """Whether the same work may succeed when it is tried again."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError | sqlite3.Error) or timed_out(error):
        return False
    cause: BaseException | None = error
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return True
        cause = error.orig
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return state.startswith(PASSING_CLASSES) or state in PASSING_STATES
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in PASSING_CODES
    return isinstance(error, OperationalError | InterfaceError)  # Psycopg's own: it found no server.


def public_error(error: Exception) -> Exception:
    """The error as the caller of the work sees it."""
    if isinstance(error, TradewindError):
        return error
    if passes(error):
        return away(error)
    if timed_out(error):
        return DeadlineExceeded(Reason.DEADLINE_EXCEEDED, "The database took too long for this call; ask for less at once.")
    cause = error.orig if isinstance(error, StatementError) else error
    state = getattr(cause, "sqlstate", None) or ""
    if isinstance(error, DataError) or isinstance(cause, UnicodeEncodeError) or state.startswith(TOO_LONG_CLASS):
        return unstorable(error)
    return error
