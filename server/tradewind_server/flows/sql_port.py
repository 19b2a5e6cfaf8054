"""Databases that a chatflow may read and never change: the port. The adapter decides which, and how much of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

Dialect = Literal["sqlite", "postgres"]


class StatementFailed(Exception):
    """The database did not take a statement. The message says why, to whoever wrote the statement."""


@dataclass(frozen=True, slots=True)
class SqlSource:
    """A database as a node names it. ``address`` is a URL, or the path of a SQLite file; it may hold a password.

    ``include`` are the only tables that are read, where any are named; ``ignore`` are never read.
    """

    dialect: Dialect
    address: str = field(repr=False)
    include: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def shows(self, table: str) -> bool:
        """Whether a table may be read, by its name in any case."""
        name = table.lower()
        return name not in self.ignore and (not self.include or name in self.include)


@dataclass(frozen=True, slots=True)
class SqlRows:
    """What a statement found, as text. ``more`` says that rows were left out."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    more: bool = False


@dataclass(frozen=True, slots=True)
class SqlTable:
    """A table: how it was defined, and some of its rows where they were asked for."""

    name: str
    definition: str
    sample: SqlRows | None = None


class ReadOnlySql(Protocol):
    """Reads. Raises ``FailedPrecondition(NODE_INPUT_INVALID)`` for databases that may not be read,
    ``Unavailable(DATABASE_UNAVAILABLE)`` for those that do not answer, and :class:`StatementFailed`.

    Every statement is alone, reads only, and has bounds of time, rows and size; cancelling the caller ends it.
    """

    async def tables(self, source: SqlSource, sample_rows: int = 0) -> list[SqlTable]: ...

    async def select(self, source: SqlSource, statement: str, most_rows: int) -> SqlRows: ...
