"""Prompt templates, and the tokens that components fill as they run."""

from __future__ import annotations

import pytest
from tradewind_server.flows.components import Turn
from tradewind_server.flows.ports import Message
from tradewind_server.flows.templates import fill_canvas, parse_prompt, transcript

HISTORY = [Message("user", "Hi"), Message("assistant", "Hello {name}"), Message("system", "Short.")]
TURN = Turn("w", "f", "chat", "session", "What is {{chat_history}}?", file_attachment="<doc>")


def test_a_conversation_is_lines_of_text() -> None:
    assert transcript(HISTORY) == "Human: Hi\nAssistant: Hello {name}\nSystem: Short."


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("plain {x}", "plain {x}"),
        ("Q: {{question}}", "Q: What is {{chat_history}}?"),
        ("{{ question }}{{file_attachment}}", "What is {{chat_history}}?<doc>"),
        ("[{{chat_history}}]", f"[{transcript(HISTORY)}]"),
        ("{{nobody}} {{$vars.city}}", "{{nobody}} {{$vars.city}}"),
    ],
)
def test_tokens_are_filled_once_and_what_is_put_in_is_left_alone(text: str, filled: str) -> None:
    assert fill_canvas(text, TURN, HISTORY) == filled


@pytest.mark.parametrize(
    ("template", "variables", "filled"),
    [
        ("Name a {product}!", ("product",), "Name a sock!"),
        ("{product}, {product} and {place}", ("product", "place"), "sock, sock and {here}"),
        ("{{product}} is literal", (), "{product} is literal"),
        ('Answer {{"a": 1}} and {"b": 2}', (), 'Answer {"a": 1} and {"b": 2}'),
        ('{"name": "{product}"}', ("product",), '{"name": "sock"}'),
        ("{ product } {a b} {} {", (), "{ product } {a b} {} {"),
        ("", (), ""),
    ],
)
def test_a_prompt_has_variables_where_braces_hold_a_name(template: str, variables: tuple[str, ...], filled: str) -> None:
    prompt = parse_prompt(template)
    assert prompt.variables == variables
    assert prompt.fill({"product": "sock", "place": "{here}"}) == filled
