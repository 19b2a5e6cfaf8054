"""``tradewind models``: the embedded models' files."""

from __future__ import annotations

import sys
import time

import typer

from tradewind_server.cli.output import DataDir, emit_json, emit_table, fail, json_option, load_settings
from tradewind_server.errors import TradewindError
from tradewind_server.settings import Settings

app = typer.Typer(help="Files of the embedded models: list, pull, verify.", no_args_is_help=True)

LINE_SECONDS = 5.0


def _model_dir_option() -> DataDir:
    option: DataDir = typer.Option(None, "--model-dir", help="Where model files are kept.", show_default=False)
    return option


def offline_option() -> bool | None:
    option: bool | None = typer.Option(None, "--offline", help="Fetch nothing; fail when a model file is missing.")
    return option


@app.command("list")
def list_models(model_dir: DataDir = _model_dir_option(), as_json: bool = json_option()) -> None:
    """List the models, which of them are here, and which are used."""
    from tradewind_server.models.local.fetch import is_present
    from tradewind_server.models.local.manifest import MODELS

    settings = load_settings(model_dir=model_dir)
    in_use = (settings.chat_model, settings.embedding_model)
    rows = [
        {
            "name": model.name,
            "kind": model.kind,
            "sizeMiB": model.size >> 20,
            "here": is_present(model, settings.model_dir),
            "used": model.name in in_use,
            "licence": model.licence,
            "title": model.title,
        }
        for model in MODELS
    ]
    if as_json:
        emit_json(rows)
    else:
        columns = ("name", "kind", "sizeMiB", "here", "used", "licence", "title")
        emit_table(columns, ([_cell(row[column]) for column in columns] for row in rows), "No models.")


def _cell(value: object) -> object:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


@app.command()
def pull(
    names: list[str] = typer.Argument(None, help="Models to fetch. Default: those the settings name.", show_default=False),
    model_dir: DataDir = _model_dir_option(),
    offline: bool | None = offline_option(),
) -> None:
    """Fetch model files that are not here yet. A broken-off fetch goes on where it stopped."""
    settings = load_settings(model_dir=model_dir, offline=offline)
    pull_models(settings, names or None)
    _convert_models(settings, names or [settings.embedding_model])


@app.command()
def verify(model_dir: DataDir = _model_dir_option(), as_json: bool = json_option()) -> None:
    """Read the files that are here in full and compare their hashes. Exit code 1 when one differs."""
    from tradewind_server.models.local.fetch import distrust, has_files
    from tradewind_server.models.local.fetch import verify as verify_file
    from tradewind_server.models.local.manifest import MODELS

    settings = load_settings(model_dir=model_dir)
    here = [model for model in MODELS if has_files(model, settings.model_dir)]
    rows = [{"name": model.name, "sound": verify_file(model, settings.model_dir)} for model in here]
    if as_json:
        emit_json(rows)
    else:
        emit_table(("name", "sound"), ([row["name"], _cell(row["sound"])] for row in rows), "No model files here.")
    faulty = [model.name for model, row in zip(here, rows, strict=True) if not row["sound"]]
    for model in here:
        if model.name in faulty:
            distrust(model, settings.model_dir)
    if faulty:
        fail(f"Damaged: {', '.join(faulty)}. `tradewind models pull {' '.join(faulty)}` fetches what is damaged again.")


def pull_models(settings: Settings, names: list[str] | None = None, *, quiet: bool = False) -> None:
    """Have the named models' files (default: those the settings use), with progress on standard error."""
    from tradewind_server.models.local.fetch import ensure, is_present, require_model

    try:
        for name in names or [settings.chat_model, settings.embedding_model]:
            model = require_model(name)
            if is_present(model, settings.model_dir):
                if not quiet:
                    typer.echo(f"{name}: here", err=True)
                continue
            progress = ProgressBar(name)
            ensure(model, settings.model_dir, offline=settings.offline, report=progress.report)
            progress.finish()
    except TradewindError as error:
        fail(error.message)


def _convert_models(settings: Settings, names: list[str]) -> None:
    """Make what the embedding engine keeps beside its files, so that a start finds it where nobody may write any more."""
    from tradewind_server.models.local.embedding_engine import load_engine
    from tradewind_server.models.local.fetch import require_model

    for name in names:
        model = require_model(name)
        if model.kind == "embedding" and model.package is not None:
            load_engine(name, settings.model_dir)


class ProgressBar:
    """A progress bar on a terminal; a line every few seconds elsewhere."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._terminal = sys.stderr.isatty()
        self._start = time.monotonic()
        self._last_line = 0.0

    def report(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._terminal and now - self._last_line < LINE_SECONDS and self._last_line:
            return
        self._last_line = now
        share = done / total if total else 0.0
        bar = "#" * int(share * 30)
        line = f"{self._name}: {what:<24} [{bar:<30}] {done >> 20:>5} of {total >> 20} MiB"
        sys.stderr.write(f"\r\033[K{line}" if self._terminal else line + "\n")
        sys.stderr.flush()

    def finish(self) -> None:
        seconds = time.monotonic() - self._start
        sys.stderr.write(("\r\033[K" if self._terminal else "") + f"{self._name}: fetched and checked in {seconds:.0f} s\n")
