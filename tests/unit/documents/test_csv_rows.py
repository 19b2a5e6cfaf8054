"""CSV files: every row and every cell as the standard has them, whatever is odd about a file."""

from __future__ import annotations

import csv
import io
import re
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest
from tradewind_server.documents import csv_rows
from tradewind_server.documents.columns import numbered_heads
from tradewind_server.documents.loaders import load_csv
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.reading import Notice
from tradewind_server.errors import InvalidInput, Reason

from .odd_csv import files

MakeFile = Callable[[str, bytes], SourceFile]
SHIPPED = sorted(
    path
    for path in Path(sysconfig.get_path("purelib")).rglob("*.csv")
    if path.is_file() and 0 < path.stat().st_size < 2_000_000 and "tradewind" not in path.parts
)[:80]


def read(file: SourceFile, column: str | None = None) -> tuple[list[str], list[str]]:
    """Texts and sentences."""
    found = list(load_csv(file, {"column": column}))
    texts = [one.content for one in found if isinstance(one, Document)]
    return texts, [one.sentence for one in found if isinstance(one, Notice)]


def by_the_standard(text: str, separator: str) -> list[str]:
    """What the rows of a file amount to, by the reader of the standard library and nothing else."""
    rows = [row for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator) if row]
    width = max((len(row) for row in rows), default=0)
    head = [cell.strip() for cell in rows[0]]
    names = numbered_heads([*head, *[""] * (width - len(head))])
    documents = []
    for row in rows[1:]:
        cells = [cell.strip() for cell in row]
        while len(cells) > len(head) and not cells[-1]:
            cells.pop()
        cells += [""] * (len(head) - len(cells))
        documents.append("\n".join(f"{name}: {cell}" for name, cell in zip(names, cells, strict=False)))
    return documents


ODD = list(files())


def test_the_sweep_is_wide_enough() -> None:
    assert len(ODD) >= 60
    assert len({name for name, *_ in ODD}) == len(ODD)


@pytest.mark.parametrize(("text", "separator"), [one[1:] for one in ODD], ids=[one[0] for one in ODD])
def test_an_odd_file_reads_as_the_standard_reads_it(make_file: MakeFile, text: str, separator: str) -> None:
    texts, _ = read(make_file("odd.csv", text.encode()))
    assert texts == by_the_standard(text, separator)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_file_of_an_installed_package_loses_no_cell(path: Path) -> None:
    """Whatever its separator was taken for: each cell of the standard's reading stands in the text of its row."""
    file = SourceFile(path.name, "text/csv", str(path), path.stat().st_size)
    try:
        found = list(load_csv(file, {}))
    except InvalidInput as refused:
        assert path.name in refused.message
        return
    texts = "\n".join(one.content for one in found if isinstance(one, Document))
    raw = path.read_bytes()
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig", "ignore"), newline="")))[1:]
    words = {word for row in rows for cell in row for word in re.sub(r'[;\t|"]', " ", cell).split()}
    assert [word for word in words if word.strip("\ufffd") not in texts] == []


def test_columns_have_names_of_their_own_as_sheets_have(make_file: MakeFile) -> None:
    texts, said = read(make_file("a.csv", b"name,phone,phone,,phone_1\nA,111,222,x,y\n"))
    assert texts == ["name: A\nphone: 111\nphone_1: 222\n__EMPTY: x\nphone_1_1: y"]
    assert said == [
        "The file a.csv has columns without a name of their own: column 3 is phone_1, column 4 is __EMPTY, "
        "column 5 is phone_1_1."
    ]


def test_a_numbered_column_can_be_the_text(make_file: MakeFile) -> None:
    assert read(make_file("a.csv", b"phone,phone\n1,2\n3,4\n"), "phone_1")[0] == ["2", "4"]
    assert read(make_file("a.csv", b"name , price\n1,2\n3,4\n"), "price")[0] == ["2", "4"]


def test_rows_without_the_chosen_column_are_counted(make_file: MakeFile) -> None:
    texts, said = read(make_file("a.csv", b"q,a\n1,yes\n2,\n3\n"), "a")
    assert texts == ["yes", "", ""]
    assert said == ["The file a.csv has 2 rows with nothing in the column a, which are left out."]


def test_cells_beyond_the_head_are_said_once(make_file: MakeFile) -> None:
    texts, said = read(make_file("a.csv", b"a,b\n1,2\n1,2,3\n1,2,3,4\n"))
    assert texts[1:] == ["a: 1\nb: 2\n__EMPTY: 3", "a: 1\nb: 2\n__EMPTY: 3\n__EMPTY_1: 4"]
    assert len(said) == 1 and "2 rows with more cells than the head (the first is row 2)" in said[0]


