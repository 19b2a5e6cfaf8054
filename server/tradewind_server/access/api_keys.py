"""API keys of a workspace: made, listed, changed, rotated, deleted (docs/contract.md §9.11).

Nobody gives away more than it has: a key that is made, changed or rotated has no permission that its maker lacks, is for no
chatflow that its maker is not for, and is not valid for longer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tradewind_server.access.keys import KeyIssuer, KeyTerms, check_name
from tradewind_server.access.permissions import check_permissions
from tradewind_server.access.ports import DEFAULT_WORKSPACE, ApiKey, ApiKeys, KeyedChatflow, Principal
from tradewind_server.errors import FailedPrecondition, InvalidInput, NotFound, PermissionDenied, Reason

MOST_KEYS = 1000
"""Keys of one workspace."""
MOST_CHATFLOWS = 100
"""Chatflows that one key can be limited to."""
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
DEFAULT_OVERLAP = timedelta(days=1)
LONGEST_OVERLAP = timedelta(days=30)
REDRAW = "chatflows:update"
"""Who may change a chatflow may choose its key."""


@dataclass(frozen=True, slots=True)
class KeyRemoval:
    """What the deletion of a key did. ``chatflows`` ask for it still, and so answer nobody but the admin."""

    count: int
    chatflows: Sequence[KeyedChatflow] = ()


class ApiKeyService:
    """The API keys of the caller's workspace. One of another workspace, and one that may do what the caller may not, is
    ``NotFound(API_KEY_NOT_FOUND)``, like a missing one."""

    def __init__(
        self,
        keys: ApiKeys,
        issuer: KeyIssuer,
        permission_names: Callable[[], Collection[str]],
        *,
        now: Callable[[], datetime],
        forget: Callable[[ApiKey], None],
    ) -> None:
        """``permission_names`` tells all that methods ask for; ``forget`` ends what is remembered of a key that changed."""
        self._keys = keys
        self._issuer = issuer
        self._permission_names = permission_names
        self._now = now
        self._forget = forget

    async def list(self, caller: Principal) -> list[ApiKey]:
        """The keys that may do no more than the caller, oldest first."""
        rows = await self._keys.list(workspace_of(caller))
        return [key for key in rows if caller.may_grant(key.permissions)]

    async def keyed_chatflows(self, caller: Principal) -> Mapping[str, Sequence[KeyedChatflow]]:
        """The chatflows that ask for a key, by the id of the key."""
        by_key: dict[str, list[KeyedChatflow]] = {}
        for chatflow in await self._keys.keyed_chatflows(workspace_of(caller)):
            by_key.setdefault(chatflow.key_id, []).append(chatflow)
        return by_key

    async def create(self, caller: Principal, fields: Mapping[str, Any]) -> tuple[ApiKey, str]:
        """Store a new key of ``name``, ``permissions``, ``chatflow_ids`` and ``expires_date``; the key, and its text.

        Raises ``InvalidInput``, ``PermissionDenied`` and, where the workspace has ``MOST_KEYS``, ``FailedPrecondition``.
        """
        workspace_id = workspace_of(caller)
        name = _name(fields.get("name"))
        terms = await self._terms(caller, KeyTerms(frozenset()), fields)
        if len(await self._keys.list(workspace_id)) >= MOST_KEYS:
            raise FailedPrecondition(
                Reason.INVALID_ARGUMENT, f"A workspace has at most {MOST_KEYS} API keys; delete one first."
            )
        return await self._issuer.issue(workspace_id, name, terms)

    async def get(self, caller: Principal, key_id: str) -> ApiKey:
        """Raises ``NotFound``."""
        key = await self._keys.get(workspace_of(caller), check_key_id(key_id))
        if key is None or not caller.may_grant(key.permissions):
            raise not_found(key_id)
        return key

    async def update(self, caller: Principal, key_id: str, fields: Mapping[str, Any]) -> ApiKey:
        """Change the fields in ``fields`` and leave the others; ``expires_date`` None means for ever.

        Raises ``NotFound``, ``InvalidInput`` and ``PermissionDenied``.
        """
        key = await self.get(caller, key_id)
        present_terms = KeyTerms(key.permissions, key.chatflow_ids, key.expires_date)
        _check_grant(caller, present_terms)
        terms = await self._terms(caller, present_terms, fields)
        changed_key = replace(
            key,
            name=_name(fields["name"]) if "name" in fields else key.name,
            permissions=terms.permissions,
            chatflow_ids=terms.chatflow_ids,
            expires_date=terms.expires_date,
            updated_date=self._now(),
        )
        return await self._replace(changed_key)

    async def rotate(self, caller: Principal, key_id: str, overlap: timedelta | None = None) -> tuple[ApiKey, str]:
        """Give a key a new text, and answer it. The present text stays valid for ``overlap``, by default a day.

        Raises ``NotFound``, ``InvalidInput`` for more than ``LONGEST_OVERLAP``, and ``PermissionDenied``.
        """
        overlap = DEFAULT_OVERLAP if overlap is None else overlap
        if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
            raise _invalid(f"The overlap must be 0 seconds to {LONGEST_OVERLAP.days} days.")
        key = await self.get(caller, key_id)
        _check_grant(caller, KeyTerms(key.permissions, key.chatflow_ids, key.expires_date))
        is_stranger = caller.key_id != key.id and not caller.may(REDRAW)
        if is_stranger and await self._keys.keyed_chatflows(key.workspace_id, key.id):
            raise _refusal(f"This API key opens chatflows; who rotates it needs the permission {REDRAW} too.")
        renewed_key, text = self._issuer.renewal(key, overlap)
        return await self._replace(renewed_key), text

    async def delete(self, caller: Principal, key_id: str) -> KeyRemoval:
        """Delete a key, at once. Chatflows that ask for it stay closed until their owner assigns another."""
        key = await self._keys.get(workspace_of(caller), check_key_id(key_id))
        if key is None or not caller.may_grant(key.permissions):
            return KeyRemoval(0)
        count = await self._keys.revoke(key.workspace_id, key.id)
        self._forget(key)
        return KeyRemoval(count, await self._keys.keyed_chatflows(key.workspace_id, key.id))

    async def _replace(self, key: ApiKey) -> ApiKey:
        if not await self._keys.replace(key):
            raise not_found(key.id)
        self._forget(key)
        return key

    async def _terms(self, caller: Principal, terms: KeyTerms, fields: Mapping[str, Any]) -> KeyTerms:
        """The terms with those of ``fields`` in them, checked for the caller."""
        permissions, chatflow_ids, expires_date = terms.permissions, terms.chatflow_ids, terms.expires_date
        if "permissions" in fields or not permissions:
            names = _texts(fields.get("permissions"), "permissions")
            permissions = check_permissions(names, {*self._permission_names(), *permissions})
        if "chatflow_ids" in fields:
            chatflow_ids = await self._chatflow_ids(workspace_of(caller), fields["chatflow_ids"])
        if "expires_date" in fields:
            expires_date = _expiry(fields["expires_date"], self._now())
        result = KeyTerms(permissions, chatflow_ids, expires_date)
        _check_grant(caller, result)
        return result

    async def _chatflow_ids(self, workspace_id: str, value: Any) -> frozenset[str]:
        ids = frozenset(one.lower() for one in _texts([] if value is None else value, "chatflowIds"))
        if len(ids) > MOST_CHATFLOWS:
            raise _invalid(f"chatflowIds must be at most {MOST_CHATFLOWS} ids; leave them out for all chatflows.")
        missing = await self._keys.missing_chatflows(workspace_id, ids) if ids else []
        if missing:
            raise _invalid(f"chatflowIds: there is no chatflow {missing[0][:60]}.")
        return ids


def workspace_of(caller: Principal) -> str:
    return caller.workspace_id or DEFAULT_WORKSPACE


def check_key_id(key_id: str) -> str:
    """The id in lower case. Raises ``InvalidInput`` for a text that is not a UUID."""
    if not UUID.fullmatch(key_id):
        raise _invalid("The id of an API key must be a UUID.")
    return key_id.lower()


def not_found(key_id: str) -> NotFound:
    """What is said of a key that is not there, that is another workspace's, or that may do more than the caller."""
    return NotFound(Reason.API_KEY_NOT_FOUND, f"API key {key_id[:60]} not found")


