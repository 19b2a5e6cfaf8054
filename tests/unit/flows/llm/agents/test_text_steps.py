"""Steps that models write down are read however untidily they are written."""

from __future__ import annotations

import pytest
from tradewind_server.flows.llm.agents.text_steps import Final, JsonSteps, ReActSteps, Use, describe
from tradewind_server.flows.ports import ToolSpec

SPECS = [
    ToolSpec("calculator", "Works out\narithmetic.", {"type": "object", "properties": {"input": {"type": "string"}}}),
    ToolSpec("clock", "Tells the time.", {"type": "object", "properties": {}}),
    ToolSpec("post", "Sends.", {"type": "object", "properties": {"to": {"type": "string"}, "text": {"type": "string"}}}),
]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ('```json\n{"action": "calculator", "action_input": "1 + 1"}\n```', Use("calculator", "1 + 1")),
        ('{"action": "calculator", "action_input": "1 + 1"}', Use("calculator", "1 + 1")),
        (
            'I will look.\n```\n{"action":"calculator","action_input":{"input":"1"}}\n```\nThen',
            Use("calculator", {"input": "1"}),
        ),
        ('{"action": "Final Answer", "action_input": "42"}', Final("42")),
        ('{"action": "final_answer", "action_input": "two\nlines"}', Final("two\nlines")),
        ('{"action": "Final Answer", "action_input": {"n": 1}}', Final('{"n": 1}')),
        ('{"action": "Final Answer", "action_input": "see {this} and }"}', Final("see {this} and }")),
        ('{"action": "clock", "action_input": "",}', Use("clock", "")),
        ('{"tool": "clock", "tool_input": null}', Use("clock", None)),
        ('{"action": "clock"}', Use("clock", None)),
        ('{"note": 1} {"action": "clock"}', Use("clock", None)),
        ('{"action": "Final Answer", "action_input": "cut of', None),
        ("The answer is 42.", None),
        ("", None),
        ('{"action": 7}', None),
        ("[1, 2]", None),
        ("{" * 5000, None),
    ],
)
def test_json_steps(text: str, step: Final | Use | None) -> None:
    assert JsonSteps().read(text) == step


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Thought: add\nAction: calculator\nAction Input: 1 + 1", Use("calculator", "1 + 1")),
        ("Action: calculator\nAction Input: 1 + 1\nObservation: 3\nThought: x\nFinal Answer: 3", Use("calculator", "1 + 1")),
        ("Thought: I know\nFinal Answer: 42", Final("42")),
        ("Final Answer: two\nlines", Final("two\nlines")),
        ("**Thought:** add\n**Action:** calculator\n**Action Input:** 1 + 1", Use("calculator", "1 + 1")),
        ('Action: [calculator]\n\nAction Input: "1 + 1"\n', Use("calculator", "1 + 1")),
        ("action: `calculator`\naction input: ```\n1 + 1\n```", Use("calculator", "1 + 1")),
        ('Action: post\nAction Input: {"to": "a",\n "text": "b"}', Use("post", '{"to": "a",\n "text": "b"}')),
        ("Action 1: clock\nAction Input 1:\nObservation: noon", Use("clock", "")),
        ("Action: clock\nAction Input:", Use("clock", "")),
        (
            "Thought: I know\nFinal Answer: 1\nAction: calculator\nAction Input: 2",
            Final("1\nAction: calculator\nAction Input: 2"),
        ),
        ("Action: calculator", None),
        ("Action:\nAction Input: 1", None),
        ("Thought: hm", None),
        ("The answer is 42.", None),
    ],
)
def test_react_steps(text: str, step: Final | Use | None) -> None:
    assert ReActSteps().read(text) == step


@pytest.mark.parametrize("form", [JsonSteps(), ReActSteps()])
def test_the_model_is_told_of_every_tool_and_of_the_form(form: JsonSteps | ReActSteps) -> None:
    told = form.instructions(SPECS)
    assert all(spec.name in told for spec in SPECS)
    assert form.instructions([]), "an agent without tools can still answer"


def test_tools_are_described_in_a_line_each() -> None:
    lines = describe(SPECS).split("\n")
    assert lines[0] == "- calculator: Works out arithmetic. (Takes a text.)"
    assert lines[1] == "- clock: Tells the time. (Takes no input.)"
    assert '"to"' in lines[2] and '"text"' in lines[2]


def test_words_that_are_no_step_can_be_an_answer() -> None:
    assert JsonSteps().plain("```\nIt is 42.\n```") == "It is 42."
    assert ReActSteps().plain("Thought: It is 42.") == "It is 42."


@pytest.mark.parametrize("form", [JsonSteps(), ReActSteps()])
def test_hostile_lengths_are_read_quickly(form: JsonSteps | ReActSteps) -> None:
    for text in (
        "Action" * 20_000,
        "\n" * 50_000,
        "Action:\n" * 10_000,
        '{"' * 20_000,
        "Action: x\n" + "*" * 50_000,
        " \t" * 50_000,
    ):
        form.read(text)
