"""Word documents as the extractor needs them: it reads the text of runs, and drops the marks between words.

Tabs, breaks and symbols become characters of the text, readings stand behind their words, and what was moved away is left
out, in a copy of the file; parts that hold none of them stay as they are.
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
HINTS = re.compile(rb"(?:tab|br|cr|noBreakHyphen|sym|rt|moveFrom)[\s/>]")
MOVE_SOURCE = re.compile(rb"<w:moveFrom(?:\s[^<>]{0,500})?>(?:[^<]|<(?!/?w:moveFrom[\s>]))*+</w:moveFrom\s{0,9}>")
"""Tracked, and standing in its new place as well."""
READING = re.compile(
    rb"<w:rt(?:\s[^<>]{0,500})?>((?:[^<]|<(?!/?w:(?:rt|rubyBase)[\s>]))*+)</w:rt\s{0,9}>\s{0,99}"
    rb"(<w:rubyBase(?:\s[^<>]{0,500})?>(?:[^<]|<(?!/?w:(?:rt|rubyBase)[\s>]))*+</w:rubyBase\s{0,9}>)"
)
READING_BEHIND = rb"\2<w:rt><w:r><w:t>(</w:t></w:r>\1<w:r><w:t>)</w:t></w:r></w:rt>"
SYMBOL = re.compile(rb"<w:sym(\s[^<>]{0,500})/>|<w:sym(\s[^<>]{0,500})>\s{0,99}</w:sym\s{0,9}>")
SYMBOL_FONT = re.compile(rb"""w:font\s{0,9}=\s{0,9}["']([^"']{1,80})["']""")
SYMBOL_CODE = re.compile(rb"""w:char\s{0,9}=\s{0,9}["']([0-9A-Fa-f]{1,4})["']""")
PRIVATE_USE = 0xF000
UNKNOWN_SYMBOL = "\ufffd"
GREEK = dict(
    zip("ABCDEFGHIKLMNOPQRSTUWXYZabcdefghiklmnopqrstuwxyz", "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηικλμνοπθρστυωξψζ", strict=True)
)
SYMBOLS = {
    "symbol": GREEK
    | dict(zip("\xa3\xb3\xb1\xb4\xb7\xb9\xa5\xac\xad\xae\xaf", "≤≥±×•≠∞←↑→↓", strict=True))
    | dict(zip("\xde\xdb\xc5\xe5\xd6\xb0\xce", "⇒⇔⊕∑√°∈", strict=True)),
    "wingdings": dict(zip("\xfc\xfb\xfe\xfd\xa8\xa7\x6c\x6e\xd8\xe0\xdf\x4a\x4c\x28\x2a", "✓✗☑☒□▪●■➢→←☺☹☎✉", strict=True)),
    "wingdings 2": dict(zip("\x50\x4f\x52\x51\xa3", "✓✗☑☒□", strict=True)),
}
"""By the name of the font; the codes are those of its letters."""


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
    part = READING.sub(READING_BEHIND, MOVE_SOURCE.sub(b"", part))
    return SYMBOL.sub(_symbol_text, part)


def _symbol_text(match: re.Match[bytes]) -> bytes:
    """The sign that a font draws for a code, or U+FFFD: a sign that nobody knows is not left out in silence."""
    attributes = match[1] or match[2]
    font, code = SYMBOL_FONT.search(attributes), SYMBOL_CODE.search(attributes)
    number = int(code[1], 16) if code else 0
    if number >= PRIVATE_USE:
        number -= PRIVATE_USE
    signs = SYMBOLS.get(font[1].decode("utf-8", "replace").lower() if font else "")
    if signs is None:
        text = chr(number) if number > 0xFF and not 0xD800 <= number < 0xE000 else UNKNOWN_SYMBOL
    else:
        text = signs.get(chr(number), UNKNOWN_SYMBOL)
    return TEXT % text.encode()


def _rename(part: bytes, prefix: bytes) -> bytes:
    """The part with ``w:`` instead of another prefix, or of none."""
    if prefix:
        name = re.escape(prefix)
        part = re.sub(rb"(</?)" + name + rb":", rb"\1w:", part)
        part = re.sub(rb"(\s)" + name + rb":(?=[A-Za-z]{1,40}\s{0,9}=)", rb"\1w:", part)
        return re.sub(rb"xmlns:" + name + rb"(?=\s{0,9}=)", b"xmlns:w", part)
    part = re.sub(rb"(</?)(?=[A-Za-z]{1,40}[\s/>])", rb"\1w:", part)
    return re.sub(rb"xmlns(?=\s{0,9}=)", b"xmlns:w", part)
