"""Binary files to documents: PDF, Word, PowerPoint, Excel, EPUB; and the loader that takes any file.

Kreuzberg reads them, but for sheets: those need the cells' types, which python-calamine has.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from tradewind_server.documents.columns import numbered_heads
from tradewind_server.documents.loaders import (
    Loader,
    LoaderOptions,
    base_metadata,
    ending,
    load_csv,
    load_json,
    load_jsonlines,
    load_text,
    unreadable,
)
from tradewind_server.documents.ports import CHAT_KEY, Document, SourceFile
from tradewind_server.documents.reading import Notice, Text
from tradewind_server.documents.scans import INSTALL, can_read_scans, scan_texts
from tradewind_server.documents.unpacking import TooMuch, count_pdf, count_zip, most_unpacked, too_much
from tradewind_server.documents.word import with_marks
from tradewind_server.errors import InvalidInput, Reason

LARGEST_PART = 64 << 20
MOST_PAGES = 20_000
"""Of a PDF: each takes the extractor a millisecond and more, also one that is named again and again."""
OURS = frozenset({"source", "blobType", "worksheet", "rowNum", "loc", CHAT_KEY})
"""Metadata that the loader and what follows it write: a column of that name stays in the text alone."""
DAMAGE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
)
"""What the standard library raises for damaged packed files."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_SEARCHED = 64 << 20
OFFICE = "application/vnd.openxmlformats-officedocument"
MIMES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "doc": "application/msword",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "ppt": "application/vnd.ms-powerpoint",
}


def load_pdf(file: SourceFile, options: LoaderOptions) -> Iterator[Document | Notice]:
    """One document a page, or one for the file. The text of pages that are pictures is recognized, with the extra ``ocr``."""
    _check_pdf(file, options)
    result = _extract(file, MIMES["pdf"], "a PDF", pages=True)
    pages = {page["page_number"]: page["content"] for page in result.pages or ()}
    scans = _scans(file, [number for number, text in pages.items() if not text.strip()])
    pages |= scans
    about = {"version": result.metadata.get("pdf_version"), "info": _info(result.metadata), "totalPages": len(pages)}
    metadata = {**base_metadata(file), "pdf": about}
    if not result.content.strip() and not any(text.strip() for text in pages.values()):
        hint = "" if can_read_scans() else f", or have the server recognize it: {INSTALL}"
        raise InvalidInput(
            Reason.FILE_UNREADABLE,
            f"The file {file.name} holds no text: its pages are images, as of a scan, or empty; send it with the text that "
            f"OCR recognizes in them{hint}.",
        )
    if scans:
        count = "One page" if len(scans) == 1 else f"{len(scans)} pages"
        yield Notice(f"{count} of the file {file.name} held pictures only: their text was recognized, and may err.")
    if options.get("usage") == "perFile" or not pages:
        yield Document(_plain("\n\n".join(pages.values()) if scans else result.content), metadata)
        return
    for number, text in pages.items():
        yield Document(_plain(text), {**metadata, "loc": {"pageNumber": number}})


def _scans(file: SourceFile, numbers: list[int]) -> dict[int, str]:
    """The texts of pages without text of their own, where they can be recognized and hold some."""
    if not numbers or not can_read_scans():
        return {}
    return {number: text for number, text in scan_texts(file, numbers).items() if text.strip()}


def _check_pdf(file: SourceFile, options: LoaderOptions) -> None:
    """Refuse what is locked, or too much, before all of it is read."""
    from kreuzberg import KreuzbergError, PdfPageIterator

    most = most_unpacked(options)
    try:
        pages = len(PdfPageIterator(file.path))
        count_pdf(file.path, most)
    except TooMuch:
        raise too_much(file.name, most) from None
    except (KreuzbergError, RuntimeError, OSError, ValueError) as error:
        raise password_error(file, "a PDF") if "password" in str(error).lower() else unreadable(file, "a PDF") from None
    if pages > MOST_PAGES:
        raise InvalidInput(
            Reason.DOCUMENT_TOO_COMPLEX,
            f"The file {file.name} has {pages:,} pages; split it into files of at most {MOST_PAGES:,}.",
        )


