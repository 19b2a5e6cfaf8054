"""Bytes and endings against each other."""

from __future__ import annotations

import base64

import pytest
from tradewind_server.documents.loaders import ending
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.types import charset_of, check_type, identify, kind_of, mime_of

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
        ("txt", PNG),
        ("jpg", b"GkXfwords"),
        ("jpg", b"%PDF-1.4"),
        ("pdf", PNG),
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
    ("name", "declared", "head", "mime"),
    [
        ("a.png", "image/png", PNG, "image/png"),
        ("a.png", "", base64.b64decode("iVBORw0KGgdM2uN0"), "image/png"),
        ("picture", "image/png", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("photo.jpg", "image/jpeg", PNG, "image/png"),
        ("picture.webp", "", PNG, "image/png"),
        ("photo.png", "image/png", b"\x00\x00\x00\x18ftypheic", "image/heic"),
        ("raw.dat", "nonsense", b"\x00\x01", "application/octet-stream"),
        ("picture", "", b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        ("photo.heic", "", b"\x00\x00\x00\x18ftypheic", "image/heic"),
        ("logo.svg", "image/svg+xml", b"<svg/>", "image/svg+xml"),
        ("audio.wav", "audio/webm", b"\x1aE\xdf\xa3\x01\x00", "audio/webm"),
        ("audio.wav", "audio/webm", base64.b64decode("GkXf"), "audio/webm"),
        ("audio.wav", "", b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        ("audio.mp3", "audio/wav", b"ID3\x04\x00", "audio/mpeg"),
        ("audio.mp3", "", b"\xff\xfb\x90\x00", "audio/mpeg"),
        ("voice.m4a", "audio/mp4", b"\x00\x00\x00\x18ftypM4A ", "audio/mp4"),
        ("voice.m4a", "", b"\x00\x00\x00\x18ftypisom", "audio/mp4"),
        ("film.mp4", "", b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        ("film.webm", "video/webm", b"\x1aE\xdf\xa3\x01", "video/webm"),
        ("voice.ogg", "audio/ogg", b"OggS\x00", "audio/ogg"),
        ("voice.flac", "", b"fLaC\x00", "audio/flac"),
        ("raw", "audio/x-odd", b"\x00\x01\x02", "audio/x-odd"),
        ("a.txt", "application/octet-stream", b"words", "text/plain"),
        ("GIF", "", b"GIF", "text/plain"),
        ("files", "", b"binary", "text/plain"),
        ("notes.md", "text/plain", b"# Words", "text/markdown"),
        ("paper", "text/plain", b"%PDF-1.7", "application/pdf"),
        ("unknown", "", b"\x00\x01", "application/octet-stream"),
    ],
)
def test_the_bytes_say_what_a_file_is(name: str, declared: str, head: bytes, mime: str) -> None:
    assert identify(name, ending(name), declared, head) == mime


@pytest.mark.parametrize(
    ("name", "declared", "head"),
    [
        ("dot.txt", "image/png", PNG),
        ("picture", "image/png", b"words"),
        ("picture", "image/png", b"\x00\x01\x02"),
        ("picture", "image/png", b"PK\x03\x04"),
        ("voice", "audio/webm", b"words"),
        ("voice.wav", "audio/wav", b"%PDF-1.4"),
        ("page.png", "image/png", b"<html>"),
        ("voice.mp3", "audio/mpeg", b"MZ\x90\x00"),
    ],
)
def test_bytes_that_contradict_what_was_said_are_refused(name: str, declared: str, head: bytes) -> None:
    with pytest.raises(InvalidInput, match=name) as caught:
        identify(name, ending(name), declared, head)
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


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16", "utf-32"])
def test_texts_of_wide_characters_are_texts(encoding: str) -> None:
    check_type("a.csv", "csv", "name,price\nCafé,5 €\n".encode(encoding))


@pytest.mark.parametrize(
    ("declared", "charset"),
    [
        ("text/csv; charset=windows-1252", "windows-1252"),
        ('text/plain;charset="UTF-8"', "UTF-8"),
        ("text/csv", ""),
        ("", ""),
        ("x;\r\ny: z", ""),
    ],
)
def test_the_encoding_that_a_media_type_declares(declared: str, charset: str) -> None:
    assert charset_of(declared) == charset


@pytest.mark.parametrize(
    "declared", ["text/html\r\nX-Evil: 1", "text/html\x00", "text/h\u00fcml", "text/html;\r\nX: 1", "a" * 501]
)
@pytest.mark.parametrize("head", [PNG, b"words", b"\x00\x01"])
def test_a_declaration_that_no_header_may_hold_is_refused(declared: str, head: bytes) -> None:
    with pytest.raises(InvalidInput, match="media type") as caught:
        identify("a.dat", "dat", declared, head)
    assert caught.value.reason == Reason.UPLOAD_INVALID


def test_a_pdf_may_have_bytes_before_its_mark() -> None:
    assert identify("a.pdf", "pdf", "", b"\n" * 1000 + b"%PDF-1.7") == "application/pdf"
    assert identify("a.pdf", "pdf", "", b"\x00\x01" * 100 + b"%PDF-1.7") == "application/pdf"
    with pytest.raises(InvalidInput):
        identify("a.pdf", "pdf", "", b"\n" * 1100 + b"%PDF-1.7")
    assert identify("about.txt", "txt", "", b"A PDF begins with %PDF-") == "text/plain"
