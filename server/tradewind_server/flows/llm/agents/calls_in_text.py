"""Calls that a model writes into its words although it was to call a function, in the forms of the model families.

Marks such as ``<tool_call>`` say that a call follows. Without marks, JSON is a call where it names a tool of the toolbox and
gives its input; any other JSON is an answer to a person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tradewind_server.flows.llm.agents.python_calls import python_calls
from tradewind_server.flows.llm.agents.toolbox import Toolbox
from tradewind_server.flows.ports import ToolCall
from tradewind_server.lenient_json import spans, without_thoughts

LONGEST_TEXT = 64 * 1024
"""Characters of an answer that are looked through."""
MOST_CALLS = 32
DEEPEST = 3
NAME_KEYS = ("name", "tool_name", "tool", "function_name", "recipient_name", "action", "function")
INPUT_KEYS = ("arguments", "parameters", "args", "tool_input", "action_input", "kwargs", "params", "input")
WRAPPERS = ("tool_calls", "tool_call", "function_call", "function", "tool_uses", "calls", "action")
REASONS = ("thought", "thoughts", "reason", "reasoning", "rationale", "explanation")
BESIDE = frozenset({*NAME_KEYS, *INPUT_KEYS, *REASONS, "id", "call_id", "type", "index", "tool_call_id"})
"""All that an object which is a call holds."""
MARK = re.compile(
    r"</?(?:\w+:)?(?:tool[_-]?calls?|(?:start_|end_)?function[_-]?calls?|tool_use|tools|tool_code|plugin)>"
    r"|<\|?tool_calls?(?:_\w+)?\|?>|<\|/?(?:tool_calls?\w*|tools_prefix|tools_suffix|python_tag|plugin|action_start|action_end|call|eom_id|eot_id|im_end)\|>"
    r"|<｜[^｜<>\n]{0,40}｜>|\[/?(?:TOOL_CALLS?|TOOL_REQUEST|END_TOOL_REQUEST|ARGS|CALL_ID)\]"
    r"|<function\s*=|<function\s+name\s*=|<invoke\s+name\s*=|<tool\s+name\s*=|```(?:tool_calls?|tool_code)\b"
    r"|<\|channel\|>(?=[^<]{0,80}to=)",
    re.IGNORECASE,
)
STARTS = (
    "<tool_call", "<tools>", "<tool_code>", "<tool name", "<function", "<invoke", "<|tool", "<|python_tag|>", "<|plugin|>",
    "<|action_start|>", "<|channel|>", "<｜", "[TOOL_", "<minimax:tool_call>", "<seed:tool_call>", "<toolcall", "<tool-call",
    "<tool_use>", "<start_function_call>", "<|start|>assistant<|channel|>", "```json", "```tool", "```xml", "```\n",
)  # fmt: skip
"""How a written call begins, JSON aside."""
ELEMENT = re.compile(
    r"<(?P<tag>function|invoke|tool)(?:\s*=\s*|\s+name\s*=\s*)[\"']?(?P<name>[\w.:-]{1,128})[\"']?\s*>"
    r"(?P<body>.*?)(?:</(?P=tag)>|(?=<(?:function|invoke|tool)\b)|\Z)",
    re.DOTALL | re.IGNORECASE,
)
FIELD = re.compile(
    r"<(?:parameter|arg)(?:\s*=\s*|\s+name\s*=\s*)[\"']?(?P<name>[\w.-]{1,128})[\"']?[^>]{0,80}>(?P<value>.*?)(?:</(?:parameter|arg)>|\Z)"
    r"|<arg_key>(?P<key>[^<]{0,128}+)</arg_key>\s{0,32}+<arg_value>(?P<of_key>(?:[^<]|<(?!/?arg_value>))*+)</arg_value>",
    re.DOTALL | re.IGNORECASE,
)
NAMED_ELEMENT = re.compile(
    r"<name>\s{0,32}+(?P<name>[\w.-]{1,128})\s{0,32}</name>\s{0,32}"
    r"<(?P<tag>arguments|parameters|input)>(?P<body>(?:[^<]|<(?!/?(?:arguments|parameters|input|name)>))*+)</(?P=tag)>",
    re.IGNORECASE,
)
ESCAPED_TEXT = re.compile(r"<escape>(?P<text>(?:[^<]|<(?!escape>))*+)<escape>")
INNER_MARK = "｜DSML｜"
"""Stands in the marks of one family, which are else those of others."""
ACTION = re.compile(
    r"^[ \t]*Action[ \t]*:[ \t]*(?P<name>[\w.-]{1,128})[ \t]*\n\s{0,32}Action Input[ \t]*:(?P<input>[^\n]{0,4000})",
    re.MULTILINE,
)
LEADING_NAME = re.compile(r"(?:to=)?(?:functions?\.)?([\w.-]{1,128}+)(?::\d{1,9}+)?\W{0,32}+(?:json|code)?\W{0,32}+\Z")
KEY_TAG_CALL = re.compile(r"\A\W*([\w.-]{1,128})\s*<arg_key>", re.IGNORECASE)
# The beginning of an object that may be a call: one of these names, in any quotes; of a name that is there, its value too.
HEAD = re.compile(
    r"\A[\[\s]*+\{++\s*+(?:[\"'“]?(?P<key>\w*+)(?P<closed>[\"'”]?)\s*+(?::\s*+(?:[\"'“](?P<value>[^\"'”]*+)(?P<end>[\"'”])?)?)?)?"
)
CALL_KEYS = (*NAME_KEYS, *INPUT_KEYS, *WRAPPERS, "type", "id")
FENCE_BEFORE = re.compile(r"```\w*\s*\Z")
BETWEEN = re.compile(r"<\|(?:constrain|message|start)\|>|```\w*")
FENCE_LEAD = re.compile(r"\A```(?:json|xml|tool_calls?|tool_code)?\s*", re.IGNORECASE)
LONGEST_LEAD = 240


@dataclass(frozen=True, slots=True)
class TextCalls:
    """The calls in an answer and the words before them. ``unreadable`` says that a call was begun and cannot be read."""

    calls: tuple[ToolCall, ...] = ()
    words: str = ""
    unreadable: bool = False


def calls_in_text(text: str, toolbox: Toolbox) -> TextCalls:
    """The calls that are written in an answer; none where it is an answer to a person."""
    if not toolbox.specs or not (_first_sign(text, 0) >= 0 or "Action Input" in text or text.rstrip().endswith(")")):
        return TextCalls()
    text = without_thoughts(text[:LONGEST_TEXT]).replace(INNER_MARK, "")
    mark = MARK.search(text)
    if mark is not None:
        calls = list(_marked_calls(text[mark.start() :], toolbox))
        if calls:
            return _text_calls(calls, text[: mark.start()], toolbox)
        if re.search(r"[{=]|arg_key", text[mark.start() :]):
            return TextCalls(words=text[: mark.start()].strip(), unreadable=True)
        return TextCalls()
    calls, start = _bare_calls(text, toolbox)
    return _text_calls(calls, FENCE_BEFORE.sub("", text[:start]), toolbox) if calls else TextCalls()


def _text_calls(pairs: Sequence[tuple[str, Any]], words: str, toolbox: Toolbox) -> TextCalls:
    calls = []
    for number, (name, arguments) in enumerate(pairs[:MOST_CALLS]):
        call = toolbox.call_of(name, arguments)
        calls.append(ToolCall(f"call_{number}", call.name, call.arguments))
    return TextCalls(tuple(calls), words.strip())


def _marked_calls(text: str, toolbox: Toolbox) -> Iterator[tuple[str, Any]]:
    """Names and inputs of the calls behind a mark: elements, objects that name a tool, or a name before its input."""
    elements = [*ELEMENT.finditer(text)] or [*NAMED_ELEMENT.finditer(text)]
    if elements:
        for element in elements:
            yield element["name"], _fields(element["body"])
        return
    text = ESCAPED_TEXT.sub(lambda match: json.dumps(match["text"]), text)
    pieces, end = MARK.split(text), 0
    text = BETWEEN.sub("\n", "\n".join(pieces))
    for start, stop, value in spans(text):
        calls = list(_calls_of(value, DEEPEST)) or list(_calls_by_tool(value, toolbox))
        if not calls and isinstance(value, dict):
            name_match = LEADING_NAME.search(text[end:start].rstrip(" \n`(") or "\n")
            calls = [(name_match.group(1), value)] if name_match is not None else []
        yield from calls
        end = stop
    if end:
        return
    for piece in pieces:
        key_match = KEY_TAG_CALL.match(piece)
        if key_match is not None:
            yield key_match.group(1), _fields(piece)
        else:
            yield from python_calls(piece.strip("` \n"), toolbox)


def _fields(body: str) -> Any:
    """The input in an element: elements of its own, or JSON, or the text itself."""
    fields = {}
    for match in FIELD.finditer(body):
        name, value = (match["name"], match["value"]) if match["name"] else (match["key"].strip(), match["of_key"])
        fields[name] = value.strip("\n") if value.count("\n") else value.strip()
    if fields:
        return fields
    arguments = next((value for _, _, value in spans(body) if isinstance(value, dict)), None)
    return arguments if arguments is not None else body.strip() or None


def _bare_calls(text: str, toolbox: Toolbox) -> tuple[list[tuple[str, Any]], int]:
    """The calls that JSON alone makes, and where the first begins. All of them must name tools that there are."""
    result: list[tuple[str, Any]] = []
    first = 0
    for start, _, value in spans(text):
        calls = list(_calls_of(value, DEEPEST)) or list(_calls_by_tool(value, toolbox))
        all_known = calls and all(_is_meant(name, arguments, toolbox) for name, arguments in calls)
        if all_known:
            first = first if result else start
            result += calls
    if result:
        return result, first
    for action in ACTION.finditer(text):
        value = next((value for _, _, value in spans(action["input"])), action["input"].strip())
        if _is_meant(action["name"], value, toolbox):
            return [(action["name"], value)], action.start()
    text = text.strip().strip("`")
    if text[:1] == "[" or toolbox.get(text.partition("(")[0]) is not None:
        result = list(python_calls(text, toolbox))
    return result, first


def _is_meant(name: str, arguments: Any, toolbox: Toolbox) -> bool:
    """Whether an object without marks is a call: its tool is there and has the input that it needs."""
    tool = toolbox.get(name)
    if tool is None:
        return False
    call = toolbox.call_of(name, arguments)
    return all(call.arguments.get(one) is not None for one in tool.spec.parameters.get("required", ()))


def _calls_of(value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Names and inputs of the calls that a JSON value makes."""
    if isinstance(value, list):
        if depth and value and all(isinstance(one, dict) for one in value):
            for one in value:
                yield from _calls_of(one, depth - 1)
        return
    if not isinstance(value, dict):
        return
    inner = next((value[key] for key in WRAPPERS if isinstance(value.get(key), dict | list)), None)
    if inner is not None and depth:
        yield from _calls_of(inner, depth - 1)
        return
    name = next((value[key] for key in NAME_KEYS if isinstance(value.get(key), str)), None)
    if name is None or not BESIDE.issuperset(value):
        return
    arguments = next((value[key] for key in INPUT_KEYS if key in value), None)
    yield name.strip().removeprefix("functions."), arguments


