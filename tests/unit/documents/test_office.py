"""What the loaders of binary files make of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pytest
from tradewind_server.documents.loaders import Loader
from tradewind_server.documents.office import load_any, load_docx, load_epub, load_powerpoint, load_word
from tradewind_server.documents.pdf import load_pdf
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.reading import Notice, Text, documents_of
from tradewind_server.documents.sheets import load_excel
from tradewind_server.documents.unpacking import MOST_UNPACKED_OPTION, OLE
from tradewind_server.errors import InvalidInput, Reason

MakeFile = Callable[[str, bytes], SourceFile]
Pages = Callable[[Sequence[str]], bytes]
Sheets = Callable[[Mapping[str, Sequence[Sequence[Any]]]], bytes]
Slides = Callable[[Sequence[Sequence[str]]], bytes]
Chapters = Callable[[Sequence[tuple[str, str]]], bytes]


def contents(documents: Iterable[Document | Text | Notice]) -> list[str]:
    return [document.content for document in documents_of(documents)]


def test_a_pdf_gives_one_document_a_page(make_file: MakeFile, make_pdf: Pages) -> None:
    documents = list(
        load_pdf(make_file("list.pdf", make_pdf(["Bread costs four.\nCake costs thirty.", "Closed on Monday."])), {})
    )
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


@pytest.mark.parametrize("load", [load_pdf, load_docx, load_word, load_powerpoint, load_excel, load_epub])
@pytest.mark.parametrize("raw", [b"%PDF-1.4 cut off", b"PK\x03\x04 cut off", b"plain words"])
def test_damaged_documents_are_refused_by_name(make_file: MakeFile, load: Loader, raw: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"report\.bin") as caught:
        list(load(make_file("report.bin", raw), {}))
    assert caught.value.reason == Reason.FILE_UNREADABLE


def test_a_packed_file_that_unfolds_beyond_the_bound_is_not_unpacked(make_file: MakeFile, make_docx: Pages) -> None:
    options = {MOST_UNPACKED_OPTION: 50_000}
    assert contents(load_docx(make_file("small.docx", make_docx(["short"])), options)) == ["short"]
    with pytest.raises(InvalidInput, match=r"large\.docx") as caught:
        list(load_docx(make_file("large.docx", make_docx(["x" * 60_000])), options))
    assert caught.value.reason == Reason.DOCUMENT_TOO_COMPLEX


def test_the_file_loader_chooses_by_the_ending(make_file: MakeFile, make_docx: Pages) -> None:
    assert contents(load_any(make_file("a.JSON", b'["one", "two"]'), {})) == ["one", "two"]
    assert contents(load_any(make_file("a.csv", b"k,l\n1,2\n"), {})) == ["k: 1\nl: 2"]
    assert contents(load_any(make_file("a.md", b"# Head"), {})) == ["# Head"]
    assert contents(load_any(make_file("A.DOCX", make_docx(["para"])), {})) == ["para"]


def test_a_word_document_with_its_kind(make_file: MakeFile, make_docx: Pages) -> None:
    (document,) = load_word(make_file("letter.docx", make_docx(["Dear guests,"])), {})
    assert document.content == "Dear guests,"
    assert document.metadata == {"documentType": "word", "pageNumber": 1, "source": "letter.docx", "blobType": ""}


def test_slides_become_documents(make_file: MakeFile, make_pptx: Slides) -> None:
    documents = list(load_powerpoint(make_file("talk.pptx", make_pptx([["Größe", "Body one"], ["Two", "More"]])), {}))
    assert [one.content.split("\n\n") for one in documents] == [["Größe", "Body one"], ["Two", "More"]]
    assert [one.metadata["slideNumber"] for one in documents] == [1, 2]
    assert documents[0].metadata == {"slideNumber": 1, "documentType": "powerpoint", "source": "talk.pptx", "blobType": ""}


def test_rows_of_a_sheet_become_documents(make_file: MakeFile, make_xlsx: Sheets) -> None:
    rows = [["item", "price", "note"], ["bread", 4.5, None], [None, None, None], ["cake", 30, "007"]]
    documents = list(load_excel(make_file("prices.xlsx", make_xlsx({"Prices": rows, "Empty": [], "Two": [["a"], ["x"]]})), {}))
    assert contents(documents) == ["- item: bread\n- price: 4.5\n", "- item: cake\n- price: 30\n- note: 007\n", "- a: x\n"]
    first = documents[1].metadata
    assert first == {
        "worksheet": "Prices",
        "rowNum": 3,
        "source": "prices.xlsx",
        "blobType": "",
        "item": "cake",
        "price": 30,
        "note": "007",
    }
    assert documents[2].metadata["worksheet"] == "Two"


def test_columns_without_a_name_of_their_own_get_one(make_file: MakeFile, make_xlsx: Sheets) -> None:
    rows = [["a", None, "a", None], [1, 2, 3, 4]]
    (document,) = load_excel(make_file("a.xlsx", make_xlsx({"S": rows})), {})
    assert document.content == "- a: 1\n- __EMPTY: 2\n- a_1: 3\n- __EMPTY_1: 4\n"


def test_chapters_of_a_book_become_documents(make_file: MakeFile, make_epub: Chapters) -> None:
    file = make_file("book.epub", make_epub([("One", "First text."), ("Two", "Second – text.")]))
    documents = list(load_epub(file, {}))
    assert [one.content.split() for one in documents] == [["One", "First", "text."], ["Two", "Second", "–", "text."]]
    assert documents[1].metadata == {"source": "book.epub", "blobType": "", "chapter": "Two"}
    (whole,) = load_epub(file, {"usage": "perFile"})
    assert "First text." in whole.content
    assert "Second – text." in whole.content


def repacked(raw: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """A packed file with parts replaced or left out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in changes if name not in old.namelist())]:
            data = changes.get(name, old.read(name) if name in old.namelist() else None)
            if data is not None:
                new.writestr(name, data)
    return packed.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"ha" * 50 + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(8))
    + b"]><x>&i;</x>"
)  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"META-INF/container.xml": None},
        {"META-INF/container.xml": b"<x/>"},
        {"META-INF/container.xml": LAUGHS},
        {"c.opf": b"no xml"},
        {"c0.xhtml": None},
    ],
)
def test_a_book_that_is_none_is_refused_by_name(
    make_file: MakeFile, make_epub: Chapters, changes: dict[str, bytes | None]
) -> None:
    with pytest.raises(InvalidInput, match=r"book\.epub") as caught:
        list(load_epub(make_file("book.epub", repacked(make_epub([("One", "Text.")]), changes)), {}))
    assert caught.value.reason == Reason.FILE_UNREADABLE


