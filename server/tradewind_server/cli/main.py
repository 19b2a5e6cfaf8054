"""The command tree. Each command reads its options, calls one function of the parts below, and prints."""

from __future__ import annotations

import sys
from importlib.metadata import version as package_version

import typer

from tradewind_server.cli import (
    assistants,
    backup,
    credentials,
    feedback,
    flows,
    keys,
    leads,
    messages,
    models,
    runs,
    stack,
    stores,
    tools,
    transfer,
    variables,
    workspaces,
)
from tradewind_server.cli.doctor import doctor
from tradewind_server.cli.output import emit_json, json_option
from tradewind_server.process import keep_files_private

app = typer.Typer(
    name="tradewind",
    help="Runs Flowise chatflows as a typed gRPC service, with the same REST routes through Envoy.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("up")(stack.up)
app.command("serve")(stack.serve)
app.command("gate")(stack.gate)
app.command("migrate")(stack.migrate)
app.add_typer(keys.app, name="keys")
app.add_typer(workspaces.app, name="workspaces")
app.add_typer(flows.app, name="flows")
app.add_typer(credentials.app, name="credentials")
app.add_typer(variables.app, name="variables")
app.add_typer(messages.app, name="messages")
app.add_typer(feedback.app, name="feedback")
app.add_typer(leads.app, name="leads")
app.add_typer(runs.app, name="runs")
app.add_typer(tools.app, name="tools")
app.add_typer(stores.app, name="stores")
app.add_typer(assistants.app, name="assistants")
app.add_typer(models.app, name="models")
app.command("import")(transfer.import_workspace)
app.command("export")(transfer.export_workspace)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("doctor")(doctor)


@app.command()
def version(as_json: bool = json_option()) -> None:
    """Print the version."""
    number = package_version("tradewind")
    if as_json:
        emit_json({"version": number, "python": sys.version.split()[0]})
    else:
        typer.echo(f"tradewind {number}")


def run() -> None:
    """Run the command line; wrong use exits with 2, a failed command with 1. What it writes is for its user alone."""
    keep_files_private()
    app()
