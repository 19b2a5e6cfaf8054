"""The shapes of what a canvas asks of a chatflow."""

from __future__ import annotations

from google.protobuf.json_format import MessageToDict
from tradewind_server.chatflows.ports import Chatflow, DrawingProblem, OverridableInput
from tradewind_server.rpc.services.rest_chatflow_check import flow_config_entry, node_issues

from fakes.flow_engine import MOMENT, WORKSPACE

FLOW = Chatflow("id", WORKSPACE, "Harbour", "{}", "CHATFLOW", MOMENT, MOMENT)


def test_problems_stand_by_node_in_their_order() -> None:
    problems = [
        DrawingProblem("One.", "a_0", "A", "a"),
        DrawingProblem("Whole."),
        DrawingProblem("Two.", "a_0", "A", "a"),
        DrawingProblem("Three.", "b_0", "A", "b"),
    ]
    assert [MessageToDict(one) for one in node_issues(FLOW, problems)] == [
        {"id": "a_0", "label": "A", "name": "a", "issues": ["One.", "Two."]},
        {"label": "Harbour", "issues": ["Whole."]},
        {"id": "b_0", "label": "A", "name": "b", "issues": ["Three."]},
    ]
    assert node_issues(FLOW, []) == []


def test_a_schema_is_there_only_where_an_input_has_one() -> None:
    plain = OverridableInput("a_0", "A", "t", "T", "number")
    assert "schema" not in MessageToDict(flow_config_entry(plain))
    rows = OverridableInput("a_0", "A", "t", "T", "array", {})
    assert MessageToDict(flow_config_entry(rows))["schema"] == {}
