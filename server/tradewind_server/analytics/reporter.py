"""Sends reports of answers to the services that their chatflows name: the port ``Analytics``.

Reports wait in a queue of bounded length for a task of the worker's own. Nothing of it is part of an answer: a service that is
away, slow or refuses is a line in the log.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import orjson

from tradewind_server.access.ports import Credentials
from tradewind_server.analytics.langfuse import langfuse_request
from tradewind_server.analytics.langsmith import langsmith_request
from tradewind_server.analytics.observations import ServicePost
from tradewind_server.chatflows.config import ProviderChoice
from tradewind_server.errors import TradewindError
from tradewind_server.flows.predict.analytics import AnswerReport
from tradewind_server.outbound.ports import Outbound

LOG = logging.getLogger("tradewind.analytics")
MOST_WAITING = 200
SEND_SECONDS = 10.0
LOG_PAUSE = 300.0
MOST_LOGGED = 1000
Build = Callable[[AnswerReport, Mapping[str, Any], Mapping[str, str], Callable[[], str]], ServicePost]
BUILDERS: Mapping[str, Build] = {"langFuse": langfuse_request, "langSmith": langsmith_request}


class AnalyticsReporter:
    """One for each worker. :meth:`run` sends, one report after the other, until it is cancelled."""

    def __init__(
        self,
        credentials: Credentials,
        outbound: Outbound,
        *,
        new_id: Callable[[], str],
        monotonic: Callable[[], float],
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._credentials = credentials
        self._outbound = outbound
        self._new_id = new_id
        self._monotonic = monotonic
        self._queue: asyncio.Queue[AnswerReport] = asyncio.Queue(most_waiting)
        self._log_times: dict[tuple[str, str], float] = {}

    def report(self, answer: AnswerReport) -> None:
        try:
            self._queue.put_nowait(answer)
        except asyncio.QueueFull:
            self._note(answer, "analytics", "more reports wait than may; those that come now are dropped")

    async def run(self) -> None:
        while True:
            answer = await self._queue.get()
            for choice in answer.services:
                await self._send(answer, choice)
            self._queue.task_done()

    async def drain(self, seconds: float) -> None:
        """Until nothing waits any more, so long at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._queue.join()

    async def _send(self, answer: AnswerReport, choice: ProviderChoice) -> None:
        try:
            credential_id = choice.settings.get("credentialId")
            secret = None
            if isinstance(credential_id, str) and credential_id:
                secret = await self._credentials.reveal(answer.workspace_id, credential_id)
            if secret is None:
                self._note(answer, choice.name, "its credential is not here; store one with `tradewind credentials set`")
                return
            request = BUILDERS[choice.name](answer, choice.settings, secret[1], self._new_id)
            body = await asyncio.to_thread(orjson.dumps, request.body, default=str)
            headers = {**request.headers, "Content-Type": "application/json"}
            reply = await self._outbound.request("POST", request.url, headers=headers, body=body, timeout=SEND_SECONDS)
        except KeyError as error:
            self._note(answer, choice.name, f"its credential has no field {error}")
        except TradewindError as error:
            self._note(answer, choice.name, error.message)
        else:
            if reply.status >= 400:
                self._note(answer, choice.name, f"it answered with status {reply.status}")

    def _note(self, answer: AnswerReport, service: str, why: str) -> None:
        """One line for a chatflow and service in five minutes."""
        now, key = self._monotonic(), (answer.chatflow_id, service)
        if now - self._log_times.get(key, -LOG_PAUSE) < LOG_PAUSE:
            return
        if len(self._log_times) >= MOST_LOGGED:
            self._log_times.clear()
        self._log_times[key] = now
        LOG.warning("Answers of chatflow %s are not reported to %s: %s.", answer.chatflow_id, service, why.rstrip("."))
