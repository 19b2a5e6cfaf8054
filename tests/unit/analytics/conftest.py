"""One report, and ids that count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from tradewind_server.flows.predict.analytics import AnswerReport

from fakes.answer_reports import answer_report


@pytest.fixture
def answer() -> AnswerReport:
    return answer_report()


@pytest.fixture
def new_id() -> Iterator[Callable[[], str]]:
    numbers = count(1)
    yield lambda: f"id-{next(numbers)}"
