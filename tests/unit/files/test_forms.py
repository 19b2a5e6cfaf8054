"""Multipart forms, however their bytes are cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.files.forms import Form, parse_form, split_fields, urlencoded

CONTENT_TYPE = "multipart/form-data; boundary=cut-here"
KNOWN = frozenset({"question", "chatId", "streaming", "history", "overrideConfig", "stopNodeId"})


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    return tmp_path / "incoming"


@pytest.fixture
def blobs(tmp_path: Path) -> DiskBlobs:
    disk = DiskBlobs(tmp_path)
    disk.prepare()
    return disk


def part(disposition: str, data: bytes, *headers: str) -> bytes:
    head = "\r\n".join([f"Content-Disposition: form-data; {disposition}", *headers])
    return b"--cut-here\r\n" + head.encode() + b"\r\n\r\n" + data + b"\r\n"


END = b"--cut-here--\r\n"


def content(file: SourceFile) -> bytes:
    return Path(file.path).read_bytes()


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def cut(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def parse(blobs: DiskBlobs, data: bytes, *, size: int = 1000, content_type: str = CONTENT_TYPE, most: int = 3) -> Form:
    return await parse_form(content_type, cut(data, size), blobs, most)


@pytest.mark.parametrize("size", [1, 2, 7, 64, 100_000])
async def test_fields_and_files_arrive_however_the_bytes_are_cut(blobs: DiskBlobs, size: int) -> None:
    tricky = b"--cut-her\r\n--cut-herx\r\n\r\n-" * 50
    data = (
        part('name="question"', "Wie groß?".encode())
        + part('name="files"; filename="Größe.txt"', tricky, "Content-Type: text/plain")
        + part('name="chunkSize"', b"150")
        + part('name="files"; filename="b.md"', b"# Second")
        + END
    )
    form = await parse(blobs, data, size=size)
    assert form.fields == [("question", "Wie groß?"), ("chunkSize", "150")]
    assert [file.name for file in form.files] == ["Größe.txt", "b.md"]
    assert [content(file) for file in form.files] == [tricky, b"# Second"]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (r'name="files"; filename="a\"b;c.txt"', 'a"b;c.txt'),
        (r'name="files"; filename="C:\dir\a.txt"', "a.txt"),
        ('name="files"; filename="../../a.txt"', "a.txt"),
        ("name=files; filename=bare.txt", "bare.txt"),
        ('filename="first.txt"; name="files"', "first.txt"),
        ('name="files[]"; filename="list.txt"', "list.txt"),
    ],
)
async def test_names_of_files(blobs: DiskBlobs, disposition: str, name: str) -> None:
    form = await parse(blobs, part(disposition, b"words") + END)
    assert [file.name for file in form.files] == [name]


async def test_a_lazy_client_may_declare_the_wrong_type(blobs: DiskBlobs) -> None:
    form = await parse(blobs, part('name="files"; filename="a.pdf"', b"%PDF-1.4", "Content-Type: text/plain") + END)
    assert form.files[0].mime == "application/pdf"


WHOLE = part('name="files"; filename="first.txt"', b"already on disk")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (part('name="files"; filename="a.txt"', b"x" * 5000), "breaks off"),
        (part('name="question"', b"hi")[:-8], "breaks off"),
        (b"", "breaks off"),
        (part('name="file"; filename="a.txt"', b"x") + END, "'files'"),
        (part('filename="a.txt"', b"x") + END, "no name"),
        (b"--cut-here\r\nX-Other: y\r\n\r\nhi\r\n" + END, "no name"),
        (b"--cut-here\r\nno colon here\r\n\r\nhi\r\n" + END, "well-formed"),
        (part('name="a"', b"x", "X-Long: " + "y" * 9000) + END, "orm"),
        (part('name="a"', b"x" * 1_100_000) + END, "1 MiB"),
        (part('name="a"; filename="a"', b"x" * 1_100_000) + END, "1 MiB"),
        (part('name="a"', b"x") * 201 + END, "200"),
        (part('name="files"; filename="a.txt"', b"x") * 3 + END, "more than 3 files"),
    ],
)
async def test_faulty_forms_are_refused_and_leave_nothing_behind(
    blobs: DiskBlobs, incoming: Path, data: bytes, told: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await parse(blobs, WHOLE + data)
    assert caught.value.reason == Reason.INVALID_FORM
    assert told in caught.value.message
    assert left_in(incoming) == []


async def test_a_refused_file_takes_the_others_with_it(blobs: DiskBlobs, incoming: Path) -> None:
    with pytest.raises(InvalidInput, match=r"tool\.exe") as caught:
        await parse(blobs, WHOLE + part('name="files"; filename="tool.exe"', b"MZ") + END)
    assert caught.value.reason == Reason.FILE_TYPE_NOT_ALLOWED
    assert left_in(incoming) == []


@pytest.mark.parametrize("content_type", ["text/plain; boundary=cut-here", "", "application/json"])
async def test_another_content_type_is_no_form(blobs: DiskBlobs, content_type: str) -> None:
    with pytest.raises(InvalidInput, match="boundary") as caught:
        await parse(blobs, END, content_type=content_type)
    assert caught.value.reason == Reason.INVALID_FORM


@pytest.mark.parametrize("size", [1, 7, 1000])
async def test_a_boundary_that_the_client_left_out_is_taken_from_the_body(blobs: DiskBlobs, size: int) -> None:
    data = part('name="question"', b"hi") + part('name="files"; filename="a.txt"', b"words") + END
    form = await parse(blobs, data, size=size, content_type="multipart/form-data")
    assert form.fields == [("question", "hi")]
    assert [content(file) for file in form.files] == [b"words"]


@pytest.mark.parametrize("data", [b"", b"no form at all", b"--\r\n", b"--" + b"x" * 500 + b"\r\n"])
async def test_without_a_boundary_anywhere_it_is_a_sentence(blobs: DiskBlobs, data: bytes) -> None:
    with pytest.raises(InvalidInput, match="boundary") as caught:
        await parse(blobs, data, content_type="multipart/form-data")
    assert caught.value.reason == Reason.INVALID_FORM


async def test_a_json_body_that_calls_itself_a_form_is_read(blobs: DiskBlobs) -> None:
    data = b' {"question": "text", "files": ["binary"], "modelName": "", "history": [1], "chatId": null}'
    form = await parse(blobs, data, size=5, content_type="multipart/form-data")
    assert form.fields == [("question", "text"), ("modelName", ""), ("history", "[1]")]
    assert form.files == []
    with pytest.raises(InvalidInput, match="no multipart form, is not valid JSON"):
        await parse(blobs, b'{"question": ', content_type="multipart/form-data")


async def test_values_in_the_shape_of_files_are_values(blobs: DiskBlobs) -> None:
    """As ``requests.post(files={"question": "text", "files": "binary", "modelName": ""})`` sends them, and browsers."""
    data = (
        part('name="question"; filename="question"', b"text")
        + part('name="files"; filename="files"', b"binary")
        + part('name="modelName"; filename="modelName"', b"")
        + part('name="overrideConfig"; filename="config.json"', b'{"a": 1}', "Content-Type: application/json")
        + part('name="history"; filename="blob"', b"[]", "Content-Type: application/json")
        + END
    )
    form = await parse(blobs, data)
    assert form.fields == [("question", "text"), ("modelName", ""), ("overrideConfig", '{"a": 1}'), ("history", "[]")]
    assert [(file.name, file.mime, content(file)) for file in form.files] == [("files", "text/plain", b"binary")]


async def test_an_empty_file_input_of_a_page_is_no_file(blobs: DiskBlobs) -> None:
    empty = part('name="files"; filename=""', b"", "Content-Type: application/octet-stream")
    form = await parse(blobs, part('name="question"', b"hi") + empty + END)
    assert (form.fields, form.files) == ([("question", "hi")], [])
    with pytest.raises(InvalidInput, match="no name"):
        await parse(blobs, part('name="files"; filename=""', b"words") + END)


async def test_a_caller_who_leaves_leaves_nothing_behind(blobs: DiskBlobs, incoming: Path) -> None:
    waiting = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield WHOLE + part('name="files"; filename="b.txt"', b"half of it")[:-6]
        waiting.set()
        await asyncio.Event().wait()

    parsing = asyncio.create_task(parse_form(CONTENT_TYPE, slow(), blobs, 3))
    await waiting.wait()
    assert len(left_in(incoming)) == 2
    parsing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await parsing
    assert left_in(incoming) == []


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ([("question", "Hi"), ("chunkSize", "150")], {"question": "Hi", "overrideConfig": {"chunkSize": "150"}}),
        ([("overrideConfig", '{"chunkSize": 9}')], {"overrideConfig": {"chunkSize": 9}}),
        ([("overrideConfig", '{"a": 1}'), ("a", "2"), ("b", "3")], {"overrideConfig": {"a": 1, "b": "3"}}),
        (
            [("temperature[chat_0]", "0.1"), ("temperature[chat_1]", "0.2")],
            {"overrideConfig": {"temperature": {"chat_0": "0.1", "chat_1": "0.2"}}},
        ),
        ([("stopNodeId", '["q_0", "q_1"]')], {"stopNodeId": ["q_0", "q_1"], "overrideConfig": {}}),
        ([("stopNodeId", "q_0")], {"stopNodeId": "q_0", "overrideConfig": {}}),
        (
            [("history", '[{"role": "userMessage", "content": "Hi"}]')],
            {"history": [{"role": "userMessage", "content": "Hi"}], "overrideConfig": {}},
        ),
        ([("metadata", '{"k": "v"}')], {"overrideConfig": {"metadata": {"k": "v"}}}),
        ([("vars", '{"city": "Rome"}')], {"overrideConfig": {"vars": {"city": "Rome"}}}),
        ([("streaming", "true")], {"streaming": True, "overrideConfig": {}}),
        ([("returnSourceDocuments", "false")], {"overrideConfig": {"returnSourceDocuments": False}}),
        ([("tags", "a"), ("tags", "b"), ("tags[]", "c")], {"overrideConfig": {"tags": ["a", "b", "c"]}}),
        ([("history", "null"), ("uploads", "")], {"history": None, "overrideConfig": {"uploads": None}}),
        ([], {"overrideConfig": {}}),
    ],
)
def test_fields_read_like_the_json_body(fields: list[tuple[str, str]], body: dict[str, Any]) -> None:
    assert split_fields(Form(fields), KNOWN) == body


@pytest.mark.parametrize("name", ["overrideConfig", "history", "vars", "stopNodeId"])
def test_damaged_json_in_a_field_is_told_by_its_name(name: str) -> None:
    with pytest.raises(InvalidInput, match=name) as caught:
        split_fields(Form([(name, "{broken")]), KNOWN)
    assert caught.value.reason == Reason.INVALID_FORM


@pytest.mark.parametrize(
    ("parts", "question"),
    [
        ([part('name="question"', "Grüße €".encode())], "Grüße €"),
        ([part('name="question"', "Grüße €".encode("cp1252"), "Content-Type: text/plain; charset=ISO-8859-1")], "Grüße €"),
        ([part('name="_charset_"', b"windows-1252"), part('name="question"', "Grüße €".encode("cp1252"))], "Grüße €"),
        ([part('name="question"', "漢字".encode("cp932"), "Content-Type: text/plain; charset=Shift_JIS")], "漢字"),
    ],
)
async def test_a_field_is_read_in_the_encoding_it_names(blobs: DiskBlobs, parts: list[bytes], question: str) -> None:
    form = await parse(blobs, b"".join(parts) + END)
    assert form.fields == [("question", question)]


@pytest.mark.parametrize("data", ["Grüße".encode("cp1252"), b"\xed\xa0\xbd", b"\xff"])
async def test_a_field_in_an_encoding_that_nobody_names_is_refused(blobs: DiskBlobs, data: bytes) -> None:
    with pytest.raises(InvalidInput, match="The field question of the form is not UTF-8"):
        await parse(blobs, part('name="question"', data) + END)
    with pytest.raises(InvalidInput, match="The form is not UTF-8"):
        urlencoded(b"question=" + data)
    with pytest.raises(InvalidInput, match="The form is not UTF-8"):
        urlencoded(b"question=" + b"".join(b"%%%02x" % one for one in data))


def test_an_urlencoded_form_is_read_in_the_encoding_it_names() -> None:
    assert urlencoded("question=Gr%FC%DFe+€".encode("cp1252"), "iso-8859-1").fields == [("question", "Grüße €")]
    assert urlencoded("question=Gr%C3%BC%C3%9Fe+€".encode()).fields == [("question", "Grüße €")]
    with pytest.raises(InvalidInput, match="more than 1,000 fields"):
        urlencoded(b"&".join([b"a=1"] * 1001))


async def test_a_part_in_an_encoding_of_mail_is_refused(blobs: DiskBlobs, incoming: Path) -> None:
    for encoding in ("base64", "quoted-printable"):
        with pytest.raises(InvalidInput, match=f"The part files of the form is encoded as {encoding}"):
            await parse(blobs, part('name="files"; filename="a.txt"', b"SGk=", f"Content-Transfer-Encoding: {encoding}") + END)
    form = await parse(blobs, part('name="files"; filename="a.txt"', b"Hi", "Content-Transfer-Encoding: Binary") + END)
    assert [content(file) for file in form.files] == [b"Hi"]
