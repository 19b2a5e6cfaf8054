"""How the model behind the recorded agent flows answered, by the last message of its user.

=====================================  ====================================================================
``reply exactly: X``                   X
``call NAME({…})``, once or more       calls of that tool, where it is offered
``what is 6 * 7``                      a call of the calculator, where it is offered
a choice of ``"scenarios": [...]``     the first one with a word of the input in it, else the last, as JSON
an answer by a schema                  a value for each of its fields
the result of a tool                   ``The answer is <result>.``
anything else                          ``Reply <CRC32 of the message>: …``
=====================================  ====================================================================
"""

from __future__ import annotations

import json
import re
import zlib
from typing import Any

WORDS = "the fake model answers in a fixed and steady way so that two servers can be."
EXACTLY = re.compile(r"reply exactly: (.*)", re.DOTALL)
CALL = re.compile(r"call (\w+)\((\{.*?\})\)")
PRODUCT = "what is 6 * 7"
ODD_ANSWERS = {"answer nonsense": "I cannot say.", "answer unlisted": '{"output": "zebra"}'}
SAMPLES = {"string": "text", "number": 1, "integer": 1, "boolean": True}

Call = tuple[str, str]


def recorded_answer(body: dict[str, Any]) -> tuple[str, list[Call]]:
    """What is said, and the tools that are called with the JSON of their arguments."""
    messages = body["messages"]
    last = messages[-1]
    if last["role"] == "tool":
        return f"The answer is {last['content']}.", []
    schema = ((body.get("response_format") or {}).get("json_schema") or {}).get("schema")
    if schema is not None:
        return json.dumps(sample(schema)), []
    text = next((_text(one["content"]) for one in reversed(messages) if one["role"] == "user"), None)
    if text is None:
        return f"Reply 00000000: {WORDS}", []
    offered = {one["function"]["name"] for one in body.get("tools") or ()}
    calls = [(name, arguments) for name, arguments in CALL.findall(text) if name in offered]
    if PRODUCT in text and "calculator" in offered:
        calls = [("calculator", '{"input":"6 * 7"}')]
    exactly = EXACTLY.search(text)
    if exactly:
        return exactly.group(1), []
    if calls:
        return "", calls
    if '"scenarios":' in text:
        return _choice(text), []
    return f"Reply {zlib.crc32(text.encode()):08x}: {WORDS}", []


def sample(schema: dict[str, Any]) -> Any:
    """A value by a JSON schema: the first of a choice, one item in a list."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        return {name: sample(one) for name, one in (schema.get("properties") or {}).items()}
    if kind == "array":
        return [sample(schema.get("items") or {})]
    return SAMPLES.get(kind or "", "text")


def _choice(text: str) -> str:
    question = json.loads(text)
    odd = ODD_ANSWERS.get(question["input"])
    if odd is not None:
        return odd
    words = set(re.findall(r"\w+", question["input"].lower()))
    scenarios = question["scenarios"]
    topics = [set(re.findall(r"\w{4,}", one.lower())) - {"asks", "about"} for one in scenarios]
    choice = next((one for one, topic in zip(scenarios, topics, strict=True) if topic & words), scenarios[-1])
    return "```json\n" + json.dumps({"output": choice}) + "\n```"


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
