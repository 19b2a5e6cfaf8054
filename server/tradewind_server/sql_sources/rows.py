"""Rows of foreign databases as text, within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tradewind_server.flows.sql_port import SqlRows

LONGEST_VALUE = 500
MOST_CHARACTERS = 50_000
MOST_TABLES = 200


def cell_text(value: Any) -> str:
    """One value as a model reads it."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes | bytearray | memoryview):
        return f"({len(value)} bytes)"
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


class Reading:
    """Takes rows until there are enough of them, or enough text."""

    def __init__(self, columns: Sequence[str], most_rows: int) -> None:
        self._columns = tuple(columns)
        self._most_rows = most_rows
        self._rows: list[tuple[str, ...]] = []
        self._size = 0
        self._more = False

    def add(self, row: Sequence[Any]) -> bool:
        """Keep a row; False when no more are wanted."""
        if len(self._rows) >= self._most_rows or self._size > MOST_CHARACTERS:
            self._more = True
            return False
        cells = tuple(cell_text(value) for value in row)
        self._size += sum(map(len, cells))
        self._rows.append(cells)
        return True

    def rows(self) -> SqlRows:
        return SqlRows(self._columns, tuple(self._rows), self._more)
