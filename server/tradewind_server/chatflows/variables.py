"""The variables of a workspace, which chatflows read as ``$vars``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

VARIABLE_TYPES = ("static", "runtime")


@dataclass(frozen=True, slots=True)
class Variable:
    """One stored variable (docs/contract.md §9.7).

    Flowise reads ``runtime`` variables from the server's environment. Here they have the stored value or none, because the
    author of a chatflow may not read the operator's environment.
    """

    id: str
    name: str
    value: str | None
    type: str
    created_date: datetime
    updated_date: datetime


class Variables(Protocol):
    """The repository of variables. Each method is scoped to one workspace."""

    async def values(self, workspace_id: str) -> Mapping[str, str]:
        """The variables that have a value, by name. The answer may be up to a quarter of a second old."""
        ...

    async def put(self, workspace_id: str, variables: Sequence[Variable]) -> None:
        """Store all variables or none. A variable whose name exists keeps its id and creation date."""
        ...
