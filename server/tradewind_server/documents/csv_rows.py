"""The rows of a CSV file, with every cell that it has.

Quoting is always that of the standard (RFC 4180). The separator alone is guessed, by how the cells of the whole file would
line up. Rows are made one after the other; what is in memory is a row, and the first rows while the head is looked for.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TextIO

from tradewind_server.documents.columns import Columns
from tradewind_server.documents.ports import SourceFile
from tradewind_server.documents.reading import FileText, Notice, about
from tradewind_server.errors import InvalidInput, Reason

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
LARGEST_CELL = 1 << 24
"""Characters of a cell, and of a line."""
MOST_COLUMNS = 16_384
"""As sheets have."""
LOOKED_AT = 60
"""Rows among which the head is looked for, and that are compared with it."""
MOST_TITLE_LINES = 20
SEPARATOR_LINE = re.compile(r"""^"?sep=([^"\r\n])"?[\r\n]*$""", re.IGNORECASE)
FIGURES = re.compile(r"^[\s+\-(]*+[$€£¥]?\s*+\d[\d.,:/ \-]*+\s*+[%€$£¥)]?\s*+$")
MOST_LISTED = 5
LONGEST_LISTED = 40


class _NotCsv(ValueError):
    """Lines that are no CSV; says what is wrong as a predicate."""


class _LineReader:
    """The lines of a file, counted; those of the row that is being read are held."""

    __slots__ = ("_file", "_separator", "at_end", "buffer", "number")

    def __init__(self, file: TextIO, separator: str) -> None:
        self._file = file
        self._separator = separator
        self.buffer: list[str] = []
        self.number = 0
        self.at_end = False

    def __iter__(self) -> _LineReader:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LARGEST_CELL)
        if not line:
            self.at_end = True
            raise StopIteration
        self.number += 1
        if len(line) > MOST_COLUMNS:
            if len(line) == LARGEST_CELL:
                raise _NotCsv(f"has more than {LARGEST_CELL >> 20} Mi characters in line {self.number}")
            if (
                line.count(self._separator) >= MOST_COLUMNS
                and len(next(csv.reader([line], delimiter=self._separator))) > MOST_COLUMNS
            ):
                raise _NotCsv(f"has more than {MOST_COLUMNS:,} cells in line {self.number}")
        self.buffer.append(line)
        return line

    @property
    def first_held(self) -> int:
        """The line in which the row begins that is being read."""
        return self.number - len(self.buffer) + 1


def _width(line: str, separator: str) -> int:
    return len(next(csv.reader([line], delimiter=separator)))


@dataclass(slots=True)
class Table:
    """A CSV file whose head is known. ``rows`` yields the cells of each row below it."""

    columns: Columns
    rows: Iterator[list[str]]
    title: list[str] = field(default_factory=list)
    """The lines above the head."""
    notices: list[Notice] = field(default_factory=list)
    """What is to be said before the first row; more comes with :meth:`final_notices`."""
    _name: str = ""
    _loose: list[int] = field(default_factory=list)
    _longer: list[int] = field(default_factory=list)
    """How many rows, and the number of the first."""

    def widen(self, cells: int) -> None:
        """Names for cells beyond the head."""
        while len(self.columns.names) < cells:
            self.columns.add()

    def longer(self, number: int) -> None:
        """A row, by its number among the rows, had cells beyond the head."""
        _count(self._longer, number)

    def final_notices(self) -> Iterator[Notice]:
        """What is to be said after the last row."""
        if self._longer:
            first = self._longer[1]
            yield Notice(
                f"{self._name} has {_rows(self._longer[0])} with more cells than the head (the first is row {first}); those "
                "cells have numbered names."
            )
        if self._loose:
            yield Notice(
                f"{self._name} has {_rows(self._loose[0])} with words behind a closing quotation mark (the first in line "
                f"{self._loose[1]}); double the quotation marks inside a text."
            )


