"""Makes ``docs/errors.md``: every reason with the codes that come with it, read from the code that raises it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import grpc
from tradewind_server import errors
from tradewind_server.errors import Reason, TradewindError
from tradewind_server.rpc.errors import CODES, HTTP_STATUS, REASON_CODES

ROOT = Path(__file__).parent.parent
SERVER = ROOT / "server" / "tradewind_server"
CONTRACT = ROOT / "proto" / "tradewind" / "v1" / "errors.proto"
CLASSES = {name: value for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, TradewindError)}
BY_HAND: dict[Reason, tuple[grpc.StatusCode, int]] = {
    Reason.TOO_MANY_CALLS: (grpc.StatusCode.RESOURCE_EXHAUSTED, 429),
    Reason.ROUTE_NOT_FOUND: (grpc.StatusCode.NOT_FOUND, 404),
    Reason.PAYLOAD_TOO_LARGE: (grpc.StatusCode.RESOURCE_EXHAUSTED, 413),
}
"""Reasons that the gate gives, or whose HTTP status it sets by itself."""
NOT_SENT = {Reason.API_KEY_NOT_FOUND, Reason.CONFLICT, Reason.DOCUMENT_TOO_COMPLEX}
"""Kept in the contract for the services that will have them."""
AGAIN = {"RATE_LIMITED", "OVERLOADED", "TOO_MANY_CALLS", "MODEL_UNAVAILABLE", "MODEL_RATE_LIMITED", "MODEL_TIMEOUT",
         "VECTOR_STORE_UNAVAILABLE", "DATABASE_UNAVAILABLE", "SERVER_UNAVAILABLE", "OUTBOUND_FAILED"}  # fmt: skip
HEAD = """# Errors

Every error has one reason, one status and one sentence that says what to change. Branch on the reason: sentences may change.

Over REST it is a JSON object: `statusCode` (the HTTP status), `success` (false), `message` and `error` (the sentence), `code`
(the canonical gRPC code), `reason`, `requestId` (names the call in the server's log) and `stack` (empty). Over gRPC it is the
status of the call, with a `google.rpc.ErrorInfo` in its details: `reason`, `domain` (`tradewind`) and `metadata`; the trailers
`x-error-reason`, `x-request-id` and, with a wait, `retry-after` say the same. An answer that breaks off while it is streamed
ends with the event `error` (`AnswerError.reason` over gRPC) and `end`.

A reason with several codes has the first where the caller's own request is at fault, and the others where the stored chatflow
or an outside part is. *Again* marks those for which the same call may succeed later; wait for `retry-after` where it stands.

| reason | gRPC | HTTP | again | for example |
|---|---|---|---|---|
"""


def page() -> str:
    codes = codes_of_reasons()
    return HEAD + "\n".join(row(name, example, codes) for name, example in examples()) + "\n"


def examples() -> Iterable[tuple[str, str]]:
    """Name and example of each reason, in the order of the contract."""
    pattern = re.compile(r"  // For example (.+?)\.\n  ERROR_REASON_(\w+) = \d+;", re.S)
    return [(name, " ".join(text.replace("//", " ").split())) for text, name in pattern.findall(CONTRACT.read_text())]


def row(name: str, example: str, codes: dict[Reason, set[grpc.StatusCode]]) -> str:
    reason = Reason(name)
    found = sorted(codes[reason], key=list(HTTP_STATUS).index)
    statuses = [str(HTTP_STATUS[code]) for code in found]
    if reason in BY_HAND:
        code, status = BY_HAND[reason]
        found += [code] if code not in found else []
        statuses = [one for one in (str(status), *statuses) if one != str(HTTP_STATUS[code]) or one == str(status)]
    if reason in NOT_SENT:
        return f"| `{name}` | | | | not sent by this version |"
    if not found:
        raise SystemExit(f"{name} is raised nowhere: take it out of the contract, or say in docs/errors_page.py who gives it.")
    shown = ", ".join(f"`{code.name}`" for code in found)
    return f"| `{name}` | {shown} | {', '.join(dict.fromkeys(statuses))} | {'yes' if name in AGAIN else ''} | {example} |"


def codes_of_reasons() -> dict[Reason, set[grpc.StatusCode]]:
    """The codes under which each reason is raised, by the calls ``SomeError(Reason.X, …)`` in the server."""
    found: dict[Reason, set[grpc.StatusCode]] = defaultdict(set)
    for path in sorted(SERVER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                add(found, node)
    return found


def add(found: dict[Reason, set[grpc.StatusCode]], call: ast.Call) -> None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""
    reasons = [Reason[one.attr] for given in call.args for one in ast.walk(given) if is_reason(one)]
    for reason in reasons:
        if reason in REASON_CODES:
            found[reason].add(REASON_CODES[reason])
        elif name in CLASSES and CLASSES[name] in CODES:
            found[reason].add(CODES[CLASSES[name]])
        elif name == "Failure":
            found[reason] |= {getattr(grpc.StatusCode, one.attr) for one in call.args if is_code(one)}


def is_reason(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Reason"


def is_code(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Code"
