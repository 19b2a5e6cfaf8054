"""The assistants of a workspace, as their editor saves them (docs/contract.md §9.14).

An assistant is a description. What answers questions is the chatflow of the type ASSISTANT that its ``flowId`` names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import orjson

from tradewind_server.bounded_json import foreign_json
from tradewind_server.chatflows.ids import UUID
from tradewind_server.errors import FailedPrecondition, InvalidInput, NotFound, Reason

CUSTOM = "CUSTOM"
ASSISTANT_TYPES = (CUSTOM, "OPENAI", "AZURE")
LONGEST_DETAILS = 1_000_000
"""Characters: they hold the settings of a model and of every tool."""
LONGEST_ICON = 65_536
MOST_ASSISTANTS = 1000
"""Assistants of one workspace."""


@dataclass(frozen=True, slots=True)
class StoredAssistant:
    """One stored assistant. ``details`` is JSON text; ``credential`` an id that its editor made, looked up by nobody."""

    id: str
    details: str
    credential: str
    icon_src: str | None
    type: str
    created_date: datetime
    updated_date: datetime


class Assistants(Protocol):
    """The repository of assistants. Each method is scoped to one workspace."""

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[StoredAssistant], int]:
        """Assistants, of one type or of all, the latest change first, and how many there are in all. Bounded by the
        repository."""
        ...

    async def get(self, workspace_id: str, assistant_id: str) -> StoredAssistant | None: ...

    async def create(self, workspace_id: str, assistant: StoredAssistant) -> None: ...

    async def replace(self, workspace_id: str, assistant: StoredAssistant) -> bool:
        """Store the fields of an assistant by its id. False where there is none."""
        ...

    async def delete(self, workspace_id: str, assistant_id: str) -> int:
        """Delete an assistant; how many there were."""
        ...


class AssistantService:
    """The assistants of a workspace. One of another workspace is ``NotFound(ASSISTANT_NOT_FOUND)``, like a missing one.

    Fields are those of the entity, by public name; others are ignored.
    """

    def __init__(self, assistants: Assistants, *, new_id: Callable[[], str], now: Callable[[], datetime]) -> None:
        self._assistants = assistants
        self._new_id = new_id
        self._now = now

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[StoredAssistant], int]:
        """Assistants, the latest change first. Raises ``InvalidInput(INVALID_FILTER)`` for a type that is none."""
        if type_ is not None and type_ not in ASSISTANT_TYPES:
            raise InvalidInput(Reason.INVALID_FILTER, f"type must be one of {', '.join(ASSISTANT_TYPES)}.")
        return await self._assistants.list(workspace_id, type_, offset, limit)

    async def get(self, workspace_id: str, assistant_id: str) -> StoredAssistant:
        assistant = await self._assistants.get(workspace_id, check_assistant_id(assistant_id))
        if assistant is None:
            raise _not_found(assistant_id)
        return assistant

    async def create(self, workspace_id: str, fields: Mapping[str, Any]) -> StoredAssistant:
        """Store a new assistant. Raises ``InvalidInput``, and ``FailedPrecondition`` where there are ``MOST_ASSISTANTS``."""
        now = self._now()
        empty = StoredAssistant(self._new_id(), "", self._new_id(), None, CUSTOM, now, now)
        assistant = replace(empty, **checked_fields(fields))
        check_details(assistant)
        _, count = await self._assistants.list(workspace_id, limit=1)
        if count >= MOST_ASSISTANTS:
            raise FailedPrecondition(
                Reason.INVALID_ARGUMENT, f"A workspace has at most {MOST_ASSISTANTS} assistants; delete one first."
            )
        await self._assistants.create(workspace_id, assistant)
        return assistant

    async def update(self, workspace_id: str, assistant_id: str, fields: Mapping[str, Any]) -> StoredAssistant:
        """Change the fields in ``fields`` and leave the others; None empties the icon, and leaves the rest.

        Raises ``NotFound`` and ``InvalidInput``.
        """
        changes = checked_fields(fields)
        result = replace(await self.get(workspace_id, assistant_id), **changes, updated_date=self._now())
        if "details" in changes or "type" in changes:
            check_details(result)
        if not await self._assistants.replace(workspace_id, result):
            raise _not_found(assistant_id)
        return result

    async def delete(self, workspace_id: str, assistant_id: str, *, remote: bool = False) -> int:
        """Delete an assistant; 0 where there is none. Its chatflow stays. ``remote`` asks for what is at the provider too.

        Raises ``FailedPrecondition(FEATURE_NOT_SUPPORTED)`` for ``remote`` where the assistant has a part at a provider.
        """
        if remote:
            assistant = await self._assistants.get(workspace_id, check_assistant_id(assistant_id))
            if assistant is not None and assistant.type != CUSTOM:
                raise FailedPrecondition(
                    Reason.FEATURE_NOT_SUPPORTED,
                    "This server deletes nothing at OpenAI or Azure; delete it there, and here without isDeleteBoth.",
                )
        return await self._assistants.delete(workspace_id, check_assistant_id(assistant_id))


def checked_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields by column, validated one by one. Raises ``InvalidInput`` naming the field."""
    columns: dict[str, Any] = {}
    if fields.get("details") is not None:
        columns["details"] = _details_text(fields["details"])
    if "iconSrc" in fields:
        columns["icon_src"] = _icon(fields["iconSrc"])
    if fields.get("type") is not None:
        if fields["type"] not in ASSISTANT_TYPES:
            raise _invalid(f"type must be one of {', '.join(ASSISTANT_TYPES)}.")
        columns["type"] = fields["type"]
    if fields.get("credential"):
        credential = fields["credential"]
        if not isinstance(credential, str) or not UUID.fullmatch(credential):
            raise _invalid("credential must be a UUID.")
        columns["credential"] = credential
    return columns


