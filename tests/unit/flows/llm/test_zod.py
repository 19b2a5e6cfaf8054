"""zod source text is read by a small grammar and never run."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.flows.llm.zod import LONGEST, NotUnderstood, parse_zod


def test_the_usual_calls() -> None:
    shape = parse_zod(
        """
        z.object({
            title: z.string(), // Title of the movie
            'year of release': z.number().int().describe("Year, as a number"),
            genres: z.array(z.enum(["Action", "Comedy",])).max(2), /* at most two */
            "short": z.string().min(1).max(500).optional(),
            rating: z.number().gt(0).lte(10).nullable(),
            watched: z.boolean().default(false),
            cast: z.array(z.object({ name: z.string(), age: z.number().positive().nullish() })).nonempty(),
        });
        """
    )
    schema = shape.schema()
    assert schema["properties"] == {
        "title": {"type": "string"},
        "year of release": {"type": "integer", "description": "Year, as a number"},
        "genres": {"type": "array", "items": {"type": "string", "enum": ["Action", "Comedy"]}, "maxItems": 2},
        "short": {"type": "string", "minLength": 1, "maxLength": 500},
        "rating": {"anyOf": [{"type": "number", "exclusiveMinimum": 0, "maximum": 10}, {"type": "null"}]},
        "watched": {"type": "boolean", "default": False},
        "cast": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "age": {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "null"}]},
                },
                "required": ["name"],
                "additionalProperties": False,
            },
        },
    }
    assert schema["required"] == ["title", "year of release", "genres", "rating", "cast"]


@pytest.mark.parametrize(
    ("source", "schema"),
    [
        ("z.string().email()", {"type": "string", "format": "email"}),
        ("z.string().url('Not a link')", {"type": "string", "format": "uri"}),
        ("z.string({ required_error: 'Give one' }).length(3)", {"type": "string", "minLength": 3, "maxLength": 3}),
        ("z.coerce.number().nonnegative()", {"type": "number", "minimum": 0}),
        ("z.number().min(-1.5).lt(2)", {"type": "number", "minimum": -1.5, "exclusiveMaximum": 2}),
        ("z.number().positive().max(10)", {"type": "number", "exclusiveMinimum": 0, "maximum": 10}),
        ("z.union([z.string(), z.number()])", {"anyOf": [{"type": "string"}, {"type": "number"}]}),
        ("z.string().or(z.null())", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        ("z.string().array()", {"type": "array", "items": {"type": "string"}}),
        ("z.record(z.string(), z.number())", {"type": "object", "additionalProperties": {"type": "number"}}),
        ("z.record(z.boolean())", {"type": "object", "additionalProperties": {"type": "boolean"}}),
        ("z.literal('on')", {"type": "string", "enum": ["on"]}),
        ("z.literal(7)", {"type": "number", "enum": [7]}),
        ("z.literal(null)", {"type": "null"}),
        ("z.any()", {}),
        ("z.date()", {"type": "string", "format": "date-time"}),
        ("z.optional(z.string())", {"type": "string"}),
        (r"z.string().describe('It\'s \n `x`')", {"type": "string", "description": "It's \n `x`"}),
        ("z.string().default(`a ${'b'}`)", None),
        (
            "z.array(z.string()).default(['a', {b: null}])",
            {"type": "array", "items": {"type": "string"}, "default": ["a", {"b": None}]},
        ),
        ("z.object({})", {"type": "object", "properties": {}, "required": [], "additionalProperties": False}),
    ],
)  # fmt: skip
def test_each_call(source: str, schema: Any) -> None:
    if schema is None:
        with pytest.raises(NotUnderstood):
            parse_zod(source)
    else:
        assert parse_zod(source).schema() == schema


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("", "breaks off"),
        ("z.object()", r"\) stands where {"),
        ("z.object({a: z.string()", "breaks off"),
        ("z.object({a z.string()})", "z stands where :"),
        ("z.object({a: z.string() b: z.string()})", "b stands where ,"),
        ("z.map(z.string())", r"z\.map\(\) is not understood"),
        ("z.string().refine((x) => x.length > 3)", r"\.refine\(\) is not understood"),
        ("z.string().transform(x => x)", r"\.transform\(\) is not understood"),
        ("z.string().regex(/a+/)", r"\.regex\(\) is not understood"),
        ("z.string().min(x)", "x stands where a number"),
        ("z.enum(Colours)", r"Colours stands where \["),
        ("z.literal([1])", r"z\.literal\(\) takes"),
        ("process.exit(1)", "process stands where z"),
        ("z.string(); process.exit(1)", "process stands behind"),
        ("z.string()['constructor']('return 1')()", r"\[ stands behind"),
        ("z.constructor('return process')()", r"z\.constructor\(\) is not understood"),
        ("z.__proto__()", "is not understood"),
        ("z.string().describe(process.env)", "process stands where a text"),
        ("z.object({...rest})", "is no name"),
        ("import('fs')", "import stands where z"),
        ("z.string(" * 3, "stands where a plain value"),
        ("z.array(" * 1000, "nested more than"),
        ("z.any(" + "[" * 5000, "nested more than"),
        ("z.any(" + "{a:" * 5000, "nested more than"),
        (" " * (LONGEST + 1), "characters"),
        ("z.string() # comment", "# stands behind"),
    ],
)
def test_anything_else_is_refused_with_its_name(source: str, told: str) -> None:
    with pytest.raises(NotUnderstood, match=told):
        parse_zod(source)
