from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tradewind_server.chats.dates import end_of_millisecond, parse_date


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-01-31", datetime(2025, 1, 31)),
        ("2025-02", datetime(2025, 2, 1)),
        ("2025", datetime(2025, 1, 1)),
        ("2025-01-31T08:30", datetime(2025, 1, 31, 8, 30)),
        ("2025-01-31T08:30:15", datetime(2025, 1, 31, 8, 30, 15)),
        ("2025-01-31T08:30:15Z", datetime(2025, 1, 31, 8, 30, 15)),
        ("2025-01-31t08:30:15.5z", datetime(2025, 1, 31, 8, 30, 15, 500_000)),
        ("2025-01-31T08:30:15.123Z", datetime(2025, 1, 31, 8, 30, 15, 123_000)),
        ("2025-01-31T08:30:15.123456789Z", datetime(2025, 1, 31, 8, 30, 15, 123_456)),
        ("2025-01-31T08:30:15+02:00", datetime(2025, 1, 31, 6, 30, 15)),
        ("2025-01-31T08:30:15-0530", datetime(2025, 1, 31, 14, 0, 15)),
        ("2025-01-31T00:30:00+02:00", datetime(2025, 1, 30, 22, 30)),
        ("2025-01-31T24:00:00Z", datetime(2025, 2, 1)),
        ("2025-01-31 08:30:15", datetime(2025, 1, 31, 8, 30, 15)),
        ("  2025-01-31  ", datetime(2025, 1, 31)),
    ],
)
def test_the_forms_of_iso_8601(text: str, moment: datetime) -> None:
    assert parse_date(text) == moment.replace(tzinfo=UTC)


def test_a_plus_that_a_url_has_eaten_is_a_plus() -> None:
    assert parse_date("2025-01-31T08:30:15 02:00") == parse_date("2025-01-31T08:30:15+02:00")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2025-13-01",
        "2025-02-30",
        "2025-1-1",
        "20250131",
        "2025-01-31T",
        "2025-01-31T25:00Z",
        "2025-01-31T24:00:01Z",
        "2025-01-31T08:61Z",
        "2025-01-31T08:30:15+25:00",
        "0000-01-01",
        "9999-12-31T24:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "1735689600000",
        "٢٠٢٥-٠١-٣١",
        "2025-01-31\x00",
        "2025-01-31; DROP TABLE chat_message",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_date(text)


def test_the_end_of_a_range_includes_what_is_printed_as_that_moment() -> None:
    stored = datetime(2025, 1, 31, 8, 30, 15, 123_987, UTC)
    assert stored <= end_of_millisecond(parse_date("2025-01-31T08:30:15.123Z")) < stored.replace(microsecond=124_000)
    assert end_of_millisecond(datetime(9999, 12, 31, 23, 59, 59, 999_999, UTC)).year == 9999
