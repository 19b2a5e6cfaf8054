"""The JSON Path Extractor: values that are there, and what is said of those that are not."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.components import Turn
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import NodeInputs

TURN = Turn("w", "c", "chat", "session", "q")
TEXT = '{"data": {"items": [{"name": "Ana", "tags": ["a"]}, 5], "a-b": true}}'


def tool(**inputs: Any) -> Any:
    node = Node("jsonPathExtractor_0", "jsonPathExtractor", "Path", "Tools", inputs)
    nothing: Any = None
    return builtin_registry().type_of(node).build(NodeInputs(node, inputs), nothing)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("data.items[0].name", "Ana"),
        ("$.data.items[0].tags", '["a"]'),
        ('data["items"][1]', "5"),
        ("data.a-b", "true"),
        ("data.items.0.name", "Ana"),
    ],
)
async def test_the_value_at_the_path(path: str, value: str) -> None:
    result = await tool(path=path).call({"json": TEXT}, TURN)
    assert (result.text, result.error) == (value, None)


@pytest.mark.parametrize("path", ["data.items[7].name", "data.items[99999999999999999999]", "nothing", "data.items.name"])
@pytest.mark.parametrize("text", [TEXT, "no json", "5", None])
async def test_a_value_that_is_not_there(path: str, text: Any) -> None:
    result = await tool(path=path).call({"json": text}, TURN)
    assert result.error == f"Nothing stands at the path {path} of that JSON."
    assert (await tool(path=path, returnNullOnError=True).call({"json": text}, TURN)).text == "null"


async def test_an_object_instead_of_its_text_is_read_too() -> None:
    assert (await tool(path="a").call({"json": {"a": "b"}}, TURN)).text == "b"


@pytest.mark.parametrize("path", ["", " ", "x" * 501])
def test_a_path_is_needed(path: str) -> None:
    with pytest.raises(InvalidInput, match="The input path "):
        tool(path=path)