def password_error(file: SourceFile, what: str) -> InvalidInput:
    return InvalidInput(
        Reason.FILE_UNREADABLE, f"The file {file.name} is {what} with a password; save it without one and send that."
    )


def _info(metadata: Any) -> dict[str, Any]:
    names = {"title": "Title", "subject": "Subject", "created_at": "CreationDate"}
    info = {public: metadata.get(name) for name, public in names.items() if metadata.get(name)}
    authors = metadata.get("authors")
    return {**info, "Author": ", ".join(authors)} if authors else info


def load_docx(file: SourceFile, options: LoaderOptions) -> Iterator[Document]:
    yield Document(_word_text(file, options), base_metadata(file))


def load_word(file: SourceFile, options: LoaderOptions) -> Iterator[Document]:
    """As the canvas's Microsoft Word loader has it: with the kind of the document."""
    yield Document(_word_text(file, options), {"documentType": "word", "pageNumber": 1, **base_metadata(file)})


def _word_text(file: SourceFile, options: LoaderOptions) -> str:
    if ending(file.name) == "doc":
        return _plain(_extract(file, MIMES["doc"], "a Word document").content)
    check_unpacked(file, options, "a Word document")
    try:
        with_list_marks = with_marks(file.path)
    except DAMAGE_ERRORS:
        raise unreadable(file, "a Word document") from None
    return _plain(_extract(file, MIMES["docx"], "a Word document", content=with_list_marks).content)


def load_powerpoint(file: SourceFile, options: LoaderOptions) -> Iterator[Document]:
    """One document a slide that holds text."""
    check_unpacked(file, options, "a presentation")
    mime = MIMES["ppt" if ending(file.name) == "ppt" else "pptx"]
    result = _extract(file, mime, "a presentation", pages=True)
    raw = result.content.encode()
    slides = (result.metadata.get("pages") or {}).get("boundaries") or [
        {"byte_start": 0, "byte_end": len(raw), "page_number": 1}
    ]
    for slide in slides:
        text = raw[slide["byte_start"] : slide["byte_end"]].decode("utf-8", "ignore").strip()
        if text:
            yield Document(text, {"slideNumber": slide["page_number"], "documentType": "powerpoint", **base_metadata(file)})


def load_excel(file: SourceFile, options: LoaderOptions) -> Iterator[Document]:
    """One document a row below the head of each sheet: ``- column: value`` lines; the values are metadata too."""
    from python_calamine import CalamineError, CalamineWorkbook

    check_unpacked(file, options, "a sheet")
    try:
        with CalamineWorkbook.from_path(file.path) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                yield from _sheet(file, name, sheet.iter_rows(), (sheet.start or (0, 0))[0])
    except (CalamineError, *DAMAGE_ERRORS) as error:
        raise password_error(file, "a sheet") if "password" in str(error).lower() else unreadable(file, "a sheet") from None


def _sheet(file: SourceFile, name: str, rows: Iterable[list[Any]], first: int) -> Iterator[Document]:
    heads: list[str] | None = None
    for number, cells in enumerate(rows, first):
        if heads is None:
            if any(cell != "" for cell in cells):
                heads = _heads(cells)
            continue
        row = {head: _cell(cell) for head, cell in zip(heads, cells, strict=False) if cell != ""}
        if row:
            text = "".join(f"- {head}: {_cell_text(value)}\n" for head, value in row.items())
            values = {head: value for head, value in row.items() if head not in OURS}
            yield Document(text, {**values, "worksheet": name, "rowNum": number, **base_metadata(file)})


def _heads(cells: list[Any]) -> list[str]:
    return numbered_heads("" if cell == "" else str(_cell_text(_cell(cell))) for cell in cells)


