"""Files to documents: what each document loader of the canvas makes of a file (docs/contract.md §7.2).

All functions here and in :mod:`office` are synchronous and CPU-bound; :mod:`sources` runs them in threads, a batch of chunks
at a time. They raise ``InvalidInput(FILE_UNREADABLE)`` or ``InvalidInput(NODE_INPUT_INVALID)``, naming the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import add
from pathlib import Path
from typing import Any

from tradewind_server.bounded_json import foreign_json
from tradewind_server.documents.csv_rows import Table, open_table
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.reading import FileText, Notice, Text, about, open_text
from tradewind_server.errors import InvalidInput, Reason

LoaderOptions = dict[str, Any]
Loader = Callable[[SourceFile, LoaderOptions], Iterable[Document | Text | Notice]]
"""Makes documents of one file, one after the other, so that a long file need not be in memory; and says what it guessed."""

DEEPEST_JSON = 200
LONGEST_SHOWN = 300


def unreadable(file: SourceFile, what: str) -> InvalidInput:
    return InvalidInput(Reason.FILE_UNREADABLE, f"The file {file.name} cannot be read as {what}; check that it is whole.")


def shorten(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def base_metadata(file: SourceFile) -> dict[str, Any]:
    """Where a document came from. Flowise writes "blob" as the source of every upload, which makes its incremental cleanup
    delete the chunks of other files; the source is the file's name here (docs/contract.md §7.2).
    """
    return {"source": file.name, "blobType": file.mime}


def number_documents(documents: Iterable[Document | Notice]) -> Iterator[Document | Notice]:
    """``line`` counts the documents of a file that yields several; a lone one carries none."""
    first: Document | None = None
    number = 1
    for document in documents:
        if isinstance(document, Notice):
            yield document
        elif number == 1 and first is None:
            first = document
        else:
            if first is not None:
                yield _with_line(first, 1)
                first = None
            number += 1
            yield _with_line(document, number)
    if first is not None:
        yield first


def _with_line(document: Document, number: int) -> Document:
    metadata = document.metadata
    return Document(
        document.content,
        {"source": metadata["source"], "blobType": metadata["blobType"], "line": number, **metadata},
    )


def load_text(file: SourceFile, options: LoaderOptions) -> Iterator[Text | Notice]:
    text, notices = open_text(file, base_metadata(file))
    yield from notices
    yield text


def load_csv(file: SourceFile, options: LoaderOptions) -> Iterator[Document | Notice]:
    """One document a row: ``column: value`` lines, or the value of one column."""
    return number_documents(_rows(file, options.get("column")))


def _rows(file: SourceFile, column: str | None) -> Iterator[Document | Notice]:
    text, notices = open_text(file, {})
    yield from notices
    metadata = base_metadata(file)
    with Path(file.path).open(encoding=text.encoding, errors="replace", newline="") as lines:
        table = open_table(file, text, lines)
        yield from table.notices
        if column:
            yield from _one_column(file, table, column, metadata)
        else:
            if table.title:
                yield Document("\n".join(table.title), metadata)
            yield from _all_columns(table, metadata)
        yield from table.final_notices()


def _all_columns(table: Table, metadata: dict[str, Any]) -> Iterator[Document]:
    leads = [f"{name}: " for name in table.columns.names]
    head = len(leads)
    for number, row in enumerate(table.rows, 1):
        cells = [cell.strip() for cell in row]
        if len(cells) < head:
            cells += [""] * (head - len(cells))
        elif len(cells) > head:
            while len(cells) > head and not cells[-1]:
                cells.pop()
            if len(cells) > head:
                table.longer(number)
                table.widen(len(cells))
                leads += [f"{name}: " for name in table.columns.names[len(leads) :]]
        yield Document("\n".join(map(add, leads, cells)), metadata)


def _one_column(file: SourceFile, table: Table, column: str, metadata: dict[str, Any]) -> Iterator[Document | Notice]:
    names = table.columns.names
    if column not in names and column.strip() in names:
        column = column.strip()
    if column not in names:
        column_names = shorten(", ".join(names))
        raise InvalidInput(Reason.NODE_INPUT_INVALID, f"The file {file.name} has no column {column}; it has {column_names}.")
    at, empty = names.index(column), 0
    for row in table.rows:
        value = row[at] if at < len(row) else ""
        empty += not value.strip()
        yield Document(value, metadata)
    if empty:
        rows, are = ("1 row", "is") if empty == 1 else (f"{empty:,} rows", "are")
        yield Notice(f"{about(file)} has {rows} with nothing in the column {shorten(column)}, which {are} left out.")


def load_json(file: SourceFile, options: LoaderOptions) -> Iterator[Document | Notice]:
    """One document a string of the JSON, or those under the named keys; or one an object.

    ``map_item`` metadata is taken from each object by its JSON pointer.
    """
    text, notices = open_text(file, {})
    try:
        data = foreign_json(text.whole())
    except ValueError:
        raise unreadable(file, "JSON") from None
    pointers = [part.strip().strip("/") for part in str(options.get("pointers") or "").split(",") if part.strip()]
    items = data if isinstance(data, list) else [data]
    mapping = options.get("mapped") or {}
    literal = _literal(mapping, items)

    def documents() -> Iterator[Document | Notice]:
        yield from notices
        others = 0
        for item in items:
            metadata = {**base_metadata(file), **map_item(item, mapping), **literal}
            if not options.get("by_object"):
                for text in _strings(item, pointers):
                    yield Document(text, metadata)
            elif isinstance(item, dict):
                yield Document(lines_of(item), metadata)
            else:
                others += 1
        if others:
            what, are = ("1 item that is no object", "is") if others == 1 else (f"{others:,} items that are no objects", "are")
            yield Notice(f"{about(file)} holds {what} and {are} left out.")

    return number_documents(documents())


def load_jsonlines(file: SourceFile, options: LoaderOptions) -> Iterator[Document | Notice]:
    """One document a line: the text under a pointer, or the whole object as ``key: value`` lines."""
    return number_documents(
        _json_lines(file, str(options.get("pointer") or "").strip().strip("/"), options.get("mapped") or {})
    )


def _json_lines(file: SourceFile, pointer: str, mapping: Mapping[str, str]) -> Iterator[Document | Notice]:
    text, notices = open_text(file, {})
    yield from notices
    literal = _literal(mapping, (item for _, item in _parsed_lines(file, text))) if mapping else {}
    for number, item in _parsed_lines(file, text):
        value = found_at(item, pointer) if pointer else item
        if value is None:
            raise InvalidInput(
                Reason.NODE_INPUT_INVALID,
                f"Line {number} of the file {file.name} has nothing under {pointer}; check the pointer of the node.",
            )
        yield Document(lines_of(value), {**base_metadata(file), **map_item(item, mapping), **literal})


def _parsed_lines(file: SourceFile, text: FileText) -> Iterator[tuple[int, Any]]:
    with Path(file.path).open(encoding=text.encoding, errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                item = foreign_json(line)
            except ValueError:
                raise InvalidInput(
                    Reason.FILE_UNREADABLE, f"Line {number} of the file {file.name} is not JSON; check the file."
                ) from None
            yield number, item


def _literal(mapping: Mapping[str, str], items: Iterable[Any]) -> dict[str, str]:
    """Values that look like JSON pointers and lead nowhere in the whole file: they are meant as they stand."""
    remaining = dict(mapping)
    for item in items:
        if not remaining:
            break
        remaining = {key: pointer for key, pointer in remaining.items() if found_at(item, pointer.strip("/")) is None}
    return remaining


def map_item(item: Any, mapping: Mapping[str, str]) -> dict[str, Any]:
    """The metadata that a node takes from an object: key to JSON pointer."""
    return {key: found_at(item, pointer.strip("/")) for key, pointer in mapping.items()}


def found_at(value: Any, pointer: str) -> Any:
    """What a JSON pointer without its first slash leads to; None where there is nothing."""
    for key in pointer.split("/"):
        if isinstance(value, dict):
            value = value.get(key.replace("~1", "/").replace("~0", "~"))
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def _strings(value: Any, pointers: list[str], under: str = "", depth: int = DEEPEST_JSON) -> Iterator[str]:
    """The strings of a JSON value; with pointers, those below a key that one of them names."""
    if depth == 0:
        return
    if isinstance(value, str):
        if not pointers or any(f"/{under}/".find(f"/{pointer}/") >= 0 for pointer in pointers):
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, pointers, under, depth - 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item, pointers, f"{under}/{key}" if under else str(key), depth - 1)


def lines_of(value: Any) -> str:
    """An object as ``key: value`` lines, nested keys with dots; any other value as its text."""
    if not isinstance(value, dict):
        return value if isinstance(value, str) else plain(value)
    return "\n".join(_pairs(value, ""))


def _pairs(value: Mapping[str, Any], prefix: str, depth: int = DEEPEST_JSON) -> Iterator[str]:
    for key, item in value.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(item, dict) and item and depth:
            yield from _pairs(item, name, depth - 1)
        else:
            yield f"{name}: {item if isinstance(item, str) else plain(item)}"


def plain(value: Any) -> str:
    """A JSON value as JavaScript prints it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def ending(name: str) -> str:
    """The ending of a file name in lower case, without its dot; empty where there is none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""
