"""Binary files to documents: PDF, Word, PowerPoint, Excel, EPUB; and the loader that takes any file.

Kreuzberg reads them, but for sheets: those need the cells' types, which python-calamine has.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Document, SourceFile
from tradewind_server.ingest.columns import numbered_heads
from tradewind_server.ingest.loaders import (
    Loader,
    Options,
    base_metadata,
    ending,
    load_csv,
    load_json,
    load_jsonlines,
    load_text,
    unreadable,
)
from tradewind_server.ingest.reading import Notice, Text

MOST_UNPACKED = 1 << 30
"""Bytes that a packed office file may unfold to; more is taken for a bomb."""
LARGEST_PART = 64 << 20
OFFICE = "application/vnd.openxmlformats-officedocument"
MIMES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "doc": "application/msword",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "ppt": "application/vnd.ms-powerpoint",
}


def load_pdf(file: SourceFile, options: Options) -> Iterator[Document]:
    """One document a page, or one for the file."""
    result = _extract(file, MIMES["pdf"], "PDF", pages=True)
    count = len(result.pages or [])
    about = {"version": result.metadata.get("pdf_version"), "info": _info(result.metadata), "totalPages": count}
    metadata = {**base_metadata(file), "pdf": about}
    if options.get("usage") == "perFile" or not count:
        yield Document(_plain(result.content), metadata)
        return
    for page in result.pages:
        yield Document(_plain(page["content"]), {**metadata, "loc": {"pageNumber": page["page_number"]}})


def _info(metadata: Any) -> dict[str, Any]:
    names = {"title": "Title", "subject": "Subject", "created_at": "CreationDate"}
    info = {public: metadata.get(name) for name, public in names.items() if metadata.get(name)}
    authors = metadata.get("authors")
    return {**info, "Author": ", ".join(authors)} if authors else info


def load_docx(file: SourceFile, options: Options) -> Iterator[Document]:
    yield Document(_word_text(file), base_metadata(file))


def load_word(file: SourceFile, options: Options) -> Iterator[Document]:
    """As the canvas's Microsoft Word loader has it: with the kind of the document."""
    yield Document(_word_text(file), {"documentType": "word", "pageNumber": 1, **base_metadata(file)})


def _word_text(file: SourceFile) -> str:
    mime = MIMES["doc" if ending(file.name) == "doc" else "docx"]
    return _plain(_extract(file, mime, "a Word document").content)


def load_powerpoint(file: SourceFile, options: Options) -> Iterator[Document]:
    """One document a slide that holds text."""
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


def load_excel(file: SourceFile, options: Options) -> Iterator[Document]:
    """One document a row below the head of each sheet: ``- column: value`` lines; the values are metadata too."""
    from python_calamine import CalamineError, CalamineWorkbook

    check_unpacked(file)
    try:
        with CalamineWorkbook.from_path(file.path) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                yield from _sheet(file, name, sheet.iter_rows(), (sheet.start or (0, 0))[0])
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile):
        raise unreadable(file, "a sheet") from None


def _sheet(file: SourceFile, name: str, rows: Iterable[list[Any]], first: int) -> Iterator[Document]:
    heads: list[str] | None = None
    for number, cells in enumerate(rows, first):
        if heads is None:
            if any(cell != "" for cell in cells):
                heads = _heads(cells)
            continue
        row = {head: _cell(cell) for head, cell in zip(heads, cells, strict=False) if cell != ""}
        if row:
            text = "".join(f"- {head}: {_shown(value)}\n" for head, value in row.items())
            yield Document(text, {"worksheet": name, "rowNum": number, **base_metadata(file), **row})


def _heads(cells: list[Any]) -> list[str]:
    return numbered_heads("" if cell == "" else str(_shown(_cell(cell))) for cell in cells)


def _cell(value: Any) -> Any:
    """A cell as JSON has it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else value


def _shown(value: Any) -> Any:
    return ("true" if value else "false") if isinstance(value, bool) else value


def load_epub(file: SourceFile, options: Options) -> Iterator[Document]:
    """One document a chapter, with its title, or one for the book."""
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

    check_unpacked(file)
    config = ExtractionConfig(use_cache=False)
    try:
        with zipfile.ZipFile(file.path) as packed:
            for name in _spine(packed):
                result: Any = extract_bytes_sync(_part(packed, name), "text/html", config=config)
                if result.content.strip():
                    heads = result.metadata.get("headers") or [{}]
                    yield str(heads[0].get("text") or result.metadata.get("title") or ""), _plain(result.content)
    except (zipfile.BadZipFile, KeyError, OSError, ElementTree.ParseError, KreuzbergError, ValueError, NotImplementedError):
        raise unreadable(file, "an EPUB book") from None


def _spine(packed: zipfile.ZipFile) -> list[str]:
    container = _xml(packed, "META-INF/container.xml")
    root = {_tag(one): one.attrib for one in container.iter()}["rootfile"]["full-path"]
    package = _xml(packed, root)
    hrefs = {one.attrib["id"]: one.attrib["href"] for one in package.iter() if _tag(one) == "item"}
    order = [one.attrib["idref"] for one in package.iter() if _tag(one) == "itemref"]
    folder = posixpath.dirname(root)
    return [posixpath.normpath(posixpath.join(folder, unquote(hrefs[one].partition("#")[0]))) for one in order if one in hrefs]


def _xml(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(_part(packed, name))  # noqa: S314 (expat bounds entity expansion, loads nothing)


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    """One packed file, within bounds, whatever its directory says of its size."""
    with packed.open(name) as part:
        data = part.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise ValueError(name)
    return data


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _extract(file: SourceFile, mime: str, what: str, *, pages: bool = False) -> Any:
    from kreuzberg import ExtractionConfig, KreuzbergError, PageConfig, extract_file_sync

    check_unpacked(file)
    config = ExtractionConfig(use_cache=False, pages=PageConfig(extract_pages=True) if pages else None)
    try:
        return extract_file_sync(file.path, mime_type=mime, config=config)
    except (KreuzbergError, OSError, ValueError):
        raise unreadable(file, what) from None


def check_unpacked(file: SourceFile) -> None:
    """Refuse packed files that unfold beyond all measure, before anything unpacks them."""
    try:
        if not zipfile.is_zipfile(file.path):
            return
        with zipfile.ZipFile(file.path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile:
        raise unreadable(file, "a packed file") from None
    if size > MOST_UNPACKED:
        raise InvalidInput(Reason.FILE_UNREADABLE, f"The file {file.name} unpacks to more than 1 GiB; split it.")


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


def load_any(file: SourceFile, options: Options) -> Iterable[Document | Text | Notice]:
    """By the file's ending; anything without a loader of its own is read as text."""
    return BY_ENDING.get(ending(file.name), load_text)(file, options)
