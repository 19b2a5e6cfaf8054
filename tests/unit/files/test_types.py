"""Bytes and endings against each other."""

from __future__ import annotations

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.types import check_type, kind_of, mime_of

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("ending", "head"),
    [
        ("pdf", b"%PDF-1.7\n"),
        ("docx", b"PK\x03\x04rest"),
        ("txt", b"plain words"),
        ("txt", "wide".encode("utf-16")),
        ("txt", b"caf\xe9 in Latin-1"),
        ("md", b"#!not a script, a note"),
        ("csv", b"a,b\n1,2\n"),
        ("json", b"{}"),
        ("png", PNG),
        ("", b"words without an ending"),
        ("weird", b"words"),
    ],
)
def test_files_that_are_what_they_say_are_taken(ending: str, head: bytes) -> None:
    check_type("file", ending, head)


@pytest.mark.parametrize(
    ("ending", "head"),
    [
        ("exe", b"MZ\x90\x00"),
        ("exe", b"harmless words"),
        ("bat", b"echo hello"),
        ("pdf", b"MZ\x90\x00"),
        ("docx", b"\x7fELF\x02"),
        ("", b"\x7fELF\x02"),
        ("dat", b"\xcf\xfa\xed\xfe"),
        ("pdf", b"words"),
        ("docx", b"%PDF-1.4"),
        ("jpg", PNG),
        ("txt", b"%PDF-1.4"),
        ("txt", b"PK\x03\x04"),
        ("csv", b"a\x00b"),
    ],
)
def test_programs_and_contradictions_are_refused_by_name(ending: str, head: bytes) -> None:
    with pytest.raises(InvalidInput, match="upload-7") as caught:
        check_type("upload-7", ending, head)
    assert caught.value.reason == Reason.FILE_TYPE_NOT_ALLOWED


@pytest.mark.parametrize(
    ("head", "kind"), [(b"", "text"), (b"a\x00", "binary"), (b"\xff\xfea\x00", "text"), (b"GIF89a", "gif")]
)
def test_kinds(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind


@pytest.mark.parametrize(
    ("ending", "declared", "mime"),
    [
        ("pdf", "text/plain", "application/pdf"),
        ("wav", "audio/webm", "audio/webm"),
        ("xyz", "text/x; charset=utf-8", "text/x"),
        ("xyz", "", "application/octet-stream"),
    ],
)
def test_the_ending_decides_the_media_type(ending: str, declared: str, mime: str) -> None:
    assert mime_of(ending, declared) == mime
