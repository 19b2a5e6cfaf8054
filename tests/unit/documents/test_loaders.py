"""What each loader makes of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from tradewind_server.documents.loaders import ending, load_csv, load_json, load_jsonlines, load_text
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.reading import Notice, Text, documents_of
from tradewind_server.errors import InvalidInput, Reason

MakeFile = Callable[[str, bytes], SourceFile]


def contents(documents: Iterable[Document | Text | Notice]) -> list[str]:
    return [document.content for document in documents_of(documents)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Größe – naïve".encode(), "Größe – naïve"),
        (b"\xef\xbb\xbfmarked", "marked"),
        ("breit 漢字".encode("utf-16"), "breit 漢字"),
        ("breit".encode("utf-16-be").join([b"\xfe\xff", b""]), "breit"),
        (b"caf\xe9", "café"),
        (b"one\r\ntwo\rthree\n", "one\r\ntwo\rthree\n"),
    ],
)
def test_text_is_read_in_the_encoding_it_has(make_file: MakeFile, raw: bytes, text: str) -> None:
    (document,) = documents_of(load_text(make_file("notes.txt", raw), {}))
    assert document == Document(text, {"source": "notes.txt", "blobType": ""})


@pytest.mark.parametrize("raw", [b"ab\x00\x01cd", "a\x00b".encode("utf-16"), b"x" * (1 << 20) + b"\x00"])
def test_bytes_that_are_no_text_are_refused_by_name(make_file: MakeFile, raw: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        list(load_text(make_file("notes.txt", raw), {}))
    assert caught.value.reason == Reason.FILE_UNREADABLE
    assert "notes.txt" in caught.value.message


def test_csv_rows_become_documents(make_file: MakeFile) -> None:
    file = make_file("prices.csv", b'item, price\nbread,"4,50"\ncake,30\n')
    documents = list(load_csv(file, {}))
    assert contents(documents) == ["item: bread\nprice: 4,50", "item: cake\nprice: 30"]
    assert [document.metadata["line"] for document in documents] == [1, 2]
    assert documents[0].metadata["source"] == "prices.csv"


def test_one_column_of_a_csv_can_be_the_text(make_file: MakeFile) -> None:
    file = make_file("faq.csv", b"question,answer\nWhen?,At seven.\nWhere?,Mill Lane.\n")
    assert contents(load_csv(file, {"column": "answer"})) == ["At seven.", "Mill Lane."]


def test_an_unknown_column_is_refused_with_those_there_are(make_file: MakeFile) -> None:
    with pytest.raises(InvalidInput) as caught:
        list(load_csv(make_file("faq.csv", b"question,answer\nWhen?,At seven.\n"), {"column": "reply"}))
    assert caught.value.reason == Reason.NODE_INPUT_INVALID
    assert "question, answer" in caught.value.message


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_separators_of_csv_are_noticed(make_file: MakeFile, mark: str) -> None:
    rows = [["name", "age"], ["Mia, the baker", "41"], ["Tom", "17"]]
    raw = "\n".join(mark.join(row) for row in rows).encode()
    assert contents(load_csv(make_file("people.csv", raw), {})) == ["name: Mia, the baker\nage: 41", "name: Tom\nage: 17"]


def test_rows_that_are_too_short_or_too_long_do_not_break_a_csv(make_file: MakeFile) -> None:
    assert contents(load_csv(make_file("a.csv", b"a,b,c\n1,2\n1,2,3,4\n"), {})) == [
        "a: 1\nb: 2\nc: ",
        "a: 1\nb: 2\nc: 3\n__EMPTY: 4",
    ]


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
def test_line_ends_of_csv(make_file: MakeFile, end: bytes) -> None:
    assert contents(load_csv(make_file("a.csv", end.join([b"a,b", b"1,2", b"3,4"])), {})) == ["a: 1\nb: 2", "a: 3\nb: 4"]


def test_a_lone_row_has_no_line_number(make_file: MakeFile) -> None:
    (row,) = load_csv(make_file("a.csv", b"a\n1\n"), {})
    assert row.metadata == {"source": "a.csv", "blobType": ""}


def test_a_column_without_a_name(make_file: MakeFile) -> None:
    assert contents(load_csv(make_file("a.csv", b",b\n1,2\n"), {})) == ["__EMPTY: 1\nb: 2"]


def test_a_long_csv_is_read_row_by_row(make_file: MakeFile) -> None:
    rows = load_csv(make_file("a.csv", b"n,text\n" + b"1,some words\n" * 50_000), {})
    assert next(rows).metadata["line"] == 1
    assert sum(1 for _ in rows) == 49_999


BAKERY = b'{"name": "Mill", "staff": [{"name": "Mia", "age": 41}, {"name": "Tom"}], "place": {"street": "Mill Lane"}}'


@pytest.mark.parametrize(
    ("pointers", "expected"),
    [
        (None, ["Mill", "Mia", "Tom", "Mill Lane"]),
        ("/name", ["Mill", "Mia", "Tom"]),
        ("/staff", ["Mia", "Tom"]),
        ("place, /staff/name", ["Mia", "Tom", "Mill Lane"]),
        ("/nothing", []),
    ],
)
def test_json_strings_become_documents(make_file: MakeFile, pointers: str | None, expected: list[str]) -> None:
    assert contents(load_json(make_file("a.json", BAKERY), {"pointers": pointers})) == expected


def test_json_objects_can_be_documents(make_file: MakeFile) -> None:
    cake = '{"item": "cake", "price": 30.0, "by": {"who": "Mia", "ok": true}, "n": null}'
    raw = '[{"item": "bread", "tags": ["süß", 1]}, 5, ' + cake + "]"
    assert contents(load_json(make_file("a.json", raw.encode()), {"by_object": True})) == [
        'item: bread\ntags: ["süß",1]',
        "item: cake\nprice: 30\nby.who: Mia\nby.ok: true\nn: null",
    ]


def test_metadata_is_taken_from_the_json_itself(make_file: MakeFile) -> None:
    raw = b'[{"text": "one", "at": {"page": 3}}, {"text": "two"}]'
    documents = list(load_json(make_file("a.json", raw), {"pointers": "text", "mapped": {"page": "/at/page"}}))
    assert [(one.content, one.metadata["page"], one.metadata["line"]) for one in documents] == [("one", 3, 1), ("two", None, 2)]


def test_json_nested_without_measure_is_bounded(make_file: MakeFile) -> None:
    for deep in (b"[" * 900 + b'"x"' + b"]" * 900, b"[" * 200_000):
        with pytest.raises(InvalidInput, match=r"a\.json"):
            list(load_json(make_file("a.json", deep), {}))


def test_half_a_character_is_marked_and_the_rest_read(make_file: MakeFile) -> None:
    torn = b'[{"a": "cut \\ud83d here", "n": 12345678901234567890123}]'
    (text,) = contents(load_json(make_file("a.json", torn), {"by_object": True}))
    assert "cut \ufffd here" in text and "12345678901234567890123" in text
    assert contents(load_jsonlines(make_file("a.jsonl", b'{"a": "\\ud83d"}'), {"pointer": "a"})) == ["\ufffd"]


LINES = b'{"key": "first", "at": {"page": 1}}\n\n{"key": {"deeper": 2}}\r\n{"key": ["a"], "at": {"page": 3}}'


def test_lines_of_json(make_file: MakeFile) -> None:
    documents = list(load_jsonlines(make_file("a.jsonl", LINES), {"pointer": "key", "mapped": {"page": "/at/page"}}))
    assert contents(documents) == ["first", "deeper: 2", '["a"]']
    assert [one.metadata["page"] for one in documents] == [1, None, 3]
    assert documents[0].metadata == {"source": "a.jsonl", "blobType": "", "line": 1, "page": 1}


def test_lines_of_json_without_a_pointer_are_read_whole(make_file: MakeFile) -> None:
    assert contents(load_jsonlines(make_file("a.jsonl", LINES), {}))[0] == "key: first\nat.page: 1"


@pytest.mark.parametrize(
    ("raw", "reason"), [(b'{"key": 1}\n{', Reason.FILE_UNREADABLE), (b'{"key": 1}\n{"other": 2}', Reason.NODE_INPUT_INVALID)]
)
def test_a_line_that_does_not_fit_is_named(make_file: MakeFile, raw: bytes, reason: Reason) -> None:
    with pytest.raises(InvalidInput, match=r"Line 2 of the file a\.jsonl") as caught:
        list(load_jsonlines(make_file("a.jsonl", raw), {"pointer": "key"}))
    assert caught.value.reason == reason


@pytest.mark.parametrize("raw", [b"{", b"nothing", b'{"a": }'])
def test_damaged_json_is_refused_by_name(make_file: MakeFile, raw: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"data\.json") as caught:
        list(load_json(make_file("data.json", raw), {}))
    assert caught.value.reason == Reason.FILE_UNREADABLE


@pytest.mark.parametrize(
    ("name", "expected"), [("a.TXT", "txt"), ("a.tar.gz", "gz"), ("README", ""), (".profile", ""), ("a.", "")]
)
def test_endings(name: str, expected: str) -> None:
    assert ending(name) == expected


def test_a_literal_that_begins_with_a_slash_stays(make_file: MakeFile) -> None:
    """Where no object of the file has anything under it, a value is no pointer."""
    wanted = {"path": "/finance/2024", "page": "/at/page"}
    lines = b'{"text": "one", "at": {"page": 3}}\n{"text": "two"}\n'
    documents = documents_of(
        load_json(make_file("a.json", b"[" + lines.strip().replace(b"\n", b",") + b"]"), {"mapped": wanted})
    )
    assert [(one.metadata["path"], one.metadata["page"]) for one in documents] == [
        ("/finance/2024", 3),
        ("/finance/2024", None),
    ]
    documents = documents_of(load_jsonlines(make_file("a.jsonl", lines), {"mapped": wanted}))
    assert [(one.metadata["path"], one.metadata["page"]) for one in documents] == [
        ("/finance/2024", 3),
        ("/finance/2024", None),
    ]


def test_what_is_no_object_is_left_out_with_a_notice(make_file: MakeFile) -> None:
    found = list(load_json(make_file("a.json", b'[{"a": 1}, 5, "six"]'), {"by_object": True}))
    assert [one.sentence for one in found if isinstance(one, Notice)] == [
        "The file a.json holds 2 items that are no objects and are left out."
    ]
