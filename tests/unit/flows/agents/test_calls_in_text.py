"""A call that a model writes into its words is told from an answer to a person."""

from __future__ import annotations

import pytest
from tradewind_server.flows.agents.calls_in_text import calls_in_text, may_become_call
from tradewind_server.flows.agents.toolbox import Toolbox
from tradewind_server.flows.nodes.tools_calculator import Calculator
from tradewind_server.flows.ports import ToolCall

CALL = '{"name": "calculator", "arguments": {"input": "1 + 1"}}'
READ = ToolCall("call_0", "calculator", {"input": "1 + 1"})


@pytest.mark.parametrize(
    "text",
    [
        CALL,
        f"\n {CALL} \n",
        f"```json\n{CALL}\n```",
        f"```\n{CALL}\n```",
        f"<tool_call>\n{CALL}\n</tool_call>",
        f"<tool_call>{CALL}",
        '{ "name" : "Calculator", "parameters" : {"input": "1 + 1"} }',
        '{"name": "calculator", "arguments": "1 + 1"}',
        '{{"name": "calculator", "arguments": {"input": "1 + 1"}}}',
        '{"name": "calculator", "arguments": "{\\"input\\": \\"1 + 1\\"}"}',
    ],
)
def test_a_written_call(text: str) -> None:
    assert calls_in_text(text, Toolbox([Calculator()])) == (READ,)
    assert all(may_become_call(text[:length]) for length in range(len(text) + 1))


def test_several_written_calls() -> None:
    text = f"<tool_call>\n{CALL}\n</tool_call>\n<tool_call>\n{CALL}\n</tool_call>"
    assert calls_in_text(text, Toolbox([Calculator()])) == (READ, ToolCall("call_1", "calculator", {"input": "1 + 1"}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Two.",
        "{}",
        "[1]",
        '{"name": "Ana"}',
        '{"name": "sing", "arguments": {}}',
        '{"name": 7}',
        f"Write this: {CALL}",
        f"{CALL} and more",
        CALL[:-1],
        "```python\nprint(1)\n```",
        "<b>bold</b>",
        "{" * 5000,
    ],
)
def test_an_answer(text: str) -> None:
    assert calls_in_text(text, Toolbox([Calculator()])) == ()


@pytest.mark.parametrize("text", ["T", "Two", "[", "{}", '{"tons', "```python", "``` print", "<b", "<thinking>", '"name"'])
def test_most_answers_are_known_by_their_first_characters(text: str) -> None:
    assert not may_become_call(text)
