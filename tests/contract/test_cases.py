"""Every case of ``cases/``, over gRPC and over REST; and every method of the contract has one."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.rpc.contract import load_contract

from harness.asked import is_route
from harness.parsed_sources import read_yaml
from harness.runner import Case, World, load_cases

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "cases"
DOCUMENT = read_yaml(ROOT / "generated" / "openapi" / "tradewind.yaml")
OPERATIONS: list[dict[str, Any]] = read_yaml(Path(__file__).parent / "operations.yaml")
SHOWS: dict[tuple[str, str], set[str]] = defaultdict(set)
"""By case and door, the routes or methods that it stands for in ``operations.yaml``."""
for row in OPERATIONS:
    SHOWS[row["rest"], "rest"].add(row["route"])
    if "rpc" in row:
        SHOWS[row["grpc"], "grpc"].add(row["rpc"])
ELSEWHERE = {
    "/tradewind.rest.v1.SystemService/DocsFile": "tests/unit/rpc/services/test_rest_system.py",
    "/tradewind.rest.v1.SystemService/Liveness": "tests/integration/test_gate.py",
    "/tradewind.rest.v1.SystemService/Ping": "tests/integration/test_gate.py",
    "/tradewind.rest.v1.SystemService/Readiness": "tests/integration/test_gate.py",
    "/tradewind.v1.VectorUpsertService/StreamUploadUpsert": "tests/integration/test_killed_upsert.py",
}
"""Methods that other tests call: those that leave no line in the log, and an upload whose caller goes away."""


def called(log: str) -> Iterator[str]:
    """Methods that the log of a server names, one line a call."""
    for line in log.splitlines():
        if line.startswith("{") and '"/' in line:
            yield str(json.loads(line).get("message"))


def test_case(world: World, case: Case, door: str) -> None:
    asked = world.doors[door].asked
    start = len(asked)
    case.run(world, door)
    missing = SHOWS[case.name, door] - {shown for shown in SHOWS[case.name, door] for one in asked[start:] if shows(one, shown)}
    assert not missing, "operations.yaml names this case for what it does not ask"


def shows(asked: str, shown: str) -> bool:
    return asked == shown or is_route(asked, shown)


def test_every_route_names_the_cases_that_show_it() -> None:
    """Those of the 46 published operations over both doors, but the one that has no typed method."""
    rest = {f"{verb.upper()} {path}" for path, verbs in DOCUMENT["paths"].items() for verb in verbs}
    assert sorted(row["route"] for row in OPERATIONS) == sorted(rest)
    published = [row for row in OPERATIONS if "number" in row]
    assert [row["number"] for row in published] == list(range(1, 47))
    assert [row["route"] for row in published if "grpc" not in row] == ["GET /api/v1/ping"]
    doors = {case.name: case.doors for case in load_cases(CASES)}
    methods = {path.rpartition(".")[2] for path in load_contract().methods()}
    for row in OPERATIONS:
        assert (ROOT / row["rest"]).exists() or "rest" in doors[row["rest"]], row
        assert "rpc" not in row or (row["rpc"] in methods and "grpc" in doors[row["grpc"]]), row


def test_every_method_has_a_case(world: World, request: pytest.FixtureRequest) -> None:
    """Behind the cases of this file: what the log of their server does not name has none."""
    asked = sum(item.name.startswith("test_case[") for item in request.session.items)
    if asked < sum(len(case.doors) for case in load_cases(CASES)):
        pytest.skip("only some of the cases run")
    assert all((ROOT / path).exists() for path in ELSEWHERE.values())
    end = time.monotonic() + 60  # The line of a call is written behind its answer.
    while missing := load_contract().methods().keys() - set(called(world.stack.log_text())) - ELSEWHERE.keys():
        assert time.monotonic() < end, "\n".join(sorted(missing))
        time.sleep(0.2)
