from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.flows.agentflow.check import check_agentflow
from tradewind_server.flows.drawing import parse_flow
from tradewind_server.flows.javascript_port import JavaScriptOff
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.notes import RegistryDrawings, problems_of

from fakes.agentflow import agent, edges, llm, reply, start

REGISTRY = builtin_registry()


def sentences(nodes: list[Any], *wires: str) -> list[str]:
    flow = parse_flow(json.dumps({"nodes": nodes, "edges": edges(*wires)}))
    return [problem.sentence for problem in check_agentflow(flow, REGISTRY, {})]


def test_nothing_is_wrong_with_a_plain_flow() -> None:
    assert sentences([start(), llm(0), reply("x")], "startAgentflow_0 > llmAgentflow_0 > directReplyAgentflow_0") == []


@pytest.mark.parametrize(
    ("nodes", "wires", "words"),
    [
        ([start(), reply("x", 0), reply("y", 1)], ["startAgentflow_0 > directReplyAgentflow_0"], "Multiple starting nodes"),
        ([reply("x")], [], "no Start node"),
        (
            [start(), reply("x", 0), reply("y", 1)],
            ["startAgentflow_0 > directReplyAgentflow_0 > directReplyAgentflow_1 > directReplyAgentflow_0"],
            "runs in a circle",
        ),
        (
            [start(), agent("iterationAgentflow"), reply("x", 0, _parentNode="iterationAgentflow_0")],
            ["startAgentflow_0 > iterationAgentflow_0", "startAgentflow_0 > directReplyAgentflow_0"],
            "crosses the border",
        ),
        (
            [start(), agent("iterationAgentflow"), agent("humanInputAgentflow", _parentNode="iterationAgentflow_0")],
            ["startAgentflow_0 > iterationAgentflow_0"],
            "where nobody can be asked",
        ),
        (
            [start(), agent("loopAgentflow", loopBackToNode="nobody-X")],
            ["startAgentflow_0 > loopAgentflow_0"],
            "goes back to nobody",
        ),
        (
            [start(), agent("agentAgentflow", agentModel="chatOpenAI", agentTools=[{"agentSelectedTool": "customMCP"}])],
            ["startAgentflow_0 > agentAgentflow_0"],
            "uses customMCP",
        ),
        ([start(startInputType="scheduleInput"), reply("x")], ["startAgentflow_0 > directReplyAgentflow_0"], "schedule"),
        (
            [start(), agent("customFunctionAgentflow")],
            ["startAgentflow_0 > customFunctionAgentflow_0"],
            "holds JavaScript",
        ),
    ],
)
def test_what_would_be_refused_is_said_before(nodes: list[Any], wires: list[str], words: str) -> None:
    found = sentences(nodes, *wires)
    assert any(words in one for one in found), found


def test_the_type_of_a_drawing_without_one() -> None:
    drawings = RegistryDrawings(REGISTRY)
    assert drawings.type_of(json.dumps({"nodes": [start()], "edges": []})) == "AGENTFLOW"
    assert drawings.type_of(json.dumps({"nodes": [], "edges": []})) == "CHATFLOW"


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ({"name": "seqStart", "label": "Start", "category": "Sequential Agents"}, "sequential"),
        ({"name": "seqAgent", "label": "Agent", "category": "Sequential Agents"}, "sequential"),
        ({"name": "supervisor", "label": "Supervisor", "category": "Multi Agents"}, "multi-agent"),
        ({"name": "worker", "label": "Worker", "category": "Multi Agents"}, "multi-agent"),
    ],
)
def test_the_older_flows_of_agents_are_refused_by_name(node: dict[str, str], words: str) -> None:
    raw = {"id": f"{node['name']}_0", "data": {**node, "inputs": {}}}
    flow = parse_flow(json.dumps({"nodes": [raw], "edges": []}))
    found = [problem.sentence for problem in problems_of(flow, REGISTRY, {}, JavaScriptOff())]
    assert any(node["name"] in one and words in one for one in found), found