def _check_grant(caller: Principal, terms: KeyTerms) -> None:
    """Raises ``PermissionDenied`` for a key that would be worth more than the caller's."""
    missing = sorted(terms.permissions - caller.permissions)
    if not caller.may_grant(terms.permissions):
        raise _refusal(f"Your API key lacks {', '.join(missing[:5])}, so it cannot be given to another key.")
    if caller.chatflow_ids and not (terms.chatflow_ids and terms.chatflow_ids <= caller.chatflow_ids):
        raise _refusal("Your API key is for some chatflows only; a key that it makes must be for some of these.")
    if caller.expires_date is not None and (terms.expires_date is None or terms.expires_date > caller.expires_date):
        raise _refusal("Your API key expires; another key that it makes or changes must expire no later.")


def _expiry(value: Any, now: datetime) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, datetime):
        raise _invalid("expiresDate must be a date such as 2030-01-01T00:00:00Z, or null.")
    if value <= now:
        raise _invalid("expiresDate must lie in the future.")
    return value.astimezone(UTC)


def _name(value: Any) -> str:
    if not isinstance(value, str):
        raise _invalid("keyName must be a text.")
    return check_name(value)


def _texts(value: Any, name: str) -> Sequence[str]:
    if not isinstance(value, list | tuple | set | frozenset) or not all(isinstance(one, str) for one in value):
        raise _invalid(f"{name} must be a list of texts.")
    return tuple(value)


def _refusal(sentence: str) -> PermissionDenied:
    return PermissionDenied(Reason.PERMISSION_DENIED, sentence)


def _invalid(sentence: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_ARGUMENT, sentence)
