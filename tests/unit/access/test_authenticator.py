from __future__ import annotations

import asyncio
import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tradewind_server.access.authenticator import MOST_CACHED, Authenticator, OutdatedKey
from tradewind_server.access.keys import digest_of
from tradewind_server.access.ports import ANONYMOUS, ApiKey
from tradewind_server.access.throttle import FailureThrottle
from tradewind_server.errors import ResourceExhausted, Unauthenticated

SECRET = b"s"
WORKSPACE = "00000000-0000-4000-8000-000000000001"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now

    def moment(self) -> datetime:
        return datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=self.now)


class Keys:
    def __init__(self) -> None:
        self.rows: dict[bytes, ApiKey] = {}
        self.lookups = 0
        self.wait: asyncio.Event | None = None
        self.used: list[tuple[str, datetime]] = []

    def put(self, text: str, **fields: Any) -> None:
        digest = digest_of(SECRET, text)
        moment = datetime(2025, 1, 1, tzinfo=UTC)
        self.rows[digest] = ApiKey("k1", WORKSPACE, "n", text[:9], digest, frozenset({"a:b"}), moment, moment, **fields)

    async def by_digest(self, digest: bytes) -> ApiKey | None:
        self.lookups += 1
        if self.wait is not None:
            await self.wait.wait()
        return self.rows.get(digest)

    async def note_use(self, key_id: str, when: datetime) -> None:
        self.used.append((key_id, when))
        digest, key = next((digest, key) for digest, key in self.rows.items() if key.id == key_id)
        self.rows[digest] = replace(key, last_used=when)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys() -> Keys:
    found = Keys()
    found.put("tw_good")
    return found


def authenticator(keys: Keys, clock: Clock, **changes: Any) -> Authenticator:
    values: dict[str, Any] = {"admin_key": "tw_admin", "username": "admin", "password": "pass", **changes}
    throttle = FailureThrottle(clock, failures=3, window=60)
    return Authenticator(keys, SECRET, monotonic=clock, now=clock.moment, throttle=throttle, **values)  # type: ignore[arg-type]


def basic(pair: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(pair.encode()).decode()}


def here() -> str:
    return "1.2.3.4"


async def test_no_credentials_are_nobody(keys: Keys, clock: Clock) -> None:
    assert await authenticator(keys, clock).authenticate({"user-agent": "x"}, here) is ANONYMOUS
    assert await authenticator(keys, clock).authenticate({"authorization": ""}, here) is ANONYMOUS


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer tw_good"},
        {"authorization": "bearer  tw_good "},
        {"authorization": "tw_good"},
        {"x-api-key": "tw_good"},
    ],
)
async def test_a_stored_key_in_any_spelling(keys: Keys, clock: Clock, headers: dict[str, str]) -> None:
    principal = await authenticator(keys, clock).authenticate(headers, here)
    assert (principal.kind, principal.key_id, principal.permissions) == ("key", "k1", frozenset({"a:b"}))


async def test_the_admin_by_key_and_by_password(keys: Keys, clock: Clock) -> None:
    asked = authenticator(keys, clock)
    for headers in {"authorization": "Bearer tw_admin"}, basic("admin:pass"):
        principal = await asked.authenticate(headers, here)
        assert principal.kind == "admin"
        assert principal.may("anything:at-all")


@pytest.mark.parametrize("pair", ["admin:wrong", "other:pass", "admin", ":", "admin:pass:", "ADMIN:pass", "admin:pass\n"])
async def test_wrong_passwords(keys: Keys, clock: Clock, pair: str) -> None:
    with pytest.raises(Unauthenticated):
        await authenticator(keys, clock).authenticate(basic(pair), here)


@pytest.mark.parametrize("changes", [{"username": None}, {"password": None}, {"password": ""}])
async def test_basic_is_closed_unless_both_are_configured(keys: Keys, clock: Clock, changes: dict[str, Any]) -> None:
    for pair in "admin:pass", "admin:", ":", "None:None":
        with pytest.raises((Unauthenticated, ResourceExhausted)):
            await authenticator(keys, clock, **changes).authenticate(basic(pair), here)


@pytest.mark.parametrize("value", ["Bearer tw_bad", "Bearer", "Basic", "Basic ?", "x" * 10_000, "Bearer \udcff", b"\xff"])
async def test_rubbish_is_refused(keys: Keys, clock: Clock, value: Any) -> None:
    with pytest.raises(Unauthenticated):
        await authenticator(keys, clock).authenticate({"authorization": value}, here)


async def test_a_keys_standing_is_remembered_for_a_quarter_of_a_second(keys: Keys, clock: Clock) -> None:
    asked = authenticator(keys, clock)
    headers = {"authorization": "Bearer tw_good"}
    for _ in range(5):
        await asked.authenticate(headers, here)
    assert keys.lookups == 1
    keys.rows.clear()
    clock.now += 0.26
    with pytest.raises(Unauthenticated):
        await asked.authenticate(headers, here)


