"""Refuses queries of lists and deletions in which a filter could be lost (docs/contract.md §1.2)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from urllib.parse import unquote_plus

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.interceptors.chain import Hooks
from tradewind_server.rpc.methods import Method, Query

ORIGINAL_PATH = "x-envoy-original-path"
MOST_PARAMETERS = 100
LONGEST_NAME = 64
MOST_QUOTED = 60
CLOSE = 0.75
SHORTEST_BEGINNING = 4
"""Fewest letters of an unknown name that count as the beginning of a filter's name."""
RUN_TOGETHER = re.compile(r";|\?[A-Za-z_][\w.\[\]-]{0,64}=")


class Queries:
    """Checks the path as the caller sent it, because the gate drops parameters that it cannot bind."""

    def hooks(self, method: Method) -> Hooks:
        query = method.query
        if query is None:
            return Hooks()

        async def admit(call: Call) -> None:
            path = call.headers.get(ORIGINAL_PATH)
            if path is not None and "?" in path:
                check_query(path.partition("?")[2], query)

        return Hooks(admit=admit)


def check_query(text: str, query: Query) -> None:
    """Check a query string. Raises ``InvalidInput(INVALID_FILTER)`` naming the parameter as it was sent.

    A deletion refuses every unknown name, a list those that resemble one of its parameters.
    """
    if not text and not query.deletes:
        return
    parts = text.split("&")
    if len(parts) > MOST_PARAMETERS:
        raise _invalid(f"The query has more than {MOST_PARAMETERS} parameters.")
    names_seen: set[str] = set()
    for part in parts:
        name = _name(part)
        field = query.names.get(name)
        if field is None:
            _check_unknown(name, query)
        elif field in names_seen and field not in query.repeatable:
            raise _invalid(f"The parameter {_quote(name)} stands more than once; send it once.")
        else:
            names_seen.add(field)


def _name(part: str) -> str:
    """The decoded name of one ``name=value``."""
    if not part:
        raise _invalid("The query holds an empty parameter; write each as name=value, with one & between them.")
    if RUN_TOGETHER.search(part):
        raise _invalid(f"The parameter {_quote(part)} holds another; put & between them, or write ; as %3B and ? as %3F.")
    name, equals, value = part.partition("=")
    try:
        name, _ = unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")
    except UnicodeDecodeError:
        raise _invalid(f"The parameter {_quote(part)} is not UTF-8; encode it again.") from None
    if not equals or not name:
        raise _invalid(f"The parameter {_quote(part)} is not name=value; give it a value, or leave it out.")
    return name


def _check_unknown(name: str, query: Query) -> None:
    likely = like(name, query.names)
    hint = f"; {likely} may be meant" if likely else ""
    if query.deletes:
        raise _invalid(f"There is no parameter {_quote(name)} here{hint}. Nothing was deleted.")
    if likely and _letters(name) not in query.in_path:
        raise _invalid(f"There is no parameter {_quote(name)} here{hint}.")


def like(name: str, names: Mapping[str, str]) -> str | None:
    """The known name that ``name`` resembles, or None."""
    letters = _letters(name)
    if not letters or len(name) > LONGEST_NAME:
        return None
    by_letters = {_letters(field_name): field_name for field_name in names.values()}
    close = difflib.get_close_matches(letters, by_letters, 1, CLOSE)
    if close:
        return by_letters[close[0]]
    if len(letters) >= SHORTEST_BEGINNING:
        return next((field_name for one, field_name in by_letters.items() if one.startswith(letters)), None)
    return None


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def _quote(text: str) -> str:
    plain = "".join(char if char.isprintable() else "?" for char in text)
    return plain if len(plain) <= MOST_QUOTED else plain[:MOST_QUOTED] + "…"


def _invalid(sentence: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_FILTER, sentence)