def _calls_by_tool(value: Any, toolbox: Toolbox) -> Iterator[tuple[str, Any]]:
    """The calls of objects whose one key is the name of a tool."""
    for call in value[:MOST_CALLS] if isinstance(value, list) else [value]:
        if isinstance(call, dict) and len(call) == 1:
            ((name, arguments),) = call.items()
            if isinstance(arguments, dict) and toolbox.get(name) is not None:
                yield name, arguments


def visible_end(text: str, toolbox: Toolbox, position: int = 0) -> int:
    """How many characters of an answer are no part of a call, whatever follows; ``position`` are known to be none."""
    while (at := _first_sign(text, position)) >= 0:
        if _may_begin(text[at:], toolbox):
            return at
        position = at + 1
    return len(text)


def _first_sign(text: str, position: int) -> int:
    return min((at for sign in "{[<`" if (at := text.find(sign, position)) >= 0), default=-1)


def _may_begin(rest: str, toolbox: Toolbox) -> bool:
    """Whether a text may be the beginning of a call."""
    beginning = rest[:32].lower()
    if any(start.lower().startswith(beginning) for start in STARTS):
        return True
    if any(beginning.startswith(start.lower()) for start in STARTS):
        if not beginning.startswith("```"):
            return True
        rest = FENCE_LEAD.sub("", rest, 1)
        if not rest or rest.startswith("<") or beginning.startswith("```tool"):
            return True
    if rest[:1] == "[" and re.match(r"\A\[\s*(?:\w*\Z|\w+\()", rest):
        return any(
            tool.name.startswith(word) or word.startswith(tool.name)
            for tool in toolbox.specs
            for word in [rest[1:].strip().partition("(")[0]]
        )
    head = HEAD.match(rest[:400])
    if head is None:
        return rest.strip() in ("", "[")
    key, value = head["key"] or "", head["value"]
    if not head["closed"]:
        names = (*CALL_KEYS, *REASONS, *(tool.name.lower() for tool in toolbox.specs))
        return any(one.startswith(key.lower()) for one in names)
    if key.lower() not in CALL_KEYS:
        return key.lower() in REASONS or toolbox.get(key) is not None
    if key.lower() in NAME_KEYS and head["end"]:
        return toolbox.get(value or "") is not None or toolbox.get((value or "").removeprefix("functions.")) is not None
    return True
