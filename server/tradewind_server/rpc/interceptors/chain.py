"""Joins the interceptors once for each method, so that a call costs only plain function calls."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, NoReturn, ParamSpec, Protocol, TypeVar, cast

import grpc
from google.protobuf.message import DecodeError

from tradewind_server.errors import InvalidInput, PermissionDenied, Reason
from tradewind_server.rpc.call import CALL, Call
from tradewind_server.rpc.interceptors.arrival import NOT_A_MESSAGE, Pace
from tradewind_server.rpc.methods import Method, UndeclaredAccess

Enter = Callable[[Call], None]
Admit = Callable[[Call], Awaitable[None]]
Leave = Callable[[Call], None]
Fail = Callable[[Call, BaseException], Awaitable[NoReturn]]
P = ParamSpec("P")
T = TypeVar("T")
RETURNS_LAST = "returns_last_message"


def returns_last_message(handler: Callable[P, Awaitable[T]]) -> Callable[P, AsyncIterator[T]]:
    """Marks the handler of a response stream that often has a single message. The handler writes all messages but the last
    itself, as serialized bytes, and returns the last, which is sent together with the status.

    On the wire it is an ordinary response stream. It exists for speed: a separate write of the only message cost a JSON
    prediction a sixth of the worker's time.
    """
    setattr(handler, RETURNS_LAST, True)
    return cast("Callable[P, AsyncIterator[T]]", handler)


@dataclass(frozen=True, slots=True)
class Hooks:
    """What one interceptor does around the calls of one method.

    ``enter`` runs before the call, outermost first. ``admit`` runs after every ``enter`` and may await. ``leave`` runs when
    the call is over, innermost first, also after an error. Only hooks behind the interceptor with ``fail`` may raise.
    """

    enter: Enter | None = None
    admit: Admit | None = None
    leave: Leave | None = None
    fail: Fail | None = None


class Interceptor(Protocol):
    """An interceptor: it returns its hooks for each method."""

    def hooks(self, method: Method) -> Hooks: ...


@dataclass(frozen=True, slots=True)
class _Steps:
    """The hooks of one method in the order in which they run."""

    outer: tuple[Enter, ...]
    inner: tuple[Enter, ...]
    admits: tuple[Admit, ...]
    leaves: tuple[Leave, ...]
    fail: Fail


class Chain:
    """Puts ``interceptors``, outermost first, around each method of the contract. ``pace`` limits the arrival of requests.

    It is not a ``grpc.aio.ServerInterceptor``, because gRPC asks those for a handler in each call, which costs more than
    all hooks together. Services are registered already wrapped, through :meth:`around`.
    """

    def __init__(
        self,
        interceptors: Sequence[Interceptor],
        methods: Mapping[str, Method],
        *,
        pace: Pace,
        seconds: Callable[[Method], float],
    ) -> None:
        self._interceptors = tuple(interceptors)
        self._methods = methods
        self._pace = pace
        self._seconds = seconds

    def around(self, server: grpc.aio.Server) -> Registrar:
        """An object that generated ``add_…_to_server`` functions accept as the server."""
        return Registrar(server, self)

    def wrap(self, service: str, handlers: Mapping[str, grpc.RpcMethodHandler]) -> dict[str, grpc.RpcMethodHandler]:
        """The handlers of a service with the chain around them. Raises ``UndeclaredAccess`` for a method that no proto has."""
        wrapped_handlers = {}
        for name, handler in handlers.items():
            method = self._methods.get(f"/{service}/{name}")
            if method is None:
                raise UndeclaredAccess(f"{service}/{name} is not in the contract, so nothing says who may call it.")
            wrapped_handlers[name] = self._join(method, handler)
        return wrapped_handlers

    def _join(self, method: Method, handler: grpc.RpcMethodHandler) -> grpc.RpcMethodHandler:
        """The handler of one method, registered with a request stream, so that its call starts when the headers arrive.

        On the wire a single request is the same. Registered as such, the call would start only when the message has
        arrived, and no limit would hold until then.
        """
        steps = steps_of(self._interceptors, method)
        codec = {
            "request_deserializer": reading(handler.request_deserializer),
            "response_serializer": handler.response_serializer,
        }
        if not method.yields_stream:
            answer = handler.stream_unary if method.takes_stream else handler.unary_unary
            single_handler = single(method, answer, steps, self._pace, self._seconds(method))
            return grpc.stream_unary_rpc_method_handler(single_handler, **codec)
        events = handler.stream_stream if method.takes_stream else handler.unary_stream
        if getattr(events, RETURNS_LAST, False):
            seconds = None if method.takes_stream else self._seconds(method)
            single_handler = single(method, events, steps, self._pace, seconds)
            return grpc.stream_unary_rpc_method_handler(single_handler, **codec)
        return grpc.stream_stream_rpc_method_handler(answer_stream(method, events, steps, self._pace), **codec)


class MethodHandlers(grpc.GenericRpcHandler):  # type: ignore[misc]
    """The handlers of all methods by their paths."""

    def __init__(self) -> None:
        self.handlers: dict[str, grpc.RpcMethodHandler] = {}

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler | None:
        return self.handlers.get(handler_call_details.method)


class Registrar:
    """Stands for the server in generated ``add_…_to_server`` functions, and registers each method with the chain around it.

    gRPC is told of one handler that knows all methods. Of methods registered one by one it waits for each, and goes over all
    of them for every call: with a hundred methods that took a fifth of an echo.
    """

    def __init__(self, server: grpc.aio.Server, chain: Chain) -> None:
        self._chain = chain
        self._methods = MethodHandlers()
        server.add_generic_rpc_handlers((self._methods,))

    def add_generic_rpc_handlers(self, handlers: Sequence[grpc.GenericRpcHandler]) -> None:
        """Ignored: generated code registers each service in two ways, and the other one is used."""

    def add_registered_method_handlers(self, service: str, handlers: Mapping[str, grpc.RpcMethodHandler]) -> None:
        for name, handler in self._chain.wrap(service, handlers).items():
            self._methods.handlers[f"/{service}/{name}"] = handler


def reading(parse: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
    """A deserializer that returns ``NOT_A_MESSAGE`` for damaged bytes: for an exception in it gRPC would send a Python name."""

    def read(data: bytes) -> Any:
        try:
            return parse(data)
        except DecodeError:
            return NOT_A_MESSAGE

    return read


def valid(call: Call, message: Any) -> Any:
    """The message unchanged. Raises ``InvalidInput`` for a value that breaks a rule of the protos, and ``PermissionDenied`` for
    a chatflow that the caller's key is not for."""
    method = call.method
    violation = method.check(message, "") if method.check is not None else None
    if violation is not None:
        raise InvalidInput(Reason(violation.reason), f"{violation.place} {violation.sentence}.")
    if method.chatflow_field and not call.principal.may_ask(method.chatflow_id(message)):
        raise PermissionDenied(Reason.PERMISSION_DENIED, "The API key is not for this chatflow; it is limited to others.")
    return message


