"""Forms. Multipart ones are parsed as they arrive: files go to disk, fields stay small. The parser is python-multipart's."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from python_multipart.exceptions import FormParserError, MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from tradewind_server.bounded_json import read_json, utf8, without_mark
from tradewind_server.documents.loaders import ending
from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.part_names import disposition_of
from tradewind_server.files.ports import Blobs
from tradewind_server.files.types import charset_of
from tradewind_server.text.charsets import codec_of, display_name

FILE_FIELD = "files"
CHARSET_FIELD = "_charset_"
"""In which browsers name the encoding of the fields behind it, where the page of a form has another than UTF-8."""
PLAIN_ENCODINGS = frozenset({"", "binary", "8bit", "7bit", "identity"})
"""Of a part; those of mail are no part of forms (RFC 7578 §4.7)."""
MOST_FIELDS = 200
MOST_PAIRS = 1000
DEEPEST_NAME = 8
LARGEST_FIELD = 1 << 20
LARGEST_HEADER = 8 * 1024
LONGEST_BOUNDARY = 70
JSON_FIELDS = ("overrideConfig", "history", "uploads", "humanInput", "form", "action", "vars", "metadata", "stopNodeId")
VALUE_FIELDS = frozenset({"question", "chatId", "sessionId", "streaming", "leadEmail", *JSON_FIELDS})
"""Fields that are values even when a client sends them in the shape of a file with an ending."""


@dataclass(slots=True)
class Form:
    """A parsed form: its fields in order, and its files, already on disk."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[SourceFile] = field(default_factory=list)


def invalid(message: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_FORM, message)


@dataclass(slots=True)
class _FormPart:
    """The part being parsed."""

    headers: dict[str, bytes] = field(default_factory=dict)
    name: str = ""
    filename: str | None = None
    nameless: bool = False
    """A file without a name: what browsers send for a file input that nobody filled."""
    value: bytearray = field(default_factory=bytearray)
    chunks: list[bytes] = field(default_factory=list)
    complete: bool = False

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", b"").decode("latin-1")

    def pop_chunks(self) -> list[bytes]:
        """The bytes that wait, which then wait no longer."""
        waiting, self.chunks = self.chunks, []
        return waiting


def _is_file(part: _FormPart) -> bool:
    """Whether a part that names a file is one. Clients also send plain values so: ``requests`` names such a file like its
    field, browsers call it ``blob``. Anything that looks like a document in another field is refused, not lost.
    """
    assert part.filename is not None
    if part.name.removesuffix("[]") == FILE_FIELD:
        return part.filename != ""
    if part.filename == part.name or part.name in VALUE_FIELDS or not ending(part.filename):
        return False
    raise invalid(f"The form sends a file as {part.name!r}; files go into the field {FILE_FIELD!r}.")


class _Events:
    """Turns the parser's callbacks into parts; file bytes wait in ``chunks`` until they are written."""

    def __init__(self) -> None:
        self.parts: list[_FormPart] = []
        self.at_end = False
        self._header_name = b""
        self._header_value = b""
        self._header_bytes = 0

    def callbacks(self) -> dict[str, Any]:
        return {
            "on_part_begin": self._part_begin,
            "on_part_data": self._part_data,
            "on_part_end": self._part_end,
            "on_header_field": self._header_field,
            "on_header_value": self._header_text,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_end": self._end,
        }

    def _part_begin(self) -> None:
        self.parts.append(_FormPart())
        self._header_bytes = 0

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]
        self._count_header(end - start)

    def _header_text(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]
        self._count_header(end - start)

    def _count_header(self, size: int) -> None:
        self._header_bytes += size
        if self._header_bytes > LARGEST_HEADER:
            raise invalid("A part of the form has headers of more than 8 KiB.")

    def _header_end(self) -> None:
        name = self._header_name.decode("latin-1").lower()
        self.parts[-1].headers[name] = self._header_value
        self._header_name = self._header_value = b""

    def _headers_finished(self) -> None:
        part = self.parts[-1]
        part.name, part.filename = disposition_of(part.headers.get("content-disposition", b""))
        if not part.name:
            raise invalid("A part of the form has no name.")
        encoding = part.headers.get("content-transfer-encoding", b"").decode("latin-1").strip().lower()
        if encoding not in PLAIN_ENCODINGS:
            raise invalid(f"The part {part.name} of the form is encoded as {encoding[:40]}; send its bytes as they are.")
        if part.filename is not None and not _is_file(part):
            part.nameless = part.filename == ""
            part.filename = None
        if len(self.parts) > MOST_FIELDS:
            raise invalid(f"The form has more than {MOST_FIELDS} parts.")

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        part = self.parts[-1]
        if part.filename is not None:
            part.chunks.append(data[start:end])
            return
        part.value += data[start:end]
        if len(part.value) > LARGEST_FIELD:
            raise invalid(f"The field {part.name} of the form is larger than 1 MiB; send it as a file.")

    def _part_end(self) -> None:
        self.parts[-1].complete = True

    def _end(self) -> None:
        self.at_end = True


