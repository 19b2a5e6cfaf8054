"""From the headers of a call to its principal."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from cachetools import LRUCache

from tradewind_server.access.keys import digest_of
from tradewind_server.access.ports import ALL, ANONYMOUS, DEFAULT_WORKSPACE, ApiKey, ApiKeys, Principal
from tradewind_server.access.throttle import FailureThrottle
from tradewind_server.caching import SingleFlight
from tradewind_server.errors import Reason, ResourceExhausted, TradewindError, Unauthenticated

CACHED_SECONDS = 0.25
NOTED_EVERY = timedelta(minutes=1)
"""How exactly the last use of a key is known."""
MOST_CACHED = 4096
LONGEST_CREDENTIALS = 4096
EXPIRED = "The API key has expired; ask for another one, or for a later date of expiry."
SUPERSESSION = "The API key was replaced by a newer one, and its time beside that is over; use the newer one."


class OutdatedKey(Unauthenticated):
    """A key that was valid once. It is no guess, so the throttle does not count it."""


class Authenticator:
    """Knows callers by API key or, where configured, by the admin's user name and password.

    A key's standing is kept for a quarter of a second, so that a keyed call costs microseconds and a revocation by
    another process shows in half a second; :meth:`forget` makes one of this process show at once.
    """

    def __init__(
        self,
        keys: ApiKeys,
        secret: bytes,
        *,
        admin_key: str,
        username: str | None,
        password: str | None,
        monotonic: Callable[[], float],
        now: Callable[[], datetime],
        throttle: FailureThrottle,
    ) -> None:
        self._keys = keys
        self._secret = secret
        self._admin = Principal("admin", DEFAULT_WORKSPACE, None, frozenset({ALL}))
        self._admin_digest = digest_of(secret, admin_key)
        self._basic = _digest(f"{username}:{password}") if username and password else None
        self._monotonic = monotonic
        self._now = now
        self._throttle = throttle
        self._cache: LRUCache[bytes, tuple[float, Principal | None]] = LRUCache(MOST_CACHED)
        self._lookups: SingleFlight[bytes, Principal | None] = SingleFlight()
        self._notes: set[asyncio.Task[None]] = set()

    async def authenticate(self, headers: Mapping[str, str | bytes], address: Callable[[], str]) -> Principal:
        """The caller behind lower-case ``headers``; ``ANONYMOUS`` when they hold no credentials.

        ``address`` tells where the call comes from; it is asked only when something is wrong. Raises ``OutdatedKey`` for a
        key that was valid once, ``Unauthenticated`` for other credentials that are not valid, and
        ``ResourceExhausted(RATE_LIMITED)`` instead for those of an address that sent too many of them. Valid ones pass
        whatever else their address sent: behind a proxy, or with a guesser on the same machine, their holder would be locked
        out otherwise.
        """
        credential = headers.get("authorization") or headers.get("x-api-key")
        if not credential:
            return ANONYMOUS
        if not isinstance(credential, str) or len(credential) > LONGEST_CREDENTIALS:
            raise self._refusal(address())
        scheme, _, rest = credential.partition(" ")
        scheme = scheme.lower()
        if scheme == "basic":
            return self._by_password(rest.strip(), address)
        return await self.holder(rest.strip() if scheme == "bearer" else credential.strip(), address)

    async def holder(self, key: str, address: Callable[[], str]) -> Principal:
        """The holder of an API key, as sent in a path or a field. Raises as :meth:`authenticate` does for a wrong one."""
        if not key or len(key) > LONGEST_CREDENTIALS:
            raise self._refusal(address())
        digest = digest_of(self._secret, key)
        entry = self._cache.get(digest)
        if entry is None or entry[0] <= self._monotonic():
            principal = await self._by_key(digest)
        else:
            principal = entry[1]
        if principal is None:
            raise self._refusal(address())
        if principal.refusal:
            raise OutdatedKey(Reason.UNAUTHENTICATED, principal.refusal)
        return principal

    def forget(self, key_id: str) -> None:
        """Take back what is remembered of a key that was just revoked or changed."""
        stale = [digest for digest, (_, who) in self._cache.items() if who is not None and who.key_id == key_id]
        for digest in stale:
            del self._cache[digest]

    async def _by_key(self, digest: bytes) -> Principal | None:
        if hmac.compare_digest(digest, self._admin_digest):
            principal: Principal | None = self._admin
        else:
            principal = await self._lookups.run(digest, partial(self._query, digest))
        self._cache[digest] = (self._monotonic() + CACHED_SECONDS, principal)
        return principal

    async def _query(self, digest: bytes) -> Principal | None:
        key = await self._keys.by_digest(digest)
        if key is None:
            return None
        now = self._now()
        refusal = _fault(key, digest, now)
        if refusal:
            return Principal("anonymous", key.workspace_id, key.id, refusal=refusal)
        if key.last_used is None or now - key.last_used >= NOTED_EVERY:
            note = asyncio.create_task(self._note_use(key.id, now))
            self._notes.add(note)
            note.add_done_callback(self._notes.discard)
        return Principal("key", key.workspace_id, key.id, key.permissions, key.chatflow_ids, key.expires_date)

    async def _note_use(self, key_id: str, when: datetime) -> None:
        """Beside the call, which does not depend on it."""
        with suppress(TradewindError):
            await self._keys.note_use(key_id, when)

    def _by_password(self, credentials: str, address: Callable[[], str]) -> Principal:
        try:
            pair = base64.b64decode(credentials, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise self._refusal(address()) from None
        if self._basic is None or not hmac.compare_digest(_digest(pair), self._basic):
            raise self._refusal(address())
        return self._admin

    def _refusal(self, address: str) -> Unauthenticated | ResourceExhausted:
        wait = self._throttle.wait(address)
        if wait:
            return ResourceExhausted(
                Reason.RATE_LIMITED, "Too many wrong credentials came from your address; try again later.", wait
            )
        self._throttle.record_failure(address)
        return Unauthenticated(Reason.UNAUTHENTICATED, "The credentials are not valid; check the API key.")


def _fault(key: ApiKey, digest: bytes, now: datetime) -> str:
    """Why a stored key is valid no more; empty while it is. ``digest`` is that of the key that came."""
    if key.expires_date is not None and key.expires_date <= now:
        return EXPIRED
    is_previous = not hmac.compare_digest(digest, key.digest)
    return SUPERSESSION if is_previous and (key.previous_until is None or key.previous_until <= now) else ""


def _digest(text: str) -> bytes:
    """Of equal length for every text, so that comparing tells nothing about it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
