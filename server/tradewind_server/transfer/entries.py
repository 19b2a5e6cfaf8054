"""Columns as an export has them, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import orjson

from tradewind_server.chats.dates import parse_date
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.transfer.ports import Entry, Row

ColumnKind = Literal["text", "json", "date", "flag"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, with its public name. ``json`` columns hold JSON text, which a file may also have as the value itself."""

    name: str
    column: str
    kind: ColumnKind = "text"
    is_required: bool = False
    longest: int | None = None
    """Most characters of a text."""


def entry_of(row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    """A row as an entry: dates as ISO 8601 in UTC with milliseconds, JSON as the text it is stored as."""
    return {one.name: _public_value(row[one.column]) for one in columns}


def row_of(entry: Entry, columns: Sequence[Column], now: datetime) -> Row:
    """An entry as a row. Dates that are missing are ``now``. Raises ``InvalidInput`` that names the field."""
    return {one.column: _column_value(entry.get(one.name), one, now) for one in columns}


def _public_value(value: Any) -> Any:
    return iso(value) if isinstance(value, datetime) else value


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds: ``2025-01-01T11:28:36.000Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def _column_value(value: Any, column: Column, now: datetime) -> Any:
    match column.kind:
        case "date":
            return date_of(value, column.name) or (now if column.is_required else None)
        case "flag":
            return bool(value) if value is not None else None
        case "json":
            return value if value is None or isinstance(value, str) else orjson.dumps(value).decode()
    if value is None and not column.is_required:
        return None
    if not isinstance(value, str) or (column.longest is not None and len(value) > column.longest):
        most = f" of at most {column.longest} characters" if column.longest else ""
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"{column.name} must be a text{most}.")
    return value


def date_of(value: Any, name: str) -> datetime | None:
    """A date of a file: a text, or milliseconds since 1970. Raises ``InvalidInput``."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000, UTC)
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=UTC)
        return parse_date(str(value))
    except (ValueError, OverflowError, OSError):
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"{name} must be a date such as 2025-01-01T11:28:36.000Z.") from None
