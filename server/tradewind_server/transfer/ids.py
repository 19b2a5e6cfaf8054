"""Ids of an import that are taken, or that are none, get new ones, wherever they stand in the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind_server.chatflows.ids import UUID


def rewritten(value: Any, new_ids: Mapping[str, str]) -> Any:
    """A JSON value with every id replaced, also inside texts such as drawings. ``new_ids`` is by the id in lower case.

    An id that is no UUID is replaced only where it is a whole text: it could be a word.
    """
    if not new_ids:
        return value
    if isinstance(value, str):
        if value in new_ids:
            return new_ids[value]
        return UUID.sub(lambda match: new_ids.get(match.group().lower(), match.group()), value)
    if isinstance(value, list):
        return [rewritten(one, new_ids) for one in value]
    if isinstance(value, dict):
        return {name: rewritten(one, new_ids) for name, one in value.items()}
    return value
