"""Tokens as strangers' drawings write them: paths, the editor's HTML and its escapes, and one pass alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.flows.agentflow.references import ABSENT, References
from tradewind_server.flows.components import Turn
from tradewind_server.flows.ports import ToolCall

from fakes.agentflow import AgentWorld, agent, llm, reply, start
from fakes.flow_engine import ChatReply

STATE = {"a": {"b": [{"c": "deep"}], "x y": 1, "q.r": 2}, "list": ["one", "two"], "flat.name": 3, "none": None}
FORM = {"name": "Ann", "address.city": "Lyon"}
OUTPUT = {"content": "said", "items": [1, 2], "flag": False, "zero": 0, "http": {"data": {"n": 1}}}


def references(**more: Any) -> References:
    turn = Turn("w", "flow", "chat", "session", "why", variables={"city": "Paris"}, message_id="message")
    values: dict[str, Any] = {"flow_input": "why", "state": STATE, "outputs": {"llmAgentflow_0": OUTPUT}, "form": FORM, **more}
    return References(turn, **values)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{{ $flow.state.a.b[0].c }}", "deep"),
        ('{{ $flow.state.a["x y"] }}', "1"),
        ("{{ $flow.state.a['q.r'] }}", "2"),
        ("{{ $flow.state.flat.name }}", "3"),
        ("{{ $flow.state.list.length }} {{ $flow.state.list[1].length }}", "2 3"),
        ("{{ $flow.state.list[7] }}", "{{ $flow.state.list[7] }}"),
        ("{{ $flow.state.none }}", "{{ $flow.state.none }}"),
        ("{{ $flow.state.list }}", '["one","two"]'),
        ("{{ $flow.chatId }} {{$flow.sessionId}} {{ $flow.apiMessageId }}", "chat session message"),
        ("{{ $form.name }} {{ $form.address.city }}", "Ann Lyon"),
        ("{{ llmAgentflow_0.output.http.data.n }}!", "1!"),
        ("{{ llmAgentflow_0.output.nope }} {{ nobody_3 }}", "{{ llmAgentflow_0.output.nope }} {{ nobody_3 }}"),
        (r"{{ llmAgentflow\_0 }} {{ $flow.state.flat\.name }} {{ $flow.state.list\[0\] }}", "said 3 one"),
        ("{{&nbsp;question&nbsp;}}", "why"),
        ("{{ {question} }} {{{question}}} {{ }} {{}} {{", "{{ {question} }} {why} {{ }} {{}} {{"),
        ("{{ question\n}}", "{{ question\n}}"),
        ("<p>Hi {{ question }},</p><p>bye&nbsp;&amp; <a href='https://e.org/x'>see</a></p>", "Hi why,\n\nbye\xa0& [see](https://e.org/x)"),
        ('<p><span class="variable" data-id="question">{{ question }}</span></p>', "why"),
        ('Hi <span class="variable" data-id="q" data-label="q">{{ question }}</span>, <b>you</b>', "Hi why, <b>you</b>"),
        ("<ul><li>one</li><li>{{ question }}</li></ul>", "- one\n- why"),
    ],
)  # fmt: skip
def test_a_token_is_its_value_or_stays(text: str, result: str) -> None:
    assert references().text(text) == result


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{ llmAgentflow_0.output.items }}", [1, 2]),
        ("<p>{{ llmAgentflow_0.output.flag }}</p>", False),
        (" {{ llmAgentflow_0.output.zero }} ", 0),
        ("{{ $flow.state.list }}", '["one","two"]'),
    ],
)
def test_a_path_into_an_output_alone_keeps_its_type(text: str, value: Any) -> None:
    assert references().resolve(text) == value


@pytest.mark.parametrize(
    ("item", "text", "result"),
    [
        ({"n": {"a": 1}}, "{{ $iteration.n }}", '{"a":1}'),
        (0, "{{ $iteration }}", "0"),
        (False, "{{ $iteration }}", "false"),
        ("word", "{{ $iteration.name }}", "word"),
        ('{"name": "Ann"}', "{{ $iteration.name }}", "Ann"),
        (5, "{{ $iteration.name }}", "{{ $iteration.name }}"),
        (ABSENT, "{{ $iteration }}", "{{ $iteration }}"),
    ],
)
def test_the_item_of_an_iteration(item: Any, text: str, result: str) -> None:
    assert references(item=item).text(text) == result


@pytest.mark.parametrize("own", ['{"a": {"b": 5}}', '```json\n{"a": {"b": 5}}\n```'])
def test_a_path_into_what_the_node_said(own: str) -> None:
    assert references(own_output=own).resolve("{{ output.a.b }}") == 5
    assert references(own_output=own).text("{{ output }}") == own


def test_whole_files_stand_before_the_input() -> None:
    values = references()
    values.turn.question, values.turn.file_attachment = "<doc>TEXT</doc>\n\n\n\nwhy", "<doc>TEXT</doc>"
    assert values.text("Say {{ question }}.") == "<doc>TEXT</doc>\n\nSay why."
    assert values.text("Say {{ file_attachment }}.") == "Say <doc>TEXT</doc>."


async def test_what_a_person_asks_is_not_looked_at_again_inside_a_tool() -> None:
    world = AgentWorld()
    world.variables.set(key="owner's")
    config = {
        "requestsGetUrl": "<p>https://h.example/{{ question }}</p>",
        "requestsGetName": "look",
        "requestsGetDescription": "d",
    }
    flow = world.draw(
        start(),
        agent(
            "agentAgentflow",
            agentModel="chatOpenAI",
            agentModelConfig={"modelName": "m"},
            agentTools=[{"agentSelectedTool": "requestsGet", "agentSelectedToolConfig": config}],
        ),
        reply("{{ $vars.key }}"),
        wires=["startAgentflow_0 > agentAgentflow_0 > directReplyAgentflow_0"],
    )
    world.model("m", ChatReply("", tool_calls=(ToolCall("c", "look", {}),)), "Done.")
    assert (await world.ask(flow, "{{ $vars.key }}")).text == "owner's"
    assert "owner" not in world.outbound.calls[0].url


async def test_nothing_is_filled_into_code() -> None:
    world = AgentWorld()
    config = {
        "customToolName": "t",
        "customToolDesc": "d",
        "customToolSchema": "z.object({})",
        "customToolFunc": "return '{{ question }}'",
    }
    flow = world.draw(
        start(),
        agent("toolAgentflow", toolAgentflowSelectedTool="customTool", toolAgentflowSelectedToolConfig=config),
        wires=["startAgentflow_0 > toolAgentflow_0"],
    )
    world.javascript.functions["return '{{ question }}'"] = lambda values: "as it is"
    assert (await world.ask(flow, "'; evil()")).text == "as it is"


async def test_messages_of_lists_and_numbers_are_texts() -> None:
    world = AgentWorld()
    fields = [{"key": "items", "type": "jsonArray"}, {"key": "count", "type": "number"}]
    messages = [
        {"role": "user", "content": "{{ llmAgentflow_0.output.items }}"},
        {"role": "user", "content": "{{ llmAgentflow_0.output.count }}"},
    ]
    flow = world.draw(
        start(),
        llm(0, llmStructuredOutput=fields),
        llm(1, model="n", llmMessages=messages, llmEnableMemory=False),
        wires=["startAgentflow_0 > llmAgentflow_0 > llmAgentflow_1"],
    )
    world.model("m", json.dumps({"items": [{"a": 1}], "count": 0}))
    await world.ask(flow, "q")
    assert world.model("n").calls[0].texts == [("user", '[{"a":1}]'), ("user", "0")]
