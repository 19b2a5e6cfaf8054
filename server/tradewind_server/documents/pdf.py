"""PDF files to documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tradewind_server.documents.extractor import extract
from tradewind_server.documents.loaders import LoaderOptions, base_metadata, unreadable
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.reading import Notice, about
from tradewind_server.documents.scans import INSTALL, can_read_scans, scan_texts
from tradewind_server.documents.unpacking import TooMuch, count_pdf, most_unpacked, password_error, too_much
from tradewind_server.errors import InvalidInput, Reason

MIME = "application/pdf"
HYPHEN = re.compile("[\x02\ufffe]\n?")
LONGEST_LOOK = 4000
"""Characters of a page that are looked at."""
MOST_PAGES = 20_000
"""Of a PDF: each takes the extractor a millisecond and more, also one that is named again and again."""


def load_pdf(file: SourceFile, options: LoaderOptions) -> Iterator[Document | Notice]:
    """One document a page, or one for the file. The text of pages that are pictures is recognized, with the extra ``ocr``.

    Pages without a readable text are told. Raises ``InvalidInput(FILE_UNREADABLE)`` where all of them are so.
    """
    has_form = _check_pdf(file, options)
    result = extract(file, MIME, "a PDF", pages=True)
    pages = {page["page_number"]: _plain(page["content"]) for page in result.pages or ()} or {1: _plain(result.content)}
    foreign = [number for number, text in pages.items() if is_foreign(text)]
    pages |= dict.fromkeys(foreign, "")
    scans = _scans(file, [number for number, text in pages.items() if not text.strip()])
    pages |= scans
    empty = [number for number, text in pages.items() if not text.strip()]
    if len(empty) == len(pages):
        raise InvalidInput(Reason.FILE_UNREADABLE, f"{about(file)} holds no text: {_reason(len(foreign))}.")
    if has_form:
        yield Notice(f"{about(file)} holds a form; what is filled in is not read: print it into another PDF.")
    yield from _notices(file, len(scans), len(set(foreign) & set(empty)), len(empty))
    info = {"version": result.metadata.get("pdf_version"), "info": _info(result.metadata), "totalPages": len(pages)}
    metadata = {**base_metadata(file), "pdf": info}
    if options.get("usage") == "perFile" or not result.pages:
        yield Document("\n\n".join(pages.values()), metadata)
        return
    for number, text in pages.items():
        yield Document(text, {**metadata, "loc": {"pageNumber": number}})


def _reason(foreign: int) -> str:
    if foreign:
        return "its fonts do not say which letters they draw; send it as another program prints it, or as text"
    hint = "" if can_read_scans() else f", or have the server recognize it: {INSTALL}"
    return f"its pages are images, as of a scan, or empty; send it with the text that OCR recognizes in them{hint}"


def _notices(file: SourceFile, scans: int, foreign: int, empty: int) -> Iterator[Notice]:
    if scans:
        yield Notice(f"{_pages(scans)} of the file {file.name} held pictures only: their text was recognized, and may err.")
    if foreign:
        yield Notice(f"{_pages(foreign)} of the file {file.name} left out: the fonts there do not say which letters they draw.")
    if empty > foreign:
        hold = "holds" if empty - foreign == 1 else "hold"
        yield Notice(f"{_pages(empty - foreign)} of the file {file.name} {hold} no text: images, as of a scan, or nothing.")


def _pages(count: int) -> str:
    return "One page" if count == 1 else f"{count:,} pages"


def is_foreign(text: str) -> bool:
    """Whether a page's text is numbers of glyphs instead of letters, as fonts without a table of letters give them."""
    signs = [char for char in text[:LONGEST_LOOK] if not char.isspace()]
    wrong = sum(char < " " or "\x7f" <= char < "\xa0" or "\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in signs)
    return wrong * 4 > len(signs)


def _plain(text: str) -> str:
    """A page's text. The extractor writes a control character for the hyphen at the end of a line, and takes its break away."""
    return HYPHEN.sub("-\n", text.replace("\r\n", "\n"))


def _scans(file: SourceFile, numbers: list[int]) -> dict[int, str]:
    """The texts of pages without text of their own, where they can be recognized and hold some."""
    if not numbers or not can_read_scans():
        return {}
    return {number: text for number, text in scan_texts(file, numbers).items() if text.strip()}


def _check_pdf(file: SourceFile, options: LoaderOptions) -> bool:
    """Refuse what is locked, or too much, before all of it is read. Whether the file holds a form that is filled in."""
    from kreuzberg import KreuzbergError, PdfPageIterator

    most = most_unpacked(options)
    try:
        pages = len(PdfPageIterator(file.path))
        has_form = count_pdf(file.path, most)
    except TooMuch:
        raise too_much(file.name, most) from None
    except (KreuzbergError, RuntimeError, OSError, ValueError) as error:
        raise password_error(file, "a PDF") if "password" in str(error).lower() else unreadable(file, "a PDF") from None
    if pages > MOST_PAGES:
        raise InvalidInput(
            Reason.DOCUMENT_TOO_COMPLEX,
            f"The file {file.name} has {pages:,} pages; split it into files of at most {MOST_PAGES:,}.",
        )
    return has_form


def _info(metadata: Any) -> dict[str, Any]:
    names = {"title": "Title", "subject": "Subject", "created_at": "CreationDate"}
    info = {public: metadata.get(name) for name, public in names.items() if metadata.get(name)}
    authors = metadata.get("authors")
    return {**info, "Author": ", ".join(authors)} if authors else info
