"""Variables over gRPC: fields, masks and pages."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.field_mask_pb2 import FieldMask
from tradewind.v1 import variable_pb2 as pb
from tradewind_server.errors import InvalidInput
from tradewind_server.rpc.mapping.variables import changed_fields, new_fields
from tradewind_server.rpc.services.pages import next_token, offset_of

GIVEN = pb.Variable(id="x", name="city", workspace_id="other", type=pb.VARIABLE_TYPE_RUNTIME)


def test_only_what_is_set_is_a_field() -> None:
    assert new_fields(GIVEN) == {"name": "city", "type": "runtime"}
    assert new_fields(pb.Variable(value="")) == {"value": ""}


@pytest.mark.parametrize(
    ("paths", "changes"),
    [
        ([], {"name": "city", "type": "runtime"}),
        (["value"], {"value": None}),
        (["name", "value"], {"name": "city", "value": None}),
        (["*"], {"name": "city", "value": None, "type": "runtime"}),
    ],
)
def test_a_mask_clears_what_is_absent(paths: list[str], changes: dict[str, Any]) -> None:
    assert changed_fields(GIVEN, FieldMask(paths=paths)) == changes


def test_a_mask_names_what_can_be_changed() -> None:
    with pytest.raises(InvalidInput, match="workspace_id"):
        changed_fields(GIVEN, FieldMask(paths=["workspace_id"]))


def test_a_list_is_read_from_page_to_page() -> None:
    assert [next_token(0, 2, 5), next_token(2, 2, 5), next_token(4, 1, 5), next_token(9, 0, 5)] == ["2", "4", "", ""]
    assert [offset_of(""), offset_of("4")] == [0, 4]


@pytest.mark.parametrize("token", ["-1", "x", "٣", "1" * 10])
def test_a_token_of_somebody_else_is_refused(token: str) -> None:
    with pytest.raises(InvalidInput, match="page token"):
        offset_of(token)
