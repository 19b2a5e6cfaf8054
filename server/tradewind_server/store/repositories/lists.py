"""Parts of lists that are ordered by a date, then an id."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, tuple_

from tradewind_server.chats.ports import PageRequest


def within(date: ColumnElement[Any], start: datetime | None, end: datetime | None) -> list[ColumnElement[bool]]:
    """Conditions of a date between two others, both included; None is an open end."""
    return [*([date >= start] if start is not None else []), *([date <= end] if end is not None else [])]


def part_of(
    statement: Select[Any], part: PageRequest, order: tuple[ColumnElement[Any], ColumnElement[Any]], *, by_group: bool = False
) -> Select[Any]:
    """The entries of a part, and one more that tells whether others follow. A grouped statement goes on by HAVING."""
    directions = [column.desc() if part.descending else column.asc() for column in order]
    statement = statement.order_by(*directions).limit(part.limit + 1).offset(part.offset or None)
    if part.after is None:
        return statement
    here = tuple_(*order)
    mark = tuple_(literal(part.after.date, order[0].type), literal(part.after.id, order[1].type))
    beyond = here < mark if part.descending else here > mark
    return statement.having(beyond) if by_group else statement.where(beyond)
