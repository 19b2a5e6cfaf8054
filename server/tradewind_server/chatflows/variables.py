"""Variables of a workspace, which flows read as ``$vars``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

VARIABLE_TYPES = ("static", "runtime")


@dataclass(frozen=True, slots=True)
class Variable:
    """One stored variable (docs/contract.md §9.7).

    ``runtime`` ones are read from the server's environment by other servers; here they have the value that is stored,
    and none where none is, because a flow's author may not see what the operator set.
    """

    id: str
    name: str
    value: str | None
    type: str
    created_date: datetime
    updated_date: datetime


class Variables(Protocol):
    """Scoped to one workspace, as every store is."""

    async def values(self, workspace_id: str) -> Mapping[str, str]:
        """Every variable that has a value, by name; cached for at most a quarter of a second."""
        ...

    async def put(self, workspace_id: str, variables: Sequence[Variable]) -> None:
        """Store all or none. A name that is known keeps its id and creation date, and takes the new value and type."""
        ...