def test_the_file_loader_reads_every_kind(
    make_file: MakeFile, make_pdf: Pages, make_pptx: Slides, make_xlsx: Sheets, make_epub: Chapters
) -> None:
    files = {
        "a.pdf": make_pdf(["words"]),
        "a.pptx": make_pptx([["words"]]),
        "a.xlsx": make_xlsx({"S": [["k"], ["words"]]}),
        "a.epub": make_epub([("Title", "words")]),
        "a.jsonl": b'{"k": "words"}',
        "a.yaml": b"k: words",
        "a.html": b"<p>words</p>",
    }
    for name, raw in files.items():
        (text,) = contents(load_any(make_file(name, raw), {}))
        assert "words" in text, name
    assert contents(load_any(make_file("a.html", files["a.html"]), {})) == ["<p>words</p>"]


def test_metadata_of_the_loader_wins_over_columns(make_file: MakeFile, make_xlsx: Sheets) -> None:
    heads = ["source", "blobType", "worksheet", "rowNum", "loc", "flowise_chatId", "item"]
    file = make_file("prices.xlsx", make_xlsx({"Prices": [heads, ["web", "b", "w", "r", "l", "chat-1", "bread"]]}))
    (document,) = list(load_excel(file, {}))
    assert isinstance(document, Document)
    assert "- source: web" in document.content and "- flowise_chatId: chat-1" in document.content
    assert document.metadata == {
        "source": "prices.xlsx",
        "blobType": "",
        "worksheet": "Prices",
        "rowNum": 1,
        "item": "bread",
    }


def test_a_pdf_without_text_says_that_its_pages_are_images(make_file: MakeFile, make_pdf: Pages) -> None:
    with pytest.raises(InvalidInput, match=r"scan\.pdf .*images") as caught:
        list(load_pdf(make_file("scan.pdf", make_pdf(["", ""])), {}))
    assert caught.value.reason == Reason.FILE_UNREADABLE


def test_bytes_before_the_mark_of_a_pdf_are_passed_over(make_file: MakeFile, make_pdf: Pages) -> None:
    file = make_file("late.pdf", b"HTTP/1.1 200 OK\r\n\r\n" + make_pdf(["Bread"]))
    assert contents(load_pdf(file, {})) == ["Bread"]


def test_an_office_file_with_a_password_is_told_so(make_file: MakeFile) -> None:
    data = OLE + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(1024)
    for loader, name in ((load_docx, "a.docx"), (load_excel, "a.xlsx"), (load_powerpoint, "a.pptx")):
        with pytest.raises(InvalidInput, match=f"{name} .*password"):
            list(loader(make_file(name, data), {}))


def test_a_part_that_a_book_names_often_is_read_once(make_file: MakeFile, make_epub: Chapters) -> None:
    book = make_epub([("Bread", "costs four")])
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(again, "w") as packed:
        for name in source.namelist():
            packed.writestr(name, source.read(name).replace(b'<itemref idref="c0"/>', b'<itemref idref="c0"/>' * 5000))
    assert len(contents(load_epub(make_file("often.epub", again.getvalue()), {}))) == 1
