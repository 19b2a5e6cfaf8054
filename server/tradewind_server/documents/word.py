"""Word documents as the extractor needs them: it reads the text of runs, and drops the marks between words.

Tabs and breaks become characters of the text, in a copy of the file; parts that hold none stay as they are.
"""

from __future__ import annotations

import io
import re
import zipfile

NAMESPACES = (
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
)
PARTS = re.compile(r"word/[^/]+\.xml", re.IGNORECASE)
LARGEST_PART = 64 << 20
DECLARATION = re.compile(rb"""xmlns(?::([A-Za-z0-9_.-]{1,40}))?\s{0,9}=\s{0,9}["']([^"']{1,200})["']""")
OUR_PREFIX = b"w"
TEXT = b'<w:t xml:space="preserve">%s</w:t>'
EMPTY = rb"<w:%s(?:\s[^<>]{0,500})?(?:/>|>\s{0,99}</w:%s\s{0,9}>)"
TAB = re.compile(rb"<w:tab\s{0,9}(?:/>|>\s{0,99}</w:tab\s{0,9}>)")
"""Without attributes: with them it is a tab stop of a paragraph style."""
MARKS: tuple[tuple[re.Pattern[bytes], bytes], ...] = (
    (TAB, TEXT % b"\t"),
    (re.compile(EMPTY % (b"ptab", b"ptab")), TEXT % b"\t"),
    (re.compile(EMPTY % (b"br", b"br")), TEXT % b"\n"),
    (re.compile(EMPTY % (b"cr", b"cr")), TEXT % b"\n"),
    (re.compile(EMPTY % (b"noBreakHyphen", b"noBreakHyphen")), TEXT % "\u2011".encode()),
)
HINTS = re.compile(rb"(?:tab|br|cr|noBreakHyphen)[\s/>]")


def with_marks(path: str) -> bytes | None:
    """The file with its marks written out as text; None where there is nothing to write out.

    Raises ``zipfile.BadZipFile``, ``OSError`` or ``zlib.error`` for what is no whole file.
    """
    with zipfile.ZipFile(path) as archive:
        changes = {}
        for entry in archive.infolist():
            if PARTS.fullmatch(entry.filename) and entry.file_size <= LARGEST_PART:
                part = archive.read(entry)
                if (xml := with_list_text(part)) != part:
                    changes[entry.filename] = xml
        if not changes:
            return None
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
            for entry in archive.infolist():
                copy.writestr(entry.filename, changes.get(entry.filename) or archive.read(entry))
        return out.getvalue()


def with_list_text(part: bytes) -> bytes:
    """One XML part, under the prefix that the extractor knows, its marks as text."""
    prefix = next((match[1] or b"" for match in DECLARATION.finditer(part[:20_000]) if match[2] in NAMESPACES), None)
    if prefix is None:
        return part
    if prefix != OUR_PREFIX:
        part = _rename(part, prefix)
    if not HINTS.search(part):
        return part
    for mark, text in MARKS:
        part = mark.sub(text, part)
    return part


def _rename(part: bytes, prefix: bytes) -> bytes:
    """The part with ``w:`` instead of another prefix, or of none."""
    if prefix:
        name = re.escape(prefix)
        part = re.sub(rb"(</?)" + name + rb":", rb"\1w:", part)
        part = re.sub(rb"(\s)" + name + rb":(?=[A-Za-z]{1,40}\s{0,9}=)", rb"\1w:", part)
        return re.sub(rb"xmlns:" + name + rb"(?=\s{0,9}=)", b"xmlns:w", part)
    part = re.sub(rb"(</?)(?=[A-Za-z]{1,40}[\s/>])", rb"\1w:", part)
    return re.sub(rb"xmlns(?=\s{0,9}=)", b"xmlns:w", part)
