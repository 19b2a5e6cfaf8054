"""Pages that are pictures: their text is recognized with the extra ``ocr``, within bounds, also in a parser with its limits."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.documents import pdf, scans
from tradewind_server.documents.jobs import file_job, whole_job
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.pdf import load_pdf
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.reading import Notice
from tradewind_server.documents.scans import text_of_finds
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.parsing.limits import DocumentLimits
from tradewind_server.parsing.pool import Parsers

MakeFile = Callable[[str, bytes], SourceFile]
Pages = Callable[[Sequence[str]], bytes]


@pytest.fixture
def reader() -> None:
    for name in ("rapidocr", "pypdfium2"):
        pytest.importorskip(name, reason="the extra ocr is not installed")


def scanned(*pages: Sequence[str]) -> bytes:
    """A PDF whose pages are pictures of lines."""
    images = pytest.importorskip("PIL.Image", reason="the extra ocr is not installed")
    from PIL import ImageDraw, ImageFont

    pictures = []
    for lines in pages:
        picture = images.new("L", (1240, 1754), 255)
        draw = ImageDraw.Draw(picture)
        for number, line in enumerate(lines):
            draw.text((100, 150 + 70 * number), line, font=ImageFont.load_default(34), fill=20)
        pictures.append(picture)
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return out.getvalue()


TWO = (["The ferry leaves at nine.", "Part number AX-4711-B"], ["Closed on Sunday."])


def box(left: float, top: float, right: float, bottom: float) -> list[list[float]]:
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


def test_finds_beside_each_other_are_one_line() -> None:
    boxes = [box(400, 101, 500, 131), box(0, 200, 90, 230), box(0, 100, 300, 130), box(100, 205, 200, 225)]
    assert text_of_finds(boxes, ["four", "Cake", "Bread costs", "thirty"]) == "Bread costs four\nCake thirty"
    assert text_of_finds([], []) == ""


def test_each_page_that_is_a_picture_gives_its_text(reader: None, make_file: MakeFile) -> None:
    notice, first, second = load_pdf(make_file("scan.pdf", scanned(*TWO)), {})
    assert isinstance(notice, Notice) and notice.sentence.startswith("2 pages of the file scan.pdf held pictures only")
    assert isinstance(first, Document) and first.content == "\n".join(TWO[0])
    assert isinstance(second, Document) and second.content == "Closed on Sunday."
    assert second.metadata["loc"] == {"pageNumber": 2} and second.metadata["pdf"]["totalPages"] == 2


def test_the_pages_together(reader: None, make_file: MakeFile) -> None:
    _, document = load_pdf(make_file("scan.pdf", scanned(*TWO)), {"usage": "perFile"})
    assert isinstance(document, Document) and document.content == "\n".join(TWO[0]) + "\n\nClosed on Sunday."


def test_pages_with_text_and_empty_ones_are_not_looked_at(
    reader: None, make_file: MakeFile, make_pdf: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_: object) -> Any:
        raise AssertionError("nothing is recognized")

    monkeypatch.setattr(scans, "recognize", nothing)
    documents = list(load_pdf(make_file("a.pdf", make_pdf(["Text.", ""])), {}))
    assert [document.content for document in documents if isinstance(document, Document)] == ["Text.", ""]
    with pytest.raises(InvalidInput, match=r"holds no text") as error:
        list(load_pdf(make_file("b.pdf", make_pdf([""])), {}))
    assert "pip install" not in error.value.message


def test_without_the_extra_the_refusal_says_how_to_get_it(
    make_file: MakeFile, make_pdf: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "can_read_scans", lambda: False)
    with pytest.raises(InvalidInput, match=r"pip install 'tradewind\[ocr\]'") as error:
        list(load_pdf(make_file("scan.pdf", make_pdf([""])), {}))
    assert error.value.reason is Reason.FILE_UNREADABLE


def test_more_pages_than_the_bound_are_refused(reader: None, make_file: MakeFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MOST_SCANS", 1)
    with pytest.raises(InvalidInput, match="2 pages that are pictures") as error:
        list(load_pdf(make_file("scan.pdf", scanned(*TWO)), {}))
    assert error.value.reason is Reason.DOCUMENT_TOO_COMPLEX


def test_what_the_time_does_not_suffice_for_is_said_before_it_is_over(
    reader: None, make_file: MakeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "cpu_limit", lambda: 0.0)
    with pytest.raises(InvalidInput, match=r"Of 2 pages .* 0 could be read .*TRADEWIND_PARSER_CPU_SECONDS"):
        list(load_pdf(make_file("scan.pdf", scanned(*TWO)), {}))


def source(tmp_path: Path) -> SourceFile:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(*TWO))
    return SourceFile("scan.pdf", "application/pdf", str(path), path.stat().st_size)


async def test_a_parser_reads_scans_within_its_standard_limits(reader: None, tmp_path: Path) -> None:
    """And a question that brings one along has its text."""
    parsers = Parsers(1, DocumentLimits(), tmp_path)
    try:
        job = file_job(source(tmp_path), load_pdf, {}, None, MetadataRules())
        assert job is not None
        batches = [batch async for batch in parsers.batches(job)]
        assert [one.content for batch in batches for one in batch.documents] == ["\n".join(TWO[0]), "Closed on Sunday."]
        assert "may err" in "".join(sentence for batch in batches for sentence in batch.warnings)
        whole = [batch async for batch in parsers.batches(whole_job(source(tmp_path), 10_000))]
        assert whole[-1].value == "\n".join(TWO[0]) + "\nClosed on Sunday."
    finally:
        await parsers.aclose()


async def test_a_parser_without_the_time_or_the_memory_says_so(reader: None, tmp_path: Path) -> None:
    for limits in (DocumentLimits(cpu_seconds=2), DocumentLimits(memory_mb=512)):
        parsers = Parsers(1, limits, tmp_path)
        try:
            job = file_job(source(tmp_path), load_pdf, {}, None, MetadataRules())
            assert job is not None
            with pytest.raises(InvalidInput) as error:
                [batch async for batch in parsers.batches(job)]
            assert error.value.reason is Reason.DOCUMENT_TOO_COMPLEX, error.value.message
        finally:
            await parsers.aclose()
