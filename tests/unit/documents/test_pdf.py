"""PDF files whose text is not what a page shows."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import pytest
from tradewind_server.documents import pdf
from tradewind_server.documents.pdf import is_foreign, load_pdf
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.reading import Notice
from tradewind_server.errors import InvalidInput, Reason

MakeFile = Callable[[str, bytes], SourceFile]
Pages = Callable[[Sequence[str]], bytes]
GLYPHS = "\\001\\002\\003\\004\\005"


def test_a_hyphen_at_the_end_of_a_line_stays_one(make_file: MakeFile, make_pdf: Pages) -> None:
    (found,) = load_pdf(make_file("a.pdf", make_pdf(["The hyphen-\nated word"])), {})
    assert isinstance(found, Document) and found.content == "The hyphen-\nated word"


def test_glyphs_without_letters_are_no_text(make_file: MakeFile, make_pdf: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "can_read_scans", lambda: False)
    with pytest.raises(InvalidInput, match=r"a\.pdf holds no text: its fonts do not say which letters they draw") as caught:
        list(load_pdf(make_file("a.pdf", make_pdf([GLYPHS, GLYPHS])), {}))
    assert caught.value.reason is Reason.FILE_UNREADABLE
    found = list(load_pdf(make_file("b.pdf", make_pdf([GLYPHS, "Bread costs four."])), {}))
    assert [one.content for one in found if isinstance(one, Document)] == ["", "Bread costs four."]
    assert [one.sentence for one in found if isinstance(one, Notice)] == [
        "One page of the file b.pdf left out: the fonts there do not say which letters they draw."
    ]


def test_pages_without_text_are_told(make_file: MakeFile, make_pdf: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "can_read_scans", lambda: False)
    found = list(load_pdf(make_file("a.pdf", make_pdf(["Bread", "", ""])), {}))
    assert [one.sentence for one in found if isinstance(one, Notice)] == [
        "2 pages of the file a.pdf hold no text: images, as of a scan, or nothing."
    ]


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("", False),
        ("\uf0b7 a list with its mark", False),
        ("\x01\x02 ab", True),
        ("Grüße, 漢字 😀", False),
        ("\ue001\ue002", True),
    ],
)
def test_what_is_no_text(text: str, foreign: bool) -> None:
    assert is_foreign(text) is foreign


FIELD = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ana) /Rect [0 0 9 9] >>"


@pytest.mark.parametrize(
    "field", [FIELD, b"<< /Length 99 /Filter /FlateDecode >>\nstream\n" + zlib.compress(FIELD) + b"\nendstream"]
)
def test_what_is_filled_into_a_form_is_told(make_file: MakeFile, make_pdf: Pages, field: bytes) -> None:
    data = make_pdf(["Name:"])
    (notice, page) = load_pdf(make_file("a.pdf", data + b"\n99 0 obj\n" + field + b"\nendobj\n"), {})
    assert isinstance(page, Document) and page.content == "Name:"
    assert isinstance(notice, Notice) and notice.sentence.startswith(
        "The file a.pdf holds a form; what is filled in is not read"
    )
    blank = field if b"stream" in field else field.replace(b"(Ana)", b"()")
    if blank != field:
        assert len(list(load_pdf(make_file("b.pdf", data + b"\n99 0 obj\n" + blank + b"\nendobj\n"), {}))) == 1
