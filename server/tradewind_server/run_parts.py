"""The part of the composition root for runs: what one worker keeps of its predictions."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from tradewind_server.administration import new_id, now
from tradewind_server.chatflows.admission import Admission
from tradewind_server.flows.agentflow.leases import RunLeases
from tradewind_server.flows.agentflow.take_over import TakeOver
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.ingest.ports import Locks
from tradewind_server.outbound.ports import Outbound
from tradewind_server.runs.access import RunAccess
from tradewind_server.runs.active_runs import ActiveRuns, RunPlaces
from tradewind_server.runs.event_log import EventBounds
from tradewind_server.runs.idempotency import Idempotency
from tradewind_server.runs.keeper import RunKeeper
from tradewind_server.runs.kept_flows import KeptFlows
from tradewind_server.runs.service import RunService
from tradewind_server.runs.session_places import StoredPlaces
from tradewind_server.runs.webhooks import Webhooks
from tradewind_server.settings import Settings
from tradewind_server.store.stores import Stores


@dataclass(frozen=True, slots=True)
class RunGround:
    """What the runs of a worker stand on. ``owner`` is the worker's name, new with each process."""

    owner: str
    active: ActiveRuns
    places: StoredPlaces
    log: logging.Logger


@dataclass(frozen=True, slots=True)
class RunSurroundings:
    """What runs need of the rest."""

    ground: RunGround
    access: RunAccess
    outbound: Outbound
    leases: RunLeases
    admission: Admission
    predictor: Predictor
    locks: Locks
    error_event: Callable[[BaseException], Event]
    """Makes the public event of whatever an answer raises."""


@dataclass(frozen=True, slots=True)
class RunParts:
    """The rules of runs, which share a worker's name."""

    service: RunService
    keeper: RunKeeper
    idempotency: Idempotency
    take_over: TakeOver


def run_ground(settings: Settings, stores: Stores, log: logging.Logger) -> RunGround:
    """The ground of one worker, under a new name of it."""
    owner, active = new_id(), ActiveRuns(RunPlaces(settings.max_runs, settings.max_waiting_runs))
    places = StoredPlaces(stores.session_places, stores.run_workers, active, owner, new_id, log)
    return RunGround(owner, active, places, log)


def join_runs(settings: Settings, stores: Stores, around: RunSurroundings) -> RunParts:
    """Join the parts of one worker."""
    owner, active = around.ground.owner, around.ground.active
    take_over = TakeOver(
        executions=stores.executions,
        checkpoints=stores.checkpoints,
        leases=around.leases,
        locks=around.locks,
        admission=around.admission,
        predictor=lambda: around.predictor,
        now=now,
    )
    flows = KeptFlows(stores.executions, take_over, around.admission, around.predictor, around.leases.owner, now)
    service = RunService(
        runs=stores.runs,
        workers=stores.run_workers,
        access=around.access,
        predictor=around.predictor,
        active=active,
        flows=flows,
        owner=owner,
        bounds=EventBounds(settings.run_max_events, settings.run_max_mb << 20),
        error_event=around.error_event,
        max_list=settings.max_list,
        new_id=new_id,
        now=now,
        log=around.ground.log,
    )
    webhooks = Webhooks(stores.runs, stores.credentials, around.outbound, now, around.ground.log)
    keeper = RunKeeper(
        webhooks=webhooks,
        runs=stores.runs,
        workers=stores.run_workers,
        keys=stores.idempotency_keys,
        places=around.ground.places,
        locks=around.locks,
        service=service,
        active=active,
        flows=flows,
        admission=around.admission,
        predictor=around.predictor,
        owner=owner,
        retention=timedelta(days=settings.run_retention_days),
        monotonic=time.monotonic,
        now=now,
        log=around.ground.log,
    )
    idempotency = Idempotency(
        keys=stores.idempotency_keys,
        workers=stores.run_workers,
        active=active,
        access=around.access,
        owner=owner,
        now=now,
        log=around.ground.log,
    )
    return RunParts(service, keeper, idempotency, take_over)
