"""What moving a workspace needs of a store: rows of tables by name, read page by page and added in one transaction.

Here alone rows are spoken of instead of entities: an export holds every column, and an import keeps ids and dates.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Row = dict[str, Any]
"""The values of one row, by column, without its workspace."""
Entry = Mapping[str, Any]
"""One entity as an export has it, by public name."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of one table. All have the same columns."""

    table: str
    rows: Sequence[Row]


class TransferStore(Protocol):
    """Tables by name. Names are ours, never a caller's."""

    def pages(self, workspace_id: str, table: str, where: Mapping[str, Any]) -> AsyncIterator[Sequence[Row]]:
        """The rows of a workspace whose columns have these values, by primary key, in pages of bounded size."""
        ...

    async def owners(self, table: str, column: str, values: Sequence[str]) -> Mapping[str, str]:
        """The workspace that each value of a unique column belongs to; values that are free are missing."""
        ...

    async def add(self, workspace_id: str, batches: Sequence[TableRows]) -> None:
        """Add rows to a workspace, all or none. Characters that no database takes become U+FFFD."""
        ...
