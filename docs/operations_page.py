"""Writes ``docs/operations-by-case.md``: which contract case shows each operation, over REST and over gRPC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

OPERATIONS = Path(__file__).parents[1] / "tests" / "contract" / "operations.yaml"
HEAD = """# Operations by case

Each operation of the REST contract ([contract.md](contract.md)), the gRPC method of the same meaning, and a case of
[tests/contract](../tests/contract/README.md) that shows it over each door. One that no longer asks what it is named for
fails. A dash stands where the server has no method of its own for a route, and `=` for the same case as over REST.

"""


def page() -> str:
    rows = yaml.safe_load(OPERATIONS.read_text())
    published = [row for row in rows if "number" in row]
    beside = [row for row in rows if "number" not in row]
    both = sum("grpc" in row for row in published)
    return (
        HEAD
        + f"## Of Flowise's published reference\n\n{len(published)} of 46 over REST, {both} over gRPC.\n\n"
        + table(published, "| # | route | gRPC | case over REST | case over gRPC |\n|---|---|---|---|---|\n")
        + "\n\n## Beside it\n\nWhat clients call that the reference does not print, and what Flowise does not have.\n\n"
        + table(beside, "| route | gRPC | case over REST | case over gRPC |\n|---|---|---|---|\n")
    )


def table(rows: Iterable[Mapping[str, str]], head: str) -> str:
    return head + "\n".join(line(row) for row in rows)


def line(row: Mapping[str, str]) -> str:
    method = f"`{row['rpc'].replace('/', '.')}`" if "rpc" in row else "–"
    typed = row.get("grpc", "–")
    number = f"| {row['number']} " if "number" in row else ""
    return f"{number}| `{row['route']}` | {method} | {row['rest']} | {'=' if typed == row['rest'] else typed} |"
