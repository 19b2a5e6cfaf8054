"""How a service is registered: its module under ``services/`` lists it in the tuple ``SERVICES``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from logging import Logger
from typing import Any, TypeVar

from tradewind_server.chatflows.admission import Admission
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.predict.attachments import Uploads
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.ingest.upsert import Upserter
from tradewind_server.rpc.abort import Aborts
from tradewind_server.rpc.bodies import Bodies
from tradewind_server.rpc.once import Once
from tradewind_server.rpc.readiness import ReadinessCheck
from tradewind_server.rpc.relay import AbortRelay
from tradewind_server.runs.idempotency import Idempotency
from tradewind_server.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True)
class Domain:
    """The objects from which servicers are made."""

    settings: Settings
    version: str
    log: Logger
    checks: Mapping[str, ReadinessCheck]
    """Readiness checks by the name that ``/readyz`` shows."""
    registry: Registry
    predictor: Predictor
    upserter: Upserter
    rules: Mapping[type[Any], Any]
    """The rules that one service alone leads to, by their class: a new one is a line of ``app.py`` and no field here."""
    admission: Admission
    blobs: Blobs
    uploads: Uploads
    relay: AbortRelay

    def rule(self, kind: type[T]) -> T:
        """The rule of a class. Raises ``LookupError``, at the start, where the composition root has none."""
        rule: T | None = self.rules.get(kind)
        if rule is None:
            raise LookupError(f"app.py lists no {kind.__name__} among the rules.")
        return rule

    @cached_property
    def bodies(self) -> Bodies:
        return Bodies(most_bytes=self.settings.max_json_bytes, most_form_bytes=self.settings.max_body_bytes)

    @cached_property
    def once(self) -> Once:
        return Once(self.rule(Idempotency), self.blobs, self.settings.request_timeout)

    @cached_property
    def aborts(self) -> Aborts:
        return Aborts(self.predictor, self.admission, self.relay)


@dataclass(frozen=True, slots=True)
class Service:
    """One service: the generated function that adds it to a server, and the function that makes its servicer."""

    add: Callable[[Any, Any], None]
    make: Callable[[Domain], object]
