"""Files to documents: what each document loader of the canvas makes of a file (contract §4.3, §6.4).

All functions here and in :mod:`office` are synchronous and CPU-bound; :mod:`sources` runs them in threads, a batch of chunks
at a time. They raise ``InvalidInput(FILE_UNREADABLE)`` or ``InvalidInput(NODE_INPUT_INVALID)``, naming the file.
"""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Document, SourceFile
from tradewind_server.ingest.reading import Text, open_text

Options = dict[str, Any]
Loader = Callable[[SourceFile, Options], Iterable[Document | Text]]
"""Makes documents of one file, one after the other, so that a long file need not be in memory."""

LARGEST_CELL = 1 << 24
SNIFFED = 4096
DELIMITERS = ",;\t|"
NAMELESS_COLUMN = "_0"
DEEPEST_JSON = 200


def unreadable(file: SourceFile, what: str) -> InvalidInput:
    return InvalidInput(Reason.FILE_UNREADABLE, f"The file {file.name} cannot be read as {what}; check that it is whole.")


def base_metadata(file: SourceFile) -> dict[str, Any]:
    """Where a document came from. Flowise writes "blob" as the source of every upload, which makes its incremental cleanup
    delete the chunks of other files; the source is the file's name here (contract §4.6).
    """
    return {"source": file.name, "blobType": file.mime}


def numbered(documents: Iterable[Document]) -> Iterator[Document]:
    """``line`` counts the documents of a file that yields several; a lone one carries none."""
    rest = iter(documents)
    first_two = list(itertools.islice(rest, 2))
    if len(first_two) == 1:
        yield first_two[0]
        return
    for number, document in enumerate(itertools.chain(first_two, rest), 1):
        base = {key: document.metadata[key] for key in ("source", "blobType")}
        yield Document(document.content, {**base, "line": number, **document.metadata})


def load_text(file: SourceFile, options: Options) -> Iterator[Text]:
    yield open_text(file, base_metadata(file))


def load_csv(file: SourceFile, options: Options) -> Iterator[Document]:
    """One document a row: ``column: value`` lines, or the value of one column."""
    return numbered(_rows(file, options.get("column")))


def _rows(file: SourceFile, column: str | None) -> Iterator[Document]:
    text = open_text(file, {})
    csv.field_size_limit(LARGEST_CELL)
    metadata = base_metadata(file)
    with Path(file.path).open(encoding=text.encoding, errors="replace", newline="") as lines:
        try:
            dialect: Any = csv.Sniffer().sniff(lines.read(SNIFFED), delimiters=DELIMITERS)
        except csv.Error:
            dialect = csv.excel
        lines.seek(0)
        try:
            rows = csv.DictReader(lines, dialect=dialect)
            names = [name or NAMELESS_COLUMN for name in rows.fieldnames or ()]
            if column and column not in names:
                known = ", ".join(names)
                raise InvalidInput(Reason.NODE_INPUT_INVALID, f"The file {file.name} has no column {column}; it has {known}.")
            rows.fieldnames = names
            for row in rows:
                pairs = (f"{name.strip()}: {str(value or '').strip()}" for name, value in row.items() if name)
                yield Document(str(row.get(column) or "") if column else "\n".join(pairs), metadata)
        except csv.Error:
            raise unreadable(file, "CSV") from None


def load_json(file: SourceFile, options: Options) -> Iterator[Document]:
    """One document a string of the JSON, or those under the named keys; or one an object.

    ``mapped`` metadata is taken from each object by its JSON pointer.
    """
    try:
        data = json.loads(open_text(file, {}).whole())
    except (ValueError, RecursionError):
        raise unreadable(file, "JSON") from None
    pointers = [part.strip().strip("/") for part in str(options.get("pointers") or "").split(",") if part.strip()]
    items = data if isinstance(data, list) else [data]

    def documents() -> Iterator[Document]:
        for item in items:
            metadata = {**base_metadata(file), **mapped(item, options.get("mapped") or {})}
            if not options.get("by_object"):
                for text in _strings(item, pointers):
                    yield Document(text, metadata)
            elif isinstance(item, dict):
                yield Document(lines_of(item), metadata)

    return numbered(documents())


def load_jsonlines(file: SourceFile, options: Options) -> Iterator[Document]:
    """One document a line: the text under a pointer, or the whole object as ``key: value`` lines."""
    return numbered(_json_lines(file, str(options.get("pointer") or "").strip().strip("/"), options.get("mapped") or {}))


def _json_lines(file: SourceFile, pointer: str, mapping: Mapping[str, str]) -> Iterator[Document]:
    text = open_text(file, {})
    with Path(file.path).open(encoding=text.encoding, errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
            except (ValueError, RecursionError):
                raise InvalidInput(
                    Reason.FILE_UNREADABLE, f"Line {number} of the file {file.name} is not JSON; check the file."
                ) from None
            value = found_at(item, pointer) if pointer else item
            if value is None:
                raise InvalidInput(
                    Reason.NODE_INPUT_INVALID,
                    f"Line {number} of the file {file.name} has nothing under {pointer}; check the pointer of the node.",
                )
            yield Document(lines_of(value), {**base_metadata(file), **mapped(item, mapping)})


def mapped(item: Any, mapping: Mapping[str, str]) -> dict[str, Any]:
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