async def test_a_revocation_in_this_process_shows_at_once(keys: Keys, clock: Clock) -> None:
    asked = authenticator(keys, clock)
    headers = {"authorization": "Bearer tw_good"}
    await asked.authenticate(headers, here)
    keys.rows.clear()
    asked.forget("k1")
    with pytest.raises(Unauthenticated):
        await asked.authenticate(headers, here)


async def test_calls_at_once_share_a_look_up_and_outlive_one_that_leaves(keys: Keys, clock: Clock) -> None:
    asked = authenticator(keys, clock)
    keys.wait = asyncio.Event()
    headers = {"authorization": "Bearer tw_good"}
    calls = [asyncio.ensure_future(asked.authenticate(headers, here)) for _ in range(3)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    calls[0].cancel()
    keys.wait.set()
    assert (await calls[1]).key_id == (await calls[2]).key_id == "k1"
    assert keys.lookups == 1


async def test_guessing_slows_down_and_holders_of_keys_do_not_notice(keys: Keys, clock: Clock) -> None:
    asked = authenticator(keys, clock)
    for _ in range(3):
        with pytest.raises(Unauthenticated):
            await asked.authenticate(basic("admin:guess"), here)
    for wrong in (basic("admin:guess"), basic("rubbish"), {"authorization": "Bearer tw_guess"}, {"x-api-key": "x" * 5000}):
        with pytest.raises(ResourceExhausted) as raised:
            await asked.authenticate(wrong, here)
        assert raised.value.retry_after == 60
    for right in (basic("admin:pass"), {"authorization": "Bearer tw_admin"}, {"x-api-key": "tw_admin"}):
        assert (await asked.authenticate(right, here)).kind == "admin"
    assert (await asked.authenticate({"authorization": "Bearer tw_good"}, here)).key_id == "k1"
    with pytest.raises(Unauthenticated):
        await asked.authenticate(basic("admin:guess"), lambda: "5.6.7.8")
    clock.now += 61
    with pytest.raises(Unauthenticated):
        await asked.authenticate(basic("admin:guess"), here)


async def test_memory_of_keys_is_bounded(keys: Keys, clock: Clock) -> None:
    asked = authenticator(keys, clock)
    for number in range(MOST_CACHED + 50):
        with pytest.raises((Unauthenticated, ResourceExhausted)):
            await asked.authenticate({"authorization": f"Bearer {number}"}, here)
    assert len(asked._cache) <= MOST_CACHED


async def test_the_last_use_of_a_key_is_noted_once_a_minute(keys: Keys, clock: Clock) -> None:
    known = authenticator(keys, clock)
    for later in (0, 1, 30, 61, 62):
        clock.now = 100.0 + later
        await known.authenticate({"authorization": "Bearer tw_good"}, lambda: "here")
        await asyncio.sleep(0)
    first = clock.moment() - timedelta(seconds=62)
    assert keys.used == [("k1", first), ("k1", first + timedelta(seconds=61))]


async def test_a_key_by_itself_has_the_same_holder(keys: Keys, clock: Clock) -> None:
    asked = authenticator(keys, clock)
    assert (await asked.holder("tw_good", here)).key_id == "k1"
    assert (await asked.holder("tw_admin", here)).kind == "admin"


async def test_wrong_keys_by_themselves_count_as_guesses(keys: Keys, clock: Clock) -> None:
    asked = authenticator(keys, clock)
    for key in ("", "tw_wrong", "k" * 5000):
        with pytest.raises(Unauthenticated):
            await asked.holder(key, here)
    with pytest.raises(ResourceExhausted):
        await asked.holder("tw_wrong", here)
    with pytest.raises(ResourceExhausted):
        await asked.authenticate({"x-api-key": "tw_wrong"}, here)
    assert (await asked.holder("tw_good", here)).key_id == "k1"


async def test_an_expired_key_says_so_and_is_no_guess(keys: Keys, clock: Clock) -> None:
    keys.put("tw_brief", expires_date=clock.moment() + timedelta(seconds=10), chatflow_ids=frozenset({"f"}))
    doorman = authenticator(keys, clock)
    who = await doorman.authenticate({"x-api-key": "tw_brief"}, here)
    assert (who.chatflow_ids, who.expires_date) == (frozenset({"f"}), clock.moment() + timedelta(seconds=10))
    clock.now += 10
    for _ in range(10):
        with pytest.raises(OutdatedKey, match="expired"):
            await doorman.authenticate({"x-api-key": "tw_brief"}, here)
    assert keys.used == [("k1", keys.used[0][1])]


async def test_a_key_before_a_rotation_is_valid_for_as_long_as_was_said(keys: Keys, clock: Clock) -> None:
    old_digest = digest_of(SECRET, "tw_old")
    keys.put("tw_new", previous_digest=old_digest, previous_until=clock.moment() + timedelta(seconds=60))
    keys.rows[old_digest] = keys.rows[digest_of(SECRET, "tw_new")]
    doorman = authenticator(keys, clock)
    assert (await doorman.holder("tw_old", here)).key_id == "k1"
    clock.now += 60
    with pytest.raises(OutdatedKey, match="replaced"):
        await doorman.holder("tw_old", here)
    assert (await doorman.holder("tw_new", here)).key_id == "k1"
