"""The one table: domain error to gRPC code, reason and public sentence.

The gate turns codes into HTTP statuses: 3 and 9 into 400, 16 into 401, 7 into 403, 5 into 404, 6 and 10 into 409, 8 into
429, 1 into 499, 13 into 500, 12 into 501, 14 into 503, 4 into 504.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.rpc import error_details_pb2, status_pb2

from tradewind_server import errors
from tradewind_server.errors import Reason, TradewindError
from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event
from tradewind_server.observability.context import REQUEST_ID

DOMAIN = "tradewind"
LONGEST_SENTENCE = 2000
MOST_SENTENCE_BYTES = 4000
"""Most bytes of a message as a percent-encoded header. Clients accept 8 KiB of trailing metadata, which holds more headers."""
LONGEST_METADATA = 200
DETAILS_KEY = "grpc-status-details-bin"
RATE_NAMES = ("limit", "remaining", "reset")
Code = grpc.StatusCode

CODES: Mapping[type[TradewindError], grpc.StatusCode] = {
    errors.InvalidInput: Code.INVALID_ARGUMENT,
    errors.FailedPrecondition: Code.FAILED_PRECONDITION,
    errors.NotFound: Code.NOT_FOUND,
    errors.Conflict: Code.ABORTED,
    errors.Unauthenticated: Code.UNAUTHENTICATED,
    errors.PermissionDenied: Code.PERMISSION_DENIED,
    errors.ResourceExhausted: Code.RESOURCE_EXHAUSTED,
    errors.Unavailable: Code.UNAVAILABLE,
    errors.DeadlineExceeded: Code.DEADLINE_EXCEEDED,
    errors.InternalError: Code.INTERNAL,
}
REASON_CODES: Mapping[Reason, grpc.StatusCode] = {
    Reason.ALREADY_EXISTS: Code.ALREADY_EXISTS,
    Reason.CANCELLED: Code.CANCELLED,
}
"""Reasons with another code than that of their exception class."""
HTTP_STATUS: Mapping[grpc.StatusCode, int] = {
    Code.OK: 200,
    Code.CANCELLED: 499,
    Code.UNKNOWN: 500,
    Code.INVALID_ARGUMENT: 400,
    Code.DEADLINE_EXCEEDED: 504,
    Code.NOT_FOUND: 404,
    Code.ALREADY_EXISTS: 409,
    Code.PERMISSION_DENIED: 403,
    Code.RESOURCE_EXHAUSTED: 429,
    Code.FAILED_PRECONDITION: 400,
    Code.ABORTED: 409,
    Code.OUT_OF_RANGE: 400,
    Code.UNIMPLEMENTED: 501,
    Code.INTERNAL: 500,
    Code.UNAVAILABLE: 503,
    Code.DATA_LOSS: 500,
    Code.UNAUTHENTICATED: 401,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as callers see it. ``retry_after`` is in seconds."""

    code: grpc.StatusCode
    reason: Reason
    message: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    retry_after: float | None = None


def failure_of(error: BaseException, request_id: str) -> Failure:
    """The error as callers see it. For an unexpected exception it contains only the request id."""
    if isinstance(error, TradewindError):
        return Failure(
            code=code_of(error),
            reason=error.reason,
            message=sentence(error.message),
            metadata={name: _whole(str(value))[:LONGEST_METADATA] for name, value in error.metadata.items()},
            retry_after=getattr(error, "retry_after", None),
        )
    if isinstance(error, TimeoutError):
        return Failure(Code.DEADLINE_EXCEEDED, Reason.DEADLINE_EXCEEDED, "The call took longer than it may.")
    if isinstance(error, asyncio.CancelledError):
        return Failure(Code.CANCELLED, Reason.CANCELLED, "The call was cancelled.")
    return Failure(Code.INTERNAL, Reason.INTERNAL, f"Something went wrong on the server; its log says more under {request_id}.")


def sentence(text: str) -> str:
    """The message, cut to ``LONGEST_SENTENCE`` characters and ``MOST_SENTENCE_BYTES`` percent-encoded bytes."""
    text = _whole(text[:LONGEST_SENTENCE])
    most = MOST_SENTENCE_BYTES
    for place, char in enumerate(text):
        most -= 1 if " " <= char <= "~" and char != "%" else 3 * len(char.encode())
        if most < 0:
            return f"{text[: place - 1]}…"
    return text


def _whole(text: str) -> str:
    """The text with lone surrogates replaced, which protobuf cannot encode. Callers and models may send them."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def code_of(error: TradewindError) -> grpc.StatusCode:
    """The gRPC code of the error: that of its reason, else that of its nearest base class in ``CODES``."""
    narrower = REASON_CODES.get(error.reason)
    if narrower is not None:
        return narrower
    for class_ in type(error).__mro__:
        if class_ in CODES:
            return CODES[class_]
    return Code.INTERNAL


def is_foreseen(error: BaseException) -> bool:
    """Whether the error is expected. Unexpected ones are logged with their traceback."""
    return isinstance(error, TradewindError | TimeoutError | asyncio.CancelledError) and not isinstance(
        error, errors.InternalError
    )


def trailers_of(failure: Failure, request_id: str) -> tuple[tuple[str, str | bytes], ...]:
    """Trailing metadata of a failed call: ``google.rpc.Status``, and headers that the gate copies into REST answers.

    All trailers are sent in one call, because ``abort`` drops those that were set before.
    """
    info = error_details_pb2.ErrorInfo(reason=failure.reason.value, domain=DOMAIN, metadata=dict(failure.metadata))
    detail = AnyMessage()
    detail.Pack(info)
    status = status_pb2.Status(code=failure.code.value[0], message=failure.message, details=[detail])
    trailers: list[tuple[str, str | bytes]] = [
        (DETAILS_KEY, status.SerializeToString()),
        ("x-error-reason", failure.reason.value),
        ("x-request-id", request_id),
    ]
    if failure.retry_after is not None:
        trailers.append(("retry-after", str(max(1, math.ceil(failure.retry_after)))))
    if failure.reason is Reason.RATE_LIMITED:
        trailers += [(f"ratelimit-{name}", failure.metadata[name]) for name in RATE_NAMES if name in failure.metadata]
    if failure.code is Code.UNAUTHENTICATED:
        trailers.append(("www-authenticate", "Bearer"))
    return tuple(trailers)


async def with_error_event(stream: AsyncIterator[Sequence[Event]], log: logging.Logger) -> AsyncIterator[Sequence[Event]]:
    """The events of ``stream``, followed by ``error`` and ``end`` when it fails.

    An error before the first event is raised, so that the call fails with its own status.
    """
    has_begun = False
    try:
        async with aclosing(stream) as source:  # type: ignore[type-var]
            async for together in source:
                has_begun = True
                yield together
    except Exception as error:
        if not has_begun:
            raise
        yield [error_event(error, log), Event(events.END, events.DONE)]


def error_event(error: BaseException, log: logging.Logger) -> Event:
    """The event of an answer that broke off. An unexpected error is logged."""
    failure = failure_of(error, REQUEST_ID.get())
    if not is_foreseen(error):
        log.error("A stream broke off", exc_info=error)
    return Event(events.ERROR, failure.message, failure.reason.value)