def _details_text(value: Any) -> str:
    """The details as JSON text: kept byte for byte where they came as a text."""
    text = orjson.dumps(value).decode() if isinstance(value, dict) else value
    if not isinstance(text, str) or len(text) > LONGEST_DETAILS:
        raise _invalid(f"details must be an object, or its JSON text of at most {LONGEST_DETAILS} characters.")
    return text


def _icon(value: Any) -> str | None:
    if value is not None and (not isinstance(value, str) or len(value) > LONGEST_ICON):
        raise _invalid(f"iconSrc must be a text of at most {LONGEST_ICON} characters.")
    return value


def check_details(assistant: StoredAssistant) -> None:
    """Raises ``InvalidInput`` for details that say nothing, are no JSON object, or name no CUSTOM assistant."""
    if not assistant.details.strip():
        raise _invalid("Details cannot be empty")
    try:
        details = foreign_json(assistant.details)
    except ValueError:
        raise _invalid("Details must be valid JSON") from None
    if not isinstance(details, dict):
        raise _invalid("Details must be valid JSON of an object")
    name = details.get("name")
    if assistant.type == CUSTOM and not (isinstance(name, str) and name.strip()):
        raise _invalid("Details must include a name field")


def details_of(assistant: StoredAssistant) -> Mapping[str, Any]:
    """The details as an object; empty where an older row holds none."""
    try:
        details = foreign_json(assistant.details)
    except ValueError:
        return {}
    return details if isinstance(details, dict) else {}


def check_assistant_id(assistant_id: str) -> str:
    """The id in lower case. Raises ``InvalidInput`` for a text that is not a UUID."""
    if not UUID.fullmatch(assistant_id):
        raise _invalid("The id of an assistant must be a UUID.")
    return assistant_id.lower()


def _not_found(assistant_id: str) -> NotFound:
    return NotFound(Reason.ASSISTANT_NOT_FOUND, f"Assistant {assistant_id} not found")


def _invalid(sentence: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_ARGUMENT, sentence)
