"""Whether the chatflows of an exported file would run here: nothing is stored, asked or fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tradewind_server.chatflows.ports import DrawingProblem, Drawings
from tradewind_server.chatflows.service import check_fields
from tradewind_server.chatflows.transfer import VARIABLES, entry_fields, exported_entries, nothing_taken
from tradewind_server.errors import InvalidInput, Reason


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """One chatflow of a file, and why it will not run; no problems when it will."""

    name: str
    problems: Sequence[DrawingProblem]


def check_file(data: Any, name: str | None, drawings: Drawings) -> list[CheckedEntry]:
    """Check every chatflow of a file, in its order. ``name`` names a drawing, which has no name of its own.

    Of the workspace that it will be imported into nothing is known: variables have the values that the file gives them.
    Raises ``InvalidInput(INVALID_CHATFLOW)`` for a file without a chatflow.
    """
    entries = exported_entries(data)
    if not entries:
        raise InvalidInput(Reason.INVALID_CHATFLOW, nothing_taken(data))
    variables = _values(data)
    return [_check(raw, name, drawings, variables) for raw in entries]


def _check(raw: Any, name: str | None, drawings: Drawings, variables: dict[str, str]) -> CheckedEntry:
    own = raw.get("name") if isinstance(raw, dict) else None
    display_name = own if isinstance(own, str) and own else name or "Untitled"
    try:
        fields = entry_fields(raw, name)
        check_fields(fields, drawings)
    except InvalidInput as error:
        return CheckedEntry(display_name, [DrawingProblem(error.message)])
    return CheckedEntry(display_name, drawings.problems(fields["flow_data"], variables))


def _values(data: Any) -> dict[str, str]:
    """The variables of a whole export that have a value in it."""
    raw = data.get(VARIABLES) if isinstance(data, dict) and "nodes" not in data else None
    entries = [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []
    pairs = ((one.get("name"), one.get("value")) for one in entries)
    return {name: value for name, value in pairs if isinstance(name, str) and isinstance(value, str)}
