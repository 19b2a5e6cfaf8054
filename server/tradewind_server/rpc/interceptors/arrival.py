"""Time limits for the arrival of request messages, so that slow callers do not occupy places of ``Limits``."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import grpc

from tradewind_server.errors import DeadlineExceeded, InvalidInput, Reason
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.methods import REFLECTION, Method
from tradewind_server.settings import Settings

LONGEST_SILENCE = 30.0
"""Most seconds between two messages of one body, whatever its rate was before."""
LENGTH, ORIGINAL_PATH = "x-body-length", "x-envoy-original-path"
"""Headers that the gate sets on REST calls and removes from callers' requests."""
LONGEST_BODY = 8 * 1024 * 1024
"""Assumed length, in bytes, of a REST body without ``Content-Length``."""
NOT_A_MESSAGE = object()
"""Stands for a message that could not be parsed. It is refused later, inside the chain, with a proper status."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Time limits of arrival. The first message is due within ``seconds``. Behind that, waiting for a body may take one second
    for each ``bytes_per_second`` bytes received; the time the server works on it does not count. ``silence`` is the most
    seconds between two messages."""

    seconds: float
    bytes_per_second: int
    silence: float = LONGEST_SILENCE
    monotonic: Callable[[], float] = time.monotonic

    @classmethod
    def from_settings(cls, settings: Settings) -> Pace:
        return cls(settings.first_message_timeout, settings.min_body_rate)

    async def only(self, call: Call) -> Any:
        """The single message of a call. Raises ``DeadlineExceeded`` when it does not arrive in time, and ``InvalidInput`` when
        the call ends without one or it cannot be parsed.

        The gate sends the message of a REST call when its body is complete, so the limit grows with the body's length.
        """
        try:
            async with asyncio.timeout(self.due(call)):
                return await self.next_request(call)
        except TimeoutError:
            raise self.overdue(call) from None

    def due(self, call: Call) -> float:
        """Seconds within which the single message of a call must arrive."""
        length = body_length(call)
        return self.seconds + length / self.bytes_per_second if length else self.seconds

    def overdue(self, call: Call) -> DeadlineExceeded | InvalidInput:
        """The error for a message that did not arrive in time."""
        return self._slow() if body_length(call) else self._late()

    async def next_request(self, call: Call) -> Any:
        """As :meth:`only`, without a time limit; the caller sets one."""
        message = await call.context.read()
        if message is grpc.aio.EOF:
            raise InvalidInput(Reason.INVALID_ARGUMENT, "The call ended before its message; send one.")
        return sound(message)

    async def each(self, method: Method, context: grpc.aio.ServicerContext) -> AsyncIterator[Any]:
        """The messages of a request stream. Raises as :meth:`only` does, and ``InvalidInput`` for a body that is too slow.

        A silent stream of reflection ends without an error, because tools keep it open after their last request.
        """
        remaining, first = self.seconds, True
        while True:
            start = self.monotonic()
            try:
                async with asyncio.timeout(max(0.0, min(remaining, self.silence))):
                    message = await context.read()
            except TimeoutError:
                if method.service in REFLECTION and not first:
                    return
                raise self._late() if first else self._slow() from None
            if message is grpc.aio.EOF:
                return
            remaining += sound(message).ByteSize() / self.bytes_per_second - (self.monotonic() - start)
            first = False
            yield message

    def _late(self) -> DeadlineExceeded:
        sentence = f"The call sent no message within {self.seconds:g} seconds; open it when there is something to send."
        return DeadlineExceeded(Reason.DEADLINE_EXCEEDED, sentence)

    def _slow(self) -> InvalidInput:
        sentence = f"The request arrives too slowly; send at least {self.bytes_per_second} bytes a second."
        return InvalidInput(Reason.INVALID_ARGUMENT, sentence)


def body_length(call: Call) -> int:
    """Bytes in the body of a REST call by its ``Content-Length``, at most ``LONGEST_BODY``; 0 for a gRPC call."""
    if ORIGINAL_PATH not in call.headers or not call.from_gate():
        return 0
    length = str(call.headers.get(LENGTH, ""))
    return min(int(length), LONGEST_BODY) if length.isdecimal() and len(length) < 20 else LONGEST_BODY


def sound(message: Any) -> Any:
    """The message unchanged. Raises ``InvalidInput`` when it could not be parsed."""
    if message is NOT_A_MESSAGE:
        sentence = "The request cannot be read: a text in it is not UTF-8, or it is nested too deeply."
        raise InvalidInput(Reason.INVALID_ARGUMENT, sentence)
    return message
