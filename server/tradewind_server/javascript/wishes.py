"""What a program may ask of the world: requests, through the outbound guard, and the passing of time. Counted and bounded."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from tradewind_server.errors import TradewindError, Unavailable
from tradewind_server.outbound.ports import Outbound, OutboundReply

MOST_REQUESTS = 50
"""Requests of one program."""
AT_ONCE = 6
"""Of them at the same time."""
MOST_BODY = 4 << 20
"""Bytes of an answer that a program gets."""
LONGEST_SECONDS = 60.0
"""Longest that one request may take."""
PHRASES = {one.value: one.phrase for one in HTTPStatus}
Sleep = Callable[[float], Awaitable[None]]


class Wishes:
    """Grants the wishes of one program. The guard judges the address it is handed, never what the program says of it."""

    def __init__(self, outbound: Outbound, sleep: Sleep) -> None:
        self._outbound = outbound
        self._sleep = sleep
        self._requests = 0
        self._places = asyncio.Semaphore(AT_ONCE)

    async def grant(self, operation: Any, values: Any) -> tuple[str, str]:
        """The outcome as JSON text, and the body of an answer. What goes wrong is an outcome, told to the program."""
        if not isinstance(values, dict):
            return _failure("the request cannot be read")
        if operation == "sleep":
            await self._sleep(max(0.0, _number(values.get("milliseconds"), 0.0) / 1000))
            return "{}", ""
        if operation != "fetch":
            return _failure("there is no such request")
        self._requests += 1
        if self._requests > MOST_REQUESTS:
            return _failure(f"a function may make at most {MOST_REQUESTS} requests")
        async with self._places:
            return await self._fetch(values)

    async def _fetch(self, values: Mapping[str, Any]) -> tuple[str, str]:
        headers = values.get("headers")
        try:
            reply = await self._outbound.request(
                str(values.get("method") or "GET"),
                str(values.get("url") or ""),
                headers={str(name): str(value) for name, value in headers.items()} if isinstance(headers, dict) else {},
                body=_body(values),
                timeout=min(LONGEST_SECONDS, max(0.001, _number(values.get("seconds"), LONGEST_SECONDS))),
            )
        except TradewindError as error:
            return _failure(error.message)
        except (binascii.Error, UnicodeError):
            return _failure("the body of the request cannot be read")
        if len(reply.body) > MOST_BODY:
            return _failure(f"the answer is larger than {MOST_BODY >> 20} MiB")
        return await asyncio.to_thread(_outcome, reply, str(values.get("url") or ""))


def _outcome(reply: OutboundReply, url: str) -> tuple[str, str]:
    outcome = {
        "status": reply.status,
        "statusText": PHRASES.get(reply.status, ""),
        "url": reply.url,
        "redirected": reply.url != url and reply.status < 300 and reply.url.rstrip("/") != url.rstrip("/"),
        "headers": {"content-type": reply.content_type, **reply.headers},
    }
    try:
        text = reply.text
    except Unavailable:
        return json.dumps({**outcome, "base64": True}), base64.b64encode(reply.body).decode()
    return json.dumps(outcome), text


def _body(values: Mapping[str, Any]) -> bytes | None:
    if isinstance(values.get("base64"), str):
        return base64.b64decode(values["base64"], validate=True)
    body = values.get("body")
    return None if body is None else str(body).encode("utf-8", "replace")


def _failure(message: str) -> tuple[str, str]:
    return json.dumps({"error": message}), ""


def _number(value: Any, default: float) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else default
