"""Office files and books to documents: Word, PowerPoint, EPUB; and the loader that takes any file."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from tradewind_server.documents.extractor import extract
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
from tradewind_server.documents.pdf import load_pdf
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.reading import Notice, Text
from tradewind_server.documents.sheets import load_excel
from tradewind_server.documents.unpacking import DAMAGE_ERRORS, LARGEST_PART, check_unpacked
from tradewind_server.documents.word import with_marks

OFFICE = "application/vnd.openxmlformats-officedocument"
RICH_TEXT = b"{\\rtf"
ZIP = b"PK\x03\x04"
MIMES = {
    "docx": f"{OFFICE}.wordprocessingml.document",
    "doc": "application/msword",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "ppt": "application/vnd.ms-powerpoint",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
}


def load_docx(file: SourceFile, options: LoaderOptions) -> Iterator[Document]:
    yield Document(_word_text(file, options), base_metadata(file))


def load_word(file: SourceFile, options: LoaderOptions) -> Iterator[Document]:
    """As the canvas's Microsoft Word loader has it: with the kind of the document."""
    yield Document(_word_text(file, options), {"documentType": "word", "pageNumber": 1, **base_metadata(file)})


def load_rich_text(file: SourceFile, options: LoaderOptions) -> Iterator[Document]:
    """A text of LibreOffice, or one in the format that every word processor writes."""
    mime = MIMES[ending(file.name)]
    check_unpacked(file, options, "a text document")
    yield Document(_plain(extract(file, mime, "a text document").content), base_metadata(file))


def _word_text(file: SourceFile, options: LoaderOptions) -> str:
    if ending(file.name) == "doc" and not _begins_with(file, ZIP):
        if _begins_with(file, RICH_TEXT):
            return _plain(extract(file, MIMES["rtf"], "a Word document").content)
        return _plain(extract(file, MIMES["doc"], "a Word document").content)
    check_unpacked(file, options, "a Word document")
    try:
        with_list_marks = with_marks(file.path)
    except DAMAGE_ERRORS:
        raise unreadable(file, "a Word document") from None
    return _plain(extract(file, MIMES["docx"], "a Word document", content=with_list_marks).content)


def _begins_with(file: SourceFile, mark: bytes) -> bool:
    """Whether it is in another format than its ending says: word processors save such under the older ending."""
    with open(file.path, "rb") as stream:
        return stream.read(len(mark)) == mark


def load_powerpoint(file: SourceFile, options: LoaderOptions) -> Iterator[Document]:
    """One document a slide that holds text."""
    check_unpacked(file, options, "a presentation")
    mime = MIMES["ppt" if ending(file.name) == "ppt" else "pptx"]
    result = extract(file, mime, "a presentation", pages=True)
    raw = result.content.encode()
    slides = (result.metadata.get("pages") or {}).get("boundaries") or [
        {"byte_start": 0, "byte_end": len(raw), "page_number": 1}
    ]
    for slide in slides:
        text = raw[slide["byte_start"] : slide["byte_end"]].decode("utf-8", "ignore").strip()
        if text:
            yield Document(text, {"slideNumber": slide["page_number"], "documentType": "powerpoint", **base_metadata(file)})


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


BY_ENDING: dict[str, Loader] = {
    "pdf": load_pdf,
    "docx": load_docx,
    "doc": load_docx,
    "pptx": load_powerpoint,
    "ppt": load_powerpoint,
    "rtf": load_rich_text,
    "odt": load_rich_text,
    "ods": load_excel,
    "xlsx": load_excel,
    "xls": load_excel,
    "xlsm": load_excel,
    "xlsb": load_excel,
    "csv": load_csv,
    "tsv": load_csv,
    "json": load_json,
    "jsonl": load_jsonlines,
    "epub": load_epub,
}


def load_any(file: SourceFile, options: LoaderOptions) -> Iterable[Document | Text | Notice]:
    """By the file's ending; anything without a loader of its own is read as text."""
    return BY_ENDING.get(ending(file.name), load_text)(file, options)
