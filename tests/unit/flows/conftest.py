"""The flow engine over doubles."""

from __future__ import annotations

import pytest

from fakes.flow_engine import Engine


@pytest.fixture
def engine() -> Engine:
    return Engine()
