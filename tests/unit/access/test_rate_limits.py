"""Rate limits as owners write them, and who counts as one caller."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.access.rate_limits import (
    MESSAGE,
    FixedWindows,
    LocalRateWindows,
    RateLimit,
    RateLimits,
    Window,
    rate_limit_of,
)
from tradewind_server.errors import Reason, ResourceExhausted

LIMIT = {"status": True, "limitMax": 2, "limitDuration": 60, "limitMsg": "Too many requests, slow down"}


def setting(**changes: Any) -> dict[str, Any]:
    return {**LIMIT, **changes}


async def check(limits: RateLimits, address: str, limit: Any = LIMIT, flow: str = "a") -> None:
    """A call of a chatflow of the default workspace."""
    await limits.check(rate_limit_of(limit), DEFAULT_WORKSPACE, flow, address)


@pytest.mark.parametrize(
    ("value", "limit"),
    [
        (setting(), RateLimit(2, 60, "Too many requests, slow down")),
        (setting(limitMax="2", limitDuration="60"), RateLimit(2, 60, "Too many requests, slow down")),
        (setting(status=None), RateLimit(2, 60, "Too many requests, slow down")),
        (setting(limitMsg=" "), RateLimit(2, 60, MESSAGE)),
        (setting(limitMsg=7), RateLimit(2, 60, MESSAGE)),
        (setting(status=False), None),
        (setting(limitMax=""), None),
        (setting(limitMax=0), None),
        (setting(limitMax=-1), None),
        (setting(limitMax="many"), None),
        (setting(limitMax=True), None),
        (setting(limitDuration=None), None),
        (setting(limitDuration="inf"), None),
        ([2], None),
        ("2", None),
        ({}, None),
        (None, None),
    ],
)
def test_a_limit_is_one_where_its_numbers_are_set(value: Any, limit: RateLimit | None) -> None:
    assert rate_limit_of(value) == limit


@dataclass
class Clock:
    seconds: float = 100.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Seen:
    """Windows that only note what they are asked."""

    keys: list[tuple[str, str, float]] = field(default_factory=list)

    async def hit(self, workspace_id: str, key: str, seconds: float) -> Window:
        self.keys.append((workspace_id, key, seconds))
        return Window(1, seconds)


async def test_the_owners_sentence_says_when_to_come_back() -> None:
    clock = Clock()
    limits = RateLimits(LocalRateWindows(clock), b"secret")
    await check(limits, "10.0.0.1")
    clock.seconds += 20.5
    await check(limits, "10.0.0.1")
    with pytest.raises(ResourceExhausted) as error:
        await check(limits, "10.0.0.1")
    assert error.value.reason is Reason.RATE_LIMITED
    assert error.value.message == "Too many requests, slow down"
    assert error.value.retry_after == pytest.approx(39.5)
    assert error.value.metadata == {"limit": "2", "remaining": "0", "reset": "40"}
    await check(limits, "10.0.0.2")
    await check(limits, "10.0.0.1", flow="b")
    clock.seconds += 40
    await check(limits, "10.0.0.1")


async def test_a_flow_without_a_limit_counts_nothing() -> None:
    seen = Seen()
    for limit in (None, {}, setting(status=False)):
        await check(RateLimits(seen, b"secret"), "10.0.0.1", limit)
    assert seen.keys == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("ipv4:10.0.0.1", "10.0.0.1", True),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("ipv6:[2001:db8::1]", "2001:db8::2", True),
        ("unix", "unix", True),
        ("unix", "10.0.0.1", False),
    ],
)
async def test_who_counts_as_one_caller(one: str, other: str, same: bool) -> None:
    seen = Seen()
    for address in (one, other):
        await check(RateLimits(seen, b"secret"), address)
    (first, second) = seen.keys
    assert (first == second) is same
    assert first[0] == DEFAULT_WORKSPACE and first[2] == 60


async def test_an_address_cannot_be_read_from_its_key() -> None:
    first, second = Seen(), Seen()
    await check(RateLimits(first, b"secret"), "10.0.0.1")
    await check(RateLimits(second, b"another"), "10.0.0.1")
    assert "10.0.0.1" not in first.keys[0][1]
    assert first.keys != second.keys


async def test_windows_of_one_process_are_bounded() -> None:
    windows = LocalRateWindows(Clock(), most=2)
    for key in ("a", "b", "c"):
        await windows.hit("w", key, 60)
    assert (await windows.hit("w", "c", 60)).count == 2
    assert (await windows.hit("w", "a", 60)).count == 1


def test_a_look_counts_nothing_and_a_window_ends() -> None:
    clock = Clock()
    windows = FixedWindows(clock, most=10)
    assert windows.look("a") == Window(0, 0.0)
    assert [windows.hit("a", 60).count for _ in range(3)] == [1, 2, 3]
    assert windows.look("a").count == 3
    clock.seconds += 60
    assert windows.look("a") == Window(0, 0.0)
    assert windows.hit("a", 60) == Window(1, 60)
