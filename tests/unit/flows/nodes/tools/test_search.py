"""Search tools ask their services with stored keys and tell what they find."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason
from tradewind_server.flows.components import Tool, ToolResult, Turn
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import NodeInputs

from fakes.flow_engine import Engine

TURN = Turn("w", "f", "c", "s", "?")
KEYS = {
    "serpAPI": {"serpApiKey": "canary"},
    "googleCustomSearch": {"googleCustomSearchApiKey": "canary", "googleCustomSearchApiId": "engine"},
    "serper": {"serperApiKey": "canary"},
    "braveSearchAPI": {"braveApiKey": "canary"},
    "tavilyAPI": {"tavilyApiKey": "canary"},
    "searchAPI": {"searchApiKey": "canary"},
    "exaSearch": {"exaSearchApiKey": "canary"},
}
ANSWERS: dict[str, Any] = {
    "serpAPI": {"organic_results": [{"title": "T", "snippet": "S", "link": "L"}], "answer_box": {"answer": "Straight"}},
    "googleCustomSearch": {"items": [{"title": "T", "snippet": "S", "link": "L"}]},
    "serper": {"organic": [{"title": "T", "snippet": "S", "link": "L"}], "knowledgeGraph": {"description": "Straight"}},
    "braveSearchAPI": {"web": {"results": [{"title": "T", "description": "S", "url": "L"}]}},
    "tavilyAPI": {"results": [{"title": "T", "content": "S", "url": "L"}], "answer": "Straight"},
    "searchAPI": {"organic_results": [{"title": "T", "snippet": "S", "link": "L"}], "answer_box": {"answer": "Straight"}},
    "exaSearch": {"results": [{"title": "T", "text": "S", "url": "L"}]},
    "searXNG": {"results": [{"title": "T", "content": "S", "url": "L"}]},
}
INPUTS = {"searXNG": {"apiBase": "https://searx.example/"}}


def build(engine: Engine, name: str, credential: str | None = "mine", **inputs: Any) -> Any:
    drawn = Node(f"{name}_0", name, "My Search", "Tools", inputs, credential=credential)
    context = engine.context_of(engine.chatflows.flows[engine.put()])
    tool = builtin_registry().type_of(drawn).build(NodeInputs(drawn, inputs, {}), context)
    assert isinstance(tool, Tool)
    return tool


async def called(tool: Any, query: Any = "wind & tide") -> ToolResult:
    result: ToolResult = await tool.call({"input": query}, TURN)
    return result


@pytest.mark.parametrize("name", ANSWERS)
async def test_results_are_told_with_their_addresses(engine: Engine, name: str) -> None:
    engine.credentials.hold("mine", **KEYS.get(name, {}))
    engine.outbound.say(ANSWERS[name])
    result = await called(build(engine, name, **INPUTS.get(name, {})))
    assert result.error is None
    assert result.text.endswith("T\nS\nL")
    assert ("Straight" in result.text) == ("Straight" in json.dumps(ANSWERS[name]))


@pytest.mark.parametrize("name", ANSWERS)
async def test_the_key_and_the_question_are_sent_to_the_service_alone(engine: Engine, name: str) -> None:
    engine.credentials.hold("mine", **KEYS.get(name, {}))
    tool = build(engine, name, **INPUTS.get(name, {}))
    await called(tool)
    [call] = engine.outbound.calls
    assert call.url.startswith("https://")
    sent = json.dumps([call.params, call.headers, (call.body or b"").decode()])
    assert "wind & tide" in sent
    assert ("canary" in sent) == (name in KEYS)
    assert "canary" not in repr(tool)


@pytest.mark.parametrize("name", KEYS)
async def test_without_a_key_nothing_is_asked(engine: Engine, name: str) -> None:
    for tool in (build(engine, name), build(engine, name, credential=None)):
        with pytest.raises(FailedPrecondition) as raised:
            await called(tool)
        assert raised.value.reason is Reason.CREDENTIAL_NOT_FOUND
        assert "My Search" in raised.value.message
    assert not engine.outbound.calls


async def test_a_key_of_another_workspace_is_not_used(engine: Engine) -> None:
    engine.credentials.hold("mine", workspace_id="another", **KEYS["serpAPI"])
    with pytest.raises(FailedPrecondition):
        await called(build(engine, "serpAPI"))


async def test_a_key_stored_later_is_used(engine: Engine) -> None:
    tool = build(engine, "serpAPI")
    with pytest.raises(FailedPrecondition):
        await called(tool)
    engine.credentials.hold("mine", **KEYS["serpAPI"])
    engine.outbound.say(ANSWERS["serpAPI"])
    assert (await called(tool)).error is None


async def test_a_key_stored_from_the_command_line_is_used(engine: Engine) -> None:
    engine.credentials.hold("mine", apiKey="canary", googleCustomSearchApiId="engine")
    await called(build(engine, "googleCustomSearch"))
    assert engine.outbound.calls[0].params == {"q": "wind & tide", "cx": "engine", "key": "canary"}


async def test_a_key_typed_into_an_old_drawing_is_used(engine: Engine) -> None:
    await called(build(engine, "serpAPI", None, apiKey="canary"))
    assert engine.outbound.calls[0].params["api_key"] == "canary"


@pytest.mark.parametrize(("status", "hint"), [(401, True), (403, True), (429, False), (500, False)])
async def test_a_refusal_is_told_without_the_key(engine: Engine, status: int, hint: bool) -> None:
    engine.credentials.hold("mine", **KEYS["serpAPI"])
    engine.outbound.say(engine.outbound.reply({"error": "canary"}, status))
    result = await called(build(engine, "serpAPI"))
    assert result.error is not None and str(status) in result.error
    assert ("credential" in result.error) == hint
    assert "canary" not in result.text


@pytest.mark.parametrize("answer", ["<html>", "[]", "null", "{}", '{"organic_results": 7}', '{"organic_results": [7, {}]}'])
async def test_odd_answers_are_told_as_nothing_or_as_failures(engine: Engine, answer: str) -> None:
    engine.credentials.hold("mine", **KEYS["serpAPI"])
    engine.outbound.say(answer)
    result = await called(build(engine, "serpAPI"))
    assert result.text == "Nothing was found." or result.error is not None


async def test_much_is_cut_to_what_a_model_reads(engine: Engine) -> None:
    engine.credentials.hold("mine", **KEYS["serpAPI"])
    engine.outbound.say({"organic_results": [{"title": "T", "snippet": "s" * 10_000, "link": "L"}] * 100})
    assert len((await called(build(engine, "serpAPI"))).text) < 20_000


async def test_searxng_takes_its_options(engine: Engine) -> None:
    tool = build(engine, "searXNG", None, apiBase="https://searx.example/", language="es", pageno="2", safesearch=0)
    await called(tool)
    [call] = engine.outbound.calls
    assert call.url == "https://searx.example/search"
    assert call.params == {"q": "wind & tide", "format": "json", "language": "es", "pageno": "2", "safesearch": "0"}


async def test_tavily_takes_its_options(engine: Engine) -> None:
    engine.credentials.hold("mine", **KEYS["tavilyAPI"])
    tool = build(
        engine,
        "tavilyAPI",
        topic="news",
        searchDepth="advanced",
        maxResults=3,
        days="2",
        includeAnswer=True,
        includeDomains="a.es, b.es",
    )
    await called(tool)
    assert json.loads(engine.outbound.calls[0].body or b"") == {
        "query": "wind & tide",
        "topic": "news",
        "search_depth": "advanced",
        "max_results": 3,
        "days": 2,
        "include_answer": True,
        "include_domains": ["a.es", "b.es"],
    }


@pytest.mark.parametrize(
    ("name", "inputs"),
    [("searXNG", {}), ("searXNG", {"apiBase": "searx"}), ("tavilyAPI", {"topic": "gossip"}), ("tavilyAPI", {"maxResults": 99})],
)
def test_wrong_options_are_named(engine: Engine, name: str, inputs: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as raised:
        build(engine, name, **inputs)
    assert raised.value.reason is Reason.NODE_INPUT_INVALID


async def test_what_exa_is_asked_for(engine: Engine) -> None:
    engine.credentials.hold("mine", exaSearchApiKey="canary")
    inputs = {"numResults": "5", "type": "neural", "includeDomains": "a.example, b.example", "startPublishedDate": "2026-01-01"}
    await called(build(engine, "exaSearch", category="", excludeDomains="", **inputs))
    body = json.loads(engine.outbound.calls[0].body or b"")
    assert body == {
        "query": "wind & tide",
        "contents": {"text": {"maxCharacters": 2000}},
        "numResults": 5,
        "type": "neural",
        "includeDomains": ["a.example", "b.example"],
        "startPublishedDate": "2026-01-01",
    }
