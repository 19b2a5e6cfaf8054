"""Which tables of a foreign database a statement may read: by what the database itself says it reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tradewind_server.flows.sql_port import SqlSource, StatementFailed

UNICODE_NAME = 'u&"'


def is_restricted(source: SqlSource) -> bool:
    return bool(source.include or source.ignore)


def readable(source: SqlSource, name: str, bases: Iterable[str]) -> bool:
    """Whether a table or view may be read. ``bases`` are the tables below a view, none below a table.

    A view that the owner named himself may stand on tables that are not shown, but never on an ignored one.
    """
    if not source.shows(name) or any(base.lower() in source.ignore for base in bases):
        return False
    return name.lower() in source.include or all(source.shows(base) for base in bases)


def behind_views(source: SqlSource, views: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Tables that are read through views alone: those below a readable view which are not shown themselves."""
    return frozenset(
        base for view, bases in views.items() if readable(source, view, bases) for base in bases if not source.shows(base)
    )


def refuse_named(statement: str, hidden_names: frozenset[str]) -> None:
    """Refuse a statement that names a table which may be read through a view alone.

    The database reports the same reads for such a view and for a statement that reads around it, so the name decides:
    nothing can be read directly without naming it.
    """
    text = statement.casefold()
    if hidden_names and UNICODE_NAME in text:
        raise StatementFailed("it writes a name with Unicode escapes; write names as they stand in the list of tables")
    for name in hidden_names:
        spellings = {name.casefold(), name.casefold().replace('"', '""'), name.casefold().replace("`", "``")}
        if any(re.search(rf"(?<![\w$]){re.escape(one)}(?![\w$])", text) for one in spellings):
            raise StatementFailed(f"it names {name}, which is not one of the tables listed; read the view instead")
