"""``tradewind stores``: the document stores of a running server."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tradewind_server.access.keys import load_admin_key
from tradewind_server.bounded_json import read_json
from tradewind_server.cli.output import DataDir, data_dir_option, emit_json, emit_table, fail, json_option, load_settings
from tradewind_server.data_dir import prepare_data_dir
from tradewind_server.errors import TradewindError
from tradewind_server.store.secret_key import create_once

if TYPE_CHECKING:
    from tradewind_server.rpc.store_client import StoreClient, Tell

app = typer.Typer(help="Document stores of a running server: list, fill, ask, delete.", no_args_is_help=True)
STORE = typer.Argument(help="The id that `stores list` shows.")
COLUMNS = ("id", "name", "status", "totalChunks")
STATUS = "DOCUMENT_STORE_STATUS_"
STAGES = ("loaded", "split", "embedded", "written")
PROGRESS = typer.Option(
    None, "--progress/--no-progress", help="Tell on standard error how far it is. Default: on a terminal.", show_default=False
)


@contextmanager
def client(data_dir: Path | None) -> Iterator[StoreClient]:
    """Calls with the admin key to the server of a data directory; an error of it ends the command with its sentence."""
    from tradewind_server.rpc.store_client import StoreClient

    settings = load_settings(data_dir=data_dir)
    prepare_data_dir(settings.data_dir, settings.own_files)
    key = load_admin_key(settings, create_once, os.urandom)
    try:
        with StoreClient(f"{settings.grpc_host}:{settings.grpc_port}", key) as connection:
            yield connection
    except TradewindError as error:
        fail(error.message)


def node(text: str | None, name: str) -> dict[str, Any] | None:
    """A node as JSON of ``{name, config}``, or its type alone."""
    if not text:
        return None
    if not text.lstrip().startswith("{"):
        return {"name": text, "config": {}}
    value = read_json(text, name)
    return value if isinstance(value, dict) else None


def json_object(text: str | None, name: str) -> dict[str, Any] | None:
    value = read_json(text, name) if text else None
    if value is not None and not isinstance(value, dict):
        fail(f"{name} must be a JSON object.")
    return value


def say(result: dict[str, Any], what: str) -> None:
    """One line of progress."""
    numbers = ", ".join(f"{result[f'num{word}']} {word.lower()}" for word in ("Added", "Skipped", "Deleted"))
    typer.echo(f"{what}: {numbers} (loader {result['loaderId']})")
    for sentence in result["warnings"]:
        typer.echo(f"  {sentence}")


@contextmanager
def progress(what: str, choice: bool | None) -> Iterator[Tell]:
    """Tells on standard error how far work is: one line that changes on a terminal, a line for each step elsewhere.

    Without a ``choice`` only a terminal is told.
    """
    on_terminal, has_begun = sys.stderr.isatty(), False

    def tell(counts: Mapping[str, Any]) -> None:
        nonlocal has_begun
        if choice is False or (choice is None and not on_terminal):
            return
        has_begun = True
        line = f"{what}: {', '.join(f'{counts[stage]} {stage}' for stage in STAGES)}"
        typer.echo(f"\r{line}" if on_terminal else line, err=True, nl=not on_terminal)

    try:
        yield tell
    finally:
        if has_begun and on_terminal:
            typer.echo(err=True)


@app.command("list")
def list_stores(data_dir: DataDir = data_dir_option(), as_json: bool = json_option()) -> None:
    """List the stores, newest change first."""
    with client(data_dir) as server:
        rows = server.stores()
    if as_json:
        emit_json(rows)
    else:
        cells = ([str(row[name]).removeprefix(STATUS) for name in COLUMNS] for row in rows)
        emit_table(COLUMNS, cells, "No document stores yet.")


@app.command()
def show(store: str = STORE, data_dir: DataDir = data_dir_option(), as_json: bool = json_option()) -> None:
    """Show a store with its loaders."""
    with client(data_dir) as server:
        row = server.store(store)
    if as_json:
        emit_json(row)
        return
    typer.echo(f"{row['name']}  {row['status'].removeprefix(STATUS)}  {row['totalChunks']} chunks")
    columns = ("id", "name", "source", "totalChunks", "status")
    cells = ([str(loader[name]).removeprefix(STATUS) for name in columns] for loader in row["loaders"])
    emit_table(columns, cells, "No loaders yet.")


@app.command()
def create(
    name: str = typer.Argument(help="What people call it."),
    description: str | None = typer.Option(None, help="What it holds."),
    embedding: str | None = typer.Option(None, help="The embeddings node: its type, or JSON of {name, config}."),
    vector_store: str | None = typer.Option(None, help="The vector store node, likewise."),
    record_manager: str | None = typer.Option(None, help="The record manager node, likewise."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Make a store."""
    with client(data_dir) as server:
        fields = {
            "name": name,
            "description": description,
            "embedding": node(embedding, "--embedding"),
            "vectorStore": node(vector_store, "--vector-store"),
            "recordManager": node(record_manager, "--record-manager"),
        }
        row = server.create({key: value for key, value in fields.items() if value is not None})
    if as_json:
        emit_json(row)
    else:
        typer.echo(row["id"])


