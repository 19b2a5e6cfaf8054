"""A call that a model writes into its words is told from an answer to a person."""

from __future__ import annotations

import time

import pytest
from tradewind_server.flows.llm.agents.calls_in_text import TextCalls, calls_in_text, visible_end
from tradewind_server.flows.llm.agents.toolbox import Toolbox
from tradewind_server.flows.nodes.tools.calculator import Calculator
from tradewind_server.flows.ports import ToolCall

CALL = '{"name": "calculator", "arguments": {"input": "1 + 1"}}'
READ = ToolCall("call_0", "calculator", {"input": "1 + 1"})
AGAIN = ToolCall("call_1", "calculator", {"input": "1 + 1"})
BOX = Toolbox([Calculator()])
FORMS = [
    CALL,
    f"\n {CALL} \n",
    f"[{CALL}]",
    f"```json\n{CALL}\n```",
    f"```\n{CALL}\n```",
    f"```tool_call\n{CALL}\n```",
    f"```xml\n<tool_call>{CALL}</tool_call>\n```",
    f"<tool_call>\n{CALL}\n</tool_call>",
    f"<tool_call>{CALL}",
    f"<tool_call>[{CALL}]</tool_call>",
    f"<|tool_call|>[{CALL}]<|/tool_call|>",
    f"<|tool_call>{CALL}<tool_call|>",
    f"<tools>{CALL}</tools>",
    f"<function_calls>[{CALL}]</function_calls>",
    f"<|python_tag|>{CALL}<|eom_id|>",
    f"[TOOL_CALLS] [{CALL}]",
    f"[TOOL_CALLS]{CALL}</s>",
    '[TOOL_CALLS]calculator[ARGS]{"input": "1 + 1"}',
    '[TOOL_CALLS]calculator{"input": "1 + 1"}',
    f"[TOOL_REQUEST]{CALL}[END_TOOL_REQUEST]",
    '<function=calculator>{"input": "1 + 1"}</function>',
    '<function=calculator{"input": "1 + 1"}</function>',
    "<tool_call>\n<function=calculator>\n<parameter=input>\n1 + 1\n</parameter>\n</function>\n</tool_call>",
    '<function name="calculator"><parameter name="input">1 + 1</parameter></function>',
    '<function_calls>\n<invoke name="calculator">\n<parameter name="input">1 + 1</parameter>\n</invoke>\n</function_calls>',
    '<minimax:tool_call><invoke name="calculator"><parameter name="input">1 + 1</parameter></invoke></minimax:tool_call>',
    "<tool_call>calculator\n<arg_key>input</arg_key>\n<arg_value>1 + 1</arg_value>\n</tool_call>",
    '<tool_call>calculator\n{"input": "1 + 1"}</tool_call>',
    "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>calculator\n"
    '```json\n{"input": "1 + 1"}\n```<｜tool▁call▁end｜>',
    "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>calculator<｜tool▁sep｜>"
    '{"input": "1 + 1"}<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    "<|tool_calls_section_begin|><|tool_call_begin|>functions.calculator:0<|tool_call_argument_begin|>"
    '{"input": "1 + 1"}<|tool_call_end|><|tool_calls_section_end|>',
    f"<|action_start|><|plugin|>{CALL}<|action_end|>",
    '<|channel|>commentary to=functions.calculator <|constrain|>json<|message|>{"input": "1 + 1"}<|call|>',
    '{ "name" : "Calculator", "parameters" : {"input": "1 + 1"} }',
    '{"name": "calculator", "arguments": "1 + 1"}',
    '{{"name": "calculator", "arguments": {"input": "1 + 1"}}}',
    '{"name": "calculator", "arguments": "{\\"input\\": \\"1 + 1\\"}"}',
    "{'name': 'calculator', 'arguments': {'input': '1 + 1'}}",
    '{"name": "calculator", "arguments": {"input": "1 + 1",},}',
    '{"arguments": {"input": "1 + 1"}, "name": "calculator"}',
    '{"type": "function", "function": {"name": "calculator", "arguments": "{\\"input\\": \\"1 + 1\\"}"}}',
    '{"type": "function", "name": "calculator", "parameters": {"input": "1 + 1"}}',
    '{"id": "call_x", "type": "function", "function": {"name": "calculator", "arguments": {"input": "1 + 1"}}}',
    f'{{"tool_calls": [{CALL}]}}',
    '{"function_call": {"name": "calculator", "arguments": {"input": "1 + 1"}}}',
    '{"function": "calculator", "parameters": {"input": "1 + 1"}}',
    '{"tool": "calculator", "tool_input": "1 + 1"}',
    '{"tool_name": "calculator", "parameters": {"input": "1 + 1"}}',
    '{"action": "calculator", "action_input": "1 + 1"}',
    '[calculator(input="1 + 1")]',
    '```tool_code\ncalculator(input="1 + 1")\n```',
    '<|python_tag|>calculator(input="1 + 1")',
    f"<TOOLCALL>[{CALL}]</TOOLCALL>",
    f"<tool-call>{CALL}</tool-call>",
    "<seed:tool_call><function=calculator><parameter=input>1 + 1</parameter></function></seed:tool_call>",
    '<tool_use>\n<name>calculator</name>\n<arguments>{"input": "1 + 1"}</arguments>\n</tool_use>',
    '<tool_call><name>calculator</name><parameters>{"input": "1 + 1"}</parameters></tool_call>',
    "<start_function_call>call:calculator{input:<escape>1 + 1<escape>}<end_function_call>",
    '<｜DSML｜function_calls>\n<｜DSML｜invoke name="calculator">\n<｜DSML｜parameter name="input" string="true">1 + 1'
    "</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>",
    '<|tools_prefix|>[{"calculator": {"input": "1 + 1"}}]<|tools_suffix|>',
    '{"calculator": {"input": "1 + 1"}}',
    '{"name": "calculator", "arguments": {"input": "1 + 1"}, "reason": "to add"}',
    '{"thought": "I add.", "tool": "calculator", "tool_input": {"input": "1 + 1"}}',
    '{"action": {"name": "calculator", "arguments": {"input": "1 + 1"}}}',
]
LEADS = ["", "I will calculate that.\n", "Sure! Let me see:\n\n", "<think>I need {a tool}.</think>", "Let me use the tool: "]


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("form", FORMS)
def test_a_written_call(form: str, lead: str) -> None:
    if lead and form.startswith("[calculator("):
        return
    assert calls_in_text(lead + form, BOX).calls == (READ,)
    text = lead + form
    position = 0
    for length in range(len(text) + 1):
        position = visible_end(text[:length], BOX, position)
    assert position <= len(lead) + 2, text[: position + 10]


