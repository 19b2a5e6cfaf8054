"""API keys: how they look, how they are kept, and the first one."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from tradewind_server.access.ports import ApiKey, ApiKeys
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.settings import Settings

KEY_MARK = "tw_"
KEY_BYTES = 32
SHOWN_CHARACTERS = len(KEY_MARK) + 6
LONGEST_NAME = 255
ADMIN_KEY_FILE = "admin.key"


def new_key(random_bytes: Callable[[int], bytes]) -> str:
    """A key of 256 random bits, marked so that scanners for leaked secrets recognise it."""
    return KEY_MARK + base64.urlsafe_b64encode(random_bytes(KEY_BYTES)).rstrip(b"=").decode()


def digest_of(secret: bytes, key: str) -> bytes:
    """What is stored of a key.

    A keyed hash, not a slow one: the key has 256 random bits, so there is nothing to guess, and a password hash would
    cost each call some 30 ms.
    """
    return hmac.digest(secret, key.encode("utf-8", "surrogatepass"), "sha256")


@dataclass(frozen=True, slots=True)
class KeyTerms:
    """What a key may do, for which chatflows (empty: all of its workspace), and until when (None: for ever)."""

    permissions: frozenset[str]
    chatflow_ids: frozenset[str] = frozenset()
    expires_date: datetime | None = None


class KeyIssuer:
    """Makes API keys. ``secret`` must be the one that the :class:`Authenticator` has."""

    def __init__(
        self,
        keys: ApiKeys,
        secret: bytes,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        random_bytes: Callable[[int], bytes],
    ) -> None:
        self._keys = keys
        self._secret = secret
        self._now = now
        self._new_id = new_id
        self._random_bytes = random_bytes

    async def issue(self, workspace_id: str, name: str, terms: KeyTerms) -> tuple[ApiKey, str]:
        """Store a new key; the key as stored, and its text, which cannot be had again. Raises ``InvalidInput``."""
        if not terms.permissions:
            raise InvalidInput(Reason.INVALID_ARGUMENT, "A key needs at least one permission; * means all.")
        now, text = self._now(), new_key(self._random_bytes)
        api_key = ApiKey(
            id=self._new_id(),
            workspace_id=workspace_id,
            name=check_name(name),
            prefix=text[:SHOWN_CHARACTERS],
            digest=digest_of(self._secret, text),
            permissions=terms.permissions,
            created_date=now,
            updated_date=now,
            expires_date=terms.expires_date,
            chatflow_ids=terms.chatflow_ids,
        )
        await self._keys.add(api_key)
        return api_key, text

    def renewal(self, key: ApiKey, overlap: timedelta) -> tuple[ApiKey, str]:
        """The key with a new text, which is not stored yet. The present text stays valid for ``overlap``; one before it does
        not."""
        now, text = self._now(), new_key(self._random_bytes)
        renewed_key = replace(
            key,
            prefix=text[:SHOWN_CHARACTERS],
            digest=digest_of(self._secret, text),
            updated_date=now,
            previous_digest=key.digest,
            previous_until=now + overlap,
        )
        return renewed_key, text


def check_name(name: str) -> str:
    """The name without blanks around it. Raises ``InvalidInput``."""
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"The name of a key must have 1 to {LONGEST_NAME} characters.")
    return name.strip()


def load_admin_key(settings: Settings, create_once: Callable[[Path, str], str], random_bytes: Callable[[int], bytes]) -> str:
    """The configured admin key, or the one in ``<data dir>/admin.key``, made at first start.

    ``create_once`` writes a file of mode 0600 unless it is there and returns its content either way, so that workers
    that start together agree.
    """
    if settings.admin_key is not None:
        return settings.admin_key.get_secret_value()
    return create_once(settings.data_dir / ADMIN_KEY_FILE, new_key(random_bytes))
