"""``tradewind up``, ``serve`` and ``migrate``: the stack in the foreground."""

from __future__ import annotations

import asyncio

import typer

from tradewind_server.cli.models import offline_option, pull_models
from tradewind_server.cli.output import WRONG_USE, DataDir, data_dir_option, fail, json_option, load_settings
from tradewind_server.data_dir import prepare_data_dir
from tradewind_server.errors import TradewindError
from tradewind_server.settings import Settings

LAST_PORT = 65_535


def _rest_port() -> int | None:
    option: int | None = typer.Option(None, "--rest-port", help="Port of REST, gRPC and gRPC-Web; 0 takes a free one.")
    return option


def _grpc_port() -> int | None:
    option: int | None = typer.Option(None, "--grpc-port", help="Port of gRPC without Envoy; 0 takes a free one.")
    return option


def _metrics_port() -> int | None:
    option: int | None = typer.Option(None, "--metrics-port", help="Port of /metrics; 0 takes a free one.")
    return option


def _workers() -> int | None:
    option: int | None = typer.Option(None, "--workers", help="gRPC worker processes.")
    return option


def _local_models() -> bool | None:
    option: bool | None = typer.Option(
        None, "--local-models/--no-local-models", help="Run the embedded models when no endpoint is configured."
    )
    return option


def up(
    data_dir: DataDir = data_dir_option(),
    rest_port: int | None = _rest_port(),
    grpc_port: int | None = _grpc_port(),
    metrics_port: int | None = _metrics_port(),
    workers: int | None = _workers(),
    local_models: bool | None = _local_models(),
    offline: bool | None = offline_option(),
    as_json: bool = json_option(),
) -> None:
    """Migrate, then run everything: gRPC workers, Envoy, the embedded Qdrant engine and models. Ctrl-C drains and ends."""
    settings = load_settings(
        data_dir=data_dir,
        rest_port=rest_port,
        grpc_port=grpc_port,
        metrics_port=metrics_port,
        workers=workers,
        local_models=local_models,
        offline=offline,
    )
    _run(settings, with_envoy=True, as_json=as_json)


def serve(
    data_dir: DataDir = data_dir_option(),
    grpc_port: int | None = _grpc_port(),
    metrics_port: int | None = _metrics_port(),
    workers: int | None = _workers(),
    local_models: bool | None = _local_models(),
    offline: bool | None = offline_option(),
    as_json: bool = json_option(),
) -> None:
    """Run the gRPC workers without Envoy, for a set-up where Envoy runs elsewhere. Run `tradewind migrate` first."""
    settings = load_settings(
        data_dir=data_dir,
        grpc_port=grpc_port,
        metrics_port=metrics_port,
        workers=workers,
        local_models=local_models,
        offline=offline,
    )
    _run(settings, with_envoy=False, as_json=as_json)


def gate(
    upstream: str = typer.Option(
        ..., "--upstream", help="host:port of gRPC workers elsewhere (`tradewind serve`); all addresses of the name get calls."
    ),
    rest_port: int | None = _rest_port(),
    workers: int | None = typer.Option(
        None, "--workers", help="Worker processes behind that name, for the bounds of the gate."
    ),
    as_json: bool = json_option(),
) -> None:
    """Run Envoy alone, in front of `tradewind serve` elsewhere. Ctrl-C lets running calls end."""
    settings = load_settings(rest_port=rest_port, workers=workers)
    _run(settings, with_envoy=True, as_json=as_json, upstream=_host_and_port(upstream))


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) <= LAST_PORT:
        fail(f"--upstream {text} is no address; it looks like tradewind-servers:50051.", WRONG_USE)
    return host.removeprefix("[").removesuffix("]"), int(port)


def migrate(
    data_dir: DataDir = data_dir_option(),
    check: bool = typer.Option(False, "--check", help="Change nothing; exit code 1 unless the schema is this version's."),
) -> None:
    """Bring the database to this version's schema. Safe to run again, and from two places at once."""
    from tradewind_server.store.migrate import migrate as run_migrations
    from tradewind_server.store.migrate import require_current
    from tradewind_server.store.secret_key import require_secret

    settings = load_settings(data_dir=data_dir)
    try:
        prepare_data_dir(settings.data_dir, settings.own_files)
        (require_current if check else run_migrations)(settings.sql_url)
        require_secret(settings)
    except TradewindError as error:
        fail(error.message)
    typer.echo("The database is up to date.")


def _run(settings: Settings, *, with_envoy: bool, as_json: bool, upstream: tuple[str, int] | None = None) -> None:
    from tradewind_server.supervisor.preconditions import StartError
    from tradewind_server.supervisor.stack import StackAddresses, run_stack

    def announce(addresses: StackAddresses) -> None:
        options = {
            "rest": addresses.rest,
            "grpc": addresses.grpc,
            "metrics": addresses.metrics,
            "adminKeyFile": "" if upstream else str((settings.data_dir / "admin.key").resolve()),
        }
        if as_json:
            emit_json_line(options)
            return
        if addresses.rest:
            typer.echo(f"REST, gRPC and gRPC-Web  {addresses.rest}   (docs: {addresses.rest}/docs)")
        if addresses.grpc:
            typer.echo(f"gRPC without Envoy       {addresses.grpc}")
            typer.echo(f"Metrics                  {addresses.metrics}")
        if settings.admin_key is None and not upstream:
            typer.echo(f"Admin key                in {options['adminKeyFile']}")
        if addresses.rest:
            typer.echo(f"\nTry: curl {addresses.rest}/api/v1/ping\nPress Ctrl-C to stop.")

    if upstream is None:
        _prepare(settings, migrate_first=with_envoy, quiet=as_json)
    try:
        code = asyncio.run(run_stack(settings, with_envoy=with_envoy, on_ready=announce, upstream=upstream))
    except StartError as error:
        fail(str(error))
    raise typer.Exit(code)


def _prepare(settings: Settings, *, migrate_first: bool, quiet: bool) -> None:
    """What workers need before they start: directory, files and models, and this version's schema, made by ``up`` alone."""
    from tradewind_server.supervisor.preconditions import StartError, check_files

    try:
        prepare_data_dir(settings.data_dir, settings.own_files)
        check_files(settings)
    except (TradewindError, StartError) as error:
        fail(str(error))
    _migrate_apart(settings, check=not migrate_first)  # Before models are fetched: a schema that is refused costs no download.
    if settings.serves_embedded_models:
        pull_models(settings, quiet=quiet)


def _migrate_apart(settings: Settings, *, check: bool) -> None:
    """Migrate in a process of its own: what alembic loads need not stay in the supervisor's memory. ``check`` only looks."""
    import subprocess
    import sys

    from tradewind_server.process import child_environment
    from tradewind_server.supervisor.stack import settings_env

    command = [sys.executable, "-m", "tradewind_server", "migrate", "--data-dir", str(settings.data_dir)]
    command += ["--check"] if check else []
    environment = settings_env(settings, ("data_dir", "database_url", "secret_key", "log_level", "log_format"))
    done = subprocess.run(command, env=child_environment(environment), stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode:
        raise typer.Exit(done.returncode)


def emit_json_line(value: object) -> None:
    import sys

    import orjson

    sys.stdout.write(orjson.dumps(value).decode() + "\n")
    sys.stdout.flush()
