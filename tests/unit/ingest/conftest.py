"""Small files of every kind that loaders read, made in code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tradewind_server.flows.components import SourceFile

from tests.fakes.ingest_world import World

MakeFile = Callable[[str, bytes], SourceFile]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def make_file(tmp_path: Path) -> MakeFile:
    """A file under a name of the server's, called what the caller calls it."""
    folder = tmp_path / "incoming"
    folder.mkdir()

    def make(name: str, data: bytes) -> SourceFile:
        path = folder / str(len(list(folder.iterdir())))
        path.write_bytes(data)
        return SourceFile(name, "", str(path), len(data))

    return make


@pytest.fixture
def make_pdf() -> Callable[[Sequence[str]], bytes]:
    """A PDF with one page for each text."""

    def make(pages: Sequence[str]) -> bytes:
        kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        for number, text in enumerate(pages):
            lines = " ".join(f"({line}) Tj T*" for line in text.split("\n"))
            stream = f"BT /F1 12 Tf 72 720 Td 14 TL {lines} ET".encode()
            box = "/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
            objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {5 + 2 * number} 0 R >>".encode())
            objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(b"<< /Title (Price list) /Author (Mia Baker) >>")
        out, places = bytearray(b"%PDF-1.4\n"), []
        for number, body in enumerate(objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        return bytes(out + trailer % (len(objects) + 1, len(objects), table))

    return make


@pytest.fixture
def make_docx() -> Callable[[Sequence[str]], bytes]:
    """A Word document with one paragraph for each text."""

    def make(paragraphs: Sequence[str]) -> bytes:
        body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
        schemas = "http://schemas.openxmlformats.org"
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{schemas}/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{schemas}/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{schemas}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{schemas}/wordprocessingml/2006/main">'
            f"<w:body>{body}</w:body></w:document>",
        }
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, '<?xml version="1.0"?>' + text)
        return packed.getvalue()

    return make
