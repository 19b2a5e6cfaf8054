"""JSON from outside, read within bounds: depth is counted, marks and torn characters are put right.

``read_json`` is for what callers send, ``foreign_json`` for all else that others wrote: files, models, tools, drawings.
"""

from __future__ import annotations

import codecs
import json
import math
import re
import sys
from collections.abc import Mapping
from itertools import chain
from typing import Any, NoReturn

import orjson

from tradewind_server.errors import InvalidInput, Reason

MOST_VALUES = 100_000
DEEPEST = 64
EXACT = 2**53
WIDE_MARKS: Mapping[bytes, str] = {
    codecs.BOM_UTF32_LE: "utf-32",  # First: it begins as the mark of UTF-16 does.
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SLICE = 64 * 1024
MOST_TORN = 1000
"""Half surrogates in one text; each costs as much as a value."""
HALF = re.compile("[\ud800-\udfff]")
LONG_NUMBER = re.compile(rb"\d{19}")
WIDEST = 2**63


def without_mark(text: str) -> str:
    """The text without the byte order mark that editors put before it."""
    return text.removeprefix("\ufeff")


def utf8(data: bytes, what: str, reason: Reason = Reason.INVALID_ARGUMENT) -> bytes:
    """The bytes as UTF-8 without a mark, whichever encoding a mark announces. Raises ``InvalidInput``."""
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :]
    for mark, encoding in WIDE_MARKS.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding).encode()
            except ValueError:
                raise InvalidInput(reason, f"{what} is not UTF-8; send it as UTF-8.") from None
    return data


def read_json(data: bytes | str, what: str, reason: Reason = Reason.INVALID_ARGUMENT) -> Any:
    """The JSON value. ``what`` names it in errors: "The body".

    At most 100,000 values, 64 levels deep. Half surrogates become U+FFFD, whole numbers are ints. Raises
    ``InvalidInput``: ``BODY_TOO_COMPLEX`` beyond the bounds, ``reason`` where it is no JSON. Takes about 10 ms a MiB, so large
    bodies are read outside the event loop.
    """
    raw = utf8(data, what, reason) if isinstance(data, bytes) else without_mark(data).encode("utf-8", "replace")
    check_size(raw, what)
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        value = _second_reading(raw, error, what, reason)
    return _plain(value, DEEPEST, what, reason)


def foreign_json(data: bytes | str, deepest: int = DEEPEST) -> Any:
    """The JSON value in a text that somebody else wrote, of any size and at most ``deepest`` levels.

    Half surrogates become U+FFFD; whole numbers of more than 64 bits stay whole, as texts of their digits; NaN is null. All
    that comes of it can be written as JSON again. Raises ``ValueError``.
    """
    try:
        raw = utf8(data, "The text") if isinstance(data, bytes) else without_mark(data).encode("utf-8", "replace")
    except InvalidInput as error:
        raise ValueError(error.message) from None
    try:
        if LONG_NUMBER.search(raw):
            raise ValueError
        value = orjson.loads(raw)
    except ValueError:
        value = _written_loosely(raw)
    if raw.count(b"[") + raw.count(b"{") > deepest and is_deep(value, deepest):
        raise ValueError(f"more than {deepest} levels")
    return value


def _written_loosely(raw: bytes) -> Any:
    """What the fast reader refuses or rounds although it is JSON elsewhere."""
    try:
        value = json.loads(raw, parse_constant=lambda _: None, parse_int=_exact, parse_float=_finite)
        return _whole_texts(value, surrogates_allowed=sys.maxsize)
    except RecursionError:
        raise ValueError("too many levels") from None


def _exact(digits: str) -> int | str:
    return digits if len(digits) > 20 or not -WIDEST <= (number := int(digits)) < WIDEST else number


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number


def is_deep(value: Any, most: int) -> bool:
    """Whether a value has more than ``most`` levels of lists and objects."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(most):
        inner = chain.from_iterable(one.values() if isinstance(one, dict) else one for one in level)
        level = [one for one in inner if isinstance(one, dict | list)]
        if not level:
            return False
    return bool(level)


def check_size(raw: bytes, what: str) -> None:
    """Raises ``InvalidInput(BODY_TOO_COMPLEX)`` for more than 100,000 values, before any of them is made.

    An empty list or object counts twice. Slice by slice: hostile bodies are known by their first ones, and between two the
    interpreter serves other threads.
    """
    if len(raw) < MOST_VALUES:
        return
    if b"\\" in raw:
        raw = raw.replace(b"\\\\", b"").replace(b'\\"', b"")
    values, quotes, inside = 1, 0, False
    for start in range(0, len(raw), SLICE):
        parts = raw[start : start + SLICE].split(b'"')
        quotes += len(parts) - 1
        for part in parts[1::2] if inside else parts[::2]:
            if part:
                values += part.count(b",") + part.count(b"[") + part.count(b"{")
        inside ^= len(parts) % 2 == 0
        if values > MOST_VALUES or quotes > 4 * MOST_VALUES:  # A text is a value or the name of one.
            raise too_complex(what, f"more than {MOST_VALUES:,} values")


def too_complex(what: str, how: str) -> InvalidInput:
    return InvalidInput(Reason.BODY_TOO_COMPLEX, f"{what} holds {how}; send less at once.")


def _second_reading(raw: bytes, error: orjson.JSONDecodeError, what: str, reason: Reason) -> Any:
    """What the fast reader refuses although browsers write it: half surrogates. All else is an error of the caller's."""
    if "depth limit" in str(error):
        raise too_complex(what, f"more than {DEEPEST} levels") from None
    if b"\\u" in raw:
        try:
            return _whole_texts(json.loads(raw, parse_constant=_refuse, parse_int=_integer))
        except RecursionError:
            raise too_complex(what, f"more than {DEEPEST} levels") from None
        except ValueError:
            pass
    try:
        raw.decode()
    except UnicodeDecodeError:
        raise InvalidInput(reason, f"{what} is not UTF-8; send it as UTF-8.") from None
    raise InvalidInput(reason, f"{what} is not valid JSON: look at line {error.lineno}, column {error.colno}.") from None


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) < 20 else float(digits)


def _whole_texts(value: Any, remaining: int = 4 * DEEPEST, surrogates_allowed: int = MOST_TORN) -> Any:
    if remaining <= 0:
        raise RecursionError
    if isinstance(value, str):
        if not value.isascii():
            value = HALF.sub("\ufffd", value, surrogates_allowed)
            if HALF.search(value):
                raise ValueError(value)
        return value
    if isinstance(value, list):
        return [_whole_texts(one, remaining - 1, surrogates_allowed) for one in value]
    if isinstance(value, dict):
        return {
            _whole_texts(name, 1, surrogates_allowed): _whole_texts(one, remaining - 1, surrogates_allowed)
            for name, one in value.items()
        }
    return value


def _plain(value: Any, remaining: int, what: str, reason: Reason) -> Any:
    """The value with whole numbers as ints, as JavaScript has them; depth is counted on the way."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise InvalidInput(reason, f"{what} holds a number that is too large.")
        return int(value) if value.is_integer() and -EXACT <= value <= EXACT else value
    if not isinstance(value, dict | list):
        return value
    if remaining <= 0:
        raise too_complex(what, f"more than {DEEPEST} levels")
    if isinstance(value, list):
        return [_plain(one, remaining - 1, what, reason) for one in value]
    return {name: _plain(one, remaining - 1, what, reason) for name, one in value.items()}
