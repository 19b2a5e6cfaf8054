"""Which files a loader node takes, and what becomes of them on the way to a store."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.documents.jobs import BATCH_CHARS, BATCH_CHUNKS, FIRST_BATCH_CHUNKS
from tradewind_server.documents.loaders import load_text
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.pdf import load_pdf
from tradewind_server.documents.ports import Document, LoadContext, SourceFile
from tradewind_server.documents.sources import (
    FileSource,
    TextSource,
    check_ending,
    finish,
)
from tradewind_server.documents.splitters import RecursiveSplitter
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.flows.nodes.retrieval.document_loaders import ANY_ENDINGS

MakeFile = Callable[[str, bytes], SourceFile]
Receive = Callable[[str, str, bytes], Awaitable[SourceFile]]


def text_source(files: Any = None, **changes: Any) -> FileSource:
    fields: dict[str, Any] = {
        "node_id": "textFile_0",
        "label": "Text File",
        "files": files,
        "endings": frozenset({"txt", "md"}),
        "loader": load_text,
        "options": {},
        "splitter": None,
        "rules": MetadataRules(),
    }
    return FileSource(**{**fields, **changes})


def pdf_source() -> FileSource:
    return text_source(node_id="pdfFile_0", label="Pdf File", endings=frozenset({"pdf"}), loader=load_pdf)


@pytest.fixture
def receive(tmp_path: Path) -> Receive:
    """Takes in files that came as base64, with the checks that uploads pass."""
    blobs = DiskBlobs(tmp_path / "blobs")
    blobs.prepare()

    async def take(name: str, mime: str, raw: bytes) -> SourceFile:
        async def whole() -> AsyncIterator[bytes]:
            yield raw

        return await blobs.receive(name, mime, whole())

    return take


async def loaded(
    source: FileSource | TextSource, *files: SourceFile, stored: Any = None, receive: Any = None
) -> list[Document]:
    context = LoadContext("w", "c", files, stored, receive)
    return [document async for batch in source.load(context) for document in batch]


def drawn(name: str, raw: bytes) -> str:
    return f"data:text/plain;base64,{base64.b64encode(raw).decode()},filename:{name}"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (MetadataRules(), {"source": "a", "line": 1}),
        (MetadataRules({"team": "sales"}), {"source": "a", "line": 1, "team": "sales"}),
        (MetadataRules({"source": "mine"}), {"source": "mine", "line": 1}),
        (MetadataRules({}, ("line", "none")), {"source": "a"}),
        (MetadataRules({"team": "sales"}, ("*",)), {"team": "sales"}),
    ],
)
def test_metadata_is_added_and_left_out(rules: MetadataRules, expected: dict[str, Any]) -> None:
    given = {"source": "a", "line": 1}
    assert next(finish([Document("text", given)], None, rules)).metadata == expected
    assert given == {"source": "a", "line": 1}


def test_nested_metadata_can_be_left_out() -> None:
    given = {"pdf": {"version": "1.4", "info": {"Title": "x"}}, "loc": 1}
    rules = MetadataRules({"loc": {"page": 2, "lines": 3}}, ("pdf.info.Title", "loc.lines", "loc.none", "pdf.version.deeper"))
    expected = {"pdf": {"version": "1.4", "info": {}}, "loc": {"page": 2}}
    assert next(finish([Document("text", given)], None, rules)).metadata == expected
    assert given == {"pdf": {"version": "1.4", "info": {"Title": "x"}}, "loc": 1}


def test_what_is_added_can_be_left_out_too() -> None:
    assert next(finish([Document("text")], None, MetadataRules({"a": 1}, ("a",)))).metadata == {}


def test_empty_documents_are_dropped() -> None:
    documents = [Document(""), Document(" \n"), Document("kept")]
    assert [one.content for one in finish(documents, None, MetadataRules())] == ["kept"]


async def test_plain_text_is_split_with_its_metadata() -> None:
    source = TextSource("plainText_0", "one\n\ntwo", RecursiveSplitter(4, 0), MetadataRules({"k": "v"}))
    chunks = await loaded(source)
    assert [chunk.content for chunk in chunks] == ["one", "two"]
    assert chunks[1].metadata == {"loc": {"lines": {"from": 3, "to": 3}}, "k": "v"}


async def test_files_of_the_call_replace_those_of_the_drawing(make_file: MakeFile, receive: Receive) -> None:
    source = text_source(drawn("old.txt", b"old words"))
    sent = make_file("NEW.TXT", b"new words")
    assert [one.content for one in await loaded(source, sent)] == ["new words"]
    assert [one.content for one in await loaded(source, receive=receive)] == ["old words"]


async def test_a_loader_leaves_the_files_of_others_alone(make_file: MakeFile) -> None:
    mine, other = make_file("a.md", b"# mine"), make_file("a.pdf", b"%PDF")
    assert [one.metadata["source"] for one in await loaded(text_source(), mine, other)] == ["a.md"]


async def test_a_loader_without_files_loads_nothing() -> None:
    assert await loaded(text_source(None)) == []
    assert await loaded(text_source("")) == []


@pytest.mark.parametrize("as_text", [True, False])
async def test_files_written_into_the_drawing_or_an_override(receive: Receive, as_text: bool) -> None:
    both: Any = [drawn("a.txt", b"first"), drawn("b.txt", b"second")]
    documents = await loaded(text_source(json.dumps(both) if as_text else both), receive=receive)
    assert [(one.content, one.metadata["source"]) for one in documents] == [("first", "a.txt"), ("second", "b.txt")]


async def test_a_written_file_without_a_name_gets_a_number(receive: Receive) -> None:
    value = drawn("", b"words").removesuffix(",filename:")
    assert [one.metadata["source"] for one in await loaded(text_source(value), receive=receive)] == ["file-0"]


@pytest.mark.parametrize(
    ("name", "raw"), [("a.pdf", b"%PDF-1.4"), ("a.exe", b"MZ"), ("a.txt", b"PK\x03\x04\x00"), ("run.txt", b"\x00\x01")]
)
async def test_written_files_are_checked_like_uploads(receive: Receive, name: str, raw: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        await loaded(text_source(drawn(name, raw)), receive=receive)
    assert caught.value.reason == Reason.FILE_TYPE_NOT_ALLOWED
    assert name in caught.value.message


async def test_batches_are_bounded_by_number_and_by_length(make_file: MakeFile) -> None:
    source = text_source(splitter=RecursiveSplitter(4, 0))
    file = make_file("a.txt", b"\n\n".join(b"%03d" % number for number in range(500)))
    sizes = [len(batch) async for batch in source.load(LoadContext("w", "c", [file]))]
    assert sizes == [FIRST_BATCH_CHUNKS, 2 * FIRST_BATCH_CHUNKS, BATCH_CHUNKS, BATCH_CHUNKS, BATCH_CHUNKS, 20]
    long = text_source(splitter=RecursiveSplitter(BATCH_CHARS // 2, 0))
    file = make_file("b.txt", b"x" * (3 * BATCH_CHARS))
    assert [len(batch) async for batch in long.load(LoadContext("w", "c", [file]))] == [2, 2, 2]


async def test_files_are_counted_as_they_are_begun(make_file: MakeFile) -> None:
    context = LoadContext("w", "c", [make_file("a.txt", b"one"), make_file("b.txt", b"two")])
    seen = []
    context.on_load = seen.append
    async for batch in text_source().load(context):
        seen.append(batch[0].content)
    assert seen == [1, "one", 1, "two"]


@pytest.mark.parametrize(
    "value", ["data:text/plain;base64,,filename:a.txt", "data:text/plain;base64,%%%,filename:a.txt", "junk"]
)
async def test_a_damaged_file_in_the_drawing_names_its_node(receive: Receive, value: str) -> None:
    with pytest.raises(InvalidInput, match="textFile_0") as caught:
        await loaded(text_source(value), receive=receive)
    assert caught.value.reason == Reason.FILE_UNREADABLE


@pytest.mark.parametrize("value", ['FILE-STORAGE::["a.txt","b.txt"]', "FILE-STORAGE::a.txt"])
async def test_stored_files_are_found_by_name(make_file: MakeFile, value: str) -> None:
    asked = []

    async def stored(name: str) -> SourceFile:
        asked.append(name)
        return make_file(name, f"words of {name}".encode())

    documents = await loaded(text_source(value), stored=stored)
    assert [one.content for one in documents] == [f"words of {name}" for name in asked]
    assert asked[0] == "a.txt"


async def test_a_stored_file_that_is_gone_is_named_with_its_node() -> None:
    async def stored(name: str) -> None:
        return None

    with pytest.raises(InvalidInput, match=r"gone\.txt.*textFile_0") as caught:
        await loaded(text_source('FILE-STORAGE::["gone.txt"]'), stored=stored)
    assert caught.value.reason == Reason.FILE_NOT_FOUND


def test_a_file_that_no_loader_takes_is_refused_with_what_they_take(make_file: MakeFile) -> None:
    check_ending([make_file("a.md", b"x"), make_file("B.PDF", b"x")], [text_source(), pdf_source()])
    with pytest.raises(InvalidInput) as caught:
        check_ending([make_file("sheet.xlsx", b"x")], [text_source(), pdf_source()])
    assert caught.value.reason == Reason.FILE_TYPE_NOT_ALLOWED
    for part in ("sheet.xlsx", "Text File", ".txt", "Pdf File", ".pdf"):
        assert part in caught.value.message


def test_files_for_a_store_without_file_loaders_are_refused(make_file: MakeFile) -> None:
    text = TextSource("plainText_0", "x", None, MetadataRules())
    check_ending([], [text])
    with pytest.raises(InvalidInput) as caught:
        check_ending([make_file("a.txt", b"x")], [text])
    assert caught.value.reason == Reason.FILE_TYPE_NOT_ALLOWED


async def test_nothing_of_a_loader_runs_on_the_event_loop(make_file: MakeFile) -> None:
    ran = []

    def load(file: SourceFile, options: Any) -> list[Document]:
        ran.append(threading.current_thread())
        return [Document("words")]

    assert [one.content for one in await loaded(text_source(loader=load), make_file("a.txt", b"x"))] == ["words"]
    assert ran != [threading.current_thread()]


def test_a_loader_of_any_file_takes_what_has_no_ending_and_says_in_short_what_else(make_file: MakeFile) -> None:
    anything = text_source(label="File Loader", endings=ANY_ENDINGS)
    check_ending([make_file(name, b"x") for name in ("README", "a.tsv", "a.odt")], [anything])
    with pytest.raises(InvalidInput) as refusal:
        check_ending([make_file("a.zip", b"x")], [anything])
    assert "a.zip: File Loader takes .csv, .docx, .epub" in refusal.value.message and "more." in refusal.value.message
    assert len(refusal.value.message) < 200
