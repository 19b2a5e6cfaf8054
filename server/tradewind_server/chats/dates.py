"""Dates as callers write them: the ISO 8601 forms that JavaScript's ``Date`` takes (docs/contract.md §8.1)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

FORM = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
    r"(?:[Tt ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?P<zone>[Zz]|(?P<sign>[+ -])(?P<hours>\d{2}):?(?P<minutes>\d{2}))?)?",
    re.ASCII,
)


def parse_date(text: str) -> datetime:
    """The moment in UTC. A date alone is its midnight, a year or month its first; what names no zone is UTC.

    A space before an offset is a plus that a URL has eaten. Raises :class:`ValueError`.
    """
    match = FORM.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    part = match.groupdict()
    hour = int(part["hour"] or 0)
    midnight = hour == 24 and not int(part["minute"]) and not int(part["second"] or 0) and not int(part["fraction"] or 0)
    moment = datetime(
        int(part["year"]),
        int(part["month"] or 1),
        int(part["day"] or 1),
        0 if midnight else hour,
        int(part["minute"] or 0),
        int(part["second"] or 0),
        int((part["fraction"] or "0").ljust(6, "0")[:6]),
        tzinfo=_zone(part),
    )
    try:
        return (moment + timedelta(days=midnight)).astimezone(UTC)
    except OverflowError:
        raise ValueError(text) from None


def _zone(part: dict[str, str | None]) -> timezone:
    if part["sign"] is None:
        return UTC
    offset = timedelta(hours=int(part["hours"] or 0), minutes=int(part["minutes"] or 0))
    return timezone(-offset if part["sign"] == "-" else offset)


def end_of_millisecond(moment: datetime) -> datetime:
    """The last instant that is printed as this one: dates are printed with milliseconds, and a range includes its ends."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000 + 999)
