"""The port behind which all differences between SQLite and Postgres stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Executable, Select, Table

from tradewind_server.ingest.ports import Locks

T = TypeVar("T")
K = TypeVar("K")
Work = Callable[[Connection], T]
SharedWork = Callable[[Connection, Sequence[K]], Sequence[T]]
"""Does for each item of a sequence what one call wants, and returns the outcomes in that order."""
Rows = Sequence[Mapping[str, Any]]
"""Values by column, every column in each row."""
Parameters = Mapping[str, Any]
"""Values by the names of a statement's parameters."""
Change = Callable[[Connection, Sequence[Parameters]], None]
"""Carries out one statement for each set of parameters."""
RowsOf = Callable[[Connection, Collection[str]], Mapping[str, tuple[Any, ...]]]
"""Finds rows by their ids: those that are there, without the id itself."""


class StoreDialect(Protocol):
    """One kind of database. It holds no connection and no state."""

    @property
    def is_shared(self) -> bool:
        """Whether servers on several machines may work on one database of this kind."""
        ...

    @property
    def answers_at_once(self) -> bool:
        """Whether a lookup is answered in this process, within microseconds, and never waited for."""
        ...

    @property
    def copies_to_alter(self) -> bool:
        """Whether a migration makes a table anew to change a column of it."""
        ...

    def engine(self, url: str, pool_size: int, statement_timeout_ms: int | None) -> Engine:
        """The engine for a SQLAlchemy URL. No statement runs longer than the time-out, where the database can bound it."""
        ...

    def locks(self, url: str) -> Locks | None:
        """Locks that reach as far as the database does; None where that is one machine."""
        ...

    def lock_migrations(self, connection: Connection) -> None:
        """Wait, within the transaction of a migration, for one that another process makes."""
        ...

    def insert(self, table: Table) -> Any:
        """An insert that knows ``on_conflict_do_update`` and ``on_conflict_do_nothing``."""
        ...

    def hexadecimal(self, number: ColumnElement[int], digits: int) -> ColumnElement[str]:
        """A whole number of at least 0 as a text of ``digits`` lower-case hexadecimal digits, zeros in front."""
        ...

    def day(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        """The day of a column of dates, in UTC, as text: ``2025-01-31``."""
        ...

    def insertion(self, table: Table) -> SharedWork[Rows, None]:
        """Inserts the rows of many callers at once."""
        ...

    def change(self, statement: Executable) -> Change:
        """Carries out a statement without an answer, as often as it is asked. All its parameters are named in each set."""
        ...

    def locked_rows(self, table: Table, *columns: ColumnElement[Any], for_reference: bool = False) -> RowsOf:
        """Finds rows that nobody else changes until the end of the transaction; ``for_reference``: that nobody deletes.

        ``columns`` hold texts and numbers.
        """
        ...

    def oldest_first(self, newest: Select[Any], order: Sequence[ColumnElement[Any]]) -> SharedWork[Parameters, list[Any]]:
        """Runs a query that finds the newest rows once for each caller's parameters, and returns the rows oldest first.

        ``order`` are the columns by which the query sorts, all of them descending.
        """
        ...

    @property
    def dump_kind(self) -> str:
        """What this database is called in a backup, and what loads its dumps again."""
        ...

    def save(self, url: str, target: Path) -> None:
        """Write the state of one moment to a new file. Raises ``TradewindError``, or ``OSError`` where it cannot be written."""
        ...

    def is_unused(self, url: str) -> bool:
        """Whether there is nothing that :meth:`load` would touch."""
        ...

    def load(self, url: str, source: Path) -> None:
        """Bring in what :meth:`save` wrote; only where :meth:`is_unused`."""
        ...

    def absence(self, url: str, cause: BaseException | None) -> str:
        """Why the database cannot be used, and what to do, in a sentence for the operator. ``cause`` is the driver's error."""
        ...
