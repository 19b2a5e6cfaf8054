"""A database of Flowise, as it is read and never written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol


class FlowiseDatabase(Protocol):
    """One moment of it. Reading blocks."""

    def count(self, table: str) -> int:
        """The rows of a table; 0 where an older release has none of that name."""
        ...

    def rows(self, table: str, order: str = "id") -> Iterator[dict[str, Any]]:
        """The rows of a table by column, in order of a column that it has; none where there is no such table."""
        ...
