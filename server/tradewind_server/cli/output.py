"""What every command shares: settings from options, output for people or for programs, failures as one sentence."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import orjson
import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from tradewind_server.errors import TradewindError
from tradewind_server.settings import PREFIX, Settings

T = TypeVar("T")

WRONG_USE = 2
EXIT_FAILURE = 1


def fail(sentence: str, code: int = EXIT_FAILURE) -> NoReturn:
    """End the command with one plain sentence on standard error."""
    typer.secho(sentence, err=True, fg=typer.colors.RED if sys.stderr.isatty() else None)
    raise typer.Exit(code)


def load_settings(**options: object) -> Settings:
    """Settings from the environment, ``.env`` and the options that were given (those that are not None)."""
    try:
        return Settings(**{name: value for name, value in options.items() if value is not None})  # type: ignore[arg-type]
    except SettingsError as error:
        fail(str(error), WRONG_USE)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        variable = name.upper() if name.upper().startswith(PREFIX) else PREFIX + name.upper()
        fail(f"The setting {variable} cannot be used: {first['msg']}.", WRONG_USE)


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run one coroutine; a :class:`TradewindError` ends the command with its sentence."""
    try:
        return asyncio.run(work)
    except TradewindError as error:
        fail(error.message)


def emit_json(value: object) -> None:
    sys.stdout.write(orjson.dumps(value, default=str, option=orjson.OPT_INDENT_2).decode() + "\n")
    sys.stdout.flush()


def emit_table(columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """A plain aligned table; ``empty`` is said when there is no row."""
    cells = [[str(cell) for cell in row] for row in rows]
    if not cells:
        typer.echo(empty)
        return
    widths = [max(len(line[i]) for line in [list(columns), *cells]) for i in range(len(columns))]
    for line in [list(columns), *cells]:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def data_dir_option() -> Any:
    return typer.Option(None, "--data-dir", help="Where the database, vectors, uploads and keys live.", show_default=False)


def json_option() -> Any:
    return typer.Option(False, "--json", help="Print JSON for programs instead of text.")


DataDir = Path | None
