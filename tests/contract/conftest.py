"""One running stack for all contract cases: the real gate, a fake model endpoint in a process of its own, embedded Qdrant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.doors import GrpcDoor, RestDoor
from harness.keys import OTHER_WORKSPACE, add_workspace, create_key
from harness.runner import World
from harness.stack import free_port, start_fake_endpoint, start_stack


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    endpoint = start_fake_endpoint("--remember", "200", "--tokens", "6")
    try:
        stack = start_stack(
            tmp_path_factory.mktemp("contract") / "data",
            env={
                "TRADEWIND_OPENAI_BASE_URL": endpoint.base_url,
                "TRADEWIND_OPENAI_API_KEY": "sk-of-the-tests",
                "TRADEWIND_USERNAME": "admin",
                "TRADEWIND_PASSWORD": "harbour & pier",
                "TRADEWIND_CORS_ORIGINS": "https://console.example",
            },
        )
    except BaseException:
        endpoint.stop()
        raise
    grpc_door = GrpcDoor(stack.grpc_gate)
    try:
        add_workspace(stack.data_dir)
        keys = {
            "flow": create_key(stack.data_dir, "chatflows:view"),
            "viewer": create_key(stack.data_dir, "chatflows:view"),
            "reader": create_key(stack.data_dir, "chatmessages:view"),
            "other": create_key(stack.data_dir, "*", workspace_id=OTHER_WORKSPACE),
        }
        yield World(stack, endpoint, {"rest": RestDoor(stack.rest), "grpc": grpc_door}, keys, free_port())
    finally:
        grpc_door.close()
        code = stack.stop()
        endpoint.stop()
    assert code == 0, stack.log_text()[-3000:]
    assert "Traceback" not in stack.log_text(), stack.log_text()[-6000:]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if {"case", "door"} <= set(metafunc.fixturenames):
        from harness.runner import load_cases

        found = [
            pytest.param(case, door, id=f"{case.name} [{door}]", marks=case.marks())
            for case in load_cases(Path(__file__).parent / "cases")
            for door in case.doors
        ]
        metafunc.parametrize(("case", "door"), found)
