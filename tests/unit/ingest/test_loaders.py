"""What each loader makes of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Document, SourceFile
from tradewind_server.ingest import loaders
from tradewind_server.ingest.loaders import ending, load_any, load_csv, load_docx, load_json, load_pdf, load_text

MakeFile = Callable[[str, bytes], SourceFile]
Pages = Callable[[Sequence[str]], bytes]


def contents(documents: list[Document]) -> list[str]:
    return [document.content for document in documents]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Größe – naïve".encode(), "Größe – naïve"),
        (b"\xef\xbb\xbfmarked", "marked"),
        ("breit 漢字".encode("utf-16"), "breit 漢字"),
        ("breit".encode("utf-16-be").join([b"\xfe\xff", b""]), "breit"),
        (b"caf\xe9", "café"),
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
    ],
)
def test_text_is_read_in_the_encoding_it_has(make_file: MakeFile, raw: bytes, text: str) -> None:
    (document,) = load_text(make_file("notes.txt", raw), {})
    assert document.content == text
    assert document.metadata["source"] == "notes.txt"
    assert "blobType" in document.metadata


def test_bytes_that_are_no_text_are_refused_by_name(make_file: MakeFile) -> None:
    with pytest.raises(InvalidInput) as caught:
        load_text(make_file("notes.txt", b"ab\x00\x01cd"), {})
    assert caught.value.reason == Reason.FILE_UNREADABLE
    assert "notes.txt" in caught.value.message


def test_csv_rows_become_documents(make_file: MakeFile) -> None:
    file = make_file("prices.csv", b'item, price\nbread,"4,50"\ncake,30\n')
    documents = load_csv(file, {})
    assert contents(documents) == ["item: bread\nprice: 4,50", "item: cake\nprice: 30"]
    assert [document.metadata["line"] for document in documents] == [1, 2]
    assert documents[0].metadata["source"] == "prices.csv"


def test_one_column_of_a_csv_can_be_the_text(make_file: MakeFile) -> None:
    file = make_file("faq.csv", b"question,answer\nWhen?,At seven.\nWhere?,Mill Lane.\n")
    assert contents(load_csv(file, {"column": "answer"})) == ["At seven.", "Mill Lane."]


def test_an_unknown_column_is_refused_with_those_there_are(make_file: MakeFile) -> None:
    with pytest.raises(InvalidInput) as caught:
        load_csv(make_file("faq.csv", b"question,answer\nWhen?,At seven.\n"), {"column": "reply"})
    assert caught.value.reason == Reason.NODE_INPUT_INVALID
    assert "question, answer" in caught.value.message


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_separators_of_csv_are_noticed(make_file: MakeFile, mark: str) -> None:
    rows = [["name", "age"], ["Mia, the baker", "41"], ["Tom", "17"]]
    raw = "\n".join(mark.join(row) for row in rows).encode()
    assert contents(load_csv(make_file("people.csv", raw), {})) == ["name: Mia, the baker\nage: 41", "name: Tom\nage: 17"]


def test_rows_that_are_too_short_or_too_long_do_not_break_a_csv(make_file: MakeFile) -> None:
    assert contents(load_csv(make_file("a.csv", b"a,b,c\n1,2\n1,2,3,4\n"), {})) == ["a: 1\nb: 2\nc: ", "a: 1\nb: 2\nc: 3"]


BAKERY = b'{"name": "Mill", "staff": [{"name": "Mia", "age": 41}, {"name": "Tom"}], "place": {"street": "Mill Lane"}}'


@pytest.mark.parametrize(
    ("pointers", "expected"),
    [
        (None, ["Mill", "Mia", "Tom", "Mill Lane"]),
        ("/name", ["Mill", "Mia", "Tom"]),
        ("/staff", ["Mia", "Tom"]),
        ("place, /staff/name", ["Mia", "Tom", "Mill Lane"]),
        ("/nothing", []),
    ],
)
def test_json_strings_become_documents(make_file: MakeFile, pointers: str | None, expected: list[str]) -> None:
    assert contents(load_json(make_file("a.json", BAKERY), {"pointers": pointers})) == expected


def test_json_objects_can_be_documents(make_file: MakeFile) -> None:
    raw = '[{"item": "bread", "tags": ["süß"]}, {"item": "cake", "price": 30}]'.encode()
    assert contents(load_json(make_file("a.json", raw), {"by_object": True})) == [
        'item: bread\ntags: ["süß"]',
        "item: cake\nprice: 30",
    ]


@pytest.mark.parametrize("raw", [b"{", b"nothing", b'{"a": }'])
def test_damaged_json_is_refused_by_name(make_file: MakeFile, raw: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"data\.json") as caught:
        load_json(make_file("data.json", raw), {})
    assert caught.value.reason == Reason.FILE_UNREADABLE


def test_a_pdf_gives_one_document_a_page(make_file: MakeFile, make_pdf: Pages) -> None:
    documents = load_pdf(make_file("list.pdf", make_pdf(["Bread costs four.\nCake costs thirty.", "Closed on Monday."])), {})
    assert contents(documents) == ["Bread costs four.\nCake costs thirty.", "Closed on Monday."]
    assert [document.metadata["loc"] for document in documents] == [{"pageNumber": 1}, {"pageNumber": 2}]
    about: dict[str, Any] = documents[0].metadata["pdf"]
    assert about["totalPages"] == 2
    assert about["version"] == "1.4"
    assert about["info"]["Title"] == "Price list"
    assert documents[0].metadata["source"] == "list.pdf"


def test_a_pdf_can_be_one_document(make_file: MakeFile, make_pdf: Pages) -> None:
    (document,) = load_pdf(make_file("list.pdf", make_pdf(["First page.", "Second page."])), {"usage": "perFile"})
    assert document.content.split() == ["First", "page.", "Second", "page."]
    assert "loc" not in document.metadata


def test_a_word_document_keeps_its_paragraphs(make_file: MakeFile, make_docx: Pages) -> None:
    (document,) = load_docx(make_file("letter.docx", make_docx(["Dear guests,", "we open at seven."])), {})
    assert document.content == "Dear guests,\n\nwe open at seven."
    assert document.metadata["source"] == "letter.docx"


@pytest.mark.parametrize("load", [load_pdf, load_docx])
@pytest.mark.parametrize("raw", [b"%PDF-1.4 cut off", b"PK\x03\x04 cut off", b"plain words"])
def test_damaged_documents_are_refused_by_name(make_file: MakeFile, load: loaders.Loader, raw: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"report\.bin") as caught:
        load(make_file("report.bin", raw), {})
    assert caught.value.reason == Reason.FILE_UNREADABLE


def test_a_packed_file_that_unfolds_beyond_the_bound_is_not_unpacked(
    make_file: MakeFile, make_docx: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loaders, "MOST_UNPACKED", 50_000)
    assert load_docx(make_file("small.docx", make_docx(["short"])), {})[0].content == "short"
    with pytest.raises(InvalidInput, match=r"large\.docx") as caught:
        load_docx(make_file("large.docx", make_docx(["x" * 60_000])), {})
    assert caught.value.reason == Reason.FILE_UNREADABLE


def test_the_file_loader_chooses_by_the_ending(make_file: MakeFile, make_docx: Pages) -> None:
    assert contents(load_any(make_file("a.JSON", b'["one", "two"]'), {})) == ["one", "two"]
    assert contents(load_any(make_file("a.csv", b"k,l\n1,2\n"), {})) == ["k: 1\nl: 2"]
    assert contents(load_any(make_file("a.md", b"# Head"), {})) == ["# Head"]
    assert contents(load_any(make_file("A.DOCX", make_docx(["para"])), {})) == ["para"]


@pytest.mark.parametrize(
    ("name", "expected"), [("a.TXT", "txt"), ("a.tar.gz", "gz"), ("README", ""), (".profile", ""), ("a.", "")]
)
def test_endings(name: str, expected: str) -> None:
    assert ending(name) == expected
