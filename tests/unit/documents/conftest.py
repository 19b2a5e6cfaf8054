"""Small files of every kind that loaders read, made in code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


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


SCHEMAS = "http://schemas.openxmlformats.org"
RELATIONS = f"{SCHEMAS}/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument"


def packed(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text if name == "mimetype" else '<?xml version="1.0"?>' + text)
    return out.getvalue()


def office_file(main: str, kind: str, part: str, part_kind: str, relation: str, index: str, parts: Sequence[str]) -> bytes:
    """An Office file: one main part that lists the others; ``{}`` in a path is a number."""
    folder = main.rpartition("/")[0]
    names = [part.format(number) for number in range(1, len(parts) + 1)]
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{OFFICE}.{part_kind}+xml"/>' for name in names)
    links = "".join(
        f'<Relationship Id="s{number}" Type="{RELATIONS}/{relation}" Target="{name.removeprefix(folder + "/")}"/>'
        for number, name in enumerate(names, 1)
    )
    package = f"{SCHEMAS}/package/2006"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/{main}" ContentType="{OFFICE}.{kind}.main+xml"/>{overrides}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{RELATIONS}/officeDocument" Target="{main}"/></Relationships>',
            main: index,
            f"{folder}/_rels/{main.rpartition('/')[2]}.rels": f'<Relationships xmlns="{package}/relationships">{links}'
            "</Relationships>",
            **dict(zip(names, parts, strict=True)),
        }
    )


def cell(value: Any, column: int, row: int) -> str:
    place = f"{chr(65 + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


@pytest.fixture
def make_xlsx() -> Callable[[Mapping[str, Sequence[Sequence[Any]]]], bytes]:
    """A workbook: sheet name to rows of cells."""
    main = f"{SCHEMAS}/spreadsheetml/2006/main"

    def make(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
        listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="s{n}"/>' for n, name in enumerate(sheets, 1))
        parts = []
        for rows in sheets.values():
            lines = "".join(
                f'<row r="{number}">{"".join(cell(value, column, number) for column, value in enumerate(row))}</row>'
                for number, row in enumerate(rows, 1)
            )
            parts.append(f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>')
        index = f'<workbook xmlns="{main}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
        kinds = ("spreadsheetml.sheet", "xl/worksheets/sheet{}.xml", "spreadsheetml.worksheet", "worksheet")
        return office_file("xl/workbook.xml", *kinds, index, parts)

    return make


@pytest.fixture
def make_pptx() -> Callable[[Sequence[Sequence[str]]], bytes]:
    """A presentation: the paragraphs of each slide."""
    main, drawing = f"{SCHEMAS}/presentationml/2006/main", f"{SCHEMAS}/drawingml/2006/main"

    def make(slides: Sequence[Sequence[str]]) -> bytes:
        listed = "".join(f'<p:sldId id="{255 + n}" r:id="s{n}"/>' for n in range(1, len(slides) + 1))
        index = f'<p:presentation xmlns:p="{main}" xmlns:r="{RELATIONS}"><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>'
        parts = []
        for texts in slides:
            shapes = "".join(f"<p:sp><p:txBody><a:p><a:r><a:t>{t}</a:t></a:r></a:p></p:txBody></p:sp>" for t in texts)
            tree = f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
            parts.append(f'<p:sld xmlns:p="{main}" xmlns:a="{drawing}">{tree}</p:sld>')
        kinds = ("presentationml.presentation", "ppt/slides/slide{}.xml", "presentationml.slide", "slide")
        return office_file("ppt/presentation.xml", *kinds, index, parts)

    return make


@pytest.fixture
def make_epub() -> Callable[[Sequence[tuple[str, str]]], bytes]:
    """A book: title and text of each chapter."""

    def make(chapters: Sequence[tuple[str, str]]) -> bytes:
        numbers = range(len(chapters))
        items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in numbers)
        spine = "".join(f'<itemref idref="c{n}"/>' for n in numbers)
        names = "urn:oasis:names:tc:opendocument:xmlns:container"
        root = '<rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        pages = {
            f"c{n}.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head>'
            f"<body><h1>{title}</h1><p>{text}</p></body></html>"
            for n, (title, text) in enumerate(chapters)
        }
        package = f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>{items}</manifest>'
        return packed(
            {
                "mimetype": "application/epub+zip",
                "META-INF/container.xml": f'<container version="1.0" xmlns="{names}">{root}</container>',
                "c.opf": f"{package}<spine>{spine}</spine></package>",
                **pages,
            }
        )

    return make
