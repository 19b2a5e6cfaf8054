"""Durations and dates as people write them on a command line."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from tradewind_server.chats.dates import parse_date
from tradewind_server.cli.output import WRONG_USE, fail

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
DURATION = re.compile(r"(\d{1,6})([smhdw])")


def duration_of(text: str, option: str) -> timedelta:
    """A number with a unit, such as 30d or 12h. Ends the command for another text."""
    match = DURATION.fullmatch(text.strip())
    if match is None:
        fail(f"{option} takes a number with s, m, h, d or w, such as 12h; {text!r} is not of that form.", WRONG_USE)
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def moment_of(text: str, option: str, now: datetime) -> datetime:
    """A date such as 2030-01-01, or so long from now, such as 90d. Ends the command for another text."""
    if DURATION.fullmatch(text.strip()):
        return now + duration_of(text, option)
    try:
        return parse_date(text)
    except ValueError:
        fail(f"{option} takes a date such as 2030-01-01, or a duration such as 90d; {text!r} is neither.", WRONG_USE)