NO_BOUNDARY = "The form has no boundary in its content type; let the HTTP client set that header."


async def _first_line(chunks: AsyncIterator[bytes]) -> tuple[bytes, AsyncIterator[bytes]]:
    """The first line of a body, as far as a boundary could reach, and the whole body again."""
    head = b""
    async for chunk in chunks:
        head += chunk
        if b"\n" in head or len(head) > LONGEST_BOUNDARY + 4:
            break

    async def whole() -> AsyncIterator[bytes]:
        yield head
        async for chunk in chunks:
            yield chunk

    return head[: LONGEST_BOUNDARY + 4].partition(b"\n")[0], whole()


async def _json_form(chunks: AsyncIterator[bytes]) -> Form:
    """A JSON object that calls itself a form, as published examples have it: each key is a field."""
    text = bytearray()
    async for chunk in chunks:
        text += chunk
        if len(text) > LARGEST_FIELD:
            raise invalid("A JSON body of more than 1 MiB must be sent as application/json.")
    body = read_json(bytes(text), "The body, which is no multipart form,", Reason.INVALID_FORM)
    parts = [(name, value) for name, value in body.items() if value is not None and name != FILE_FIELD]
    return Form([(name, value if isinstance(value, str) else json.dumps(value)) for name, value in parts])


async def parse_form(content_type: str, chunks: AsyncIterator[bytes], blobs: Blobs, most_files: int) -> Form:
    """Parse a form from its bytes. On any failure, and when the caller goes away, nothing of it stays on disk.

    Published examples set the content type by hand and so leave out the boundary; it stands in the body's first line.
    """
    kind, options = parse_options_header(content_type.encode())
    if kind != b"multipart/form-data":
        raise invalid(NO_BOUNDARY)
    boundary = options.get(b"boundary")
    if not boundary:
        first, chunks = await _first_line(chunks)
        if utf8(first, "The body", Reason.INVALID_FORM).lstrip().startswith(b"{"):
            return await _json_form(chunks)
        boundary = first.removeprefix(b"--").rstrip()
        if not first.startswith(b"--") or not boundary:
            raise invalid(NO_BOUNDARY)
    if len(boundary) > LONGEST_BOUNDARY:
        raise invalid(f"The boundary of the form is longer than {LONGEST_BOUNDARY} characters.")
    events = _Events()
    parser = MultipartParser(boundary, events.callbacks())  # type: ignore[arg-type]
    reader = _MultipartReader(parser, events, chunks)
    form, charset = Form(), ""
    done = False
    try:
        async for part in reader.parts():
            if part.nameless:
                if part.value:
                    raise invalid("A file of the form has no name; give it one.")
                continue
            if part.filename is None:
                if part.name == CHARSET_FIELD:
                    charset = part.value.decode("ascii", "replace")
                else:
                    form.fields.append((part.name, _field_text(part, charset)))
                continue
            if len(form.files) >= most_files:
                raise invalid(f"The form has more than {most_files} files; send fewer at once.")
            form.files.append(await blobs.receive(part.filename, part.media_type, reader.data_of(part)))
        done = True
    finally:
        if not done:
            await blobs.discard(form.files)
    return form


class _MultipartReader:
    """Feeds the parser and hands out parts as they come."""

    def __init__(self, parser: MultipartParser, events: _Events, chunks: AsyncIterator[bytes]) -> None:
        self._parser = parser
        self._events = events
        self._chunks = chunks

    async def _more(self) -> bool:
        """Parse the next bytes; False at the end of a whole form."""
        if self._events.at_end:
            return False
        async for chunk in self._chunks:
            try:
                self._parser.write(chunk)
            except (MultipartParseError, FormParserError):
                raise invalid("The form is not well-formed multipart; check its boundary and parts.") from None
            return True
        raise invalid("The form breaks off before its end; send it whole.")

    async def parts(self) -> AsyncIterator[_FormPart]:
        """Each part: a field once complete, a file as soon as its headers are."""
        position = 0
        while True:
            parts = self._events.parts
            if position < len(parts) and (parts[position].complete or parts[position].filename is not None):
                yield parts[position]
                position += 1
            elif not await self._more():
                return

    async def data_of(self, part: _FormPart) -> AsyncIterator[bytes]:
        """The bytes of a file part as they arrive."""
        while True:
            waiting = part.pop_chunks()
            for chunk in waiting:
                yield chunk
            if not waiting and (part.complete or not await self._more()):
                return


