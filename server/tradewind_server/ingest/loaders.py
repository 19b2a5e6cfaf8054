"""Files to documents: what each document loader of the canvas makes of a file (contract §4.3, §6.4).

All functions here are synchronous and CPU-bound; :mod:`sources` runs them in threads. They raise
``InvalidInput(FILE_UNREADABLE)`` or ``InvalidInput(FILE_EMPTY)``, naming the file.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Document, SourceFile

Loader = Callable[[SourceFile, "Options"], list[Document]]
Options = dict[str, Any]

MOST_UNPACKED = 1 << 30
"""Bytes that a packed office file may unfold to; more is taken for a bomb."""
LARGEST_CELL = 1 << 24


def unreadable(file: SourceFile, what: str) -> InvalidInput:
    return InvalidInput(Reason.FILE_UNREADABLE, f"The file {file.name} cannot be read as {what}; check that it is whole.")


def base_metadata(file: SourceFile) -> dict[str, Any]:
    return {"source": file.name, "blobType": file.mime}


def read_text(file: SourceFile) -> str:
    """The text of a file: UTF-8, UTF-16 by its mark, else Latin-1. Line ends become plain."""
    raw = Path(file.path).read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
    if "\x00" in text:
        raise unreadable(file, "text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def load_text(file: SourceFile, options: Options) -> list[Document]:
    return [Document(read_text(file), base_metadata(file))]


def load_csv(file: SourceFile, options: Options) -> list[Document]:
    """One document a row: ``column: value`` lines, or the value of one column."""
    column = options.get("column")
    text = read_text(file)
    csv.field_size_limit(LARGEST_CELL)
    try:
        dialect = csv.Sniffer().sniff(text[:4096], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = list(csv.DictReader(io.StringIO(text), dialect=dialect))
    except csv.Error:
        raise unreadable(file, "CSV") from None
    if column and rows and column not in rows[0]:
        known = ", ".join(str(name) for name in rows[0] if name)
        raise InvalidInput(Reason.NODE_INPUT_INVALID, f"The file {file.name} has no column {column}; it has {known}.")
    documents = []
    for number, row in enumerate(rows, 1):
        pairs = [(str(name), str(value or "").strip()) for name, value in row.items() if name]
        content = str(row.get(column) or "") if column else "\n".join(f"{name.strip()}: {value}" for name, value in pairs)
        documents.append(Document(content, {**base_metadata(file), "line": number}))
    return documents


def load_json(file: SourceFile, options: Options) -> list[Document]:
    """One document a string of the JSON, or those under the named keys; or one an object."""
    try:
        data = json.loads(read_text(file))
    except ValueError:
        raise unreadable(file, "JSON") from None
    if options.get("by_object"):
        items = data if isinstance(data, list) else [data]
        texts = [_flat(item) for item in items]
    else:
        pointers = [part.strip().strip("/") for part in str(options.get("pointers") or "").split(",") if part.strip()]
        texts = list(_strings(data, pointers))
    return [Document(text, {**base_metadata(file), "line": number}) for number, text in enumerate(texts, 1)]


def _strings(value: Any, pointers: list[str], under: str = "") -> Iterator[str]:
    """The strings of a JSON value; with pointers, those below a key that one of them names."""
    if isinstance(value, str):
        if not pointers or any(f"/{under}/".find(f"/{pointer}/") >= 0 for pointer in pointers):
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, pointers, under)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item, pointers, f"{under}/{key}" if under else str(key))


def _flat(value: Any) -> str:
    if not isinstance(value, dict):
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "\n".join(
        f"{key}: {item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)}" for key, item in value.items()
    )


def load_pdf(file: SourceFile, options: Options) -> list[Document]:
    """One document a page, or one for the file."""
    per_page = options.get("usage", "perPage") != "perFile"
    result = _extract(file, "application/pdf", "PDF", pages=True)
    count = len(result.pages or [])
    about = {"version": result.metadata.get("pdf_version"), "info": _info(result.metadata), "totalPages": count}
    metadata = {**base_metadata(file), "pdf": about}
    if not per_page or not count:
        return [Document(_plain(result.content), metadata)]
    return [
        Document(_plain(page["content"]), {**metadata, "loc": {"pageNumber": page["page_number"]}}) for page in result.pages
    ]


def _info(metadata: Any) -> dict[str, Any]:
    names = {"title": "Title", "subject": "Subject", "created_at": "CreationDate"}
    info = {public: metadata.get(name) for name, public in names.items() if metadata.get(name)}
    authors = metadata.get("authors")
    return {**info, "Author": ", ".join(authors)} if authors else info


def load_docx(file: SourceFile, options: Options) -> list[Document]:
    mime = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return [Document(_plain(_extract(file, mime, "a Word document").content), base_metadata(file))]


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
    if not zipfile.is_zipfile(file.path):
        return
    with zipfile.ZipFile(file.path) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
            raise InvalidInput(Reason.FILE_UNREADABLE, f"The file {file.name} unpacks to more than 1 GiB; split it.")


BY_ENDING: dict[str, Loader] = {
    "pdf": load_pdf,
    "docx": load_docx,
    "csv": load_csv,
    "json": load_json,
}


def load_any(file: SourceFile, options: Options) -> list[Document]:
    """By the file's ending; anything without a loader of its own is read as text."""
    return BY_ENDING.get(ending(file.name), load_text)(file, options)


def ending(name: str) -> str:
    """The ending of a file name in lower case, without its dot; empty where there is none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""
