"""Parsers are processes of their own: held to their limits, replaced when they end, and free of secrets."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.documents.jobs import ParsingJob, file_job, value_of, whole_job
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.office import load_any
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.splitters import RecursiveSplitter
from tradewind_server.errors import InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.parsing import pool as module
from tradewind_server.parsing.limits import DocumentLimits
from tradewind_server.parsing.pool import Parsers

SPLITTER = RecursiveSplitter(100, 20)


def splitting(kind: str, size: int, overlap: int, data: bytes, **more: Any) -> ParsingJob:
    splitter = {"kind": kind, "size": size, "overlap": overlap, **more}
    return ParsingJob("text", "The text", {"metadata": {}, "splitter": splitter, "added": {}, "omitted": []}, data)


SLOW = splitting("RecursiveSplitter", 1000, 999, b"ab" * 2_000_000, separators=[""])
"""Makes gigabytes of chunks of little text."""


class Pool(Parsers):
    """A pool that counts what becomes of its processes."""

    def __init__(self, folder: Path, **limits: Any) -> None:
        self.events: Counter[str] = Counter()
        super().__init__(2, DocumentLimits(**limits), folder, count=lambda event: self.events.update([event]))

    async def chunks(self, file: SourceFile) -> list[Document]:
        job = file_job(file, load_any, {}, SPLITTER, MetadataRules())
        assert job is not None
        return [one async for batch in self.batches(job) for one in batch.documents]

    async def refusal(self, file: SourceFile) -> TradewindError:
        with pytest.raises(TradewindError) as caught:
            await self.chunks(file)
        return caught.value


@asynccontextmanager
async def opened(folder: Path, **limits: Any) -> AsyncIterator[Pool]:
    pool = Pool(folder, **limits)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.aclose()


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str, bytes], SourceFile]:
    def made(name: str, data: bytes) -> SourceFile:
        path = tmp_path / name
        path.write_bytes(data)
        return SourceFile(name, "", str(path), len(data))

    return made


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


def pdf(body: bytes, kids: bytes = b"3 0 R", count: int = 1) -> bytes:
    packed = zlib.compress(body)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    tree = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    objects = (b"<</Type/Catalog/Pages 2 0 R>>", tree, page, stream)
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % end
    return bytes(out)


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 (another process gives no sign)
            await asyncio.sleep(0.01)


async def test_a_file_comes_back_in_chunks_and_the_process_is_used_again(tmp_path: Path, make: Any) -> None:
    async with opened(tmp_path) as pool:
        (first,) = pool.pids
        for number in range(3):
            chunks = await pool.chunks(make("menu.txt", b"Bread costs four.\n\n" * 500))
            assert len(chunks) > 100 and chunks[0].metadata["source"] == "menu.txt", number
        assert await value_of(pool, whole_job(make("menu.txt", "Käse".encode()), 10)) == "Käse"
        assert await value_of(pool, whole_job(make("menu.txt", b"x" * 50), 10)) == "x" * 11
        assert first in pool.pids
        assert set(pool.events) == {"started"}


async def test_a_killed_process_is_a_503_and_a_fresh_one_takes_over(tmp_path: Path) -> None:
    async with opened(tmp_path) as pool:
        async with aclosing(pool.batches(SLOW)) as batches:  # type: ignore[type-var]
            await anext(batches)
            (busy,) = (one.pid for one in pool._busy)
            os.kill(busy, signal.SIGKILL)
            with pytest.raises(Unavailable) as caught:
                async for _ in batches:
                    pass
        assert caught.value.reason == Reason.SERVER_UNAVAILABLE and "again" in caught.value.message
        assert await value_of(pool, ParsingJob("indent", "The answer", {}, b"[1]")) == "[\n  1\n]"
        assert busy not in pool.pids and pool.events["crashed"] == 1


async def test_who_leaves_ends_the_process_in_the_middle_of_a_document(tmp_path: Path) -> None:
    async with opened(tmp_path) as pool:
        batches = pool.batches(SLOW)
        await anext(batches)
        (busy,) = (one.pid for one in pool._busy)
        await batches.aclose()  # type: ignore[attr-defined]
        await until(lambda: not Path(f"/proc/{busy}").exists())
        assert pool.events["killed"] == 1
        await until(lambda: pool.pids)


async def test_a_caller_that_is_cancelled_ends_the_process(tmp_path: Path) -> None:
    async with opened(tmp_path) as pool:

        async def read() -> None:
            async for _ in pool.batches(SLOW):
                await asyncio.sleep(0)

        task = asyncio.create_task(read())
        await until(lambda: pool._busy)
        task.cancel()
        await asyncio.wait({task})
        await until(lambda: pool.events["killed"] == 1)


@pytest.mark.parametrize(
    ("limits", "words"),
    [({"cpu_seconds": 1}, "1 seconds of computing"), ({"wall_seconds": 0.5}, "longer than 0.5 seconds")],
    ids=["cpu", "wall"],
)
async def test_time_is_bounded(tmp_path: Path, limits: dict[str, Any], words: str) -> None:
    async with opened(tmp_path, **limits) as pool:
        with pytest.raises(InvalidInput, match=words) as caught:
            async for _ in pool.batches(SLOW):
                pass
        assert caught.value.reason == Reason.DOCUMENT_TOO_COMPLEX
        assert await value_of(pool, ParsingJob("indent", "The answer", {}, b"1")) == "1"


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


async def test_two_cells_far_apart_are_refused(tmp_path: Path, make: Any, make_sheet: Callable[[str], bytes]) -> None:
    cell = '<c r="{0}" t="inlineStr"><is><t>x</t></is></c>'.format
    rows = f'<row r="1">{cell("A1")}</row><row r="1048576">{cell("XFD1048576")}</row>'
    async with opened(tmp_path) as pool:
        error = await pool.refusal(make("wide.xlsx", make_sheet(rows)))
        assert error.reason == Reason.DOCUMENT_TOO_COMPLEX and "wide.xlsx" in error.message
        assert await value_of(pool, ParsingJob("indent", "The answer", {}, b"1")) == "1"


@pytest.fixture
def make_sheet() -> Callable[[str], bytes]:
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def made(rows: str) -> bytes:
        parts = {
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{office}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
        }
        return zipped(**{name: text.encode() for name, text in parts.items()})

    return made


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.docx", zipped(**{"word/document.xml": b"<w:p>" + b" " * (3 << 20)})),
        ("bomb.epub", zipped(**{"a.xhtml": b" " * (3 << 20)})),
        ("bomb.pptx", zipped(**{"ppt/media/a.xml": b" " * (3 << 20)})),
        ("bomb.pdf", pdf(b" " * (3 << 20))),
        ("twice.pdf", pdf(zlib.compress(b" " * (3 << 20)))),
        ("pages.pdf", pdf(b"BT ET", b"3 0 R " * 30_000, 30_000)),
    ],
    ids=["docx", "epub", "pptx", "pdf", "pdf-twice", "pdf-pages"],
)
async def test_what_unfolds_too_far_is_refused(tmp_path: Path, make: Any, name: str, data: bytes) -> None:
    async with opened(tmp_path, unpacked_mb=2) as pool:
        error = await pool.refusal(make(name, data))
        assert isinstance(error, InvalidInput) and error.reason == Reason.DOCUMENT_TOO_COMPLEX, error.message
        assert name in error.message and "split" in error.message


async def test_json_that_swells_in_memory_is_refused(tmp_path: Path, make: Any) -> None:
    async with opened(tmp_path, memory_mb=512) as pool:
        error = await pool.refusal(make("wide.json", b"[" + b"[]," * 8_000_000 + b"[]]"))
        assert error.reason == Reason.DOCUMENT_TOO_COMPLEX
        deep = await pool.refusal(make("deep.json", b"[" * 1_000_000))
        assert isinstance(deep, InvalidInput)


async def test_a_process_that_has_done_enough_is_renewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_JOBS", 2)
    async with opened(tmp_path) as pool:
        (first,) = pool.pids
        for _ in range(3):
            assert await value_of(pool, ParsingJob("indent", "The answer", {}, b"1")) == "1"
        assert first not in pool.pids and pool.events["renewed"] >= 1


async def test_a_slow_reader_holds_no_process(tmp_path: Path, make: Any) -> None:
    """Chunks that wait for a model wait outside of the parser, which goes on with others."""
    async with opened(tmp_path) as pool:
        job = file_job(make("long.txt", b"Bread costs four.\n" * 500_000), load_any, {}, SPLITTER, MetadataRules())
        assert job is not None
        slow = pool.batches(job)
        await anext(slow)
        await until(lambda: not pool._busy)
        rest = [len(batch.documents) async for batch in slow]
        assert sum(rest) > 80_000


async def test_a_parser_has_its_libraries_before_its_limits(tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of them is unpacked at its first use, and a parser writes no file; never where other users could put their own."""
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setenv("TMPDIR", str(shared))
    async with opened(tmp_path) as pool:
        assert "images" in (await pool.refusal(make("blank.pdf", pdf(b"BT ET")))).message
    unpacked = tmp_path / "unpacked"
    assert not list(shared.iterdir()) and list(unpacked.rglob("*pdfium*"))
    assert stat.S_IMODE(unpacked.stat().st_mode) == 0o700


def known_to(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


async def test_a_parser_knows_no_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEWIND_ADMIN_KEY", "secret-of-ours")
    monkeypatch.setenv("OPENAI_API_KEY", "secret-of-ours")
    async with opened(tmp_path) as pool:
        (known,) = map(known_to, pool.pids)
        assert b"PATH=" in known and b"secret-of-ours" not in known


ENDINGS = ("docx", "xlsx", "pptx", "epub", "pdf", "json", "csv", "jsonl", "xls", "doc", "ppt", "xlsb", "html", "txt")
STUMPS = (b"PK\x03\x04" + bytes(60), b"%PDF-1.4\n" + bytes(60), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), bytes(40))


async def test_bytes_that_are_none_of_it(tmp_path: Path, make: Any) -> None:
    async with opened(tmp_path) as pool:
        for ending in ENDINGS:
            for data in STUMPS:
                error = await refusal_or_chunks(pool.chunks(make(f"a.{ending}", data)))
                assert error is None or isinstance(error, InvalidInput), f"{ending} {data[:4]!r} {error}"


async def refusal_or_chunks(work: Awaitable[Any]) -> TradewindError | None:
    try:
        await work
    except TradewindError as error:
        return error
    return None