@pytest.mark.parametrize(
    "text",
    [
        f"<tool_call>\n{CALL}\n</tool_call>\n<tool_call>\n{CALL}\n</tool_call>",
        f"First.\n<tool_call>{CALL}\n{CALL}</tool_call>",
        f"[{CALL}, {CALL}]",
        f"{CALL}\n{CALL}",
        f"{CALL};{CALL}",
        f"```json\n{CALL}\n```\nand\n```json\n{CALL}\n```",
        f"[TOOL_CALLS] [{CALL}, {CALL}]",
        '<function=calculator>{"input": "1 + 1"}</function><function=calculator>{"input": "1 + 1"}</function>',
        '<｜tool▁call▁begin｜>calculator<｜tool▁sep｜>{"input": "1 + 1"}<｜tool▁call▁end｜>'
        '<｜tool▁call▁begin｜>calculator<｜tool▁sep｜>{"input": "1 + 1"}<｜tool▁call▁end｜>',
        '[calculator(input="1 + 1"), calculator(input="1 + 1")]',
    ],
)
def test_several_written_calls(text: str) -> None:
    assert calls_in_text(text, BOX).calls == (READ, AGAIN)


@pytest.mark.parametrize(
    "text",
    [
        'Thought: I add.\nAction: calculator\nAction Input: {"input": "1 + 1"}\nObservation: 3',
        "Action: Calculator\nAction Input: 1 + 1",
        'calculator(input="1 + 1")',
        '`calculator(input="1 + 1")`',
    ],
)
def test_a_call_that_is_the_whole_text_without_marks(text: str) -> None:
    assert calls_in_text(text, BOX).calls == (READ,)


