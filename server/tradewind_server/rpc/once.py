"""Calls with the header ``Idempotency-Key``: what is compared between two of them, and how long the second one waits."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import orjson
from google.protobuf.message import Message

from tradewind_server.chatflows.admission import Admitted
from tradewind_server.documents.ports import SourceFile
from tradewind_server.files.ports import Blobs
from tradewind_server.ingest.pipeline import ReportProgress
from tradewind_server.ingest.ports import UpsertResult
from tradewind_server.ingest.upsert import Upserter, UpsertRequest
from tradewind_server.rpc.call import Call
from tradewind_server.runs.idempotency import FirstAnswer, Idempotency

HEADER = "idempotency-key"
MARGIN_SECONDS = 0.5
"""Kept of a call's time for the answer that says that the first call still runs."""


class Once:
    """Answers a call with a key, or finds its first answer."""

    def __init__(self, idempotency: Idempotency, blobs: Blobs, seconds: float) -> None:
        """``seconds`` bounds the waiting of a call without a deadline of its own."""
        self._idempotency = idempotency
        self._blobs = blobs
        self._seconds = seconds

    async def answer(
        self,
        key: str,
        call: Call,
        admitted: Admitted,
        body: bytes,
        work: Callable[[], Awaitable[FirstAnswer]],
        files: Sequence[SourceFile] = (),
    ) -> FirstAnswer:
        """The answer of ``work``, or the first one. The files are discarded once nobody needs them.

        Raises what ``Idempotency.once`` raises.
        """
        is_ours = False

        async def work_with_files() -> FirstAnswer:
            nonlocal is_ours
            is_ours = True
            try:
                return await work()
            finally:
                await self._blobs.discard(files)

        remaining = call.context.time_remaining()
        seconds = self._seconds if remaining is None else min(remaining, self._seconds)
        try:
            digests = [await self._digest(file) for file in files]
            content = orjson.dumps(digests) + body
            return await self._idempotency.once(key, admitted, content, work_with_files, max(0.0, seconds - MARGIN_SECONDS))
        finally:
            if not is_ours:
                await self._blobs.discard(files)

    async def _digest(self, file: SourceFile) -> list[str]:
        digest = hashlib.sha256()
        async for piece in self._blobs.read(file):
            digest.update(piece)
        return [file.name, file.mime, digest.hexdigest()]


def key_of(call: Call) -> str | None:
    """The key of a call, unchecked; None where it has none."""
    key = call.headers.get(HEADER)
    return None if key is None else str(key)


def body_of(what: str, fields: Mapping[str, Any]) -> bytes:
    """A JSON body as it is compared: the fields that are read, whatever their order."""
    return orjson.dumps([what, fields], option=orjson.OPT_SORT_KEYS, default=str)


def message_of(what: str, message: Message) -> bytes:
    """A typed request as it is compared."""
    return what.encode() + message.SerializeToString(deterministic=True)


async def upsert_once(
    upserter: Upserter,
    once: Once,
    key: str,
    call: Call,
    admitted: Admitted,
    body: bytes,
    request: UpsertRequest,
    report: ReportProgress | None = None,
) -> UpsertResult:
    """The result of the first upsert with a key. ``report`` hears of its progress where this call is the first."""

    async def work() -> FirstAnswer:
        prepared = await upserter.prepare(admitted, request)
        result = await (upserter.run(prepared) if report is None else upserter.run(prepared, report))
        return {"upsert": {item.name: getattr(result, item.name) for item in fields(result)}}

    answer = await once.answer(key, call, admitted, body, work, request.files)
    return UpsertResult(**answer["upsert"])