def _count(into: list[int], first: int) -> None:
    into[:] = [into[0] + 1, into[1]] if into else [1, first]


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def open_table(file: SourceFile, text: FileText, lines: TextIO) -> Table:
    """The head and the rows of a CSV file. ``lines`` is the file, opened without translation of line ends.

    Raises ``InvalidInput(FILE_UNREADABLE)``, also while rows are taken, where a quotation mark is left open, or a cell, a
    line or a row has no end.
    """
    separator_line = SEPARATOR_LINE.match(lines.readline(LARGEST_CELL))
    separator = separator_line[1] if separator_line else separator_of(text)
    if not separator_line:
        lines.seek(0)
    loose: list[int] = []
    records = _records(file, _LineReader(lines, separator), separator, loose)
    looked_at = list(itertools.islice(records, LOOKED_AT))
    at = head_at(looked_at)
    head = [cell.strip() for cell in looked_at[at]] if looked_at else []
    columns = Columns(head)
    title = [" ".join(cell.strip() for cell in record if cell.strip()) for record in looked_at[:at]]
    rows = (row for row in itertools.chain(looked_at[at + 1 :], records) if row)
    table = Table(columns, rows, [line for line in title if line], _name=about(file), _loose=loose)
    table.notices.extend(_notices(file, separator, bool(separator_line), head, table))
    return table


def _notices(file: SourceFile, separator: str, by_declaration: bool, head: list[str], table: Table) -> Iterator[Notice]:
    if separator != "," and not by_declaration:
        yield Notice(f"{about(file)} was read with {SEPARATORS[separator]} between its cells.")
    if table.title:
        yield Notice(f"{about(file)} has {_lines(len(table.title))} above its head, kept as a text of their own.")
    new_names = [
        f"column {number} is {_brief(name)}"
        for number, (old, name) in enumerate(zip(head, table.columns.names, strict=True), 1)
        if old != name
    ]
    if new_names:
        more = f" and {len(new_names) - MOST_LISTED} more" if len(new_names) > MOST_LISTED else ""
        yield Notice(f"{about(file)} has columns without a name of their own: {', '.join(new_names[:MOST_LISTED])}{more}.")


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"


def _brief(name: str) -> str:
    return name if len(name) <= LONGEST_LISTED else name[: LONGEST_LISTED - 1] + "…"


def _records(file: SourceFile, lines: _LineReader, separator: str, loose: list[int]) -> Iterator[list[str]]:
    """The rows as the standard reads them; an empty line is an empty row."""
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        try:
            for row in reader:
                lines.buffer.clear()
                yield row
            return
        except _NotCsv as wrong:
            _refuse(file, str(wrong))
        except csv.Error:
            yield _loosely(file, lines, separator)
            _count(loose, lines.number)
            lines.buffer.clear()


def _loosely(file: SourceFile, lines: _LineReader, separator: str) -> list[str]:
    """A row in which words follow a closing quotation mark. Over several lines nobody can tell what belongs together."""
    first = lines.first_held
    if sum(len(line) for line in lines.buffer) > LARGEST_CELL:
        _refuse(
            file, f"has a cell of more than {LARGEST_CELL >> 20} Mi characters from line {first} on; close its quotation mark"
        )
    if lines.at_end:
        _refuse(file, f"has a quotation mark in line {first} that is never closed")
    if len(lines.buffer) > 1:
        _refuse(file, f"has a quotation mark in line {first} that is closed in the middle of line {lines.number}")
    reader = csv.reader([lines.buffer[0], "\n"], delimiter=separator)
    row = next(reader)
    if reader.line_num > 1:
        _refuse(file, f"has quotation marks in line {first} that do not belong together")
    return row


def _refuse(file: SourceFile, what: str) -> NoReturn:
    raise InvalidInput(
        Reason.FILE_UNREADABLE,
        f"{about(file)} cannot be read as CSV: it {what}. Double the quotation marks inside a text."
        if "quotation" in what
        else f"{about(file)} cannot be read as CSV: it {what}.",
    )


