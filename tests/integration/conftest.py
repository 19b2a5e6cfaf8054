"""One stack for all tests that kill parts of it and find it whole again. What needs settings of its own starts its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.stack import FakeEndpoint, RunningStack, running_fake_endpoint, running_stack


@pytest.fixture(scope="session")
def breakable_endpoint() -> Iterator[FakeEndpoint]:
    """Its models answer in six tokens; it knows its last 3000 requests."""
    with running_fake_endpoint("--remember", "3000", "--tokens", "6") as running:
        yield running


@pytest.fixture(scope="session")
def breakable(breakable_endpoint: FakeEndpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """With one worker; its calls may reach this machine."""
    env = {"TRADEWIND_OPENAI_BASE_URL": breakable_endpoint.base_url, "TRADEWIND_OUTBOUND_ALLOW": "127.0.0.1"}
    with running_stack(tmp_path_factory.mktemp("breakable") / "data", env=env) as running:
        yield running
