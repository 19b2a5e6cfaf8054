"""Bounds the number of concurrent calls. A call above a bound is refused at once.

A call is counted from its headers on. By default one address without a valid key may hold a quarter of the places, and one
key half of them. Health, the pages of the server and reflection have places of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from tradewind_server.errors import Reason, ResourceExhausted, Unavailable
from tradewind_server.observability.metrics import Metrics
from tradewind_server.rpc.call import UNIX, Call
from tradewind_server.rpc.interceptors.chain import Enter, Hooks, Leave
from tradewind_server.rpc.methods import HEALTH, REFLECTION, SYSTEM, Level, Method
from tradewind_server.settings import Settings

RETRY_SECONDS = 1.0
FULL = "The server is answering as many calls as it may; try again shortly."
UNPROVEN = "?"
"""Prefix of the share of an address for calls whose credentials are not verified yet."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Most concurrent calls: in all, of one address without a valid key, and of one key."""

    calls: int
    per_address: int
    per_key: int

    def divide(self, divisor: int) -> Bounds:
        """The bounds divided by ``divisor``, each at least 1."""
        return Bounds(*(max(1, bound // divisor) for bound in (self.calls, self.per_address, self.per_key)))


class CallSlots:
    """Counts the concurrent calls of one kind, in all and by share."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.running = 0
        self.shares: dict[str, int] = {}

    def acquire(self, call: Call, share: str, most: int) -> bool:
        """Count the call in ``share``. Returns False, and counts nothing, when the share has ``most`` calls already."""
        count = self.shares.get(share, 0)
        if count >= most:
            return False
        self.shares[share] = count + 1
        self.running += 1
        call.share = share
        return True

    def free(self, call: Call) -> None:
        """Stop counting the call. Has no effect on a call that is not counted."""
        share = call.share
        if share:
            call.share = ""
            self.running -= 1
            remaining = self.shares[share] - 1
            if remaining:
                self.shares[share] = remaining
            else:
                del self.shares[share]


class CallLimits:
    """Counts calls by address when they start, and by key once they are authenticated.

    ``behind_gate`` says whether this stack runs Envoy; without it, trusted proxies are those in front of the TCP port.
    :attr:`caller_limits` is the interceptor that stands behind authentication. Raises ``Unavailable(OVERLOADED)`` and
    ``ResourceExhausted(TOO_MANY_CALLS)``.
    """

    def __init__(self, settings: Settings, metrics: Metrics, *, behind_gate: bool) -> None:
        bounds = Bounds(settings.max_concurrent_calls, settings.calls_per_address, settings.calls_per_key)
        self._hops = settings.trusted_hops
        self._port_hops = 0 if behind_gate else settings.trusted_hops
        self._calls = CallSlots(bounds)
        self._pages = CallSlots(bounds)
        self._watches = CallSlots(bounds.divide(2))
        self._reflections = CallSlots(bounds.divide(10))
        self._overloaded = metrics.shed.labels("worker", Reason.OVERLOADED.value)
        self._too_many = metrics.shed.labels("worker", Reason.TOO_MANY_CALLS.value)

    def hooks(self, method: Method) -> Hooks:
        places = self._places_of(method)
        return Hooks(enter=self._entering(places, method.level), leave=self._leaving(places))

    @property
    def caller_limits(self) -> CallerLimits:
        """The interceptor that moves an authenticated call to the share of its key."""
        return CallerLimits(self)

    def _places_of(self, method: Method) -> CallSlots:
        if method.service in REFLECTION:
            return self._reflections
        if method.service == HEALTH and method.yields_stream:
            return self._watches
        return self._pages if method.service in (HEALTH, SYSTEM) else self._calls

    def _entering(self, places: CallSlots, level: Level) -> Enter:
        bounds = places.bounds
        looked_at = level is not Level.PUBLIC

        def enter(call: Call) -> None:
            call.gate_hops, call.port_hops = self._hops, self._port_hops
            address = call.address()
            if looked_at and ("authorization" in call.headers or "x-api-key" in call.headers):
                share, most = UNPROVEN + address, max(bounds.per_key, bounds.per_address)
            else:
                share, most = address, bounds.per_address
            if address == UNIX:
                most = bounds.calls
            if places.running >= bounds.calls:
                self._overloaded.inc()
                raise Unavailable(Reason.OVERLOADED, FULL, RETRY_SECONDS)
            if not places.acquire(call, share, most):
                raise self._refusal("Your address", most)

        return enter

    @staticmethod
    def _leaving(places: CallSlots) -> Leave:
        return places.free

    def admit(self, call: Call) -> None:
        """Move the call to the share of its key, or of its address when its credentials are not valid."""
        if not call.share.startswith(UNPROVEN):
            return
        places = self._places_of(call.method)
        places.free(call)
        principal = call.principal
        if principal.kind == "anonymous":
            if not places.acquire(call, call.address(), places.bounds.per_address):
                raise self._refusal("Your address", places.bounds.per_address)
        elif not places.acquire(call, f"key {principal.key_id or principal.kind}", places.bounds.per_key):
            raise self._refusal("This API key", places.bounds.per_key)

    def _refusal(self, whose: str, most: int) -> ResourceExhausted:
        self._too_many.inc()
        sentence = f"{whose} has {most} calls running, which is as many as it may; wait until some of them end."
        return ResourceExhausted(Reason.TOO_MANY_CALLS, sentence, RETRY_SECONDS)


class CallerLimits:
    """The part of :class:`CallLimits` that stands behind authentication."""

    def __init__(self, limits: CallLimits) -> None:
        self._limits = limits

    def hooks(self, method: Method) -> Hooks:
        if method.level is Level.PUBLIC:
            return Hooks()

        async def admit(call: Call) -> None:
            self._limits.admit(call)

        return Hooks(admit=admit)
