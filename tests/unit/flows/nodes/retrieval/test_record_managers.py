"""Record manager nodes read their settings as the canvas writes them."""

from __future__ import annotations

from typing import Any, cast

import pytest
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.components import Records
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs

NAMES = ("SQLiteRecordManager", "postgresRecordManager", "MySQLRecordManager")


def build(name: str, **inputs: Any) -> Any:
    node = Node(f"{name}_0", name, "My Records", "Record Manager", inputs)
    context = BuildContext("w", "flow-1", cast(Any, None), cast(Any, None), cast(Any, None))
    return builtin_registry().type_of(node).build(NodeInputs(node, inputs), context)


@pytest.mark.parametrize("name", NAMES)
def test_defaults_are_those_of_the_canvas(name: str) -> None:
    assert build(name) == Records("flow-1", "none", "source")
    assert build(name, namespace="", cleanup="", sourceIdKey=" ", tableName="") == Records("flow-1", "none", "source")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("cleanup", ["none", "incremental", "full"])
def test_settings(name: str, cleanup: str) -> None:
    built = build(name, namespace="shop", cleanup=cleanup, sourceIdKey="page", tableName="mine", host="db", port="5432")
    assert built == Records("mine.shop", cast(Any, cleanup), "page")


@pytest.mark.parametrize("name", NAMES)
def test_another_cleanup_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="cleanup of the node My Records"):
        build(name, cleanup="scoped_full")


@pytest.mark.parametrize("name", NAMES)
def test_importing_tells_where_the_records_are(name: str) -> None:
    assert "this server's database" in builtin_registry().type_of(Node("x", name, "X", "Record Manager", {})).note
