"""Sheets: what their reader passes over is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from tradewind_server.documents import sheets
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.reading import Notice
from tradewind_server.documents.sheets import load_excel

MakeFile = Callable[[str, bytes], SourceFile]
Sheets = Callable[[Mapping[str, Sequence[Sequence[Any]]]], bytes]
ERRORS = '<c r="B2" t="e"><v>#N/A</v></c><c r="C2" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
ALONE = '<c r="B2"><f>A1+1</f><v></v></c><c r="C2" s="2"><f t="shared" si="0"/></c><c r="D2"><f>A1</f></c>'
WHOLE = '<c r="B2"><f>A1+1</f><v>2</v></c><c r="C2" t="str"><f>A1</f><v></v></c>'


def with_cells(book: bytes, cells: str, prefix: str = "") -> bytes:
    """The book with more cells in its second row, all under an XML prefix."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w") as packed:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                first, rest = text.split("</c></row>", 1)[0], text.split("</c></row>", 1)[1]
                text = first + "</c></row>" + rest.replace("</c></row>", "</c>" + cells + "</row>", 1)
                if prefix:
                    text = text.replace("<?xml", "\0").replace("</", f"\1{prefix}:").replace("<", f"<{prefix}:")
                    text = text.replace("\0", "<?xml").replace("\1", "</").replace("xmlns=", f"xmlns:{prefix}=")
            packed.writestr(name, text)
    return out.getvalue()


def sentences(file: SourceFile) -> list[str]:
    return [one.sentence for one in load_excel(file, {}) if isinstance(one, Notice)]


@pytest.mark.parametrize("prefix", ["", "x"])
def test_cells_without_a_value_are_told(make_file: MakeFile, make_xlsx: Sheets, prefix: str) -> None:
    book = make_xlsx({"S": [["a", "b", "c", "d"], [1]]})
    assert sentences(make_file("a.xlsx", with_cells(book, ERRORS, prefix))) == [
        "The file a.xlsx has 2 cells that hold an error (#DIV/0!, #N/A), left out."
    ]
    (sentence,) = sentences(make_file("b.xlsx", with_cells(book, ALONE, prefix)))
    assert sentence.startswith("The file b.xlsx has 3 cells with a formula and without its result, left out")
    assert sentences(make_file("c.xlsx", with_cells(book, WHOLE, prefix))) == []


def test_a_sheet_of_one_row_is_told(make_file: MakeFile, make_xlsx: Sheets) -> None:
    found = list(load_excel(make_file("a.xlsx", make_xlsx({"Whole": [["a"], ["b"]], "Lone": [["words"]], "None": []})), {}))
    assert [one.content for one in found if isinstance(one, Document)] == ["- a: b\n"]
    assert [one.sentence for one in found if isinstance(one, Notice)] == [
        "The sheet Lone of the file a.xlsx has one row alone, read as the names of its columns."
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [(timedelta(hours=30, minutes=5), "30:05:00"), (timedelta(seconds=-61), "-0:01:01"), (timedelta(), "0:00:00")],
)
def test_a_duration_is_hours(value: timedelta, text: str) -> None:
    assert sheets._cell(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12345678901234567890.0, "12345678901234567000"),
        (5.0, "5"),
        (1.5, "1.5"),
        (0.000001, "0.000001"),
        (1e-7, "1e-07"),
        (1e300, "1e+300"),
        (-9007199254740993.0, "-9007199254740992"),
        (True, "true"),
    ],
)
def test_a_number_has_no_digits_that_nobody_wrote(value: float, text: str) -> None:
    assert str(sheets._cell_text(sheets._cell(value))) == text


def test_a_large_number_is_kept_beside_the_text(make_file: MakeFile, make_xlsx: Sheets) -> None:
    (found,) = load_excel(make_file("a.xlsx", make_xlsx({"S": [["id"], [12345678901234567890]]})), {})
    assert isinstance(found, Document) and found.metadata["id"] == 1.2345678901234567e19


def test_a_cell_over_several_rows_stands_in_each_of_them(make_file: MakeFile, make_xlsx: Sheets) -> None:
    rows = [["region", "city"], ["North", "Ayr"], [None, "Bute"], [None, None], ["South", "Cork"], [None, "Dale"]]
    book, out = make_xlsx({"S": rows}), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w") as packed:
        for name in source.namelist():
            merged = b'</sheetData><mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="A1:B1"/></mergeCells>'
            packed.writestr(name, source.read(name).replace(b"</sheetData>", merged))
    found = load_excel(make_file("a.xlsx", out.getvalue()), {})
    assert [one.content for one in found if isinstance(one, Document)] == [
        "- region: North\n- city: Ayr\n",
        "- region: North\n- city: Bute\n",
        "- region: South\n- city: Cork\n",
        "- city: Dale\n",
    ]
