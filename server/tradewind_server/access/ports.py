"""Who calls: principals, stored API keys, encrypted credentials."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

DEFAULT_WORKSPACE = "00000000-0000-4000-8000-000000000001"
ALL = "*"
"""Stands for every permission there is and will be."""


@dataclass(frozen=True, slots=True)
class Principal:
    """The caller. ``permissions`` holds names such as ``chatflows:view``; ``*`` means all."""

    kind: Literal["anonymous", "key", "admin"]
    workspace_id: str | None = None
    key_id: str | None = None
    permissions: frozenset[str] = frozenset()
    chatflow_ids: frozenset[str] = frozenset()
    """The chatflows that a key is limited to; empty: no such limit."""
    expires_date: datetime | None = None
    refusal: str = ""
    """Of an anonymous caller: why the key that came is valid no more, where the server knows the key."""

    def may(self, *any_of: str) -> bool:
        """Whether one of the named permissions is held; no name means: any authenticated caller."""
        if self.kind == "anonymous":
            return False
        return not any_of or ALL in self.permissions or not self.permissions.isdisjoint(any_of)

    def may_grant(self, permissions: Collection[str]) -> bool:
        """Whether all of the permissions are held."""
        return ALL in self.permissions or self.permissions.issuperset(permissions)

    def may_ask(self, chatflow_id: str) -> bool:
        """Whether the caller's key, if there is one, is for this chatflow too."""
        return not self.chatflow_ids or chatflow_id in self.chatflow_ids


ANONYMOUS = Principal("anonymous")


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A stored key. The key itself is shown once, when it is made; ``digest`` is an HMAC-SHA256 of it."""

    id: str
    workspace_id: str
    name: str
    prefix: str
    digest: bytes
    permissions: frozenset[str]
    created_date: datetime
    updated_date: datetime
    last_used: datetime | None = None
    expires_date: datetime | None = None
    """When it stops being valid; None: never."""
    chatflow_ids: frozenset[str] = frozenset()
    """The chatflows it may be used for; empty: all of its workspace."""
    previous_digest: bytes | None = None
    previous_until: datetime | None = None
    """The key that a rotation replaced, and when that one stops being valid."""


@dataclass(frozen=True, slots=True)
class KeyedChatflow:
    """A chatflow that asks for an API key: that of ``key_id``."""

    id: str
    name: str
    category: str | None
    updated_date: datetime
    key_id: str


class ApiKeys(Protocol):
    """The repository of API keys. All methods but ``by_digest`` and ``note_use`` are scoped to one workspace."""

    async def by_digest(self, digest: bytes) -> ApiKey | None:
        """The key of this digest, also of the one that a rotation replaced, however long ago."""
        ...

    async def list(self, workspace_id: str) -> list[ApiKey]:
        """The keys, oldest first; at most ``MOST_KEYS``."""
        ...

    async def get(self, workspace_id: str, key_id: str) -> ApiKey | None: ...

    async def add(self, key: ApiKey) -> None: ...

    async def replace(self, key: ApiKey) -> bool:
        """Store what can change of a key: all but its id, workspace, creation date and last use. False: it is gone."""
        ...

    async def note_use(self, key_id: str, when: datetime) -> None:
        """Set ``last_used``; nothing when the key is gone."""
        ...

    async def revoke(self, workspace_id: str, key_id: str) -> int: ...

    async def keyed_chatflows(self, workspace_id: str, key_id: str | None = None) -> Sequence[KeyedChatflow]:
        """The chatflows that ask for this key, or for any, by name; bounded as lists are."""
        ...

    async def missing_chatflows(self, workspace_id: str, chatflow_ids: Collection[str]) -> Sequence[str]:
        """Those of the ids that no chatflow of the workspace has."""
        ...


@dataclass(frozen=True, slots=True)
class Credential:
    """A stored credential. ``secret`` is encrypted at rest and never leaves the server."""

    id: str
    workspace_id: str
    name: str
    provider: str
    created_date: datetime
    updated_date: datetime


class Credentials(Protocol):
    """Write-only towards callers: ``reveal`` is for model adapters alone. A credential answers to its id or its name."""

    async def set(self, workspace_id: str, name: str, provider: str, secret: Mapping[str, str]) -> Credential: ...

    async def list(self, workspace_id: str) -> list[Credential]: ...

    async def delete(self, workspace_id: str, name_or_id: str) -> int: ...

    async def reveal(self, workspace_id: str, name_or_id: str) -> tuple[Credential, dict[str, str]] | None: ...


@dataclass(frozen=True, slots=True)
class CredentialUse:
    """A chatflow that names a credential."""

    id: str
    name: str


class StoredCredentials(Credentials, Protocol):
    """The whole repository of credentials. Each method is scoped to one workspace; none but ``reveal`` shows a secret."""

    async def get(self, workspace_id: str, credential_id: str) -> Credential | None: ...

    async def create(self, credential: Credential, secret: Mapping[str, str]) -> bool:
        """Store a credential. False, and nothing is stored, where its name is taken."""
        ...

    async def replace(self, credential: Credential, secret: Mapping[str, str] | None) -> bool:
        """Store name, provider and date by the id, and the secret where one is given. False, and nothing changes, where it is
        gone or the name is taken."""
        ...

    async def uses(self, credential: Credential) -> Sequence[CredentialUse]:
        """The chatflows whose drawing or columns name it, by name; bounded as lists are."""
        ...


URL_FIELDS = ("baseUrl", "basePath", "baseURL", "endpoint")
"""Where an address of its own stands in a credential."""


def endpoint_of(fields: Mapping[str, str]) -> str | None:
    """The address that a credential's key is meant for, without a last slash; None where it is the provider's own."""
    url = next((fields[name].strip() for name in URL_FIELDS if fields.get(name, "").strip()), None)
    return url.rstrip("/") if url else None
