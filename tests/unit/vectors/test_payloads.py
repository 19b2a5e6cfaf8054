"""Vectors and payloads as Qdrant's messages carry them."""

from __future__ import annotations

import uuid
from array import array
from typing import Any

import numpy
import pytest
from tradewind_server.vectors.payloads import are_finite, dense_bytes, dense_floats, fields_of, put_fields
from tradewind_server.vectors.protocol import q


def there_and_back(values: dict[str, Any]) -> dict[str, Any]:
    message = q.PointStruct()
    put_fields(message.payload, values)
    return fields_of(q.PointStruct.FromString(message.SerializeToString()).payload)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"": "", "a": None, "b": False, "c": 0, "d": 0.0, "e": [], "f": {}, "g": ""},
        {"deep": {"list": [{"x": [1, 2.5, "three", None, True, {}]}]}},
        {"most": 2**63 - 1, "least": -(2**63), "whole": 2.0},
        {"文": "ключ 🦜\u0000"},
    ],
)
def test_json_comes_back_as_it_went(values: dict[str, Any]) -> None:
    back = there_and_back(values)
    assert back == values
    assert {key: type(value) for key, value in back.items()} == {key: type(value) for key, value in values.items()}


def test_what_json_writes_otherwise_is_written_so() -> None:
    class Word(str):
        __slots__ = ()

    assert there_and_back({"a": (1, 2), "b": float("-inf"), "c": [float("nan")]}) == {"a": [1, 2], "b": None, "c": [None]}
    with pytest.raises(ValueError, match="Word"):
        there_and_back({"a": Word("x")})


@pytest.mark.parametrize("value", [2**63, "\udcff", uuid.uuid4(), {1: 2}, {"a": {2, 3}}, b"bytes"])
def test_what_has_no_place_is_refused(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        there_and_back({"key": value})


@pytest.mark.parametrize("size", [1, 31, 32, 384, 4096, 600_000])
def test_a_vector_is_packed_as_the_message_packs_it(size: int) -> None:
    vector = array("f", (n / 7 for n in range(size)))
    packed = dense_bytes(vector)
    assert packed == q.DenseVector(data=vector).SerializeToString()
    assert packed == dense_bytes(list(vector)) == dense_bytes(numpy.array(vector)) == dense_bytes(memoryview(vector))
    assert dense_floats(q.DenseVector.FromString(packed)) == vector


def test_other_layouts_are_converted() -> None:
    vector = array("f", [0.5, -1.0, 2.0])
    doubles = numpy.array([0.5, 9, -1.0, 9, 2.0, 9])
    for other in (tuple(vector), array("d", vector), doubles[::2], doubles[::2].astype(numpy.float32), numpy.float16(vector)):
        assert dense_floats(q.DenseVector.FromString(dense_bytes(other))) == vector


def test_no_numbers_are_an_empty_vector() -> None:
    assert len(dense_floats(q.DenseVector())) == 0


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf"), 1e39])
def test_numbers_must_be_finite(number: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        dense_bytes([1.0, number])


LARGEST, SMALLEST = 3.4028234663852886e38, 1.401298464324817e-45


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("at", [0, 1, 191, 382, 383])
def test_one_number_that_is_not_finite_is_found_wherever_it_stands(bad: float, at: int) -> None:
    numbers = array("f", [LARGEST, -LARGEST, SMALLEST, -SMALLEST, 0.0, -0.0, 1.5, -2.0] * 48)
    assert are_finite(numbers.tobytes())
    numbers[at] = bad
    assert not are_finite(numbers.tobytes())


def test_no_numbers_are_finite() -> None:
    assert are_finite(b"")
