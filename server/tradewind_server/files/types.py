"""What a file is, by its first bytes and its name. A name alone proves nothing, and neither does a declared type."""

from __future__ import annotations

from tradewind_server.errors import InvalidInput, Reason

HEAD_BYTES = 4096

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"\x1f\x8b", "gzip"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xfe\xed\xfa", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"#!", "program"),
)
PROGRAM_ENDINGS = frozenset(
    {"exe", "dll", "com", "msi", "scr", "bat", "cmd", "ps1", "vbs", "jar", "so", "dylib", "app", "apk", "sh", "bin", "elf"}
)
EXPECTED: dict[str, frozenset[str]] = {
    "pdf": frozenset({"pdf"}),
    "docx": frozenset({"zip"}),
    "xlsx": frozenset({"zip"}),
    "pptx": frozenset({"zip"}),
    "epub": frozenset({"zip"}),
    "doc": frozenset({"ole"}),
    "xls": frozenset({"ole"}),
    "ppt": frozenset({"ole"}),
    "png": frozenset({"png"}),
    "jpg": frozenset({"jpeg"}),
    "jpeg": frozenset({"jpeg"}),
    "gif": frozenset({"gif"}),
}
TEXT_ENDINGS = frozenset({"txt", "md", "markdown", "csv", "json", "jsonl", "html", "htm", "xml", "yaml", "yml", "log", "rst"})
MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "html": "text/html",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
}


def kind_of(head: bytes) -> str:
    """What the first bytes say: a known signature, ``text``, or ``binary``."""
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in head:
        return "text"
    return "binary"


def check_type(name: str, ending: str, head: bytes) -> None:
    """Refuse programs, and files whose bytes contradict their ending. Raises ``InvalidInput(FILE_TYPE_NOT_ALLOWED)``."""
    kind = kind_of(head)
    if ending in PROGRAM_ENDINGS or (kind == "program" and ending not in TEXT_ENDINGS):
        raise InvalidInput(Reason.FILE_TYPE_NOT_ALLOWED, f"The file {name} is a program; programs are not accepted.")
    expected = EXPECTED.get(ending)
    if expected is not None and kind not in expected:
        raise InvalidInput(
            Reason.FILE_TYPE_NOT_ALLOWED, f"The file {name} is not what its ending .{ending} says; check the file."
        )
    if ending in TEXT_ENDINGS and kind not in ("text", "program"):
        raise InvalidInput(
            Reason.FILE_TYPE_NOT_ALLOWED, f"The file {name} holds no text although it ends in .{ending}; check the file."
        )


def mime_of(ending: str, declared: str) -> str:
    """The media type by the ending, else what was declared."""
    return MIMES.get(ending) or declared.partition(";")[0].strip() or "application/octet-stream"