@pytest.mark.parametrize(
    ("raw", "title", "rows"),
    [
        (
            b"Report 2024\n\nname,city\nAnna,Berlin\nBob,Paris\n",
            "Report 2024",
            ["name: Anna\ncity: Berlin", "name: Bob\ncity: Paris"],
        ),
        (b"Prices of May\nname,price\nBread,4\nCake,30\n", "Prices of May", ["name: Bread\nprice: 4", "name: Cake\nprice: 30"]),
        (b"Prices,,\nof May,,\n,,\nname,n,price\nBread,1,4\n", "Prices\nof May", ["name: Bread\nn: 1\nprice: 4"]),
        (b"Liste;\n\nname;preis\nBrot;4,50\n", "Liste", ["name: Brot\npreis: 4,50"]),
    ],
)
def test_titles_above_the_head_are_kept_apart(make_file: MakeFile, raw: bytes, title: str, rows: list[str]) -> None:
    texts, said = read(make_file("a.csv", raw))
    assert texts == [title, *rows]
    assert any("above its head" in one for one in said)


@pytest.mark.parametrize(
    ("raw", "first"),
    [
        (b"phone\n111,222\n333,444\n", "phone: 111\n__EMPTY: 222"),
        (b"name\nAnna,Berlin\nBob,Paris\n", "name: Anna\n__EMPTY: Berlin"),
        (b"text\nHello\nBye\n", "text: Hello"),
        (b"a,,\n1,2,3\n", "a: 1\n__EMPTY: 2\n__EMPTY_1: 3"),
    ],
)
def test_a_lone_name_that_may_be_a_head_stays_one(make_file: MakeFile, raw: bytes, first: str) -> None:
    assert read(make_file("a.csv", raw))[0][0] == first


@pytest.mark.parametrize(
    ("line", "separator"), [(b"sep=;\r\n", ";"), (b'"sep=|"\n', "|"), (b"SEP=,\n", ","), (b"sep=^\n", "^")]
)
def test_a_declared_separator_is_followed(make_file: MakeFile, line: bytes, separator: str) -> None:
    raw = line + separator.join("ab").encode() + b"\n" + separator.join("12").encode() + b"\n"
    assert read(make_file("a.csv", raw)) == (["a: 1\nb: 2"], [])


def test_a_guessed_separator_is_said(make_file: MakeFile) -> None:
    assert read(make_file("a.csv", b"a;b\n1;2\n"))[1] == ["The file a.csv was read with semicolons between its cells."]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'a,b\n1,"open\n2,x\n3,y\n', "line 2 that is never closed"),
        (b'a,b\n1,"open\n2,x\n3,"y"\n', "line 2 that is closed in the middle of line 4"),
        (b'a,b\n1,"x"y,"open\n2,z\n', "line 2 that do not belong together"),
    ],
)
def test_rows_glued_together_by_a_quotation_mark_are_refused(make_file: MakeFile, raw: bytes, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(make_file("glued.csv", raw))
    assert caught.value.reason == Reason.FILE_UNREADABLE
    assert "glued.csv" in caught.value.message and said in caught.value.message


def test_words_behind_a_quotation_mark_are_read_and_said(make_file: MakeFile) -> None:
    texts, said = read(make_file("a.csv", b'a,b\n"Addy" Moor,2\n"x",3\n'))
    assert texts == ["a: Addy Moor\nb: 2", "a: x\nb: 3"]
    assert len(said) == 1 and "line 2" in said[0]


def test_cells_and_rows_are_bounded(make_file: MakeFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "LARGEST_CELL", 1 << 16)
    long = b'a,b\n1,"' + b"x\n" * 40_000 + b'"\n'
    for raw in (long, b"a,b\n" + b"x" * 70_000 + b"\n", b"," * 20_000 + b"\n1,2\n", b"a,b\n1,2\n" + b"," * 20_000 + b"\n"):
        with pytest.raises(InvalidInput, match=r"huge\.csv") as caught:
            read(make_file("huge.csv", raw))
        assert caught.value.reason == Reason.FILE_UNREADABLE


def test_zero_bytes_are_refused(make_file: MakeFile) -> None:
    with pytest.raises(InvalidInput, match=r"a\.csv"):
        read(make_file("a.csv", b"a,b\n1,\x002\n"))


def test_long_cells_below_a_title_are_looked_at_in_no_time(make_file: MakeFile) -> None:
    cell = b"1" + b" " * 300_000 + b"x"
    texts, _ = read(make_file("a.csv", b"title\nname,price\n" + b"n," + cell + b"\nm,2\n"))
    assert len(texts) == 3


def test_marks_in_the_texts_of_a_lone_column_part_nothing(make_file: MakeFile) -> None:
    assert read(make_file("a.csv", b"text\nA; b; c\nd; e\nf\n")) == (["text: A; b; c", "text: d; e", "text: f"], [])
    below_a_title, _ = read(make_file("a.csv", b"Prices\n\nname;price\nBread;4\nMilk;1\n"))
    assert below_a_title == ["Prices", "name: Bread\nprice: 4", "name: Milk\nprice: 1"]
