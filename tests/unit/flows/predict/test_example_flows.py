"""Every chatflow of ``examples/flows`` runs, with a model that says what such a flow needs to hear."""

from __future__ import annotations

from pathlib import Path

import pytest
from tradewind_server.flows.drawing import parse_flow
from tradewind_server.flows.ports import ChatReply, ToolCall
from tradewind_server.flows.sql_port import SqlRows

from fakes.flow_engine import Engine

FLOWS = {path.stem: path.read_text() for path in (Path(__file__).parents[4] / "examples" / "flows").glob("*.json")}
CALCULATED = {"tool": "calculator", "toolInput": {"input": "12 * 3"}, "toolOutput": "36"}


def put(engine: Engine, name: str) -> str:
    return engine.put(flow_data=FLOWS[name])


@pytest.mark.parametrize("name", FLOWS)
async def test_an_example_answers(engine: Engine, name: str) -> None:
    engine.indexes.hold("The office opens at eight.")
    engine.model("gpt-4o-mini", "Final Answer: At eight.")
    result = await engine.ask(put(engine, name), "When does the office open?")
    assert result.text is not None and result.text.endswith("At eight.")


@pytest.mark.parametrize("name", FLOWS)
def test_every_wire_of_an_example_has_its_edge(name: str) -> None:
    flow = parse_flow(FLOWS[name])
    wired = {(source, node.id) for node in flow.nodes.values() for _, source in node.references()}
    assert wired == {(edge.source, edge.target) for edge in flow.edges}


async def test_the_tool_agent_calculates(engine: Engine) -> None:
    call = ToolCall("1", "calculator", {"input": "12 * 3"})
    engine.model("gpt-4o-mini", ChatReply("", tool_calls=(call,)), "36 boxes.")
    result = await engine.ask(put(engine, "tool-agent"), "How many boxes are 12 pallets of 3?")
    assert (result.text, result.used_tools) == ("36 boxes.", [CALCULATED])


async def test_the_react_agent_calculates(engine: Engine) -> None:
    engine.model("gpt-4o-mini", "Thought: x\nAction: calculator\nAction Input: 12 * 3", "Final Answer: 36 boxes.")
    result = await engine.ask(put(engine, "react-agent"), "How many boxes are 12 pallets of 3?")
    assert (result.text, result.used_tools) == ("36 boxes.", [CALCULATED])


async def test_the_conversational_agent_calculates_and_remembers(engine: Engine) -> None:
    said = ('{"action": "calculator", "action_input": "12 * 3"}', '{"action": "Final Answer", "action_input": "36 boxes."}')
    model = engine.model("gpt-4o-mini", *said)
    flow = put(engine, "conversational-agent")
    result = await engine.ask(flow, "How many boxes are 12 pallets of 3?", chat_id="c1")
    assert (result.text, result.used_tools) == ("36 boxes.", [CALCULATED])
    await engine.ask(flow, "And half of it?", chat_id="c1")
    assert ("assistant", "36 boxes.") in model.calls[-1].texts


async def test_the_sql_chain_reads_its_database(engine: Engine) -> None:
    engine.sql.say(SqlRows(("name",), (("Ana",),)))
    engine.model("gpt-4o-mini", "SELECT name FROM ship", "The Ana.")
    assert (await engine.ask(put(engine, "sql-chain"), "Which ship is here?")).text == "The Ana."
    assert engine.sql.asked[0][0].address == "harbour.db"


async def test_the_documents_agent_looks_in_both_collections(engine: Engine) -> None:
    engine.indexes.hold("A berth costs 40 euros a day.")
    calls = (ToolCall("1", "search_handbook", {"input": "berth"}), ToolCall("2", "search_tariffs", {"input": "berth cost"}))
    engine.model("gpt-4o-mini", ChatReply("", tool_calls=calls), "40 euros.")
    result = await engine.ask(put(engine, "documents-agent"), "What does a berth cost?")
    assert result.text == "40 euros."
    assert {search[0].name for search in engine.indexes.searches} == {"harbour-handbook", "harbour-tariffs"}
    assert result.source_documents and result.used_tools and len(result.used_tools) == 2
