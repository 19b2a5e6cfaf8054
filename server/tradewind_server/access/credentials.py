"""Credentials of a workspace: what nodes use to reach others, write-only (docs/contract.md §9.13).

No method answers a secret. A change of the fields replaces all of them: if single ones could be changed, whoever may change an
address could have the key of another sent there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tradewind_server.access.ports import Credential, CredentialUse, StoredCredentials
from tradewind_server.errors import Conflict, FailedPrecondition, InvalidInput, NotFound, Reason
from tradewind_server.header_values import pasted_key

MOST_CREDENTIALS = 1000
"""Credentials of one workspace."""
MOST_FIELDS = 50
LONGEST_NAME = 255
LONGEST_VALUE = 65_536
KEY_FIELD = re.compile(r"key|token|secret", re.IGNORECASE)
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CredentialRemoval:
    """What the deletion of a credential did. ``uses`` name it still, and do without it."""

    count: int
    uses: Sequence[CredentialUse] = ()


class CredentialService:
    """The credentials of a workspace. One of another workspace is ``NotFound(CREDENTIAL_NOT_FOUND)``, like a missing one."""

    def __init__(self, credentials: StoredCredentials, *, new_id: Callable[[], str], now: Callable[[], datetime]) -> None:
        self._credentials = credentials
        self._new_id = new_id
        self._now = now

    async def list(self, workspace_id: str, providers: Sequence[str] = (), name: str | None = None) -> list[Credential]:
        """Credentials by name, those of these providers and of this name where they are given."""
        rows = await self._credentials.list(workspace_id)
        return [row for row in rows if (not providers or row.provider in providers) and name in (None, row.name)]

    async def get(self, workspace_id: str, credential_id: str) -> tuple[Credential, Sequence[CredentialUse]]:
        """A credential, and the chatflows that name it. Raises ``NotFound``."""
        credential = await self._existing(workspace_id, credential_id)
        return credential, await self._credentials.uses(credential)

    async def create(self, workspace_id: str, fields: Mapping[str, Any]) -> Credential:
        """Store a new credential of ``name``, ``provider`` and ``secret``, whose fields are encrypted.

        Raises ``InvalidInput``, ``Conflict(ALREADY_EXISTS)`` for a name that is taken, and ``FailedPrecondition`` where the
        workspace has ``MOST_CREDENTIALS``.
        """
        now = self._now()
        name, provider = check_text(fields.get("name"), "name"), check_text(fields.get("provider"), "credentialName")
        secret = check_secret(fields.get("secret"))
        if len(await self._credentials.list(workspace_id)) >= MOST_CREDENTIALS:
            raise FailedPrecondition(
                Reason.INVALID_ARGUMENT, f"A workspace has at most {MOST_CREDENTIALS} credentials; delete one first."
            )
        credential = Credential(self._new_id(), workspace_id, name, provider, now, now)
        if not await self._credentials.create(credential, secret):
            raise _name_conflict(name)
        return credential

    async def update(self, workspace_id: str, credential_id: str, fields: Mapping[str, Any]) -> Credential:
        """Change the fields in ``fields`` and leave the others; ``secret`` replaces all that was encrypted before.

        Raises ``NotFound``, ``InvalidInput`` and ``Conflict(ALREADY_EXISTS)``.
        """
        credential = await self._existing(workspace_id, credential_id)
        name, provider = fields.get("name"), fields.get("provider")
        secret = fields.get("secret")
        changed_credential = replace(
            credential,
            name=credential.name if name is None else check_text(name, "name"),
            provider=credential.provider if provider is None else check_text(provider, "credentialName"),
            updated_date=self._now(),
        )
        if await self._credentials.replace(changed_credential, None if secret is None else check_secret(secret)):
            return changed_credential
        await self._existing(workspace_id, credential_id)
        raise _name_conflict(changed_credential.name)

    async def delete(self, workspace_id: str, credential_id: str) -> CredentialRemoval:
        """Delete a credential. Nodes that name it fall back to the configured endpoint or the embedded model, or fail."""
        credential = await self._credentials.get(workspace_id, check_credential_id(credential_id))
        if credential is None:
            return CredentialRemoval(0)
        uses = await self._credentials.uses(credential)
        return CredentialRemoval(await self._credentials.delete(workspace_id, credential.id), uses)

    async def _existing(self, workspace_id: str, credential_id: str) -> Credential:
        credential = await self._credentials.get(workspace_id, check_credential_id(credential_id))
        if credential is None:
            raise NotFound(Reason.CREDENTIAL_NOT_FOUND, f"Credential {credential_id} not found")
        return credential


def check_credential_id(credential_id: str) -> str:
    """The id in lower case. Raises ``InvalidInput`` for a text that is not a UUID."""
    if not UUID.fullmatch(credential_id):
        raise _invalid("The id of a credential must be a UUID.")
    return credential_id.lower()


def check_text(value: Any, name: str) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST_NAME:
        raise _invalid(f"{name} must be a text of 1 to {LONGEST_NAME} characters.")
    return value.strip()


def check_secret(value: Any) -> dict[str, str]:
    """The fields of a credential as texts; keys without what people paste with them. An error repeats no value.

    Raises ``InvalidInput`` for no object, none or too many fields, and a value that is neither text, number nor true or false.
    """
    if not isinstance(value, Mapping) or not 0 < len(value) <= MOST_FIELDS:
        raise _invalid(f"plainDataObj must be an object of 1 to {MOST_FIELDS} fields.")
    return {_field_name(name): _field_value(name, content) for name, content in value.items()}


def _field_name(name: Any) -> str:
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        raise _invalid(f"plainDataObj: a field has a name of 1 to {LONGEST_NAME} characters.")
    return name


def _field_value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | float):
        raise _invalid(f"plainDataObj.{name[:60]} must be a text, a number, or true or false.")
    text = str(value)
    if len(text) > LONGEST_VALUE:
        raise _invalid(f"plainDataObj.{name[:60]} must be at most {LONGEST_VALUE} characters.")
    return pasted_key(text) if KEY_FIELD.search(name) and "\n" not in text.strip() else text


def _name_conflict(name: str) -> Conflict:
    return Conflict(Reason.ALREADY_EXISTS, f"There is a credential {name} already; change that one, or take another name.")


def _invalid(sentence: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_ARGUMENT, sentence)