@app.command()
def upsert(
    store: str = STORE,
    files: list[Path] = typer.Argument(None, exists=True, dir_okay=False, help="Files to load, one after the other."),
    loader: str | None = typer.Option(None, help="The document loader: its type, or JSON of {name, config}."),
    splitter: str | None = typer.Option(None, help="The text splitter, likewise."),
    replace: str | None = typer.Option(None, help="Id of the loader whose place the document takes."),
    metadata: str | None = typer.Option(None, help="Metadata of all chunks, a JSON object."),
    with_progress: bool | None = PROGRESS,
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Load, split, embed and write files, or what the loader names."""
    results = []
    with client(data_dir) as server:
        fields: dict[str, Any] = {
            "loader": node(loader, "--loader"),
            "splitter": node(splitter, "--splitter"),
            "metadata": json_object(metadata, "--metadata"),
            "loaderId": replace,
            "replaceExisting": bool(replace),
        }
        fields = {key: value for key, value in fields.items() if value is not None}
        todo: Sequence[Path | None] = files or [None]
        for file in todo:
            name = file.name if file else "the loader"
            with progress(name, with_progress) as tell:
                result = server.upsert(store, fields, file, tell)
            results.append(result)
            if not as_json:
                say(result, name)
    if as_json:
        emit_json(results)


@app.command()
def process(
    store: str = STORE,
    loaders: list[str] = typer.Argument(None, help="Ids of loaders; without any, all."),
    insert: bool = typer.Option(False, "--insert", help="Have the chunks of all loaders in the vector store afterwards."),
    with_progress: bool | None = PROGRESS,
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Load and split anew; vectors follow with --insert."""
    results = []
    with client(data_dir) as server:
        for loader in loaders or [row["id"] for row in server.store(store)["loaders"]]:
            with progress(loader, with_progress) as tell:
                results.append(server.process(store, loader, tell))
            if not as_json:
                typer.echo(f"{results[-1]['name']}: {results[-1]['totalChunks']} chunks")
        if insert:
            with progress("the store", with_progress) as tell:
                results.append(server.insert(store, tell))
            if not as_json:
                say(results[-1], "the store")
    if as_json:
        emit_json(results)


@app.command()
def refresh(
    store: str = STORE,
    loaders: list[str] = typer.Argument(None, help="Ids of loaders; without any, all."),
    with_progress: bool | None = PROGRESS,
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Read loaders anew and have their chunks in the vector store, one loader after the other."""
    results = []
    with client(data_dir) as server, progress("the store", with_progress) as tell:
        for result in server.refresh(store, loaders or [], tell):
            results.append(result)
            if not as_json:
                say(result, f"{len(results)}")
    if as_json:
        emit_json(results)


@app.command()
def query(
    store: str = STORE,
    question: str = typer.Argument(help="What to look for."),
    top_k: int = typer.Option(4, min=1, max=1000, help="Most chunks to find."),
    data_dir: DataDir = data_dir_option(),
    as_json: bool = json_option(),
) -> None:
    """Find the chunks nearest to a question."""
    with client(data_dir) as server:
        rows = server.query(store, question, top_k)
    if as_json:
        emit_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['number']:>5}  {row['pageContent']}")


@app.command()
def delete(
    store: str = STORE,
    loader: str | None = typer.Option(None, help="Delete this loader alone, by its id."),
    source: str | None = typer.Option(None, help="Delete the chunks of this source alone."),
    metadata: str | None = typer.Option(None, help="Delete the chunks alone whose metadata has these values, a JSON object."),
    data_dir: DataDir = data_dir_option(),
) -> None:
    """Delete a store, or a part of it, with its vectors."""
    with client(data_dir) as server:
        values = json_object(metadata, "--metadata")
        if loader:
            server.delete_loader(store, loader)
            typer.echo(f"Deleted the loader {loader}.")
        elif source is not None or values:
            result = server.delete_documents(store, source, values or {})
            typer.echo(f"Deleted {result['chunks']} chunks and {len(result['loaderIds'])} loaders.")
        else:
            server.delete(store)
            typer.echo(f"Deleted {store}.")
