"""The calculator knows arithmetic, nothing else, and never works for long."""

from __future__ import annotations

import warnings

import pytest
from tradewind_server.flows.components import Tool, Turn
from tradewind_server.flows.nodes.tools.calculator import Calculator, NotArithmetic, worked_out


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("12 * 3", "36"),
        ("10 / 4", "2.5"),
        ("10 / 2", "5"),
        ("2 * 3 ^ 2", "18"),
        ("-2 ** 2", "-4"),
        ("0.1 + 0.2", "0.3"),
        ("7 % 3", "1"),
        ("7 // 2", "3"),
        ("(1 + 2) * -3", "-9"),
        ("6 × 7 ÷ 2 − 1", "20"),
        ("50 * 2 =", "100"),
        ("1_000 + 1", "1001"),
        ("sqrt(16) + SQRT(2)", "5.41421356237309"),
        ("round(2.5) + round(-2.5)", "0"),
        ("round(2.675, 2)", "2.68"),
        ("max(1, 2, 3) + min(4, 5)", "7"),
        ("pi", "3.14159265358979"),
        ("factorial(5)", "120"),
        ("log10(1000) + ln(e)", "4"),
        ("2 ** 0.5", "1.4142135623731"),
        ("2 ** -1", "0.5"),
        ("10 ** 30", "1" + "0" * 30),
    ],
)
def test_arithmetic(expression: str, value: str) -> None:
    assert worked_out(expression) == value


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("9 ** 9 ** 9", "too large"),
        ("2 ** 100000", "too large"),
        ("9" * 900 + " ** 100", "too large"),
        ("factorial(1000) * factorial(1000)", "too large"),
        ("factorial(1e9)", "factorials"),
        ("factorial(2.5)", "factorials"),
        ("1e308 * 10", "too large"),
        ("exp(1000)", "too large"),
        ("round(1, 1000000000)", "rounded"),
        ("round(12345678, -1000000000)", "rounded"),
        ("1 / 0", "divides by zero"),
        ("(-8) ** 0.5", "not a real number"),
        ("log(0)", "cannot work with"),
        ("sqrt()", "cannot work with"),
        ("1" * 1001, "longer than"),
        ("(" * 300 + "1" + ")" * 300, "not one arithmetic expression"),
        ("-" * 900 + "(" * 90 + "x", "not one arithmetic expression"),
        ("1; 2", "not one arithmetic expression"),
        ("x = 1", "not one arithmetic expression"),
        ("", "not one arithmetic expression"),
        ("\x00", "not one arithmetic expression"),
        ("15% of 200", "not one arithmetic expression"),
        ("x + 1", "x is not known"),
        ("__import__('os')", "__import__ is not known"),
        ("open('/etc/passwd')", "open is not known"),
        ("(1).__class__", "more than numbers"),
        ("().__class__.__bases__", "more than numbers"),
        ("'a' * 1000000000", "more than numbers"),
        ("[1] * 1000000000", "more than numbers"),
        ("lambda: 1", "more than numbers"),
        ("[x for x in (1, 2)]", "more than numbers"),
        ("(x := 1)", "more than numbers"),
        ("f'{1}'", "more than numbers"),
        ("1 if 1 else 2", "more than numbers"),
        ("True + 1", "more than numbers"),
        ("1 < 2", "more than numbers"),
        ("1 << 1000000", "more than numbers"),
        ("pow(2, 3, 5)", "cannot work with"),
        ("max(*[1, 2])", "more than numbers"),
        ("round(number=1)", "round is not known"),
        ("1,000 + 1", "more than numbers"),
    ],
)
def test_anything_else_is_refused_in_words(expression: str, why: str) -> None:
    with pytest.raises(NotArithmetic) as raised:
        worked_out(expression)
    assert why in str(raised.value)


def test_odd_spellings_write_nothing_to_the_console() -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with pytest.raises(NotArithmetic):
            worked_out("1if 2 else 3")
    assert not said


async def test_the_tool_answers_or_says_why_not() -> None:
    calculator = Calculator()
    assert isinstance(calculator, Tool)
    turn = Turn("w", "f", "c", "s", "?")
    assert (await calculator.call({"input": "12 * 3"}, turn)).text == "36"
    assert (await calculator.call({"input": 12}, turn)).text == "12"
    failed = await calculator.call({"input": "twelve"}, turn)
    assert failed.error == failed.text and "twelve is not known" in failed.text
