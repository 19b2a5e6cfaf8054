"""The arXiv tool: what it asks, and what a model reads of the answer."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.flows.components import Turn
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import NodeInputs
from tradewind_server.flows.nodes.tools.arxiv import API

from fakes.flow_engine import Engine

TURN = Turn("w", "c", "chat", "session", "q")
ENTRY = (
    "<entry><id>http://arxiv.org/abs/1706.03762v7</id><published>2017-06-12T17:57:34Z</published><title>Attention\n  Is"
    " All</title><summary> We  propose. </summary><author><name>Ana A.</name></author>"
    "<author><name>Bo B.</name></author></entry>"
)
FEED = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{ENTRY}{ENTRY}</feed>'


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    engine.outbound.say(FEED)
    return engine


def tool(engine: Engine, **inputs: Any) -> Any:
    node = Node("arxiv_0", "arxiv", "Arxiv", "Tools", inputs)
    context = engine.context_of(type("F", (), {"workspace_id": "w", "id": "c"})())  # type: ignore[arg-type]
    return builtin_registry().type_of(node).build(NodeInputs(node, inputs), context)


async def test_papers_are_told_with_date_title_authors_and_summary(engine: Engine) -> None:
    result = await tool(engine).call({"query": "attention: self-attention"}, TURN)
    paper = "Published: 2017-06-12\nTitle: Attention Is All\nAuthors: Ana A., Bo B.\nSummary: We propose."
    assert result.text == f"{paper}\n\n{paper}" and result.error is None
    (call,) = engine.outbound.calls
    assert (call.url, call.params) == (API, {"search_query": "attention self attention", "max_results": "3"})


@pytest.mark.parametrize(
    ("query", "ids"),
    [("1706.03762", "1706.03762"), ("1706.03762v7, 2301.00001", "1706.03762v7,2301.00001"), (" 1706.03762 ", "1706.03762")],
)
async def test_ids_are_looked_up_as_such(engine: Engine, query: str, ids: str) -> None:
    await tool(engine).call({"query": query}, TURN)
    assert engine.outbound.calls[0].params["id_list"] == ids


async def test_bounds_of_the_node(engine: Engine) -> None:
    result = await tool(engine, topKResults="1", docContentCharsMax="20", maxQueryLength="4").call(
        {"query": "transformers"}, TURN
    )
    assert result.text == "Published: 2017-06-1" and engine.outbound.calls[0].params == {
        "search_query": "tran",
        "max_results": "1",
    }
    assert tool(engine, topKResults="9999").results == 50
    assert tool(engine, arxivName="papers!", arxivDescription="Finds.").spec.name == "papers"


@pytest.mark.parametrize("answer", ["no xml", "", "<feed"])
async def test_an_answer_of_another_form_is_a_failure(engine: Engine, answer: str) -> None:
    engine.outbound.say(answer)
    assert (await tool(engine).call({"query": "x"}, TURN)).error


async def test_a_status_and_an_empty_list_are_said(engine: Engine) -> None:
    engine.outbound.say(engine.outbound.reply("", 503))
    assert (await tool(engine).call({"query": "x"}, TURN)).error == "arXiv answered with the status 503."
    engine.outbound.say('<feed xmlns="http://www.w3.org/2005/Atom"></feed>')
    assert (await tool(engine).call({"query": "x"}, TURN)).text == "No paper was found."
