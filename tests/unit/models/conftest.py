"""A fake OpenAI-compatible endpoint for each test that asks for one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from fakes.openai_endpoint import FakeOpenAI


@pytest.fixture
def fake_openai() -> type[FakeOpenAI]:
    """The class, for tests that need other arguments."""
    return FakeOpenAI


@pytest.fixture
async def fake(fake_openai: Any) -> AsyncIterator[Any]:
    async with fake_openai() as endpoint:
        yield endpoint


@pytest.fixture
def retries(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Retry at once; the pauses themselves are asserted on where they matter."""
    from tradewind_server.models import endpoint

    pauses = list(endpoint.RETRY_PAUSES)
    monkeypatch.setattr(endpoint, "RETRY_PAUSES", tuple(0.0 for _ in pauses))
    return pauses