def _cell(value: Any) -> Any:
    """A cell as JSON has it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else value


def _cell_text(value: Any) -> Any:
    return ("true" if value else "false") if isinstance(value, bool) else value


def load_epub(file: SourceFile, options: LoaderOptions) -> Iterator[Document]:
    """One document a chapter, with its title, or one for the book."""
    check_unpacked(file, options, "an EPUB book")
    chapters = list(_chapters(file))
    if options.get("usage") == "perFile":
        text = "\n\n".join(text for _, text in chapters)
        yield Document(text, base_metadata(file))
        return
    for title, text in chapters:
        yield Document(text, {**base_metadata(file), **({"chapter": title} if title else {})})


def _chapters(file: SourceFile) -> Iterator[tuple[str, str]]:
    """Title and text of each part of the book, in the order of its spine."""
    from kreuzberg import ExtractionConfig, KreuzbergError, extract_bytes_sync

    config = ExtractionConfig(use_cache=False)
    try:
        with zipfile.ZipFile(file.path) as archive:
            for name in _spine(archive):
                result: Any = extract_bytes_sync(_part(archive, name), "text/html", config=config)
                if result.content.strip():
                    heads = result.metadata.get("headers") or [{}]
                    yield str(heads[0].get("text") or result.metadata.get("title") or ""), _plain(result.content)
    except (ElementTree.ParseError, KreuzbergError, *DAMAGE_ERRORS):
        raise unreadable(file, "an EPUB book") from None


def _spine(archive: zipfile.ZipFile) -> list[str]:
    container = _xml(archive, "META-INF/container.xml")
    root = {_tag(one): one.attrib for one in container.iter()}["rootfile"]["full-path"]
    package = _xml(archive, root)
    hrefs = {one.attrib["id"]: one.attrib["href"] for one in package.iter() if _tag(one) == "item"}
    order = [one.attrib["idref"] for one in package.iter() if _tag(one) == "itemref"]
    folder = posixpath.dirname(root)
    parts = (posixpath.normpath(posixpath.join(folder, unquote(hrefs[one].partition("#")[0]))) for one in order if one in hrefs)
    return list(dict.fromkeys(parts))  # A book names each part once; one that does not would be read without end.


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(_part(archive, name))  # noqa: S314 (expat bounds entity expansion, loads nothing)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One packed file, within bounds, whatever its directory says of its size."""
    with archive.open(name) as part:
        data = part.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise ValueError(name)
    return data


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _extract(file: SourceFile, mime: str, what: str, *, pages: bool = False, content: bytes | None = None) -> Any:
    """What the extractor finds in a file, or in ``content`` instead."""
    from kreuzberg import ExtractionConfig, KreuzbergError, PageConfig, extract_bytes_sync, extract_file_sync

    config = ExtractionConfig(use_cache=False, pages=PageConfig(extract_pages=True) if pages else None)
    try:
        if content is not None:
            return extract_bytes_sync(content, mime, config=config)
        return extract_file_sync(file.path, mime_type=mime, config=config)
    except (KreuzbergError, OSError, ValueError, RuntimeError) as error:
        raise password_error(file, what) if "password" in str(error).lower() else unreadable(file, what) from None


def check_unpacked(file: SourceFile, options: LoaderOptions, what: str) -> None:
    """Refuse packed files that unfold to more than they may, before anything unpacks them."""
    most = most_unpacked(options)
    try:
        if is_encrypted(file.path):
            raise password_error(file, what)
        if zipfile.is_zipfile(file.path):
            count_zip(file.path, most)
    except TooMuch:
        raise too_much(file.name, most) from None
    except DAMAGE_ERRORS:
        raise unreadable(file, what) from None


def is_encrypted(path: str) -> bool:
    """Whether it is an Office file behind a password: such a one is packed into a container of the older kind."""
    with open(path, "rb") as file:
        if file.read(len(OLE)) != OLE:
            return False
        file.seek(0)
        return "EncryptedPackage".encode("utf-16-le") in file.read(OLE_SEARCHED)


BY_ENDING: dict[str, Loader] = {
    "pdf": load_pdf,
    "docx": load_docx,
    "doc": load_docx,
    "pptx": load_powerpoint,
    "ppt": load_powerpoint,
    "xlsx": load_excel,
    "xls": load_excel,
    "xlsm": load_excel,
    "xlsb": load_excel,
    "csv": load_csv,
    "json": load_json,
    "jsonl": load_jsonlines,
    "epub": load_epub,
}


def load_any(file: SourceFile, options: LoaderOptions) -> Iterable[Document | Text | Notice]:
    """By the file's ending; anything without a loader of its own is read as text."""
    return BY_ENDING.get(ending(file.name), load_text)(file, options)
