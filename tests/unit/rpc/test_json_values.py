from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.struct_pb2 import Struct, Value
from tradewind_server.errors import InvalidInput
from tradewind_server.rpc.json_values import fill_struct, from_struct, from_value, to_value

SAMPLES = [None, True, False, 0, 1, -7, 1.5, 2**53, "", "é", [], {}, [1, [None, {"a": []}]], {"a": {"b": [True, "x"]}}]


@pytest.mark.parametrize("sample", SAMPLES)
def test_there_and_back(sample: Any) -> None:
    back = from_value(to_value(sample))
    assert back == sample
    assert type(back) is type(sample)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_same_as_protobufs_own(sample: Any) -> None:
    assert to_value(sample) == ParseDict(sample, Value())


def test_numbers_beyond_exactness_stay_floats() -> None:
    assert type(from_value(Value(number_value=1e300))) is float
    assert from_value(Value(number_value=float("inf"))) == float("inf")


def test_an_unset_value_is_null() -> None:
    assert from_value(Value()) is None


def test_structs() -> None:
    struct = Struct()
    fill_struct(struct, {"a": [1, None], "b": {}})
    assert MessageToDict(struct) == {"a": [1.0, None], "b": {}}
    assert from_struct(struct) == {"a": [1, None], "b": {}}


def test_depth_is_bounded_both_ways() -> None:
    deep: Any = 1
    for _ in range(70):
        deep = [deep]
    with pytest.raises(InvalidInput):
        to_value(deep)
    value = Value(number_value=1)
    for _ in range(70):
        outer = Value()
        outer.list_value.values.add().CopyFrom(value)
        value = outer
    with pytest.raises(InvalidInput):
        from_value(value)
