"""Calls with an idempotency key are answered once: who sends the key again gets the first answer (docs/contract.md §5.6).

The work of the first caller goes on when that caller leaves, so that the next one finds its answer. Answers and refusals are
kept; what may go better later (429, 5xx, a busy session) is not, nor what a worker left that died.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import orjson

from tradewind_server import errors
from tradewind_server.chatflows.admission import Admitted
from tradewind_server.errors import Conflict, InvalidInput, Reason, TradewindError
from tradewind_server.retries import patiently
from tradewind_server.runs.access import RunAccess
from tradewind_server.runs.active_runs import ActiveRuns
from tradewind_server.runs.ports import RunWorkers

LONGEST_KEY = 255
RETENTION = timedelta(hours=24)
LOOK_AGAIN_SECONDS = 0.1
PATIENCE_SECONDS = 60.0
"""How long an answer is tried to be kept while the database is away."""
FINAL_ERRORS: Mapping[str, type[TradewindError]] = {
    kind.__name__: kind
    for kind in (
        errors.InvalidInput,
        errors.FailedPrecondition,
        errors.NotFound,
        errors.Conflict,
        errors.PermissionDenied,
        errors.Unauthenticated,
    )
}
"""Refusals that the same call would meet again."""
FirstAnswer = Mapping[str, Any]
"""What is kept of an answer: a JSON object of one key, which says what it is."""


@dataclass(frozen=True, slots=True)
class IdempotencyEntry:
    """A key in use. ``answer`` is JSON text; None while the first call still runs at ``owner``."""

    id: str
    workspace_id: str
    body_digest: str
    owner: str
    end_date: datetime
    answer: str | None = None


class IdempotencyKeys(Protocol):
    """The repository of keys in use."""

    async def claim(self, entry: IdempotencyEntry, now: datetime) -> IdempotencyEntry | None:
        """Store an entry. Where there is one by that id that has not expired, that one; else None."""
        ...

    async def settle(self, entry_id: str, owner: str, answer: str) -> None:
        """Keep the answer of one's own entry."""
        ...

    async def release(self, entry_id: str, owner: str) -> None:
        """Give up one's own entry without an answer."""
        ...

    async def release_all(self, owner: str) -> None:
        """Give up the entries without an answer of a worker that died."""
        ...

    async def delete_expired(self, now: datetime, most: int) -> int:
        """Delete at most so many entries; how many there were."""
        ...


class Idempotency:
    """Answers repeated calls. ``owner`` is this worker."""

    def __init__(
        self,
        *,
        keys: IdempotencyKeys,
        workers: RunWorkers,
        active: ActiveRuns,
        access: RunAccess,
        owner: str,
        now: Callable[[], datetime],
        log: logging.Logger,
    ) -> None:
        self._keys = keys
        self._workers = workers
        self._active = active
        self._access = access
        self._owner = owner
        self._now = now
        self._log = log
        self._tasks: set[asyncio.Task[FirstAnswer]] = set()

    async def once(
        self, key: str, admitted: Admitted, body: bytes, work: Callable[[], Awaitable[FirstAnswer]], seconds: float
    ) -> FirstAnswer:
        """The answer of ``work``, or of the call that had the key first. ``body`` is what must not differ between them.

        The key counts for one chatflow and one caller. Raises ``InvalidInput`` for a key that is none or came with
        another body, ``Conflict(IDEMPOTENCY_IN_PROGRESS)`` when the first call still runs after ``seconds``.
        """
        entry = self._entry(check_key(key), admitted, body)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while (first := await self._claim(entry)) is not None:
            if first.body_digest != entry.body_digest:
                raise InvalidInput(
                    Reason.IDEMPOTENCY_KEY_REUSED,
                    "This idempotency key came with another request before; use a new key for a new request.",
                )
            if first.answer is not None:
                return answer_of(first.answer)
            if loop.time() >= deadline:
                raise Conflict(
                    Reason.IDEMPOTENCY_IN_PROGRESS, "The first call with this idempotency key still runs; ask again later."
                )
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        task = asyncio.create_task(self._work(entry, work))
        self._tasks.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    async def _claim(self, entry: IdempotencyEntry) -> IdempotencyEntry | None:
        if not self._active.is_listed:
            await self._workers.beat(self._owner)
            self._active.is_listed = True
        return await self._keys.claim(entry, self._now())

    async def _work(self, entry: IdempotencyEntry, work: Callable[[], Awaitable[FirstAnswer]]) -> FirstAnswer:
        self._active.others += 1
        is_settled = False
        try:
            answer = await work()
            await self._settle(entry, orjson.dumps(answer, default=str).decode())
            is_settled = True
        except TradewindError as error:
            if type(error).__name__ in FINAL_ERRORS and error.reason is not Reason.SESSION_BUSY:
                await self._settle(entry, orjson.dumps({"error": error_json(error)}).decode())
                is_settled = True
            raise
        finally:
            self._active.others -= 1
            if not is_settled:
                await patiently(lambda: self._keys.release(entry.id, self._owner), PATIENCE_SECONDS)
        return answer

    async def _settle(self, entry: IdempotencyEntry, answer: str) -> None:
        await patiently(lambda: self._keys.settle(entry.id, self._owner, answer), PATIENCE_SECONDS)

    def _forget(self, task: asyncio.Task[FirstAnswer]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None and not isinstance(error, TradewindError):
            self._log.error("a call with an idempotency key failed", exc_info=error)

    def _entry(self, key: str, admitted: Admitted, body: bytes) -> IdempotencyEntry:
        flow = admitted.chatflow
        scope = orjson.dumps([flow.workspace_id, flow.id, self._access.starter_of(admitted), key])
        digest = hashlib.sha256(body).hexdigest()
        return IdempotencyEntry(
            hashlib.sha256(scope).hexdigest(), flow.workspace_id, digest, self._owner, self._now() + RETENTION
        )


def check_key(key: str) -> str:
    """Raises ``InvalidInput`` for a key that is empty, too long, or holds what cannot be printed."""
    if not 1 <= len(key) <= LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise InvalidInput(
            Reason.INVALID_ARGUMENT, f"Idempotency-Key must have 1 to {LONGEST_KEY} printable characters of ASCII."
        )
    return key


def error_json(error: TradewindError) -> dict[str, Any]:
    return {
        "type": type(error).__name__,
        "reason": error.reason.value,
        "message": error.message,
        "metadata": dict(error.metadata),
    }


def answer_of(text: str) -> FirstAnswer:
    """The answer behind its text. Raises the error that it was."""
    answer: FirstAnswer = orjson.loads(text)
    if failure := answer.get("error"):
        raise FINAL_ERRORS[failure["type"]](Reason(failure["reason"]), failure["message"], **failure["metadata"])
    return answer
