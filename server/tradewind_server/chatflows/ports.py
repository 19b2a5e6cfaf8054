"""Stored chatflows: the entity and the ports the rules need."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

Holds = Callable[[str], Awaitable[bool]]
"""Whether a credential of this id is stored here."""
CHATFLOW_TYPES = ("CHATFLOW", "AGENTFLOW", "MULTIAGENT", "ASSISTANT")


@dataclass(frozen=True, slots=True)
class Chatflow:
    """One stored flow (docs/contract.md §9.1). ``flow_data`` and the config columns are JSON text, kept byte for byte.

    ``version`` counts up with each change; compiled plans are cached by ``(id, version)``.
    """

    id: str
    workspace_id: str
    name: str
    flow_data: str
    type: str
    created_date: datetime
    updated_date: datetime
    version: int = 1
    deployed: bool | None = None
    is_public: bool | None = None
    apikeyid: str | None = None
    chatbot_config: str | None = None
    api_config: str | None = None
    analytic: str | None = None
    category: str | None = None
    speech_to_text: str | None = None
    text_to_speech: str | None = None
    follow_up_prompts: str | None = None
    mcp_server_config: str | None = None


class Chatflows(Protocol):
    """Workspace-scoped, but for ``find``: a public call knows only the flow's id, and learns the workspace from it."""

    async def find(self, chatflow_id: str) -> Chatflow | None:
        """By id alone, over all workspaces; cached for at most a quarter of a second."""
        ...

    async def get(self, workspace_id: str, chatflow_id: str) -> Chatflow | None: ...

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[Chatflow], int]:
        """Newest change first, with the total without offset and limit."""
        ...

    async def create(self, flow: Chatflow) -> Chatflow: ...

    async def update(self, workspace_id: str, chatflow_id: str, changes: Mapping[str, Any]) -> Chatflow | None:
        """Change the named fields, raise ``version`` and ``updated_date``; None where there is no such flow."""
        ...

    async def delete(self, workspace_id: str, chatflow_id: str) -> int:
        """Delete with everything that is stored of it, in one transaction; 0 or 1."""
        ...


class Drawings(Protocol):
    """What is known of drawings: which texts are one, and what of one is different on this server."""

    def check(self, flow_data: str) -> None:
        """Raises ``InvalidInput(INVALID_CHATFLOW)`` for a text that is no drawing. Quick: nothing is built."""
        ...

    async def notes(self, chatflow: Chatflow, variables: Mapping[str, str], holds: Holds) -> list[str]:
        """One sentence for each thing that will be different here, or will not run."""
        ...
