"""How the engine says no: exceptions inside, Qdrant's status codes outside."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import grpc

from tradewind_server.flows.vector_names import name_fault
from tradewind_server.vectors.engine.collections import DamagedCollection
from tradewind_server.vectors.engine.filters import UnsupportedFilter

RpcHandler = Callable[[Any, Any], Awaitable[Any]]


class StatusError(Exception):
    """A status other than OK."""

    def __init__(self, code: grpc.StatusCode, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def missing(name: str) -> StatusError:
    return StatusError(grpc.StatusCode.NOT_FOUND, f"Not found: Collection `{name}` doesn't exist!")


def unimplemented(what: str) -> StatusError:
    return StatusError(grpc.StatusCode.UNIMPLEMENTED, f"The embedded engine {what}.")


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Around everything that reads a request: what the engine cannot make sense of is the caller's mistake."""
    try:
        yield
    except UnsupportedFilter as error:
        raise StatusError(grpc.StatusCode.UNIMPLEMENTED, str(error)) from error
    except ValueError as error:
        raise StatusError(grpc.StatusCode.INVALID_ARGUMENT, f"Wrong input: {error}") from error


def checked_name(request: Any) -> str:
    """The collection that a request names. What a Qdrant server cannot take is refused here too, so that every test of the
    adapter sees it.
    """
    fault = name_fault(request.collection_name)
    if fault is not None:
        raise StatusError(grpc.StatusCode.INVALID_ARGUMENT, f"Wrong input: The collection name cannot be used: {fault}.")
    return str(request.collection_name)


def answering(handler: RpcHandler) -> Callable[[Any, Any, grpc.aio.ServicerContext], Awaitable[Any]]:
    """The one place where refusals become statuses."""

    @functools.wraps(handler)
    async def answer(self: Any, request: Any, context: grpc.aio.ServicerContext) -> Any:
        try:
            return await handler(self, request)
        except StatusError as refusal:
            await context.abort(refusal.code, refusal.sentence)
        except DamagedCollection as error:
            await context.abort(grpc.StatusCode.DATA_LOSS, str(error))

    return answer
