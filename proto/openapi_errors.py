"""The errors of an operation in the OpenAPI document: which statuses it can answer, with an example of each."""

from __future__ import annotations

from typing import Any

ID = "5f0c8a1e-3c1b-4f6e-9d52-0a4b7c9d1e2f"
ERRORS: dict[int, tuple[str, int, str, str]] = {
    400: ("The request does not fit.", 3, "INVALID_ARGUMENT", "The question is missing; send it as `question`."),
    401: ("No valid credentials.", 16, "UNAUTHENTICATED", "The credentials are not valid; check the API key."),
    403: ("The caller may not do this.", 7, "PERMISSION_DENIED", "The key lacks the permission chatflows:delete."),
    404: ("It is not there, or not the caller's.", 5, "CHATFLOW_NOT_FOUND", f"Chatflow {ID} not found"),
    409: ("It clashes with what is stored.", 10, "CONFLICT", "Somebody changed it meanwhile; read it again."),
    413: ("The body is too large.", 8, "PAYLOAD_TOO_LARGE", "The request body is too large; send less at once."),
    415: (
        "A media type that the route does not take.",
        3,
        "INVALID_ARGUMENT",
        "The route does not take that content type.",
    ),
    429: ("Too many calls; `Retry-After` says when to come back.", 8, "RATE_LIMITED", "Too many requests; try again later."),
    500: ("A fault of the server.", 13, "INTERNAL", "Something went wrong on the server; its log says more under 1f2e3d."),
    503: (
        "A part that the call needs is away.",
        14,
        "OVERLOADED",
        "The server is full; try again shortly.",
    ),
    504: ("The work took longer than it may.", 4, "DEADLINE_EXCEEDED", "The call took longer than it may."),
}
EVERYWHERE = (400, 429, 500, 503, 504)
BY_LEVEL = {"public": (), "chatflow": (401, 403, 404), "key": (401, 403), "admin": (401, 403)}


def statuses(verb: str, path: str, level: str, *, has_body: bool) -> list[int]:
    """Every error status of an operation, in order. ``level`` is that of its access rule."""
    found = {*EVERYWHERE, *BY_LEVEL[level]}
    if has_body:
        found |= {413, 415}
    if "{apikey}" in path:
        found.add(401)
    if "{" in path or has_body:  # Bodies name stored things too.
        found.add(404)
    if verb == "delete" or (verb in ("post", "put") and has_body):
        found.add(409)
    return sorted(found)


def references(verb: str, path: str, level: str, *, has_body: bool) -> dict[str, Any]:
    """The responses of an operation that are errors."""
    listed = statuses(verb, path, level, has_body=has_body)
    return {str(status): {"$ref": f"#/components/responses/Error{status}"} for status in listed}


def responses() -> dict[str, Any]:
    """The shared responses, one a status."""
    return {f"Error{status}": _response(status) for status in ERRORS}


def _response(status: int) -> dict[str, Any]:
    description, code, reason, sentence = ERRORS[status]
    body = {
        "statusCode": status,
        "success": False,
        "message": sentence,
        "error": sentence,
        "code": code,
        "reason": reason,
        "requestId": "1f2e3d",
        "stack": {},
    }
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}, "example": body}}
    headers = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    return {"description": description, **({"headers": headers} if status in (429, 503) else {}), "content": content}
