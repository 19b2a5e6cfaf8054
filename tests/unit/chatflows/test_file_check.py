"""Whether the chatflows of a file would run: every entry gets its sentences, and nothing is stored."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.chatflows.file_check import check_file
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.notes import RegistryDrawings

from fakes.flow_engine import conversation, drawing, node, wire

DRAWINGS = RegistryDrawings(builtin_registry())
GOOD = json.loads(drawing(*conversation()))
STRANGE: dict[str, Any] = {"nodes": [{"id": "strange_0", "data": {"name": "strange", "label": "Strange", "inputs": {}}}]}


def test_a_drawing_is_named_after_its_file() -> None:
    (found,) = check_file(GOOD, "harbour", DRAWINGS)
    assert (found.name, list(found.problems)) == ("harbour", [])
    (found,) = check_file(STRANGE, None, DRAWINGS)
    assert found.name == "Untitled"
    (problem,) = found.problems
    assert (problem.node_id, problem.node_label, problem.node_type) == ("strange_0", "Strange", "strange")


def test_every_entry_of_an_export_is_checked() -> None:
    entries = [
        {"name": "good", "flowData": json.dumps(GOOD)},
        {"name": "strange", "flowData": json.dumps(STRANGE)},
        {"name": "broken", "flowData": "{"},
        {"name": "odd", "flowData": json.dumps(GOOD), "type": "OTHER"},
        7,
    ]
    found = check_file({"ChatFlow": entries, "AgentFlow": []}, None, DRAWINGS)
    assert [(one.name, bool(one.problems)) for one in found] == [
        ("good", False),
        ("strange", True),
        ("broken", True),
        ("odd", True),
        ("Untitled", True),
    ]
    assert "Invalid Chatflow Type" in found[3].problems[0].sentence


def test_variables_have_the_values_of_the_file() -> None:
    """A node that waits for a value is taken to be right; with it, what stands behind the node is looked at too."""
    flow = drawing(node("chatOpenAI", temperature="{{$vars.warmth}}"), node("llmChain", model=wire("chatOpenAI")))

    def problems(*variables: Any) -> list[str]:
        entry = {"name": "one", "flowData": flow}
        (found,) = check_file({"ChatFlow": [entry], "Variable": list(variables)}, None, DRAWINGS)
        return [problem.node_type for problem in found.problems]

    assert problems(3, {"name": 3}) == []
    assert problems({"name": "warmth", "value": "0.5"}) == ["llmChain"]


@pytest.mark.parametrize("data", [[], 3, None, {"Variable": [{"name": "a", "value": "b"}]}, {"ChatFlow": []}])
def test_a_file_without_a_chatflow_is_refused(data: Any) -> None:
    with pytest.raises(InvalidInput) as error:
        check_file(data, None, DRAWINGS)
    assert error.value.reason is Reason.INVALID_CHATFLOW
