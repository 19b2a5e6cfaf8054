"""The marks between the words of a Word document become characters of its text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from tradewind_server.documents.office import load_any, load_docx, load_word
from tradewind_server.documents.ports import SourceFile
from tradewind_server.documents.reading import document_of
from tradewind_server.documents.word import with_list_text

WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MakeFile = Callable[[str, bytes], SourceFile]
MARKS = {
    "<w:tab/>": "\t",
    "<w:tab />": "\t",
    "<w:tab></w:tab>": "\t",
    '<w:ptab w:alignment="right" w:relativeTo="margin" w:leader="none"/>': "\t",
    "<w:br/>": "\n",
    '<w:br w:type="page"/>': "\n",
    '<w:br w:type="column"></w:br>': "\n",
    "<w:cr/>": "\n",
    "<w:noBreakHyphen/>": "\u2011",
}


def with_body(document: bytes, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            data = source.read(name)
            packed.writestr(name, change(data) if name == "word/document.xml" else data)
    return out.getvalue()


def runs(mark: str) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(b"MARK", f"</w:t>{mark}<w:t>".encode())


@pytest.mark.parametrize("loader", [load_docx, load_word, load_any], ids=lambda one: one.__name__)
@pytest.mark.parametrize("mark", MARKS)
def test_words_stay_apart(make_file: MakeFile, make_docx: Any, loader: Any, mark: str) -> None:
    document = with_body(make_docx(["DeckMARKseven", "Second"]), runs(mark))
    (found,) = (document_of(one) for one in loader(make_file("a.docx", document), {}))
    assert found.content.split("\n\n") == [f"Deck{MARKS[mark]}seven", "Second"]


def test_tab_stops_are_no_tabs(make_file: MakeFile, make_docx: Any) -> None:
    stops = b'<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
    document = with_body(make_docx(["Deck"]), lambda data: data.replace(b"<w:p>", stops))
    assert [document_of(one).content for one in load_docx(make_file("a.docx", document), {})] == ["Deck"]


@pytest.mark.parametrize("prefix", [b"ns0:", b""], ids=["other", "none"])
def test_another_prefix_is_read_too(make_file: MakeFile, make_docx: Any, prefix: bytes) -> None:
    declared = b"xmlns:" + prefix[:-1] if prefix else b"xmlns"

    def renamed(data: bytes) -> bytes:
        data = runs("<w:tab/>")(data)
        return data.replace(b"xmlns:w", declared).replace(b"<w:", b"<" + prefix).replace(b"</w:", b"</" + prefix)

    document = with_body(make_docx(["DeckMARKseven"]), renamed)
    assert [document_of(one).content for one in load_docx(make_file("a.docx", document), {})] == ["Deck\tseven"]


def test_what_is_no_word_part_stays_as_it_is() -> None:
    assert with_list_text(b"<x><w:tab/></x>") == b"<x><w:tab/></x>"
    plain = b'<w:document xmlns:w="' + WORD + b'"><w:p/></w:document>'
    assert with_list_text(plain) == plain


TRACKED = {
    "<w:r><w:t>on </w:t></w:r><w:moveFrom w:id='1'><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo w:id='2'><w:r><w:t>there"
    "</w:t></w:r></w:moveTo>": "on there",
    "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>": "漢(kan)",
    '<w:r><w:t>Paid </w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> now</w:t></w:r>': "Paid ✓ now",
    '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:t> = 5°</w:t></w:r>': "α = 5°",
    '<w:r><w:t>a </w:t><w:sym w:font="Webdings" w:char="F041"></w:sym><w:t> b</w:t></w:r>': "a \ufffd b",
    '<w:r><w:sym w:font="Segoe UI Symbol" w:char="2713"/></w:r>': "✓",
}


@pytest.mark.parametrize("runs_of_it", TRACKED)
def test_what_a_person_sees_is_the_text(make_file: MakeFile, make_docx: Any, runs_of_it: str) -> None:
    document = with_body(make_docx(["MARK"]), lambda data: data.replace(b"<w:r><w:t>MARK</w:t></w:r>", runs_of_it.encode()))
    assert [document_of(one).content for one in load_docx(make_file("a.docx", document), {})] == [TRACKED[runs_of_it]]


def test_a_text_under_the_older_ending_is_read_by_what_it_is(make_file: MakeFile, make_docx: Any) -> None:
    rich = rb"{\rtf1\ansi\ansicpg1252 caf\'e9 \u8364? 5}"
    for name, data, text in (
        ("a.doc", rich, "café € 5"),
        ("a.rtf", rich, "café € 5"),
        ("b.doc", make_docx(["Bread"]), "Bread"),
    ):
        assert [document_of(one).content for one in load_any(make_file(name, data), {})] == [text]
