"""JSON as owners write it into inputs: with comments, loose commas and the editor's escapes, but whole."""

from __future__ import annotations

import re
from typing import Any

from tradewind_server.bounded_json import foreign_json
from tradewind_server.flows.agentflow.references import TOKEN, is_quoted
from tradewind_server.lenient_json import spans

ESCAPE = re.compile(r"""\\(?:(["\\/bfnrtu])|(.))""", re.DOTALL)
COMMENT = re.compile(r"//[^\n]*+|/\*[^*]{0,500}+\*/|[\s;]++")


def owners_json(text: str) -> Any:
    """The value. Raises ``ValueError`` for a text that is none, or that says more than one value."""
    for candidate in (text, ESCAPE.sub(lambda match: match.group() if match.group(1) else match.group(2), text)):
        try:
            return foreign_json(candidate)
        except ValueError:
            continue
    if any(not is_quoted(candidate, match.start()) for match in TOKEN.finditer(candidate)):
        raise ValueError("a token without a value stands where a value should")
    for start, end, value in spans(candidate):
        if not COMMENT.sub("", candidate[:start] + candidate[end:]):
            return value
        break
    raise ValueError("no JSON")
