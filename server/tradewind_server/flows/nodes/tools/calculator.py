"""The calculator tool: arithmetic that is read, never run. What it may hold is listed; size and cost are bounded."""

from __future__ import annotations

import ast
import math
import operator
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tradewind_server.flows.components import ToolResult, Turn
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs, NodeType
from tradewind_server.flows.ports import ToolSpec

Number = int | float
LONGEST_EXPRESSION = 1000
MOST_BITS = 10_000
"""Size of the largest whole number: about 3,000 digits."""
MOST_FACTORIAL = 1000
MOST_DIGITS = 15
SPELLINGS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "^": "**", "\u00a0": " ", "\n": " "})
CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e, "tau": math.tau}


class NotArithmetic(Exception):
    """An expression that cannot be worked out; the message says why."""


def _power(base: Number, exponent: Number) -> Number:
    if isinstance(base, int) and isinstance(exponent, int) and abs(base) > 1 and base.bit_length() * exponent > MOST_BITS:
        raise NotArithmetic("the power is too large")
    result = base**exponent
    if isinstance(result, complex):
        raise NotArithmetic("the result is not a real number")
    return result


def _factorial(number: Number) -> Number:
    if number != int(number) or not 0 <= number <= MOST_FACTORIAL:
        raise NotArithmetic(f"factorials are of whole numbers from 0 to {MOST_FACTORIAL}")
    return math.factorial(int(number))


def _round(number: Number, digits: Number = 0) -> Number:
    """Halves away from zero, as people round."""
    if digits != int(digits) or abs(digits) > MOST_DIGITS:
        raise NotArithmetic(f"numbers are rounded to at most {MOST_DIGITS} digits")
    if abs(number) >= 1e12:
        return round(number, int(digits))
    step = Decimal(1).scaleb(-int(digits))
    result = Decimal(repr(number)).quantize(step, ROUND_HALF_UP)
    return float(result) if digits > 0 else int(result)


def _root(number: Number) -> Number:
    root = math.sqrt(number)
    return int(root) if root.is_integer() else root


BINARY: Mapping[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: _power,
}
UNARY: Mapping[type[ast.unaryop], Callable[[Number], Number]] = {ast.UAdd: operator.pos, ast.USub: operator.neg}
FUNCTIONS: Mapping[str, Callable[..., Number]] = {
    "abs": abs,
    "acos": math.acos,
    "asin": math.asin,
    "atan": math.atan,
    "atan2": math.atan2,
    "cbrt": math.cbrt,
    "ceil": math.ceil,
    "cos": math.cos,
    "degrees": math.degrees,
    "exp": math.exp,
    "factorial": _factorial,
    "floor": math.floor,
    "hypot": math.hypot,
    "ln": math.log,
    "log": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "max": max,
    "min": min,
    "pow": _power,
    "radians": math.radians,
    "round": _round,
    "sin": math.sin,
    "sqrt": _root,
    "tan": math.tan,
    "trunc": math.trunc,
}


def worked_out(expression: str) -> str:
    """The value of an arithmetic expression as text. Raises :class:`NotArithmetic`.

    Knows ``+ - * / % **`` (or ``^``), brackets, the usual functions and the constants pi and e.
    """
    if len(expression) > LONGEST_EXPRESSION:
        raise NotArithmetic(f"it is longer than {LONGEST_EXPRESSION} characters")
    try:
        with warnings.catch_warnings():  # Of odd spellings such as 1if, on the console.
            warnings.simplefilter("ignore")
            tree = ast.parse(expression.translate(SPELLINGS).strip(" ="), mode="eval")
        value = _value(tree.body)
    except ZeroDivisionError:
        raise NotArithmetic("it divides by zero") from None
    except OverflowError:
        raise NotArithmetic("the result is too large") from None
    except (SyntaxError, MemoryError, RecursionError):
        raise NotArithmetic("it is not one arithmetic expression, such as 12 * (3 + 4)") from None
    except (ValueError, TypeError):
        raise NotArithmetic("a function has a number it cannot work with") from None
    return _text(value)


def _value(node: ast.expr) -> Number:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            value: Number = number
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            value = BINARY[type(op)](_value(left), _value(right))
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in UNARY:
            value = UNARY[type(sign)](_value(operand))
        case ast.Name(id=name) if name.lower() in CONSTANTS:
            value = CONSTANTS[name.lower()]
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name.lower() in FUNCTIONS:
            value = FUNCTIONS[name.lower()](*(_value(argument) for argument in arguments))
        case ast.Call(func=ast.Name(id=name)) | ast.Name(id=name):
            raise NotArithmetic(f"{name[:40]} is not known here")
        case _:
            raise NotArithmetic("it holds more than numbers, operators and functions")
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise NotArithmetic("the result is too large")
    return value


def _text(value: Number) -> str:
    """A number as people write it: whole where it is whole, and without the last digit's noise."""
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        raise NotArithmetic("the result is too large")
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")


SPEC = ToolSpec(
    "calculator",
    "Works out arithmetic exactly. Use it for every calculation. The input is one expression such as 12 * (3 + 4) or "
    "sqrt(2) ^ 10, with numbers only.",
    {
        "type": "object",
        "properties": {"input": {"type": "string", "description": "The arithmetic expression."}},
        "required": ["input"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True)
class Calculator:
    """Works out the expressions a model asks for."""

    spec: ToolSpec = SPEC
    return_direct: bool = False

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        try:
            return ToolResult(worked_out(str(arguments["input"])))
        except NotArithmetic as problem:
            message = f"The calculator cannot work this out: {problem}."
            return ToolResult(message, error=message)


def build_calculator(inputs: NodeInputs, context: BuildContext) -> Calculator:
    return Calculator()


NODES = (NodeType("calculator", "Calculator", "Tools", (), build_calculator, repeatable=True),)