def urlencoded(data: bytes, charset: str = "") -> Form:
    """A form of pairs, in the ``charset`` that its type names. Raises ``InvalidInput`` for more than 1,000 of them."""
    codec = codec_of(charset) or "utf-8"
    try:
        text = data.decode(codec).strip()
        pairs = parse_qsl(text, keep_blank_values=True, encoding=codec, errors="strict", max_num_fields=MOST_PAIRS)
    except UnicodeDecodeError:
        raise invalid(f"The form is not {display_name(codec)}; send it as UTF-8.") from None
    except ValueError:
        raise invalid(f"The form has more than {MOST_PAIRS:,} fields.") from None
    return Form(pairs)


def _field_text(part: _FormPart, charset: str) -> str:
    """The value of a field in the encoding that it names, else in ``charset``, else in UTF-8. Raises ``InvalidInput``."""
    codec = codec_of(charset_of(part.media_type)) or codec_of(charset) or "utf-8"
    try:
        return part.value.decode(codec)
    except UnicodeDecodeError:
        raise invalid(f"The field {part.name} of the form is not {display_name(codec)}; send it as UTF-8.") from None


def split_fields(form: Form, field_names: frozenset[str]) -> dict[str, Any]:
    """Fields of a form as the JSON body would have them: the known ones, and the rest as overrides.

    Fields that carry JSON are decoded, ``name[nodeId]`` nests, a repeated field becomes a list, and an
    ``overrideConfig`` field comes before single fields of the same name (docs/contract.md §6.2). ``overrideConfig[a][b]``
    and ``history[0][content]`` write out what such a field holds.
    """
    body: dict[str, Any] = {}
    overrides: dict[str, Any] = {}
    written_out: dict[str, dict[str, Any]] = {}
    for name, text in form.fields:
        value = _decode(name, text)
        base, bracket, key = name.partition("[")
        if bracket and key.endswith("]") and len(key) > 1:
            if base in field_names and base in JSON_FIELDS:
                _write_out(written_out.setdefault(base, {}), base, key[:-1].split("]["), value)
                continue
            group = overrides.setdefault(base, {})
            if isinstance(group, dict):
                group[key[:-1]] = value
            continue
        name = name.removesuffix("[]")
        target = body if name in field_names else overrides
        if name in target and name != "overrideConfig":
            present = target[name]
            target[name] = [*present, value] if isinstance(present, list) else [present, value]
        else:
            target[name] = value
    for name, tree in written_out.items():
        if body.get(name) is None:
            body[name] = _lists_in(tree)
        elif isinstance(body[name], dict):
            body[name] = {**_lists_in(tree), **body[name]}
    override_config = body.get("overrideConfig")
    body["overrideConfig"] = {**overrides, **(override_config if isinstance(override_config, dict) else {})}
    return body


def _write_out(tree: dict[str, Any], base: str, keys: list[str], value: Any) -> None:
    if len(keys) > DEEPEST_NAME:
        raise invalid(f"A field {base}[…] of the form is nested deeper than {DEEPEST_NAME} levels; send {base} as JSON.")
    *outer, last = keys
    for key in outer:
        tree = tree.setdefault(key or str(len(tree)), {})
        if not isinstance(tree, dict):
            raise invalid(f"The fields {base}[…] of the form contradict each other; send {base} as JSON.")
    tree[last or str(len(tree))] = value


def _lists_in(value: Any) -> Any:
    """Objects whose names are 0, 1, 2 … as the lists they stand for."""
    if not isinstance(value, dict):
        return value
    if value and all(name.isascii() and name.isdigit() for name in value):
        return [_lists_in(value[name]) for name in sorted(value, key=lambda name: (len(name), name))]
    return {name: _lists_in(one) for name, one in value.items()}


def _decode(name: str, text: str) -> Any:
    base, bracket, _ = name.partition("[")
    if base not in JSON_FIELDS:
        return {"true": True, "false": False}.get(text, text)
    bare = without_mark(text).strip()
    if bare in ("", "null"):
        return None
    if bare[0] in "{[" or (bare[0] == '"' and not bracket):
        return read_json(bare, f"The field {base} of the form", Reason.INVALID_FORM)
    return {"true": True, "false": False}.get(text, text)
