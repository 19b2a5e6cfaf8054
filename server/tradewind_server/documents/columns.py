"""The columns of a sheet or a CSV file: one name for each, so that no cell takes the place of another."""

from __future__ import annotations

from collections.abc import Iterable

NAMELESS = "__EMPTY"


class Columns:
    """Names of columns in their order. Nameless and repeated ones get a number, as SheetJS gives it."""

    __slots__ = ("_counts", "names")

    def __init__(self, heads: Iterable[str] = ()) -> None:
        self._counts: dict[str, int] = {}
        self.names: list[str] = []
        for head in heads:
            self.add(head)

    def add(self, head: str = "") -> str:
        """The name of the next column."""
        name = base = head or NAMELESS
        number = self._counts.get(base, 0)
        while name in self._counts:
            number = max(number, 1)
            name = f"{base}_{number}"
            number += 1
        self._counts[base] = max(number, 1)
        self._counts.setdefault(name, 1)
        self.names.append(name)
        return name


def numbered_heads(heads: Iterable[str]) -> list[str]:
    return Columns(heads).names
