"""Shapes say themselves as JSON schemas, and read values strictly where it matters."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.flows.components import ParseFailure
from tradewind_server.flows.llm.output_schema import Schema, read_in

BOOK = Schema(
    "object",
    fields={
        "title": Schema("string", description="As on the cover", most=5),
        "year": Schema("number", whole=True, least=1400),
        "price": Schema("number", least=0, beyond=frozenset({"least"}), nullable=True),
        "genre": Schema("string", choices=("crime", "poetry")),
        "tags": Schema("array", item=Schema("string"), most=2, optional=True),
        "sold": Schema("boolean", default=False),
    },
)


def test_a_shape_is_a_json_schema() -> None:
    assert BOOK.schema() == {
        "type": "object",
        "properties": {
            "title": {"type": "string", "maxLength": 5, "description": "As on the cover"},
            "year": {"type": "integer", "minimum": 1400},
            "price": {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "null"}]},
            "genre": {"type": "string", "enum": ["crime", "poetry"]},
            "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 2},
            "sold": {"type": "boolean", "default": False},
        },
        "required": ["title", "year", "price", "genre"],
        "additionalProperties": False,
    }
    assert Schema("record", item=Schema("number")).schema() == {"type": "object", "additionalProperties": {"type": "number"}}
    assert Schema("union", options=(Schema("string"), Schema("null"))).schema() == {
        "anyOf": [{"type": "string"}, {"type": "null"}]
    }
    assert Schema("any").schema() == {}
    assert Schema("string", format="email").schema() == {"type": "string", "format": "email"}


def test_what_plainly_means_the_right_type_is_read_as_it() -> None:
    value = {"title": 1984, "year": "1949", "price": None, "genre": "crime", "sold": "TRUE", "extra": 1}
    assert BOOK.read(value) == {"title": "1984", "year": 1949, "price": None, "genre": "crime", "sold": True}
    assert BOOK.read({"title": "a", "year": 1949.0, "price": "2.5", "genre": "crime"})["price"] == 2.5


GOOD = {"title": "a", "year": 1949, "price": 1, "genre": "crime", "tags": ["x"]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": None}, "title must be a text"),
        ({"title": ["a"]}, "title must be a text"),
        ({"title": "longer"}, "title must be at most 5 long"),
        ({"year": "soon"}, "year must be a number"),
        ({"year": True}, "year must be a number"),
        ({"year": "nan"}, "year must be a number"),
        ({"year": 1949.5}, "year must be a whole number"),
        ({"year": 1000}, "year must be at least 1400"),
        ({"price": 0}, "price must be more than 0"),
        ({"genre": "cooking"}, "genre must be one of crime, poetry"),
        ({"tags": "x"}, "tags must be a list"),
        ({"tags": ["x", {}]}, r"tags\[1\] must be a text"),
        ({"tags": ["x", "y", "z"]}, "tags must be at most 2 long"),
        ({"sold": "perhaps"}, "sold must be true or false"),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, Any], told: str) -> None:
    with pytest.raises(ParseFailure, match=told):
        BOOK.read({**GOOD, **change})


def test_what_is_missing_is_named_with_its_place() -> None:
    with pytest.raises(ParseFailure, match="the answer has no genre"):
        BOOK.read({name: value for name, value in GOOD.items() if name != "genre"})
    with pytest.raises(ParseFailure, match=r"books\[0\] has no title"):
        Schema("object", fields={"books": Schema("array", item=BOOK)}).read({"books": [{}]})
    with pytest.raises(ParseFailure, match="must be a JSON object"):
        BOOK.read([])


def test_unions_and_records() -> None:
    either = Schema("union", options=(Schema("number"), Schema("object", fields={"a": Schema("string")})))
    assert either.read({"a": "b"}) == {"a": "b"}
    assert either.read("7") == 7
    with pytest.raises(ParseFailure, match="none of the forms"):
        either.read("x")
    assert Schema("record", item=Schema("number")).read({"a": "1"}) == {"a": 1}
    assert Schema("any").read({"a": [None]}) == {"a": [None]}


NOTE = Schema("object", fields={"message": Schema("string"), "status": Schema("string")})


@pytest.mark.parametrize(
    "text",
    [
        '{"message": "a", "status": "b"}',
        '[1, 2] and then {"message": "a", "status": "b"}',
        '{"other": 1} {"message": "a", "status": "b",}',
        '[{"message": "a", "status": "b"}]',
        'As {message, status}: {"message": "a", "status": "b"}',
    ],
)
def test_the_value_of_the_right_shape_is_found(text: str) -> None:
    assert read_in(text, NOTE) == {"message": "a", "status": "b"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no JSON"),
        ("no", "no JSON"),
        ("{broken", "no JSON"),
        ("[" * 5000, "no JSON"),
        ('{"a":' * 5000, "no JSON"),
        ('{"message": "a"}', "no status"),
        ('[1] {"message": "a",}', "no status"),
        ('{"message": "a", "status": "brok', "no JSON"),
    ],
)
def test_what_has_not_the_shape_is_refused_with_what_is_wrong(text: str, problem: str) -> None:
    with pytest.raises(ParseFailure, match=problem):
        read_in(text, NOTE)
