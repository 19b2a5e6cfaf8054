from __future__ import annotations

from typing import Any

import orjson
import pytest
from tradewind_server.bounded_json import DEEPEST, MOST_VALUES, SLICE, foreign_json, read_json
from tradewind_server.errors import InvalidInput, Reason

MARK = "\ufeff"
MEGABYTE = 1024 * 1024


def refused(data: bytes | str) -> InvalidInput:
    with pytest.raises(InvalidInput) as raised:
        read_json(data, "The body")
    return raised.value


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        ((MARK + '{"a": 1}').encode("utf-16-le"), {"a": 1}),
        ((MARK + '{"a": 1}').encode("utf-16-be"), {"a": 1}),
        ((MARK + '{"a": 1}').encode("utf-32-le"), {"a": 1}),
        (MARK + "[1]", [1]),
        (b'["\\ud83d", "\\ud83d\\ude00"]', ["\ufffd", "\U0001f600"]),
        (b'{"\\udc00": ["\\ud800x"]}', {"\ufffd": ["\ufffdx"]}),
        (b"[1.0, 1.5, 1e3, 9007199254740993.0]", [1, 1.5, 1000, 9007199254740992]),
    ],
)
def test_what_clients_write_is_read(data: bytes | str, value: Any) -> None:
    assert read_json(data, "The body") == value


@pytest.mark.parametrize(
    "data", [b"{", b"{'a': 1}", b"", b"[1,]", b"NaN", b'["\\ud800", NaN]', b'["\\ud800", 1e999]', b"1" * 400, b"nul"]
)
def test_what_is_no_json_is_refused_with_its_place(data: bytes) -> None:
    error = refused(data)
    assert error.reason is Reason.INVALID_ARGUMENT
    assert error.message.startswith("The body ")


@pytest.mark.parametrize("data", [b'"\xff"', b"\xff\xfe\x00", b'{"a": "\xed\xa0\x80"}'])
def test_what_is_not_utf_8_is_told_so(data: bytes) -> None:
    assert refused(data).message == "The body is not UTF-8; send it as UTF-8."


HOSTILE = {
    "nulls": b"[" + b"null," * MEGABYTE + b"1]",
    "lists": b"[" + b"[]," * MEGABYTE + b"1]",
    "spaced lists": b"[" + b"[ ]," * MEGABYTE + b"1]",
    "objects": b"[" + b"{}," * MEGABYTE + b"1]",
    "texts": b"[" + b'"",' * MEGABYTE + b"1]",
    "names": b"{" + b'"a":1,' * MEGABYTE + b'"b":1}',
    "open lists": b"[" * MEGABYTE,
    "quotes": b'"' * MEGABYTE,
    "behind a text of commas": b'["' + b"," * MEGABYTE + b'",' + b"1," * MOST_VALUES + b"1]",
    "behind escaped quotes": b'["' + b'\\"' * SLICE + b'\\\\",' + b"1," * MOST_VALUES + b"1]",
    "broken": b"[" + b"1," * MEGABYTE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_too_many_values_are_refused_before_one_is_made(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tradewind_server.bounded_json.orjson.loads", lambda _: pytest.fail("It was parsed."))
    assert refused(HOSTILE[name]).reason is Reason.BODY_TOO_COMPLEX


@pytest.mark.parametrize("depth", [65, 900, 5000, 90_000])
def test_too_deep_is_refused(depth: int) -> None:
    for data in (
        b"[" * depth + b"]" * depth,
        b'{"a":' * depth + b"1" + b"}" * depth,
        b'["\\ud800",' + b"[" * depth + b"]" * depth + b"]",
    ):
        assert refused(data).reason is Reason.BODY_TOO_COMPLEX


def test_what_is_large_but_simple_passes() -> None:
    text = 'a, [b] {c} \\ " ' * 500_000
    assert read_json(b'["' + b"x" * MEGABYTE + b'"]', "The body") == ["x" * MEGABYTE]
    assert read_json(b'{"a": "' + b"," * MEGABYTE + b'"}', "The body") == {"a": "," * MEGABYTE}
    assert len(read_json(b"[" + b"null," * (MOST_VALUES - 2) + b"1]", "The body")) == MOST_VALUES - 1
    assert read_json(b"[" * 64 + b"]" * 64, "The body") != []
    import json

    assert read_json(json.dumps({"t": text}), "The body") == {"t": text}


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ('"\\ud83d"', "\ufffd"),
        ('"\\ud83d\\ude00"', "\U0001f600"),
        ('{"\\ud800": "x\\udc00"}', {"\ufffd": "x\ufffd"}),
        (MARK + "[1]", [1]),
        ((MARK + "[1]").encode("utf-16-le"), [1]),
        ('{"a": NaN}', {"a": None}),
        ("[12345678901234567890123, 9223372036854775807]", ["12345678901234567890123", 9223372036854775807]),
        ("[" * DEEPEST + "]" * DEEPEST, None),
    ],
)
def test_what_others_wrote_can_be_written_again(data: str | bytes, value: Any) -> None:
    read = foreign_json(data)
    assert value is None or read == value
    assert orjson.dumps(read)


@pytest.mark.parametrize(
    "data", ["", "{", "1e999", b"\xff", "[" * 5000, "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), '{"a":' * 200 + "1" + "}" * 200]
)
def test_what_others_wrote_and_is_no_json_is_a_value_error(data: str | bytes) -> None:
    with pytest.raises(ValueError):
        foreign_json(data)
