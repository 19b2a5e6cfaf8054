"""Who calls: principals, stored API keys, encrypted credentials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

DEFAULT_WORKSPACE = "00000000-0000-4000-8000-000000000001"


@dataclass(frozen=True, slots=True)
class Principal:
    """The caller. ``permissions`` holds names such as ``chatflows:view``; ``*`` means all."""

    kind: Literal["anonymous", "key", "admin"]
    workspace_id: str | None = None
    key_id: str | None = None
    permissions: frozenset[str] = frozenset()

    def may(self, *any_of: str) -> bool:
        """Whether one of the named permissions is held; no name means: any authenticated caller."""
        if self.kind == "anonymous":
            return False
        return not any_of or "*" in self.permissions or not self.permissions.isdisjoint(any_of)


ANONYMOUS = Principal("anonymous")


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A stored key. The key itself is shown once, at creation; ``digest`` is an HMAC-SHA256 of it."""

    id: str
    workspace_id: str
    name: str
    prefix: str
    digest: bytes
    permissions: frozenset[str]
    created_date: datetime
    last_used: datetime | None = None


class ApiKeys(Protocol):
    async def by_digest(self, digest: bytes) -> ApiKey | None: ...

    async def list(self, workspace_id: str) -> list[ApiKey]: ...

    async def add(self, key: ApiKey) -> None: ...

    async def note_use(self, key_id: str, when: datetime) -> None:
        """Set ``last_used``; nothing when the key is gone."""
        ...

    async def revoke(self, workspace_id: str, key_id: str) -> int: ...


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


URL_FIELDS = ("baseUrl", "basePath", "baseURL", "endpoint")
"""Where an address of its own stands in a credential."""


def endpoint_of(fields: Mapping[str, str]) -> str | None:
    """The address that a credential's key is meant for, without a last slash; None where it is the provider's own."""
    url = next((fields[name].strip() for name in URL_FIELDS if fields.get(name, "").strip()), None)
    return url.rstrip("/") if url else None