def test_words_before_a_call_are_kept_and_those_behind_it_are_not() -> None:
    written = calls_in_text(f"I will calculate that.\n<tool_call>{CALL}</tool_call>\nThe result is 3.", BOX)
    assert written == TextCalls((READ,), "I will calculate that.")
    assert calls_in_text(f"Let me:\n```json\n{CALL}\n```", BOX).words == "Let me:"


def test_a_marked_call_of_a_tool_that_there_is_not_is_made_and_refused_by_its_name() -> None:
    (call,) = calls_in_text('<tool_call>{"name": "sing", "arguments": {"song": "x"}}</tool_call>', BOX).calls
    assert (call.name, dict(call.arguments)) == ("sing", {"song": "x"})


@pytest.mark.parametrize(
    "text",
    [
        '<tool_call>{"name": "calc',
        "Now: <tool_call>{broken</tool_call>",
        '[TOOL_CALLS] [{"name": "calculator", "arguments": {"input": "1',
    ],
)
def test_a_call_that_cannot_be_read_is_no_answer(text: str) -> None:
    written = calls_in_text(text, BOX)
    assert written.unreadable and not written.calls


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Two.",
        "{}",
        "[1]",
        '{"name": "Ana"}',
        '{"name": "Ana", "arguments": {"input": "x"}}',
        '{"name": "sing", "arguments": {}}',
        '{"name": "calculator"}',
        '{"name": "calculator", "price": 5, "input": "x"}',
        '{"name": "calculator", "arguments": {}}',
        '{"type": "function", "count": 3}',
        '{"tool_calls": []}',
        '{"name": 7}',
        '{"calculator": "a device"}',
        '{"calculator": {}}',
        "Action: stations\nAction Input: none",
        "He used it (a calculator)",
        'Write calculator(input="1 + 1")',
        '[{"name": "Ana"}, {"name": "Ben"}]',
        'Here it is:\n```json\n{"name": "Ana", "tons": 120}\n```',
        "```python\ncalculator(input='1')\n```",
        "<b>bold</b>",
        "Some models write <tool_call> before a call.",
        "a < b and [see the notes] and {x}",
        "{" * 5000,
        "[" * 5000,
        '{"a":' * 5000,
    ],
)
def test_an_answer(text: str) -> None:
    assert calls_in_text(text, BOX) == TextCalls()
    assert calls_in_text(f"<tool_call>{CALL}</tool_call>", Toolbox([])) == TextCalls()


@pytest.mark.parametrize(
    "text",
    [
        "Two.",
        "[1]",
        "[see]",
        '{"tons": 1',
        "```python\n",
        "<b>",
        "a < b",
        '{"name": "Ana"',
        '["calculator"',
        "`x` y",
        "{x}",
        "[note](http://x)",
    ],
)
def test_most_answers_are_known_by_their_first_characters(text: str) -> None:
    assert visible_end(text, BOX) == len(text)


@pytest.mark.parametrize(
    "piece", ["{", "[", "<", '{"name":', "<function=a>", "<tool_call>", "```json\n", "a(", "<parameter=x>", "<arg_key>"]
)
def test_no_text_takes_long(piece: str) -> None:
    text = "<tool_call>" + piece * (200_000 // len(piece))
    begun = time.process_time()
    calls_in_text(text, BOX)
    calls_in_text(text[11:], BOX)
    visible_end(text[11:20_000], BOX)
    assert time.process_time() - begun < 8
