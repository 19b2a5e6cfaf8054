"""Prompt templates, and the tokens that components fill as they run."""

from __future__ import annotations

import pytest
from tradewind_server.flows.components import Turn
from tradewind_server.flows.llm.templates import fill_canvas, fill_system, parse_prompt, transcript
from tradewind_server.flows.ports import Message

HISTORY = [Message("user", "Hi"), Message("assistant", "Hello {name}"), Message("system", "Short.")]
TURN = Turn("w", "f", "chat", "session", "What is {{chat_history}}?", file_attachment="<doc>")


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("plain {x} {question}", "plain {x} {question}"),
        ('Like {{"a": {{"b": 1}}}}.', 'Like {"a": {"b": 1}}.'),
        ('Like {"a": {"b": 1}}.', 'Like {"a": {"b": 1}}.'),
        ('{"q": {{question}}}', '{"q": What is {{chat_history}}?}'),
        (
            '{"q": "{{ question }}"} {{nobody}} {{ no }} {{$vars.a}}',
            '{"q": "What is {{chat_history}}?"} {nobody} { no } {{$vars.a}}',
        ),
        ("\ufdd0\ufdd0x\ufdd1\ufdd1", "{{x}}"),
    ],
)
def test_a_system_message_has_its_tokens_filled_and_its_escapes_undone(text: str, filled: str) -> None:
    assert fill_system(text, TURN, HISTORY) == filled


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
        ('{"user": {"name": "x", "tags": []}} {product}', ("product",), '{"user": {"name": "x", "tags": []}} sock'),
        ('{"a": {"b": {"c": {product}}}}', ("product",), '{"a": {"b": {"c": sock}}}'),
        ('{{"user": {{"name": "{product}"}}}}', ("product",), '{"user": {"name": "sock"}}'),
        ('{{"a": {"b": [{"c": 1}]}}}', (), '{"a": {"b": [{"c": 1}]}}'),
        ('{"a": {{"b": 1}}}', (), '{"a": {"b": 1}}'),
        ('[{"a": {"b": 1}}, {{"c": 2}}]', (), '[{"a": {"b": 1}}, {"c": 2}]'),
        ("{{{product}}} }} {{", ("product",), "{sock} } {"),
        ("{{ product }}", (), "{ product }"),
        ("function f() { if (a) { return {}; }} {product}", ("product",), "function f() { if (a) { return {}; }} sock"),
        (r"\frac{1}{x^{2}} and {product}", ("product",), r"\frac{1}{x^{2}} and sock"),
        ("\ufdd0product\ufdd1", (), "{product}"),
    ],
)
def test_a_prompt_has_variables_where_braces_hold_a_name(template: str, variables: tuple[str, ...], filled: str) -> None:
    prompt = parse_prompt(template)
    assert prompt.variables == variables
    assert prompt.fill({"product": "sock", "place": "{here}"}) == filled
