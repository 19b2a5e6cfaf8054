"""Drawings become typed flows, and what is wrong with one is said with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.drawing import MOST_NODES, Edge, parse_flow

from fakes.flow_engine import conversation, drawing, node, wire


def flow_text(nodes: Any, edges: Any = ()) -> str:
    return json.dumps({"nodes": nodes, "edges": list(edges)})


def test_a_drawing_becomes_nodes_and_edges() -> None:
    flow = parse_flow(drawing(*conversation()))
    assert list(flow.nodes) == ["chatOpenAI_0", "bufferMemory_0", "conversationChain_0"]
    assert set(flow.edges) == {
        Edge("chatOpenAI_0", "conversationChain_0"),
        Edge("bufferMemory_0", "conversationChain_0"),
    }
    chain = flow.nodes["conversationChain_0"]
    assert (chain.name, chain.label, chain.category) == ("conversationChain", "Conversation Chain", "Chains")
    assert chain.inputs["systemMessagePrompt"] == "Be brief."
    assert (flow.incoming(chain.id), flow.outgoing(chain.id)) == (2, 0)


def test_references_are_found_wherever_they_stand() -> None:
    one = node(
        "toolAgent",
        tools=[wire("calculator"), wire("calculator", 1)],
        memory=wire("bufferMemory"),
        values=json.dumps({"text": wire("llmChain")}),
        deep={"list": [{"text": f"before {wire('llmChain', 2)} after"}]},
        plain="{{question}}",
    )
    parsed = parse_flow(flow_text([one, *(node(n, i) for n, i in (
        ("calculator", 0), ("calculator", 1), ("bufferMemory", 0), ("llmChain", 0), ("llmChain", 2),
    ))]))  # fmt: skip
    assert list(parsed.nodes["toolAgent_0"].references()) == [
        ("tools", "calculator_0"),
        ("tools", "calculator_1"),
        ("memory", "bufferMemory_0"),
        ("values", "llmChain_0"),
        ("deep", "llmChain_2"),
    ]


def test_notes_on_the_canvas_are_left_out() -> None:
    note = node("stickyNote", _category="Utilities")
    edges = [{"source": "stickyNote_0", "target": "chatOpenAI_0"}]
    flow = parse_flow(flow_text([note, node("chatOpenAI")], edges))
    assert list(flow.nodes) == ["chatOpenAI_0"]
    assert flow.edges == ()


def test_a_credential_is_read_from_either_place() -> None:
    first = node("chatOpenAI", _credential="cred-1")
    second = node("chatOpenAI", 1, FLOWISE_CREDENTIAL_ID="cred-2")
    third = node("chatOpenAI", 2, _credential="")
    flow = parse_flow(flow_text([first, second, third]))
    assert [one.credential for one in flow.nodes.values()] == ["cred-1", "cred-2", None]


def test_what_a_drawing_lost_is_no_reason_to_refuse_all_of_it() -> None:
    edges = [{"source": "gone_0", "target": "llmChain_0"}, {"source": "llmChain_0", "target": "gone_1"}]
    flow = parse_flow(flow_text([node("llmChain", model=wire("chatOpenAI"))], edges))
    assert (list(flow.nodes), flow.edges, flow.loose) == (["llmChain_0"], (), ("gone_0", "gone_1"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "not JSON"),
        ("[]", "no list of nodes"),
        ('{"nodes": {}}', "no list of nodes"),
        (flow_text([7]), "position 0"),
        (flow_text([{"id": "a"}]), "position 0"),
        (flow_text([node("chatOpenAI"), {"id": "x", "data": {}}]), "position 1"),
        (flow_text([{"id": "x", "data": {"name": "chatOpenAI", "inputs": []}}]), None),
        (flow_text([{"id": "x", "data": {"name": "chatOpenAI", "inputs": [1]}}]), "inputs of the node x"),
        (flow_text([node("chatOpenAI"), node("chatOpenAI")]), "two nodes with the id chatOpenAI_0"),
        (flow_text([node("chatOpenAI", n) for n in range(MOST_NODES + 1)]), f"{MOST_NODES}"),
    ],
)
def test_what_is_wrong_is_named(text: str, told: str | None) -> None:
    if told is None:
        assert parse_flow(text).nodes
        return
    with pytest.raises(InvalidInput, match=told) as error:
        parse_flow(text)
    assert error.value.reason is Reason.INVALID_CHATFLOW


@pytest.mark.parametrize("edge", [7, {}, {"source": 1, "target": "chatOpenAI_0"}])
def test_edges_without_ends_are_no_edges(edge: Any) -> None:
    assert parse_flow(flow_text([node("chatOpenAI")], [edge])).edges == ()


def test_short_wires_are_wires_where_they_are_the_whole_input_and_a_node_has_that_id() -> None:
    inputs = {
        "model": "{{chatOpenAI_0}}",
        "tools": ["{{ calculator_0 }}", "{{calculator_0.data.instance}}", "{{question}}", 7],
        "memory": "{{bufferMemory_0}}",
        "prompt": "Ask {{chatOpenAI_0}} about it",
        "text": "{{question}}",
    }
    nodes = [
        {"id": name, "data": {"name": name.partition("_")[0], "inputs": inputs if name == "toolAgent_0" else {}}}
        for name in ("toolAgent_0", "chatOpenAI_0", "calculator_0")
    ]
    flow = parse_flow(json.dumps({"nodes": nodes, "edges": []}))
    agent = flow.nodes["toolAgent_0"]
    assert [*agent.references()] == [
        ("model", "chatOpenAI_0"),
        ("tools", "calculator_0"),
        ("tools", "calculator_0"),
    ]
    assert agent.inputs["prompt"] == inputs["prompt"]
    assert agent.inputs["text"] == "{{question}}"
    assert agent.inputs["memory"] == "{{bufferMemory_0}}"
