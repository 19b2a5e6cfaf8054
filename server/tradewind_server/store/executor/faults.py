"""What a database's error means to a caller: it is away, the value cannot be stored, or the fault is ours."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from tradewind_server.errors import DeadlineExceeded, Reason, TradewindError, Unavailable
from tradewind_server.store.dialects import postgres, sqlite
from tradewind_server.store.dialects.values import unstorable


def away(cause: Exception) -> Unavailable:
    """The database does not answer."""
    error = Unavailable(Reason.DATABASE_UNAVAILABLE, "The database does not answer right now; try again shortly.")
    error.__cause__ = cause
    return error


def timed_out(error: Exception | None) -> bool:
    """Whether a statement was stopped for taking too long: trying it again would only hold up others for as long again."""
    return isinstance(error, DBAPIError) and postgres.timed_out(error.orig)


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
    verdict = sqlite.passes(cause)
    if verdict is None:
        verdict = postgres.passes(cause)
    if verdict is not None:
        return verdict
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
    if isinstance(error, DataError) or isinstance(cause, UnicodeEncodeError) or postgres.too_long(cause):
        return unstorable(error)
    return error
