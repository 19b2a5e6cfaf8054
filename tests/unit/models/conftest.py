"""A fake OpenAI-compatible endpoint for each test that asks for one."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

FAKES = Path(__file__).parents[2] / "fakes" / "openai_endpoint.py"


def _load(path: Path) -> Any:
    """The fake is also a script of its own, so it is loaded by its path."""
    if path.stem not in sys.modules:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[path.stem] = module
        spec.loader.exec_module(module)
    return sys.modules[path.stem]


@pytest.fixture
def fake_openai() -> Any:
    """The class, for tests that need other arguments."""
    return _load(FAKES).FakeOpenAI


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
