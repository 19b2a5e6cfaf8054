"""One running stack for all tests that only need one: the real gate, a fake model endpoint in a process of its own, the
embedded Qdrant. Tests that break a stack start their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from harness.beside import MARK, Beside

if TYPE_CHECKING:
    from harness.runner import World


BESIDE = pytest.StashKey[Beside]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARK}(work=…): what the test waits for, done beside the tests before it.")
    config.stash[BESIDE] = Beside()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker(MARK) is not None)


def pytest_collection_finish(session: pytest.Session) -> None:
    if not session.config.option.collectonly:
        for item in session.items:
            session.config.stash[BESIDE].begin(item)


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[BESIDE].close()


@pytest.fixture
def beside(request: pytest.FixtureRequest) -> Any:
    """The outcome of the work that the test is marked with."""
    return request.config.stash[BESIDE].result(request.node)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    # Imported here: unit tests need none of it.
    from harness.doors import GrpcDoor, RestDoor
    from harness.keys import OTHER_WORKSPACE, add_workspace, create_key, set_variables
    from harness.runner import PAGE_ORIGIN, PASSWORD, World
    from harness.stack import closed_port, running_fake_endpoint, running_stack

    settings = {
        "TRADEWIND_OPENAI_API_KEY": "sk-of-the-tests",
        "TRADEWIND_USERNAME": "admin",
        "TRADEWIND_PASSWORD": PASSWORD,
        "TRADEWIND_RUNTIME_VARIABLES": "HARBOUR_SEASON,HARBOUR_UNSET,TRADEWIND_PASSWORD,OPENAI_API_KEY",
        "HARBOUR_SEASON": "the season of storms",
        "TRADEWIND_JAVASCRIPT": "on",
        "TRADEWIND_OUTBOUND_ALLOW": "127.0.0.77",
        "TRADEWIND_CORS_ORIGINS": f"https://console.example,{PAGE_ORIGIN}",
    }
    with (
        closed_port() as away,
        running_fake_endpoint("--remember", "200", "--tokens", "6") as endpoint,
        running_stack(
            tmp_path_factory.mktemp("world") / "data", env={**settings, "TRADEWIND_OPENAI_BASE_URL": endpoint.base_url}
        ) as stack,
    ):
        add_workspace(stack.data_dir)
        set_variables(stack.data_dir, {"city": "Paris", "harbour": "Brava"})
        keys = {
            "flow": create_key(stack.data_dir, "chatflows:view"),
            "viewer": create_key(stack.data_dir, "chatflows:view"),
            "reader": create_key(stack.data_dir, "chatmessages:view"),
            "other": create_key(stack.data_dir, "*", workspace_id=OTHER_WORKSPACE),
        }
        grpc_door = GrpcDoor(stack.grpc_gate)
        yield World(stack, endpoint, {"rest": RestDoor(stack.rest), "grpc": grpc_door}, keys, away)
        grpc_door.close()
