"""What a file is, by its first bytes and its name. A name alone proves nothing, and neither does a declared type."""

from __future__ import annotations

from email.message import Message

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.media_types import UNKNOWN, declared_type
from tradewind_server.text.encodings import wide_encoding

HEAD_BYTES = 4096
LONGEST_DECLARED = 300
LEAST_HEAD = 3
"""So many bytes of a signature are enough where the file itself ends there."""

PDF_MARK = b"%PDF-"
PDF_WITHIN = 1024
"""Bytes that may stand before it."""

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\x00\x00\x01\x00", "ico"),
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xfa", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"\xff\xf2", "mp3"),
    (b"\xff\xf1", "aac"),
    (b"\xff\xf9", "aac"),
    (b"#!AMR", "amr"),
    (b"\x1f\x8b", "gzip"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xfe\xed\xfa", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"#!", "program"),
)
RIFF = {b"WAVE": "wav", b"WEBP": "webp", b"AVI ": "avi"}
BRANDS = {b"avif": "avif", b"avis": "avif", b"heic": "heic", b"heix": "heic", b"mif1": "heic", b"M4A ": "m4a", b"M4B ": "m4a"}
"""Of files in the ISO container; any other brand is ``mp4``."""
PROGRAM_ENDINGS = frozenset(
    {"exe", "dll", "com", "msi", "scr", "bat", "cmd", "ps1", "vbs", "jar", "so", "dylib", "app", "apk", "sh", "bin", "elf"}
)
SOUND = frozenset({"wav", "mp3", "aac", "flac", "ogg", "matroska", "mp4", "m4a", "amr", "binary"})
"""What a recording may be, whatever its name says: recorders and clients mix these endings up."""
PICTURES = frozenset({"png", "jpeg", "gif", "webp", "avif", "heic", "bmp", "tiff", "ico"})
"""What a picture may be, whatever its name says: programs that save pictures mix these endings up too."""
# An Office file behind a password is packed into the older container: its loader says so.
TYPES_OF_ENDINGS: dict[str, frozenset[str]] = {
    "pdf": frozenset({"pdf"}),
    "docx": frozenset({"zip", "ole"}),
    "xlsx": frozenset({"zip", "ole"}),
    "pptx": frozenset({"zip", "ole"}),
    "epub": frozenset({"zip"}),
    "doc": frozenset({"ole"}),
    "xls": frozenset({"ole"}),
    "ppt": frozenset({"ole"}),
    **{ending: PICTURES for ending in ("png", "jpg", "jpeg", "gif", "webp", "avif")},
    **{ending: SOUND for ending in ("wav", "mp3", "m4a", "aac", "flac", "ogg", "oga", "opus", "webm", "mp4", "amr")},
}
TEXT_ENDINGS = frozenset({"txt", "md", "markdown", "csv", "json", "jsonl", "html", "htm", "xml", "yaml", "yml", "log", "rst"})
MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "html": "text/html",
    "htm": "text/html",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
}
PROVEN = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "tiff": "image/tiff",
    "ico": "image/x-icon",
    "avif": "image/avif",
    "heic": "image/heic",
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "amr": "audio/amr",
    "avi": "video/x-msvideo",
}
"""Media types that the first bytes decide, whatever was declared."""
CONTAINERS = {"matroska": "webm", "ogg": "ogg", "mp4": "mp4"}
"""These hold sound or pictures; a declared type that names neither is read as sound."""


def kind_of(head: bytes) -> str:
    """What the first bytes say: a known signature, ``text``, or ``binary``."""
    cut_short = len(head) >= LEAST_HEAD and not head.isascii()
    for signature, kind in SIGNATURES:
        if head.startswith(signature) or (cut_short and signature.startswith(head)):
            return kind
    if head.startswith(b"RIFF") and head[8:12] in RIFF:
        return RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], "mp4")
    if head.startswith(b"BM") and b"\x00" in head:
        return "bmp"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in head:
        return "text"
    return "binary"


def kind_under(ending: str, head: bytes) -> str:
    """What the first bytes say of a file with this ending: readers of PDF pass over what stands before its mark."""
    kind = kind_of(head)
    if ending == "pdf" and kind in ("text", "binary") and PDF_MARK in head[: PDF_WITHIN + len(PDF_MARK)]:
        return "pdf"
    return kind


def check_type(name: str, ending: str, head: bytes) -> None:
    """Refuse programs, and files whose bytes contradict their ending. Raises ``InvalidInput(FILE_TYPE_NOT_ALLOWED)``."""
    kind = kind_under(ending, head)
    if ending in PROGRAM_ENDINGS or (kind == "program" and ending not in TEXT_ENDINGS):
        raise InvalidInput(Reason.FILE_TYPE_NOT_ALLOWED, f"The file {name} is a program; programs are not accepted.")
    types = TYPES_OF_ENDINGS.get(ending)
    if types is not None and kind not in types:
        raise InvalidInput(
            Reason.FILE_TYPE_NOT_ALLOWED, f"The file {name} is not what its ending .{ending} says; check the file."
        )
    if kind == "binary" and ending in TEXT_ENDINGS and wide_encoding(head):
        return
    if ending in TEXT_ENDINGS and kind not in ("text", "program"):
        raise InvalidInput(
            Reason.FILE_TYPE_NOT_ALLOWED, f"The file {name} holds no text although it ends in .{ending}; check the file."
        )


def charset_of(media_type: str) -> str:
    """The encoding that a declared media type names; empty where it names none."""
    message = Message()
    message["Content-Type"] = media_type.replace("\n", " ").replace("\r", " ")[:LONGEST_DECLARED]
    return str(message.get_param("charset", "") or "")


def mime_of(ending: str, media_type: str) -> str:
    """The media type by the ending, else what was declared. Raises ``InvalidInput(UPLOAD_INVALID)``."""
    return MIMES.get(ending) or declared_type(media_type, "The file") or UNKNOWN


def identify(name: str, ending: str, media_type: str, head: bytes) -> str:
    """The media type of a file: by its bytes where they tell, else by its ending, else as declared.

    Raises ``InvalidInput(FILE_TYPE_NOT_ALLOWED)`` for programs and for bytes that contradict the ending or the
    declared type, ``InvalidInput(UPLOAD_INVALID)`` for a declaration that no header may hold.
    """
    claim = declared_type(media_type, f"The file {name}")
    check_type(name, ending, head)
    kind = kind_under(ending, head)
    if kind in PROVEN:
        return PROVEN[kind]
    if kind in CONTAINERS:
        family = "video" if claim.startswith("video/") or (not claim and ending in ("mp4", "mov", "mkv", "ogv")) else "audio"
        return f"{family}/{CONTAINERS[kind]}"
    if kind == "bmp":
        return "image/bmp"
    by_ending = mime_of(ending, claim)
    picture = by_ending.startswith("image/") and by_ending != MIMES["svg"]
    sound = by_ending.startswith(("audio/", "video/")) and kind != "binary"
    if picture or sound:
        raise InvalidInput(
            Reason.FILE_TYPE_NOT_ALLOWED, f"The file {name} is not the {by_ending} it is declared as; check the file."
        )
    if by_ending == UNKNOWN and kind == "text":
        return "text/plain"
    return by_ending
