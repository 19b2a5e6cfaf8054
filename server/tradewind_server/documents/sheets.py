"""Sheets to documents. Their own reader has the types of cells, and says nothing of those it has no value for."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from tradewind_server.documents.columns import numbered_heads
from tradewind_server.documents.loaders import LoaderOptions, base_metadata, unreadable
from tradewind_server.documents.ports import CHAT_KEY, Document, SourceFile
from tradewind_server.documents.reading import Notice, about
from tradewind_server.documents.unpacking import DAMAGE_ERRORS, LARGEST_PART, check_unpacked, password_error

OURS = frozenset({"source", "blobType", "worksheet", "rowNum", "loc", CHAT_KEY})
"""Metadata that the loader and what follows it write: a column of that name stays in the text alone."""

SHEET_PART = re.compile(r"xl/worksheets/[^/]{1,200}\.xml", re.IGNORECASE)
PREFIX = rb"(?:\w{1,9}:)?"
FORMULA = rb"<%bf\b(?:[^<>]{0,500}/>|[^<]{0,9000}</%bf>)" % (PREFIX, PREFIX)
NO_VALUE = rb"(?:<%bv\s?/>|<%bv></%bv>)?" % (PREFIX, PREFIX, PREFIX)
ERROR_HINTS = (b'"e"', b"'e'")
FORMULA_HINTS = (b"f></", b"f><v/", b"f><v /", b"f><v></", b"f><x:v/", b"f><x:v />", b"f><x:v></", b"/></c>", b"/></x:c>")
"""Without these a sheet has no such cell; looking for them takes a hundredth of the time."""
ERROR_CELL = re.compile(
    rb"""<%bc\s[^<>]{0,200}\bt=["']e["'][^<>]{0,200}>\s{0,9}(?:%b)?\s{0,9}<%bv>(#[A-Z0-9/!?_]{1,20})<"""
    % (PREFIX, FORMULA, PREFIX)
)
FORMULA_ALONE = re.compile(
    rb"""<%bc\s(?![^<>]{0,200}\bt=["']str["'])[^<>]{0,200}>\s{0,9}%b\s{0,9}%b\s{0,9}</%bc>"""
    % (PREFIX, FORMULA, NO_VALUE, PREFIX)
)
"""A text as a result may be empty: cells of the type ``str`` are whole."""
MOST_LISTED = 5
EXACT = 2**53
"""The largest whole number that a cell holds with all its digits."""
SMALLEST_PLAIN, LARGEST_PLAIN = 1e-6, 1e21
"""Numbers beyond are written with an exponent."""


def load_excel(file: SourceFile, options: LoaderOptions) -> Iterator[Document | Notice]:
    """One document a row below the head of each sheet: ``- column: value`` lines; the values are metadata too.

    Cells whose value is an error, or was never stored, are left out and told.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    check_unpacked(file, options, "a sheet")
    try:
        yield from _valueless(file)
        with CalamineWorkbook.from_path(file.path) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                row, column = sheet.start or (0, 0)
                merges = MergedCells(sheet.merged_cell_ranges or (), column)
                yield from _sheet(file, name, sheet.iter_rows(), row, merges)
    except (CalamineError, *DAMAGE_ERRORS) as error:
        raise password_error(file, "a sheet") if "password" in str(error).lower() else unreadable(file, "a sheet") from None


def _valueless(file: SourceFile) -> Iterator[Notice]:
    """What the reader passes over without a word."""
    if not zipfile.is_zipfile(file.path):
        return
    errors: Counter[bytes] = Counter()
    formulas = 0
    with zipfile.ZipFile(file.path) as archive:
        for entry in archive.infolist():
            if SHEET_PART.fullmatch(entry.filename) and entry.file_size <= LARGEST_PART:
                part = archive.read(entry)
                if any(hint in part for hint in ERROR_HINTS):
                    errors.update(ERROR_CELL.findall(part))
                if any(hint in part for hint in FORMULA_HINTS):
                    formulas += len(FORMULA_ALONE.findall(part))
    if errors:
        kinds = ", ".join(sorted(kind.decode("ascii", "replace") for kind, _ in errors.most_common(MOST_LISTED)))
        yield Notice(f"{about(file)} has {_cells(errors.total())} that hold an error ({kinds}), left out.")
    if formulas:
        yield Notice(
            f"{about(file)} has {_cells(formulas)} with a formula and without its result, left out; open it in a "
            "spreadsheet program and save it there."
        )


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count:,} cells"


class MergedCells:
    """Cells of a sheet that are one over several rows: each of them has the value, which is stored with the first alone."""

    def __init__(self, ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]], first_column: int) -> None:
        """``ranges`` are the first and the last cell of each, by row and column of the sheet."""
        self._beginning: dict[int, list[tuple[int, int]]] = {}
        """The columns in which ranges begin, and their last rows, by the first."""
        self._values: dict[int, tuple[int, Any]] = {}
        for (row, column), (last_row, _) in ranges:
            if last_row > row:
                self._beginning.setdefault(row, []).append((column - first_column, last_row))

    def fill(self, row: int, cells: list[Any]) -> list[Any]:
        """A row with the values that stand in rows above. Rows are asked for in their order."""
        for column, (last_row, value) in list(self._values.items()):
            if row > last_row:
                del self._values[column]
            elif cells[column] == "":
                cells = [*cells[:column], value, *cells[column + 1 :]]
        for column, last_row in self._beginning.get(row, ()):
            if 0 <= column < len(cells) and cells[column] != "":
                self._values[column] = last_row, cells[column]
        return cells


def _sheet(
    file: SourceFile, name: str, rows: Iterable[list[Any]], first: int, merges: MergedCells
) -> Iterator[Document | Notice]:
    heads: list[str] | None = None
    is_bare = False
    for number, cells in enumerate(rows, first):
        if heads is None:
            if any(cell != "" for cell in cells):
                heads, is_bare = _heads(cells), True
            continue
        if any(cell != "" for cell in cells):
            is_bare = False
            whole = merges.fill(number, cells)
            row = {head: _cell(cell) for head, cell in zip(heads, whole, strict=False) if cell != ""}
            text = "".join(f"- {head}: {_cell_text(value)}\n" for head, value in row.items())
            values = {head: value for head, value in row.items() if head not in OURS}
            yield Document(text, {**values, "worksheet": name, "rowNum": number, **base_metadata(file)})
    if is_bare:
        yield Notice(f"The sheet {name} of the file {file.name} has one row alone, read as the names of its columns.")


def _heads(cells: list[Any]) -> list[str]:
    return numbered_heads("" if cell == "" else str(_cell_text(_cell(cell))) for cell in cells)


def _cell(value: Any) -> Any:
    """A cell as JSON has it."""
    if isinstance(value, float) and value.is_integer() and abs(value) <= EXACT:
        return int(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return _duration(value) if isinstance(value, timedelta) else value


def _duration(value: timedelta) -> str:
    """Hours, minutes and seconds, as a sheet shows it; days are hours."""
    seconds = round(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    return f"{'-' if seconds < 0 else ''}{hours}:{rest // 60:02}:{rest % 60:02}"


def _cell_text(value: Any) -> Any:
    """A cell as a page shows it: numbers without digits that nobody wrote."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and SMALLEST_PLAIN <= abs(value) < LARGEST_PLAIN:
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return value