def separator_of(text: FileText) -> str:
    """The separator with which the cells of the whole file line up best; a comma where none does better."""
    there: set[str] = set()
    for block in text.blocks():
        there.update(one for one in SEPARATORS if one not in there and one in block)
        if len(there) == len(SEPARATORS):
            break
    if len(there) <= 1:
        only = next(iter(there), ",")
        return only if only == "," or _is_in_a_head(text, only) else ","
    order = list(SEPARATORS)
    return max(there, key=lambda one: (*_fit(text, one), -order.index(one)))


def _is_in_a_head(text: FileText, separator: str) -> bool:
    """Whether a separator parts names of columns, and is no mark in the texts of a lone one."""
    csv.field_size_limit(LARGEST_CELL)
    with Path(text.path).open(encoding=text.encoding, errors="replace", newline="") as file:
        reader = csv.reader(_LineReader(file, separator), delimiter=separator)
        try:
            rows = list(itertools.islice(reader, LOOKED_AT))
        except (csv.Error, _NotCsv):
            return True
    return not rows or len(rows[head_at(rows)]) > 1


def _fit(text: FileText, separator: str) -> tuple[bool, int, bool, int]:
    """How well the rows line up with a separator; the larger the better.

    Whether the head has several cells; how many of 20 rows have as many as most; whether no blank stands behind a separator of
    the head, as in prose, unless it stands behind all of them, in the row below too; and cells of a row.
    """
    csv.field_size_limit(LARGEST_CELL)
    with Path(text.path).open(encoding=text.encoding, errors="replace", newline="") as file:
        rows = csv.reader(_LineReader(file, separator), delimiter=separator)
        widths: Counter[int] = Counter()
        first: list[list[str]] = []
        try:
            for row in rows:
                widths[len(row)] += 1
                if len(first) < 2 and len(row) > 1:
                    first.append(row)
                if len(widths) > MOST_COLUMNS:
                    break
        except (csv.Error, _NotCsv):
            return False, 0, False, 0
    widths.pop(0, None)
    if not first:
        return False, 0, False, 0
    wide = Counter({width: count for width, count in widths.items() if width > 1})
    usual, count = wide.most_common(1)[0]
    behind = [[cell.startswith(" ") for cell in row[1:]] for row in first]
    as_in_prose = any(behind[0]) and not all(all(one) for one in behind)
    return True, count * 20 // widths.total(), not as_in_prose, usual


def head_at(records: list[list[str]]) -> int:
    """Which of the first records is the head: the first, unless titles stand above the real one.

    A title is a line with one cell, or with one that holds something. It stands above a full line of names, and an empty
    line between, or figures below the names, show that these are names.
    """
    first = next((at for at, record in enumerate(records) if record), 0)
    if not records or _cell_count(records[first]) != 1:
        return first
    position = next((at for at, record in enumerate(records[first:], first) if _cell_count(record) > 1), first)
    names, below = records[position], [record for record in records[position + 1 :] if record]
    if position == first or position - first > MOST_TITLE_LINES or not _are_names(names):
        return first
    if sum(len(record) == len(names) for record in below) * 2 <= len(below):
        return first
    apart = any(not _cell_count(record) for record in records[first:position])
    return position if apart or _figures_below(names, below) else first


def _cell_count(record: Iterable[str]) -> int:
    return sum(bool(cell.strip()) for cell in record)


def _are_names(record: list[str]) -> bool:
    names = [cell.strip() for cell in record]
    return all(names) and len(set(names)) == len(names) and not any(map(_is_figure, names))


def _is_figure(cell: str) -> bool:
    return len(cell) <= LONGEST_LISTED and bool(FIGURES.match(cell))


def _figures_below(names: list[str], below: list[list[str]]) -> bool:
    """Whether a column holds figures alone."""
    for at in range(len(names)):
        cells = [record[at].strip() for record in below if at < len(record) and record[at].strip()]
        if cells and all(map(_is_figure, cells)):
            return True
    return False
