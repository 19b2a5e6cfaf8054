"""JSON as models write it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from tradewind_server.lenient_json import LONGEST_REPAIR, LONGEST_TEXT, OTHER_THOUGHTS, json_values, without_thoughts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ("\ufeff [1, 2]\n", [1, 2]),
        ("7", 7),
        ('"{\\"a\\": 1}"', {"a": 1}),
        ('{"a": "b",}', {"a": "b"}),
        ('{"a": [1, 2,], }', {"a": [1, 2]}),
        ('{"a": "one\ntwo\tx"}', {"a": "one\ntwo\tx"}),
        ("{'a': \"it's\"}", {"a": "it's"}),
        ("{'a': 'a } here', 'b': 2}", {"a": "a } here", "b": 2}),
        ('{a: "b", "c": 1}', {"a": "b", "c": 1}),
        ('{"a": True, "b": None}', {"a": True, "b": None}),
        ('// note\n{"a": "http://x/y", /* } */ "b": 1}', {"a": "http://x/y", "b": 1}),
        ('{"a": "he said "hi" to me", "b": "c"}', {"a": 'he said "hi" to me', "b": "c"}),
        ("{\u201ca\u201d: \u201cb\u201d}", {"a": "b"}),
        ('{"a": 1 "b": 2}', {"a": 1, "b": 2}),
        ('{"a": "b"', {"a": "b"}),
        ('{"a": "b"}}', {"a": "b"}),
        ('{{"a": "b"}}', {"a": "b"}),
        ('{"a": """one\ntwo"""}', {"a": "one\ntwo"}),
        ('{"a": "C:\\Users\\x"}', {"a": "C:\\Users\\x"}),
        ('{"a": "\\ud83d",}', {"a": "\ufffd"}),
        ('```json\n{"a": "b"\n```\nBye', {"a": "b"}),
        ('Here it is:\n```json\n{"a": "``"}\n```\nEnjoy!', {"a": "``"}),
        ('```json\n{"a": "```py\\nx```"}\n```', {"a": "```py\nx```"}),
        ('Not [1] but\n```\n{"a": 1}\n```', {"a": 1}),
        ('<think>{"a": 0}</think>\n{"a": 1}', {"a": 1}),
        ('First {"a": 0}, or no.</think>{"a": 1}', {"a": 1}),
        ('The answer {as asked} is {"a": {"b": [1]}} and no more.', {"a": {"b": [1]}}),
    ],
)
def test_the_first_value(text: str, value: Any) -> None:
    assert next(json_values(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "{broken",
        "```json\n{\n```",
        '{"a": "broken o',
        '{"a": 12',
        '{"a": "b", "c": tru',
        "[" * 5000,
        '{"a":' * 5000,
        '{"a":' * 5000 + "1" + "}" * 5000,
        '{"a": "' + "x" * (LONGEST_REPAIR + 1) + '",}',
    ],
)
def test_no_value(text: str) -> None:
    assert list(json_values(text)) == []


def test_several_values_in_their_order() -> None:
    assert list(json_values('[1] then {"a": 2,} and {"b": 3')) == [[1], {"a": 2}]


@pytest.mark.parametrize("piece", ["[", "{", '{"a":', "[1,", '"', "'", "{'a':'", "```", "/*", "<think>", "\\", '{"a":"b"'])
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (2 * LONGEST_TEXT // len(piece))
    begun = time.process_time()
    list(json_values(text))
    assert time.process_time() - begun < 8


def test_thoughts() -> None:
    assert without_thoughts("<think>a</think>b<thinking>c</thinking>d") == "bd"
    assert without_thoughts("a</think>b") == "b"
    assert without_thoughts("a < b") == "a < b"


@pytest.mark.parametrize(("start", "end"), OTHER_THOUGHTS.items())
def test_thoughts_between_marks_of_one_family(start: str, end: str) -> None:
    assert list(json_values(f'{start}{{"a": 0}}{end}{{"a": 1}}{start}[2]{end}')) == [{"a": 1}]
    assert without_thoughts(f"{start} without an end") == f"{start} without an end"
