"""The entity of a stored chatflow, the port to its repository, and the port to the reader of drawings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

Holds = Callable[[str], Awaitable[bool]]
"""Answers whether a credential of this id is stored on this server."""
CHATFLOW_TYPES = CHATFLOW, AGENTFLOW, MULTIAGENT, ASSISTANT = ("CHATFLOW", "AGENTFLOW", "MULTIAGENT", "ASSISTANT")


@dataclass(frozen=True, slots=True)
class Chatflow:
    """One stored chatflow (docs/contract.md §9.1). ``flow_data`` and the config columns are JSON text, kept byte for byte.

    ``version`` rises by one with each change, ``version_number`` with each save that changes the drawing or its settings
    (``chatflows/versions.py``). ``live_number`` is the version that bears the label ``live``, None where none does.
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
    version_number: int = 1
    live_number: int | None = None

    @property
    def cache_key(self) -> tuple[str, int, int]:
        """Names what is made of one version of a chatflow, settings of access included: those change with ``version`` alone."""
        return self.id, self.version, self.version_number


class Chatflows(Protocol):
    """The repository of chatflows. All methods but ``get_by_id`` are scoped to one workspace.

    A public call names only the chatflow's id; its workspace is that of the chatflow.
    """

    async def get_by_id(self, chatflow_id: str) -> Chatflow | None:
        """The chatflow of this id in any workspace, or None. The answer may be up to a quarter of a second old."""
        ...

    async def get(self, workspace_id: str, chatflow_id: str) -> Chatflow | None: ...

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[Chatflow], int]:
        """Chatflows by date of change, latest first, and how many match without offset and limit.

        ``limit`` None means the configured bound of a list.
        """
        ...

    async def of_key(self, workspace_id: str, key_id: str) -> Sequence[Chatflow]:
        """The chatflows that ask for this API key, by name; at most as many as the configured bound of a list."""
        ...

    async def create(self, flow: Chatflow) -> Chatflow: ...

    async def update(self, workspace_id: str, chatflow_id: str, changes: Mapping[str, Any]) -> Chatflow | None:
        """Change the named fields, and raise ``version`` and ``updated_date``. Returns None for an unknown chatflow.

        Where the drawing or its settings differ, ``version_number`` rises and the state is kept as a version, in one
        transaction (:class:`~tradewind_server.chatflows.versions.ChatflowVersions`).
        """
        ...

    async def delete(self, workspace_id: str, chatflow_id: str) -> int:
        """Delete the chatflow and all rows that belong to it in one transaction. Returns the number deleted, 0 or 1."""
        ...


@dataclass(frozen=True, slots=True)
class DrawingProblem:
    """One reason why a drawing will not run, a sentence. What names the node is empty where it is the whole drawing."""

    sentence: str
    node_id: str = ""
    node_label: str = ""
    node_type: str = ""


@dataclass(frozen=True, slots=True)
class OverridableInput:
    """An input that ``overrideConfig`` can replace once the owner opens it (docs/contract.md §9.8)."""

    node_id: str
    node_label: str
    name: str
    label: str
    type: str
    schema: Mapping[str, str] | None = None
    """Of an input with a structure: the types of its fields, by name."""


class Drawings(Protocol):
    """Validates drawings and describes how they will behave on this server."""

    def check(self, flow_data: str) -> None:
        """Validate the structure of ``flowData`` without building nodes. Raises ``InvalidInput(INVALID_CHATFLOW)``."""
        ...

    def type_of(self, flow_data: str) -> str:
        """The type of a drawing that is stored without one: ``AGENTFLOW`` or ``CHATFLOW``. Raises as :meth:`check` does."""
        ...

    async def notes(self, chatflow: Chatflow, variables: Mapping[str, str], holds: Holds) -> list[str]:
        """One sentence for each part of the chatflow that behaves differently here or does not run."""
        ...

    def problems(self, flow_data: str, variables: Mapping[str, str]) -> list[DrawingProblem]:
        """Everything that a question or an upsert would be refused for. Nothing is asked, fetched or read; raises nothing."""
        ...

    def inputs(self, flow_data: str) -> list[OverridableInput]:
        """What an owner may open to overrides, in the order of the drawing. Raises ``InvalidInput(INVALID_CHATFLOW)``."""
        ...

    def without_secrets(self, flow_data: str) -> str:
        """The drawing for those who do not own it, without credentials, keys and files. Raises nothing."""
        ...
