"""One gRPC worker of the stack: ``python -m tradewind_server.worker``, started by the supervisor."""

from __future__ import annotations

import asyncio
import faulthandler
import gc
import logging
import os
import signal
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

import uvloop
from prometheus_client import CollectorRegistry

from tradewind_server.app import Parts, join
from tradewind_server.flows.agentflow.take_over import TakeOver
from tradewind_server.flows.predict.analytics import ANALYTICS
from tradewind_server.observability.flowise_requests import RestCalls
from tradewind_server.observability.logging import configure_logging, log_format, stderr_writer
from tradewind_server.observability.metrics import Metrics
from tradewind_server.observability.metrics_text import MetricsText
from tradewind_server.observability.opentelemetry import Tracer, open_tracer
from tradewind_server.observability.otel_settings import otel_settings
from tradewind_server.observability.steps import TELEMETRY, Telemetry
from tradewind_server.observability.work_metrics import WorkMetrics
from tradewind_server.process import announce_ready, begin_child
from tradewind_server.rpc.contract import load_contract
from tradewind_server.rpc.doors import doors
from tradewind_server.rpc.errors import HTTP_STATUS
from tradewind_server.rpc.interceptors.tracing import Tracing
from tradewind_server.rpc.relay import AbortRelay
from tradewind_server.rpc.server import Around, CannotListen, RpcServer
from tradewind_server.rpc.service import Domain
from tradewind_server.settings import Settings
from tradewind_server.supervisor.pulse import SHOW_STACK, Pulse
from tradewind_server.supervisor.rundir import RunDir
from tradewind_server.supervisor.stack import RUN_DIR_ENV, WORKER_ENV
from tradewind_server.telemetry_parts import metrics_dir, metrics_page, other_numbers, reporter_of, sampler_of

LOG = logging.getLogger("tradewind")
REPORT_SECONDS = 2.0
"""How long reports of the last answers may take to leave."""
YOUNG_OBJECTS = 20_000
"""New containers before the collector looks for cycles among them."""


def other_workers(settings: Settings, run_dir: RunDir, index: int) -> AbortRelay:
    return AbortRelay([run_dir.worker_socket(other) for other in range(settings.workers) if other != index], LOG)


def rpc_server(
    parts: Parts, run_dir: RunDir, index: int, metrics: Metrics, text: MetricsText, relay: AbortRelay, tracer: Tracer | None
) -> RpcServer:
    """The doors around the parts. The first worker alone also takes the TCP port."""
    settings = parts.settings
    domain = Domain(
        settings=settings,
        version=version("tradewind"),
        log=LOG,
        checks={"the database": parts.stores.database.answers, "Qdrant": parts.indexes.ready},
        registry=parts.registry,
        predictor=parts.predictor,
        upserter=parts.upserter,
        rules={**parts.rules, MetricsText: text},
        admission=parts.admission,
        blobs=parts.blobs,
        uploads=parts.uploads,
        relay=relay,
    )
    around = Around(
        authenticator=parts.authenticator,
        metrics=metrics,
        tracing=Tracing(tracer),
        access_lines=stderr_writer(),
        log_form=log_format(settings, sys.stderr),
        log=LOG,
        behind_gate=run_dir.envoy_config.exists(),
    )
    return RpcServer(
        settings,
        doors(domain),
        around,
        socket=run_dir.worker_socket(index),
        address=(settings.grpc_host, settings.grpc_port) if index == 0 else None,
    )


def settle_collector() -> None:
    """What stands now stands until the end: the collector need not look at it again, nor so often.

    With Python's own thresholds it took a fifth of a busy worker's time; cycles are rare here, and found all the same.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


def _say_why(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        LOG.error("what failed upserts leave is no longer cleared, until a restart", exc_info=task.exception())


def _say_that_runs_are_alone(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        LOG.error("runs are no longer looked after, until a restart", exc_info=task.exception())


def rest_routes() -> Mapping[str, tuple[str, str]]:
    return load_contract().rest_routes()


async def serve(settings: Settings, run_dir: RunDir, index: int) -> int:
    registry = CollectorRegistry()
    metrics, work = Metrics(registry), WorkMetrics(registry)
    tracer = open_tracer(otel_settings(os.environ), version("tradewind"))
    TELEMETRY.set(Telemetry(work, tracer))  # Before the server starts: all its calls inherit it.
    parts = join(settings, run_dir, index, count_parsers=metrics.count_parsers, meter=metrics.count_model_call)
    reporter = reporter_of(parts)
    ANALYTICS.set(reporter)
    relay = other_workers(settings, run_dir, index)
    rest_calls = RestCalls(
        cache(rest_routes), {code.name: status for code, status in HTTP_STATUS.items()}, version("tradewind")
    )
    text = MetricsText(registry, metrics_dir(), other_numbers(settings, run_dir), rest_calls)
    server = rpc_server(parts, run_dir, index, metrics, text, relay, tracer)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        await server.start()
        page = metrics_page(settings, run_dir, index, registry)
    except (CannotListen, OSError) as error:
        LOG.error("%s", error)
        await parts.aclose()
        return 1
    settle_collector()
    pulse = Pulse(run_dir.pulse_socket(index))
    await pulse.start()
    announce_ready(index=index)
    clearing = asyncio.create_task(parts.keep_clear())
    clearing.add_done_callback(_say_why)
    taking_over = asyncio.create_task(parts.rules[TakeOver].run())
    keeping = asyncio.create_task(parts.run_keeper.keep())
    keeping.add_done_callback(_say_that_runs_are_alone)
    pools_ready = asyncio.create_task(parts.start_pools())
    sampling = asyncio.create_task(sampler_of(parts, work).run())
    reporting = asyncio.create_task(reporter.run())
    await stop.wait()
    clearing.cancel()
    taking_over.cancel()
    pools_ready.cancel()
    sampling.cancel()
    await asyncio.gather(server.drain(settings.drain_timeout), parts.active_runs.stop(settings.drain_timeout))
    keeping.cancel()
    await asyncio.wait((keeping,), timeout=1.0)
    await reporter.drain(REPORT_SECONDS)
    reporting.cancel()
    pulse.stop()
    if page is not None:
        await asyncio.to_thread(page.close)
    await relay.aclose()
    await parts.aclose()
    if tracer is not None:
        await asyncio.to_thread(tracer.close)
    return 0


def main() -> int:
    begin_child()
    settings = Settings()
    configure_logging(settings)
    faulthandler.register(SHOW_STACK, all_threads=True)
    sys.setswitchinterval(0.0005)
    run_dir = RunDir(Path(os.environ[RUN_DIR_ENV]))
    return uvloop.run(serve(settings, run_dir, int(os.environ.get(WORKER_ENV, "0"))))


if __name__ == "__main__":
    sys.exit(main())
