"""Every case of ``cases/``, over gRPC and over REST; and every method of the contract has one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tradewind_server.rpc.contract import load_contract

from harness.runner import Case, World, load_cases

ROOT = Path(__file__).parents[2]
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
    case.run(world, door)


def test_every_method_has_a_case(world: World, request: pytest.FixtureRequest) -> None:
    """Behind the cases of this file: what the log of their server does not name has none."""
    asked = sum(item.name.startswith("test_case[") for item in request.session.items)
    if asked < sum(len(case.doors) for case in load_cases(Path(__file__).parent / "cases")):
        pytest.skip("only some of the cases run")
    assert all((ROOT / path).exists() for path in ELSEWHERE.values())
    missing = load_contract().methods().keys() - set(called(world.stack.log_text())) - ELSEWHERE.keys()
    assert not missing, "\n".join(sorted(missing))
