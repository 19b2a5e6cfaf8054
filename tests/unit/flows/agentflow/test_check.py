from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.flows.agentflow.check import check_agentflow
from tradewind_server.flows.agentflow.drawing_notes import drawing_notes
from tradewind_server.flows.drawing import parse_flow
from tradewind_server.flows.javascript_port import JavaScriptOff
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.notes import RegistryDrawings, parts_of, problems_of

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
            [start(), agent("agentAgentflow", agentModel="chatOpenAI", agentTools=[{"agentSelectedTool": "openAPIToolkit"}])],
            ["startAgentflow_0 > agentAgentflow_0"],
            "must be a file, or openApiLink an address",
        ),
        (
            [start(), agent("agentAgentflow", agentModel="chatOpenAI", agentKnowledgeVSEmbeddings=[{"vectorStore": "qdrant"}])],
            ["startAgentflow_0 > agentAgentflow_0"],
            "The store qdrant of Agent (agentAgentflow_0) has no embedding model; choose one.",
        ),
        (
            [
                start(),
                agent(
                    "agentAgentflow",
                    agentModel="chatOpenAI",
                    agentKnowledgeVSEmbeddings=[{"vectorStore": "qdrant", "embeddingModel": "openAIEmbeddings"}],
                ),
            ],
            ["startAgentflow_0 > agentAgentflow_0"],
            "must be the name of a collection",
        ),
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


def test_an_address_in_the_editors_html_is_an_address() -> None:
    tool = {"agentSelectedTool": "requestsGet", "agentSelectedToolConfig": {"requestsGetUrl": "<p>https://a.example/x</p>"}}
    node = agent("agentAgentflow", agentModel="chatOpenAI", agentTools=[tool])
    assert sentences([start(), node], "startAgentflow_0 > agentAgentflow_0") == []


def test_wires_and_keys_that_come_to_nothing_are_noted() -> None:
    condition = agent("conditionAgentflow", conditions=[{"type": "string", "value1": "a", "operation": "equal", "value2": "a"}])
    nodes = [
        start(startState=[{"key": "draft", "value": ""}]),
        condition,
        llm(0, llmUpdateState=[{"key": "draft", "value": "{{ output }}"}, {"key": "more", "value": "1"}]),
        reply(
            "{{ $flow.state.draft }} {{ $flow.state.more }} {{ $flow.state.nobody.x }} "
            "{{ llmAgentflow\\_0 }} {{llmAgentflow_7.output.a}}",
            0,
        ),
        reply("x", 1),
    ]
    wires = [
        "startAgentflow_0 > conditionAgentflow_0",
        "conditionAgentflow_0:0 > llmAgentflow_0 > directReplyAgentflow_0",
        "conditionAgentflow_0:2 > directReplyAgentflow_1",
    ]
    flow = parse_flow(json.dumps({"nodes": nodes, "edges": edges(*wires)}))
    assert list(drawing_notes(flow)) == [
        "The wire from Condition (conditionAgentflow_0) to Direct Reply (directReplyAgentflow_1) leaves by no branch of the "
        "node: nothing follows it; draw it again.",
        "LLM (llmAgentflow_0) sets more in the state, which the Start node does not name: it is added.",
        "Direct Reply (directReplyAgentflow_0) reads $flow.state.nobody, which nothing sets: the token stays as it is written.",
        "Direct Reply (directReplyAgentflow_0) names llmAgentflow_7, which is not in the drawing: the token stays "
        "as it is written.",
    ]


def test_the_document_stores_inside_nodes_are_known() -> None:
    nodes = [
        agent("agentAgentflow", agentKnowledgeDocumentStores=[{"documentStore": "a-store:Docs"}, {"documentStore": ""}]),
        agent("retrieverAgentflow", retrieverKnowledgeDocumentStores=[{"documentStore": "b-store:Docs"}]),
    ]
    flow = parse_flow(json.dumps({"nodes": [start(), *nodes], "edges": []}))
    stores = [node for node in parts_of(flow, REGISTRY) if node.name == "documentStoreVS"]
    assert [node.inputs["selectedStore"] for node in stores] == ["a-store", "b-store"]
    assert not any("store" in one.lower() for one in sentences([start(), *nodes]) if "Multiple" not in one)


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
