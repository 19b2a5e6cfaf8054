"""In which encoding a text is: by its mark, by what is declared, as UTF-8, else guessed and checked against the whole text.

The guess is chardet's, which ranks what fits; the first of its encodings that decodes every byte and yields words that a
language could have is taken. Where none does, a text is refused rather than read wrongly. Synchronous and CPU-bound.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tradewind_server.text.charsets import GUESS_CODECS, MULTIBYTE, OF_OTHER_SYSTEMS, WITH_ESCAPES, codec_of, display_name

BLOCK_BYTES = 1 << 20
WIDE_HEAD = 1 << 14
"""Bytes that tell whether a text is UTF-16 or UTF-32."""
SAMPLE_BYTES = 16_000
DECLARED_WITHIN = 2048
"""Bytes of a page or an XML document that are searched for the encoding it names."""
FEW = 50
"""One wrong place among so many characters beyond ASCII is damage; more is another encoding."""
MOSTLY_READ = 10
"""Of so many characters behind a mark one may be damaged; where more are, the mark is none."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
META_DECLARED = re.compile(rb"""<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
FOREIGN_BLOCKS = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0e00-\u0e7f]")
LATIN = re.compile(r"[A-Za-z]")
SIGN_IN_WORD = re.compile(r"(?<=[^\W\d_])[§•¤¶†‡°©®™±¬¦£¥¢“”„«»‹›‚¸¨¯…ˇ˘˝˛˙](?=[^\W\d_])")
EAST_ASIAN = "[\u3400-\u9fff\uac00-\ud7a3]{1,2}"
EAST_ASIAN_IN_WORD = re.compile(f"(?<=[A-Za-z][a-z]){EAST_ASIAN}(?=[a-z])|(?<=[a-z]){EAST_ASIAN}(?=[a-z][a-z])")
"""A letter with an accent, and perhaps its neighbour, taken for a character of East Asia."""
PLAIN_SIGNS = frozenset("€£¥$¢°§©®™±×÷·•–—…«»„“”‘’‚‹›¿¡ºª²³½¼¾¬№\xa0\xad")
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
CONTINUATION = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
HALVES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
Blocks = Callable[[], Iterable[bytes]]


class NoText(ValueError):
    """Bytes that are no text in any encoding, or in none that can be told. Its message says which, as a predicate."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to read a text. ``warning`` is a predicate that says what was guessed or is damaged; empty where nothing was."""

    encoding: str
    warning: str = ""


@dataclass(slots=True)
class _ByteSurvey:
    """What one pass over a text as UTF-8 showed."""

    utf8: bool = True
    ascii: bool = True
    zero: bool = False
    escapes: bool = False
    line: int = 1
    """The line of the first byte that is not UTF-8."""


def decode(raw: bytes, charset: str | None = None, *, markup: bool = True) -> tuple[str, str]:
    """The text behind bytes, and the warning that :class:`Decoding` has. Raises :class:`NoText`."""
    decoding = decoding_of(lambda: (raw,), charset, markup=markup)
    return raw.decode(decoding.encoding, "replace"), decoding.warning


def decoding_of(blocks: Blocks, charset: str | None = None, *, markup: bool = False) -> Decoding:
    """How to read the text in ``blocks``, which may be asked for more than once.

    ``charset`` is what came with it says; with ``markup`` also what an XML or HTML document says itself is heard. Raises
    :class:`NoText`.
    """
    first = _head(blocks)
    mark_codec = next((name for mark, name in MARKS if first.startswith(mark)), None)
    if mark_codec in ("utf-16", "utf-32"):
        return _by_mark(blocks, mark_codec)
    survey = _survey(blocks)
    codec = codec_of(charset) or (codec_of(_codec_name_in(first)) if markup else None)
    refusal = ""
    if codec and not mark_codec and not codec.startswith("utf") and not (survey.ascii and codec not in (*WITH_ESCAPES, "hz")):
        if decoding := _by_declaration(blocks, codec, survey):
            return decoding
        refusal = f"is not in the encoding {display_name(codec)} that it declares; "
    if survey.utf8 and not survey.zero:
        with_escapes = next((one for one in WITH_ESCAPES if survey.escapes and _fits(blocks, one)), None)
        return (
            Decoding(with_escapes, f"was read as {display_name(with_escapes)}") if with_escapes else Decoding("utf-8-sig", "")
        )
    wide = wide_encoding(first)
    if wide and _fits(blocks, wide):
        return Decoding(wide, f"was read as {wide.upper()}, although no mark says so")
    if survey.zero:
        raise NoText("cannot be read as text")
    if near := _nearly_utf8(blocks, survey):
        return near
    return _by_guess(blocks, refusal)


def file_blocks(path: str) -> Iterator[bytes]:
    """The bytes of a file, a block at a time."""
    with open(path, "rb") as file:
        while raw := file.read(BLOCK_BYTES):
            yield raw


def _head(blocks: Blocks) -> bytes:
    head = b""
    for raw in blocks():
        head += raw[: WIDE_HEAD - len(head)]
        if len(head) == WIDE_HEAD:
            break
    return head


def _codec_name_in(first: bytes) -> str | None:
    head = first[:DECLARED_WITHIN]
    match = XML_DECLARED.match(head) or META_DECLARED.search(head)
    return match[1].decode("ascii") if match else None


def _survey(blocks: Blocks) -> _ByteSurvey:
    survey = _ByteSurvey()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    lines = 1
    for raw in blocks():
        survey.zero = survey.zero or b"\x00" in raw
        survey.escapes = survey.escapes or b"\x1b$" in raw
        if raw.isascii() and not decoder.getstate()[0]:
            lines += raw.count(b"\n") if survey.utf8 else 0
            continue
        survey.ascii = False
        if not survey.utf8:
            continue
        try:
            decoder.decode(raw)
            lines += raw.count(b"\n")
        except UnicodeDecodeError as error:
            survey.utf8, survey.line = False, lines + error.object[: error.start].count(b"\n")
            decoder.reset()
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        survey.utf8, survey.line = False, lines
    return survey


def _texts(blocks: Blocks, encoding: str, errors: str = "strict") -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for raw in blocks():
        yield decoder.decode(raw)
    yield decoder.decode(b"", final=True)


def _fits(blocks: Blocks, encoding: str) -> bool:
    """Whether every byte decodes, and to no U+0000."""
    try:
        return not any("\x00" in text for text in _texts(blocks, encoding))
    except UnicodeError:
        return False


def _damage(blocks: Blocks, encoding: str) -> tuple[int, int]:
    """Places that do not decode, and characters beyond ASCII among which they stand."""
    bad = beyond = 0
    for text in _texts(blocks, encoding, "replace"):
        bad += text.count("\ufffd")
        beyond += len(text) - len(text.encode("ascii", "ignore"))
    return bad, beyond - bad


def _by_mark(blocks: Blocks, encoding: str) -> Decoding:
    zero = False
    bad = size = 0
    for text in _texts(blocks, encoding, "replace"):
        zero = zero or "\x00" in text
        bad += text.count("\ufffd")
        size += len(text)
    if zero or bad * MOSTLY_READ > size + MOSTLY_READ:
        raise NoText("cannot be read as text")
    return Decoding(encoding, _damage_note(bad, encoding) if bad else "")


def _damage_note(bad: int, encoding: str, line: int = 0) -> str:
    places, stand = ("place", "stands") if bad == 1 else ("places", "stand")
    where = f" (the first in line {line})" if line else ""
    return f"has {bad} {places} that cannot be read as {display_name(encoding)}{where}; U+FFFD {stand} there"


def _by_declaration(blocks: Blocks, codec: str, survey: _ByteSurvey) -> Decoding | None:
    """The declared encoding, unless the text shows that it is another: by chance nothing longer is valid UTF-8."""
    if survey.utf8 and not survey.ascii and codec not in MULTIBYTE and not codec.startswith("euc"):
        return Decoding("utf-8-sig", f"is UTF-8, although it declares {display_name(codec)}")
    if _fits(blocks, codec):
        return Decoding(codec)
    bad, beyond = _damage(blocks, codec)
    return Decoding(codec, _damage_note(bad, codec)) if bad and bad * FEW <= beyond else None


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, by the first bytes of a text: where its zero bytes stand, or by its kana."""
    even, odd = head[0::2], head[1::2]
    units = len(odd)
    if len(even) != units:
        return None
    if b"\x00" in head:
        likely = ["utf-32-le", "utf-32-be"] if b"\x00\x00" in head else []
        likely.append("utf-16-le" if odd.count(0) >= even.count(0) else "utf-16-be")
        letters = sum(one > 31 and two > 31 and one < 127 and two < 127 for one, two in zip(even, odd, strict=False))
        if letters * 10 > units * 9:
            return None
    else:
        likely = [name for name, half in (("utf-16-le", odd), ("utf-16-be", even)) if half.count(0x30) * 10 > units]
    return next((one for one in likely if _is_wide_text(head, one, kana=b"\x00" not in head)), None)


def _is_wide_text(head: bytes, encoding: str, *, kana: bool) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)  # What is cut off at the end does not count.
    except UnicodeDecodeError:
        return False
    if any(ord(char) < 32 and char not in "\t\n\v\f\r\x1a" for char in text) or _senseless(text):
        return False
    return not kana or all("\u3000" <= char <= "\u30ff" or "\u4e00" <= char <= "\u9fff" or char >= "\uff00" for char in text)


def _nearly_utf8(blocks: Blocks, survey: _ByteSurvey) -> Decoding | None:
    """UTF-8 with a few wrong bytes: other encodings hardly ever look like it, and then not throughout."""
    halves = sum(len(HALVES.findall(raw)) for raw in blocks())
    bad, _ = _damage(blocks, "utf-8-sig")
    good = sum(len(CONTINUATION.findall(raw)) for raw in blocks()) - halves
    bad -= 2 * halves
    if (bad - halves) * 3 <= good or (bad == 1 and good > 0):
        return Decoding("utf-8-sig", _damage_note(bad, "utf-8", survey.line))
    return None


def _by_guess(blocks: Blocks, refusal: str) -> Decoding:
    sample = _sample(blocks)
    if sample.translate(None, CONTROLS) != sample:
        raise NoText("cannot be read as text")
    for name in _rank(sample):
        if plausible(sample.decode(name, "replace")) and _fits(blocks, name):
            note = f"was read as {display_name(name)}; save it as UTF-8 if characters are wrong"
            return Decoding(name, refusal + note if refusal else f"is not UTF-8 and names no encoding; it {note}")
    raise NoText("is text in an encoding that cannot be told; save it as UTF-8")


def _sample(blocks: Blocks) -> bytes:
    """Lines that hold bytes beyond ASCII, wherever they stand in the text. Only the last may be cut off."""
    lines: dict[bytes, None] = {}  # What is said twice proves nothing more.
    size = 0
    for line in _lines_of(blocks):
        if line.isascii() or line in lines:
            continue
        lines[line] = None
        size += len(line)
        if size >= SAMPLE_BYTES:
            break
    return b"\n".join(lines)[:SAMPLE_BYTES]


def _lines_of(blocks: Blocks) -> Iterator[bytes]:
    """The lines of a text; of a very long one, what stands from its first byte beyond ASCII on."""
    partial_line = b""
    for raw in blocks():
        *lines, partial_line = (partial_line + raw).split(b"\n")
        for line in lines:
            yield line if len(line) <= SAMPLE_BYTES else line[_beyond_ascii(line) :]
        if len(partial_line) > SAMPLE_BYTES:
            partial_line = partial_line[_beyond_ascii(partial_line) :]
            if len(partial_line) > SAMPLE_BYTES:
                break
    yield partial_line


def _beyond_ascii(line: bytes) -> int:
    match = BEYOND_ASCII.search(line)
    return match.start() if match else len(line)


def _rank(sample: bytes) -> list[str]:
    """Encodings that fit a sample, likely ones first."""
    from chardet import detect_all

    candidates = detect_all(sample, include_encodings=GUESS_CODECS, compat_names=False, ignore_threshold=True)
    names = list(dict.fromkeys(codec for one in candidates if (codec := codec_of(one["encoding"]))))
    names.sort(key=lambda name: name in OF_OTHER_SYSTEMS)
    if "cp1252" in names[1:] and sample.decode(names[0], "replace") == sample.decode("cp1252", "replace"):
        names.insert(0, "cp1252")  # The same text under the name that nearly all such files have.
    return names


def plausible(text: str) -> bool:
    """Whether words of a language could look like this.

    Few signs that no text has, few words of two scripts, with a capital behind a small letter or a sign in their middle.
    """
    if "\ufffd" in text.rstrip("\ufffd") or _senseless(text):
        return False
    beyond = [char for char in text if char > "\x7f"]
    odd = sum(unicodedata.category(char) in ("So", "Sm", "Sk", "No", "Sc") and char not in PLAIN_SIGNS for char in beyond)
    words = [word for word in WORD.findall(text) if not word.isascii()]
    is_mixture = sum(bool(FOREIGN_BLOCKS.search(word) and LATIN.search(word)) for word in words)
    humps = sum(any(two > "\x7f" and one.islower() and two.isupper() for one, two in pairwise(word)) for word in words)
    inside = len(SIGN_IN_WORD.findall(text)) + len(EAST_ASIAN_IN_WORD.findall(text))
    return odd * 5 <= len(beyond) and (is_mixture + humps + inside) * 4 <= len(words)


def _senseless(text: str) -> bool:
    """Whether there are characters in it that nobody writes: controls beyond ASCII, unassigned ones, those for private use."""
    return any(char > "\x7e" and unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in text)