async def each_valid(call: Call, messages: AsyncIterator[Any]) -> AsyncIterator[Any]:
    async for message in messages:
        yield valid(call, message)


def stream_of(call: Call, pace: Pace) -> AsyncIterator[Any]:
    """The messages of a request stream, each checked by :func:`valid`."""
    messages = pace.each(call.method, call.context)
    return messages if call.method.check is None else each_valid(call, messages)


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


def single(
    method: Method, handler: Callable[..., Awaitable[Any]], steps: _Steps, pace: Pace, seconds: float | None
) -> Callable[[Any, grpc.aio.ServicerContext], Awaitable[Any]]:
    """The handler of a method with one response, due ``seconds`` after its request or, for streams, its start."""
    outer, inner, admits, leaves, fail = steps.outer, steps.inner, steps.admits, steps.leaves, steps.fail

    async def serve(_: Any, context: grpc.aio.ServicerContext) -> Any:
        call = Call(method, context, dict(context.invocation_metadata()))
        CALL.set(call)
        for enter in outer:
            enter(call)
        try:
            for enter in inner:
                enter(call)
            for admit in admits:
                await admit(call)
            return await answer_single(call, handler, pace, seconds)
        except asyncio.CancelledError:
            _cancelled(call)
            raise
        except Exception as error:  # noqa: BLE001  Whatever a call raises becomes its status, here and nowhere else.
            await fail(call, error)
        finally:
            for leave in leaves:
                leave(call)

    return serve


async def answer_single(call: Call, handler: Callable[..., Awaitable[Any]], pace: Pace, seconds: float | None) -> Any:
    """The response within its time limit. One timer serves for request and response, because timers are expensive here."""
    if call.method.takes_stream:
        async with asyncio.timeout(seconds) as call.timer:
            return await handler(stream_of(call, pace), call.context)
    request = None
    try:
        async with asyncio.timeout(pace.due(call)) as call.timer:
            request = valid(call, await pace.next_request(call))
            call.due_within(seconds)
            return await handler(request, call.context)
    except TimeoutError:
        if request is None:
            raise pace.overdue(call) from None
        raise


def answer_stream(
    method: Method, handler: Callable[..., Any], steps: _Steps, pace: Pace
) -> Callable[[Any, grpc.aio.ServicerContext], Awaitable[None]]:
    """The handler of a method with a response stream. Its generator is closed however the call ends.

    ``handler`` may also be a coroutine function that writes its responses itself.
    """
    outer, inner, admits, leaves, fail = steps.outer, steps.inner, steps.admits, steps.leaves, steps.fail
    writes_itself = inspect.iscoroutinefunction(handler)

    async def serve(_: Any, context: grpc.aio.ServicerContext) -> None:
        call = Call(method, context, dict(context.invocation_metadata()))
        CALL.set(call)
        for enter in outer:
            enter(call)
        try:
            for enter in inner:
                enter(call)
            for admit in admits:
                await admit(call)
            request = stream_of(call, pace) if method.takes_stream else valid(call, await pace.only(call))
            if writes_itself:
                await handler(request, context)
                return
            async with aclosing(handler(request, context)) as messages:
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
    """The error for a cancelled call: cancelled by the caller, or past the caller's deadline. gRPC reports both alike."""
    remaining = call.context.time_remaining()
    overdue = remaining is not None and remaining <= 0
    call.code = grpc.StatusCode.DEADLINE_EXCEEDED if overdue else grpc.StatusCode.CANCELLED
    call.failure_reason = "DEADLINE_EXCEEDED" if overdue else "CANCELLED"
