"""Documents made to bring a worker down: refused in a true sentence, while other callers are served, their documents too."""

from __future__ import annotations

import io
import os
import signal
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
import requests

from harness.doors import docx, error_faults
from harness.processes import anonymous_mib, find

SCHEMAS = "http://schemas.openxmlformats.org"
RELATIONS = f"{SCHEMAS}/officeDocument/2006/relationships"
GROWTH_MIB = 60
OTHERS_SECONDS = 60
AT_ONCE = 6


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


def wide_sheet() -> bytes:
    """Two cells as far apart as they can be."""
    cell = '<c r="{0}" t="inlineStr"><is><t>x</t></is></c>'.format
    main = f"{SCHEMAS}/spreadsheetml/2006/main"
    links = (
        f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/%s" Target="%s"/>'
    )
    sheet = f'<row r="1">{cell("A1")}</row><row r="1048576">{cell("XFD1048576")}</row>'
    parts = {
        "_rels/.rels": links % ("officeDocument", "xl/workbook.xml") + "</Relationships>",
        "xl/_rels/workbook.xml.rels": links % ("worksheet", "worksheets/sheet1.xml") + "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    return zipped({name: text.encode() for name, text in parts.items()})


def pdf(stream: bytes, pages: int = 1) -> bytes:
    """A PDF that names its one page ``pages`` times; ``stream`` is packed already."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b"3 0 R " * pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    end = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % end)


def swelling_pdf() -> bytes:
    packer = zlib.compressobj()
    return pdf(b"".join(packer.compress(b"q " * (1 << 19)) for _ in range(300)) + packer.flush())


def swelling_book() -> bytes:
    return zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<a/>", "a.xhtml": b"<p>" * (80 << 20)})


@cache
def attack(name: str) -> bytes:
    return ATTACKS[name]()


ATTACKS: Mapping[str, Callable[[], bytes]] = {
    "wide.xlsx": wide_sheet,
    "pages.pdf": lambda: pdf(zlib.compress(b"BT ET"), 60_000),
    "swelling.pdf": swelling_pdf,
    "swelling.epub": swelling_book,
    "swelling.docx": lambda: zipped({"word/document.xml": b"<w:p>" + b" " * (300 << 20)}),
}


def upload(fortress: Any, flow: str, name: str, data: bytes, key: Any = None) -> requests.Response:
    answer: requests.Response = fortress.call("POST", f"/api/v1/vector/upsert/{flow}", key, files={"files": (name, data)})
    return answer


def worker_mib(fortress: Any) -> float:
    return anonymous_mib(find(fortress.stack.process.pid, "tradewind_server.worker"))


@pytest.fixture(scope="module")
def flow(fortress: Any) -> str:
    made: str = fortress.flow("rag-any-file")
    assert upload(fortress, made, "menu.docx", docx(["Bread costs four."])).status_code == 200
    return made


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_document_is_refused_and_others_are_served(fortress: Any, flow: str, name: str) -> None:
    data = attack(name)
    before = worker_mib(fortress)
    answers: list[requests.Response] = []
    threads = [threading.Thread(target=lambda: answers.append(upload(fortress, flow, name, data))) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    # Somebody with a key is somebody else.
    assert upload(fortress, flow, "menu.docx", docx(["Cake costs thirty."]), fortress.admin).status_code == 200
    assert time.monotonic() - began < OTHERS_SECONDS and fortress.alive()
    for thread in threads:
        thread.join()
    assert worker_mib(fortress) - before < GROWTH_MIB
    assert len(answers) == AT_ONCE
    for answer in answers:
        assert answer.status_code == 400 and answer.headers["x-error-reason"] == "DOCUMENT_TOO_COMPLEX", answer.text
        assert list(error_faults(answer.status_code, answer.json(), answer.headers)) == []
        assert name in answer.json()["message"]


@pytest.mark.parametrize("name", ["wide.xlsx", "swelling.docx"])
def test_the_same_beside_a_question(fortress: Any, name: str) -> None:
    url = f"/api/v1/prediction/{fortress.open_flow}"
    answer = fortress.call("POST", url, data={"question": "What?"}, files={"files": (name, attack(name))})
    assert answer.status_code == 400 and answer.headers["x-error-reason"] == "DOCUMENT_TOO_COMPLEX", answer.text
    assert fortress.alive()


def test_a_parser_that_is_killed_at_work_is_a_503_and_another_takes_over(fortress: Any, flow: str) -> None:
    data = b"[" + b"[[[]]]," * 6_000_000 + b"[]]"
    answers: list[requests.Response] = []
    thread = threading.Thread(target=lambda: answers.append(upload(fortress, flow, "long.json", data)))
    thread.start()
    root = fortress.stack.process.pid
    while not (busy := [pid for pid in find(root, "tradewind_server.parsing") if anonymous_mib([pid]) > 100]):
        assert thread.is_alive()
    os.kill(busy[0], signal.SIGKILL)
    thread.join()
    (answer,) = answers
    assert answer.status_code == 503 and "again" in answer.json()["message"], answer.text
    assert upload(fortress, flow, "menu.docx", docx(["Cake costs thirty."])).status_code == 200
