"""The whole text of a document, as a question brings it along."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tradewind_server.documents.ports import SourceFile
from tradewind_server.documents.texts import DocumentTexts
from tradewind_server.errors import InvalidInput, Reason

HANDBOOK = Path(__file__).parents[3] / "examples" / "documents" / "harbour-handbook.pdf"
DOCX = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>Zanzibar lies in the sea.</w:t></w:r></w:p></w:body></w:document>"
)
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def written(folder: Path, name: str, data: bytes) -> SourceFile:
    path = folder / "file"
    path.write_bytes(data)
    return SourceFile(name, "", str(path), len(data))


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.txt", "Grüße\r\nan alle".encode(), "Grüße\r\nan alle"),
        ("a.csv", b"a,b\n1,2\n", "a,b\n1,2\n"),
        ("a.json", b'{"n": 3}', '{"n": 3}'),
        ("a.md", "# Wörter".encode("utf-16"), "# Wörter"),
        ("unknown", b"binary", "binary"),
    ],
)
async def test_text_is_read_as_it_stands(tmp_path: Path, name: str, data: bytes, text: str) -> None:
    assert await DocumentTexts().whole_text(written(tmp_path, name, data)) == text


async def test_office_documents_are_read_by_their_loaders(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("word/document.xml", DOCX)
    file = written(tmp_path, "a.docx", (tmp_path / "a.docx").read_bytes())
    assert "Zanzibar lies in the sea." in await DocumentTexts().whole_text(file)


async def test_the_pages_of_a_pdf_follow_each_other() -> None:
    text = await DocumentTexts().whole_text(SourceFile("handbook.pdf", "", str(HANDBOOK), 0))
    assert "ferry" in text.lower()


@pytest.mark.parametrize(("name", "data"), [("a.bin2", b"\x00\x01"), ("a.pdf", b"%PDF-1.4 cut")])
async def test_what_holds_no_text_is_named(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(InvalidInput, match=name) as caught:
        await DocumentTexts().whole_text(written(tmp_path, name, data))
    assert caught.value.reason == Reason.FILE_UNREADABLE
