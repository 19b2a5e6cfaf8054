"""Tools over gRPC: typed parameters, fields and masks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from google.protobuf.field_mask_pb2 import FieldMask
from tradewind.v1 import tool_pb2 as pb
from tradewind_server.chatflows.tools import StoredTool
from tradewind_server.errors import InvalidInput
from tradewind_server.rpc.mapping.tools import changed_fields, new_fields, tool

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
PARAMETER = pb.ToolParameter(property="n", description="a number", type=pb.TOOL_PARAMETER_TYPE_NUMBER, required=True)
STORED = {"id": 1, "property": "n", "description": "a number", "type": "number", "required": True}


def row(schema: str | None) -> StoredTool:
    return StoredTool("id", "add", "Adds.", "grey", None, schema, None, MOMENT, MOMENT)


def test_parameters_become_the_schema_of_the_canvas_and_come_back() -> None:
    fields = new_fields(pb.Tool(name="add", parameters=[PARAMETER]))
    assert orjson.loads(fields.pop("schema")) == [STORED] and fields == {"name": "add"}
    assert list(tool(row(orjson.dumps([STORED]).decode()), "w").parameters) == [PARAMETER]


@pytest.mark.parametrize("schema", [None, "", "{", "{}", "7", "[1, {}]"])
def test_a_schema_that_is_no_list_of_parameters_has_none(schema: str | None) -> None:
    message = tool(row(schema), "w")
    assert not message.parameters and not message.HasField("func") and not message.HasField("icon_src")


@pytest.mark.parametrize(
    ("paths", "changes"),
    [
        ([], {"name": "add"}),
        (["icon_src", "parameters"], {"iconSrc": None, "schema": None}),
        (["*"], {"name": "add", "description": "", "color": "", "iconSrc": None, "schema": None, "func": None}),
    ],
)
def test_a_mask_clears_what_is_absent(paths: list[str], changes: dict[str, Any]) -> None:
    assert changed_fields(pb.Tool(id="x", name="add"), FieldMask(paths=paths)) == changes


def test_a_mask_names_what_can_be_changed() -> None:
    with pytest.raises(InvalidInput, match="workspace_id"):
        changed_fields(pb.Tool(), FieldMask(paths=["workspace_id"]))
