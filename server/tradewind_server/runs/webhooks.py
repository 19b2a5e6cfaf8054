"""Tells of the ends of runs, to whom their chatflows' owners want it (docs/webhooks.md).

What is to be told is part of the run's row, so a restart loses none. It is told at least once; who hears it twice knows it by
the run's id.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import orjson

from tradewind_server.access.ports import Credentials
from tradewind_server.errors import TradewindError, Unavailable
from tradewind_server.outbound.ports import Outbound
from tradewind_server.runs.ports import Runs, StoredRun

LOOK_SECONDS = 1.0
PAUSES_SECONDS = (5.0, 30.0, 120.0, 600.0, 3600.0)
"""Before each further attempt; behind the last one it is given up."""
CALL_SECONDS = 10.0
LEASE = timedelta(seconds=60)
"""How long an attempt is one worker's: of one that dies, another takes it up then."""
MOST_AT_ONCE = 20
FIELD = "secret"
"""The field of the credential that holds the secret."""


class Webhooks:
    """One worker's sender."""

    def __init__(
        self,
        runs: Runs,
        credentials: Credentials,
        outbound: Outbound,
        now: Callable[[], datetime],
        log: logging.Logger,
    ) -> None:
        self._runs = runs
        self._credentials = credentials
        self._outbound = outbound
        self._now = now
        self._log = log

    async def run(self) -> None:
        """Until it is cancelled. A database that is away is asked again."""
        while True:
            try:
                await self.send_due()
            except Unavailable as error:
                self._log.warning("webhooks of runs wait: %s", error.message)
            await asyncio.sleep(LOOK_SECONDS)

    async def send_due(self) -> None:
        """Tell of all that is due, side by side."""
        due = await self._runs.due_webhooks(self._now(), MOST_AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for run in due:
                group.create_task(self._send(run))

    async def _send(self, run: StoredRun) -> None:
        try:
            if not await self._runs.claim_webhook(run, self._now() + LEASE):
                return
            failure = await self._failure(run)
            await self._runs.settle_webhook(run.id, self._next_date(run, failure))
        except Unavailable as error:  # Of the database: the lease ends, and it is tried again.
            self._log.warning("the webhook of run %s waits: %s", run.id, error.message)

    def _next_date(self, run: StoredRun, failure: str | None) -> datetime | None:
        if failure is None:
            return None
        if run.webhook_attempts >= len(PAUSES_SECONDS):
            self._log.warning("the webhook of run %s is given up: %s", run.id, failure)
            return None
        self._log.info("the webhook of run %s is tried again: %s", run.id, failure)
        return self._now() + timedelta(seconds=PAUSES_SECONDS[run.webhook_attempts])

    async def _failure(self, run: StoredRun) -> str | None:
        """Why an attempt failed, without what was sent; None where it was taken."""
        hook = run.webhook or {}
        try:
            credential = await self._credentials.reveal(run.workspace_id, hook.get("credential", ""))
            secret = credential[1].get(FIELD) if credential is not None else None
            if not secret:
                return f"its credential is not there, or has no field {FIELD}"
            body, timestamp = orjson.dumps(message_of(run)), str(int(self._now().timestamp()))
            headers = {
                "content-type": "application/json",
                "x-tradewind-delivery": run.id,
                "x-tradewind-timestamp": timestamp,
                "x-tradewind-signature": signature(secret, timestamp, body),
            }
            reply = await self._outbound.request("POST", hook.get("url", ""), headers=headers, body=body, timeout=CALL_SECONDS)
        except TradewindError as error:
            return error.message
        return None if 200 <= reply.status < 300 else f"it was answered with {reply.status}"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over time stamp, a dot and body."""
    return "sha256=" + hmac.digest(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hex()


def message_of(run: StoredRun) -> dict[str, Any]:
    """What is told of a run's end."""
    result = run.result or {}
    return {
        "event": "run.ended",
        "runId": run.id,
        "chatflowid": run.chatflow_id,
        "state": run.state.value,
        "chatId": run.chat_id,
        "sessionId": run.session_id,
        "executionId": run.execution_id,
        "createdDate": run.created_date.isoformat(timespec="milliseconds"),
        "endedDate": run.ended_date.isoformat(timespec="milliseconds") if run.ended_date else None,
        "text": result.get("text"),
        "chatMessageId": result.get("chat_message_id"),
        "error": {"reason": run.error_reason, "message": run.error_message} if run.error_reason else None,
    }
