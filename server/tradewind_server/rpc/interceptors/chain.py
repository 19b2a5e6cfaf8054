"""The interceptors as one: joined once for each method, so that a call pays for plain function calls only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

import grpc

from tradewind_server.rpc.call import CALL, Call
from tradewind_server.rpc.methods import Method

Enter = Callable[[Call], None]
Admit = Callable[[Call], Awaitable[None]]
Leave = Callable[[Call], None]
Fail = Callable[[Call, BaseException], Awaitable[NoReturn]]


@dataclass(frozen=True, slots=True)
class Hooks:
    """What one interceptor does around the calls of one method.

    ``enter`` runs before the call, outermost first; ``admit`` after every ``enter``, where it may wait; ``leave`` when
    the call is over, innermost first, however it went. Only hooks behind the interceptor that has ``fail`` may raise.
    """

    enter: Enter | None = None
    admit: Admit | None = None
    leave: Leave | None = None
    fail: Fail | None = None


class Interceptor(Protocol):
    """One concern of every call."""

    def hooks(self, method: Method) -> Hooks: ...


@dataclass(frozen=True, slots=True)
class _Steps:
    """The hooks of one method in the order in which they run."""

    outer: tuple[Enter, ...]
    inner: tuple[Enter, ...]
    admits: tuple[Admit, ...]
    leaves: tuple[Leave, ...]
    fail: Fail


class Chain(grpc.aio.ServerInterceptor):  # type: ignore[misc]
    """Puts ``interceptors``, outermost first, around each method of the contract.

    Methods of other services (health, reflection) pass when their service is in ``open_services``; anything else that
    the contract does not declare is answered as unknown.
    """

    def __init__(
        self,
        interceptors: Sequence[Interceptor],
        methods: Mapping[str, Method],
        *,
        open_services: frozenset[str],
        call_seconds: float,
    ) -> None:
        self._interceptors = tuple(interceptors)
        self._methods = methods
        self._open_services = open_services
        self._call_seconds = call_seconds
        self._joined: dict[str, grpc.RpcMethodHandler] = {}

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(type(one).__name__ for one in self._interceptors)

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[grpc.RpcMethodHandler | None]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler | None:
        path = handler_call_details.method
        joined = self._joined.get(path)
        if joined is not None:
            return joined
        method = self._methods.get(path)
        if method is None:
            service = path.strip("/").partition("/")[0]
            return await continuation(handler_call_details) if service in self._open_services else None
        handler = await continuation(handler_call_details)
        if handler is None:
            return None
        joined = self._join(method, handler)
        self._joined[path] = joined
        return joined

    def _join(self, method: Method, handler: grpc.RpcMethodHandler) -> grpc.RpcMethodHandler:
        steps = steps_of(self._interceptors, method)
        codec = {
            "request_deserializer": handler.request_deserializer,
            "response_serializer": handler.response_serializer,
        }
        match method.takes_stream, method.yields_stream:
            case False, False:
                served = single(method, handler.unary_unary, steps, self._call_seconds)
                return grpc.unary_unary_rpc_method_handler(served, **codec)
            case True, False:
                served = single(method, handler.stream_unary, steps, self._call_seconds)
                return grpc.stream_unary_rpc_method_handler(served, **codec)
            case False, True:
                return grpc.unary_stream_rpc_method_handler(streamed(method, handler.unary_stream, steps), **codec)
            case _:
                return grpc.stream_stream_rpc_method_handler(streamed(method, handler.stream_stream, steps), **codec)


def steps_of(interceptors: Sequence[Interceptor], method: Method) -> _Steps:
    hooks = [one.hooks(method) for one in interceptors]
    border = next(index for index, one in enumerate(hooks) if one.fail is not None)
    fail = hooks[border].fail
    assert fail is not None
    return _Steps(
        outer=tuple(one.enter for one in hooks[:border] if one.enter),
        inner=tuple(one.enter for one in hooks[border:] if one.enter),
        admits=tuple(one.admit for one in hooks if one.admit),
        leaves=tuple(one.leave for one in reversed(hooks) if one.leave),
        fail=fail,
    )


def single(method: Method, handler: Callable[..., Awaitable[Any]], steps: _Steps, seconds: float) -> Any:
    """A method that answers once, within ``seconds``."""
    outer, inner, admits, leaves, fail = steps.outer, steps.inner, steps.admits, steps.leaves, steps.fail

    async def serve(request: Any, context: grpc.aio.ServicerContext) -> Any:
        call = Call(method, context, dict(context.invocation_metadata()))
        CALL.set(call)
        for enter in outer:
            enter(call)
        try:
            for enter in inner:
                enter(call)
            for admit in admits:
                await admit(call)
            async with asyncio.timeout(seconds):
                return await handler(request, context)
        except asyncio.CancelledError:
            _cancelled(call)
            raise
        except Exception as error:  # noqa: BLE001  Whatever a call raises becomes its status, here and nowhere else.
            await fail(call, error)
        finally:
            for leave in leaves:
                leave(call)

    return serve


def streamed(method: Method, handler: Callable[..., AsyncIterator[Any]], steps: _Steps) -> Any:
    """A method that answers as long as it has something to say. Its generator is closed however the call ends."""
    outer, inner, admits, leaves, fail = steps.outer, steps.inner, steps.admits, steps.leaves, steps.fail

    async def serve(request: Any, context: grpc.aio.ServicerContext) -> None:
        call = Call(method, context, dict(context.invocation_metadata()))
        CALL.set(call)
        for enter in outer:
            enter(call)
        try:
            for enter in inner:
                enter(call)
            for admit in admits:
                await admit(call)
            async with aclosing(handler(request, context)) as messages:  # type: ignore[type-var]
                async for message in messages:
                    await context.write(message)
        except asyncio.CancelledError:
            _cancelled(call)
            raise
        except Exception as error:  # noqa: BLE001  As above.
            await fail(call, error)
        finally:
            for leave in leaves:
                leave(call)

    return serve


def _cancelled(call: Call) -> None:
    """Cancelled by the caller, or by the deadline the caller set: gRPC tells both the same way."""
    left = call.context.time_remaining()
    overdue = left is not None and left <= 0
    call.code = grpc.StatusCode.DEADLINE_EXCEEDED if overdue else grpc.StatusCode.CANCELLED
    call.failure_reason = "DEADLINE_EXCEEDED" if overdue else "CANCELLED"
