"""Runs as trees for the terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tradewind_server.cli.run_tree import LONGEST_TEXT, tree_lines
from tradewind_server.flows.predict.events import Event
from tradewind_server.runs.ports import RunState, StoredRun

MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
RUN = StoredRun(
    "r", "w", "f", "admin", RunState.FINISHED, "c", "s", True, MOMENT,
    started_date=MOMENT, ended_date=MOMENT + timedelta(seconds=1.5), result={"text": "It is\n42."},
)  # fmt: skip


def step(node: str, status: str = "FINISHED", data: dict[str, Any] | None = None, **output: Any) -> dict[str, Any]:
    return {"nodeId": node, "nodeLabel": node.title(), "status": status, "data": {"output": output, **(data or {})}}


def test_the_steps_of_an_agent_flow_stand_in_order_with_what_they_used() -> None:
    entries = [
        step("start"),
        step(
            "agent",
            timeMetadata={"delta": 1234},
            usageMetadata={"total_tokens": 17},
            usedTools=[{"tool": "calculator", "toolOutput": "42"}, {"tool": "search", "error": "It is away."}],
            sourceDocuments=[{}, {}],
        ),
        step("reply", "ERROR", {"error": "No reply."}),
    ]
    assert tree_lines(RUN, entries, []) == [
        "Run r FINISHED 1.50 s",
        "├─ Start (start) FINISHED",
        "├─ Agent (agent) FINISHED 1.23 s 17 tokens",
        "│  ├─ tool calculator: 42",
        "│  ├─ tool search: It is away.",
        "│  └─ 2 source documents",
        "├─ Reply (reply) ERROR",
        "│  └─ error: No reply.",
        "└─ answer: It is 42.",
    ]


def test_steps_inside_a_box_stand_below_it() -> None:
    inner = [step("llm", data={"parentNodeId": "box", "iterationIndex": index}) for index in range(2)]
    lines = tree_lines(replace(RUN, result=None), [step("start"), *inner, step("box")], [])
    assert lines[1:] == [
        "├─ Start (start) FINISHED",
        "└─ Box (box) FINISHED",
        "   ├─ #0 Llm (llm) FINISHED",
        "   └─ #1 Llm (llm) FINISHED",
    ]


def test_a_run_under_way_shows_its_events_and_what_has_begun() -> None:
    run = replace(RUN, state=RunState.RUNNING, ended_date=None, result=None)
    told = [
        Event("nextAgentFlow", {"nodeId": "start", "nodeLabel": "Start", "status": "FINISHED"}),
        Event("agentFlowExecutedData", [step("start")]),
        Event("nextAgentFlow", {"nodeId": "llm", "nodeLabel": "Model", "status": "INPROGRESS"}),
    ]
    assert tree_lines(run, [], told) == ["Run r RUNNING", "├─ Start (start) FINISHED", "└─ Model (llm) INPROGRESS"]


def test_a_chain_shows_its_tools_documents_and_words_and_a_failure_its_reason() -> None:
    run = replace(RUN, state=RunState.FAILED, result=None, error_reason="MODEL_TIMEOUT", error_message="Too slow.")
    told = [
        Event("start", ""),
        Event("token", "a"),
        Event("token", "b"),
        Event("sourceDocuments", [{}]),
        Event("usedTools", [{"tool": "calculator", "toolOutput": "42"}]),
    ]
    assert tree_lines(run, [], told)[1:] == [
        "├─ tool calculator: 42",
        "├─ 1 source documents",
        "├─ 2 pieces of text",
        "└─ MODEL_TIMEOUT: Too slow.",
    ]


@pytest.mark.parametrize(
    "entry", [{}, {"data": []}, {"data": {"output": 1}}, {"nodeLabel": {"x": 1}, "data": {"output": {"usedTools": [1]}}}]
)
def test_what_cannot_be_read_spoils_nothing(entry: dict[str, Any]) -> None:
    assert len(tree_lines(RUN, [entry], [])) == 3


def test_long_texts_are_cut_and_no_control_character_reaches_the_terminal() -> None:
    (*_, answer) = tree_lines(replace(RUN, result={"text": "\x1b[31m" + "x" * 500}), [], [])
    assert "\x1b" not in answer and len(answer) <= LONGEST_TEXT + len("└─ answer: ")
