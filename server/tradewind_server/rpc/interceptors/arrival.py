"""How requests arrive: a caller that opens a call and then sends nothing, or next to nothing, does not keep its place."""

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
"""Seconds between two messages of one body, however fast it was until then."""
LENGTH, ORIGINAL_PATH = "x-body-length", "x-envoy-original-path"
"""Headers that the gate writes for REST calls alone, and takes off those of callers."""
LONGEST_BODY = 8 * 1024 * 1024
"""Bytes that are waited for where a REST caller does not say how many will come."""
MALFORMED = object()
"""Stands for bytes that are no message, until the call is known and can be refused like any other."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The first message is due within ``seconds``. After as many seconds of waiting a body has to have brought
    ``bytes_per_second`` of them; the time the server takes to work on it does not count."""

    seconds: float
    bytes_per_second: int
    silence: float = LONGEST_SILENCE
    monotonic: Callable[[], float] = time.monotonic

    @classmethod
    def of(cls, settings: Settings) -> Pace:
        return cls(settings.first_message_timeout, settings.min_body_rate)

    async def only(self, call: Call) -> Any:
        """The message of a call that has one. Raises ``DeadlineExceeded`` when it does not come, ``InvalidInput`` for none.

        Of a body of REST the gate makes the message when it is complete, so there it may take the time of its length.
        """
        try:
            async with asyncio.timeout(self.due(call)):
                return await self.arrived(call)
        except TimeoutError:
            raise self.overdue(call) from None

    def due(self, call: Call) -> float:
        """Seconds within which the message of a call that has one comes."""
        length = body_length(call)
        return self.seconds + length / self.bytes_per_second if length else self.seconds

    def overdue(self, call: Call) -> DeadlineExceeded | InvalidInput:
        """What to say when it did not come."""
        return self._slow() if body_length(call) else self._late()

    async def arrived(self, call: Call) -> Any:
        """As :meth:`only`, for those who see to the time themselves."""
        message = await call.context.read()
        if message is grpc.aio.EOF:
            raise InvalidInput(Reason.INVALID_ARGUMENT, "The call ended before its message; send one.")
        return sound(message)

    async def each(self, method: Method, context: grpc.aio.ServicerContext) -> AsyncIterator[Any]:
        """The messages of a stream. Raises as :meth:`only` does, and ``InvalidInput`` for a body that is too slow.

        A silent stream of reflection just ends: tools keep it open after their last question.
        """
        left, first = self.seconds, True
        while True:
            began = self.monotonic()
            try:
                async with asyncio.timeout(max(0.0, min(left, self.silence))):
                    message = await context.read()
            except TimeoutError:
                if method.service in REFLECTION and not first:
                    return
                raise self._late() if first else self._slow() from None
            if message is grpc.aio.EOF:
                return
            left += sound(message).ByteSize() / self.bytes_per_second - (self.monotonic() - began)
            first = False
            yield message

    def _late(self) -> DeadlineExceeded:
        sentence = f"The call sent no message within {self.seconds:g} seconds; open it when there is something to send."
        return DeadlineExceeded(Reason.DEADLINE_EXCEEDED, sentence)

    def _slow(self) -> InvalidInput:
        sentence = f"The request arrives too slowly; send at least {self.bytes_per_second} bytes a second."
        return InvalidInput(Reason.INVALID_ARGUMENT, sentence)


def body_length(call: Call) -> int:
    """Bytes in the body of a REST call, as the gate was told; 0 for a call of gRPC."""
    if ORIGINAL_PATH not in call.headers or not call.from_gate():
        return 0
    length = str(call.headers.get(LENGTH, ""))
    return min(int(length), LONGEST_BODY) if length.isdecimal() and len(length) < 20 else LONGEST_BODY


def sound(message: Any) -> Any:
    """The message. Raises ``InvalidInput`` for bytes that are none."""
    if message is MALFORMED:
        sentence = "The request cannot be read: a text in it is not UTF-8, or it is nested too deeply."
        raise InvalidInput(Reason.INVALID_ARGUMENT, sentence)
    return message
