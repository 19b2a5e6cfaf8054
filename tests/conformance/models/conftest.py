"""One bench for each dialect."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from conformance.models.dialects import BENCHES, Bench
from tradewind_server.models import endpoint as endpoint_module


@pytest.fixture(params=sorted(BENCHES))
async def bench(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    monkeypatch.setattr(endpoint_module, "RETRY_PAUSES", (0.0, 0.0))
    bench: Bench = BENCHES[request.param]()
    async with bench.fake:
        yield bench
        await bench.connections.aclose()
