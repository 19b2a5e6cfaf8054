"""Versions of a chatflow: the states of its drawing and settings that its saves left, and which of them answers a call.

A caller names a version behind the chatflow's id, ``{id}@{number}`` or ``{id}@{label}`` (docs/contract.md §9.12). Name, key,
category and flags of a chatflow are no part of a version: they are as they are now.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.errors import InvalidInput, NotFound, Reason

LIVE = "live"
"""The label of the version that answers calls that name none."""
VERSION_COLUMNS = (
    "flow_data",
    "type",
    "chatbot_config",
    "api_config",
    "analytic",
    "speech_to_text",
    "text_to_speech",
    "follow_up_prompts",
    "mcp_server_config",
)
"""The columns of a chatflow that make a version."""
LABEL = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,63}")
LONGEST_NUMBER = 9
MOST_LABELS = 50
ID_LENGTH = 36


@dataclass(frozen=True, slots=True)
class ChatflowVersion:
    """One version. ``number`` counts from 1 within its chatflow; ``date`` is when it was saved. The texts are JSON, byte for
    byte as they were saved."""

    number: int
    date: datetime
    flow_data: str
    type: str
    chatbot_config: str | None = None
    api_config: str | None = None
    analytic: str | None = None
    speech_to_text: str | None = None
    text_to_speech: str | None = None
    follow_up_prompts: str | None = None
    mcp_server_config: str | None = None
    labels: Sequence[str] = ()

    @property
    def summary(self) -> VersionSummary:
        return VersionSummary(self.number, self.date, len(self.flow_data), self.labels)


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """A version in a list, without its texts. ``size`` is that of the drawing, in characters."""

    number: int
    date: datetime
    size: int
    labels: Sequence[str] = ()


LabelOutcome = Literal["labelled", "unknown version", "too many labels"]


class VersionSearch(Protocol):
    """The one question that a call asks."""

    async def by_name(self, chatflow_id: str, name: str) -> ChatflowVersion | None:
        """The version of this number or label, whichever workspace has it. May be up to a quarter of a second old."""
        ...


class ChatflowVersions(VersionSearch, Protocol):
    """The repository of versions. They are written by ``Chatflows.create`` and ``Chatflows.update``, which also remove the
    oldest beyond the configured number, and go with their chatflow. All methods but ``by_name`` are scoped to one workspace."""

    async def list(
        self, workspace_id: str, chatflow_id: str, offset: int = 0, limit: int | None = None
    ) -> tuple[Sequence[VersionSummary], int]:
        """Versions, the newest first, and how many there are. ``limit`` None means the configured bound of a list."""
        ...

    async def get(self, workspace_id: str, chatflow_id: str, name: str) -> ChatflowVersion | None: ...

    async def label(self, workspace_id: str, chatflow_id: str, number: int, label: str) -> LabelOutcome:
        """Put a label on a version, and take it from another that has it, unless the chatflow has ``MOST_LABELS`` others.

        Raises the chatflow's ``version`` where the label is ``live``.
        """
        ...

    async def unlabel(self, workspace_id: str, chatflow_id: str, number: int, label: str) -> bool:
        """Take a label from a version; False where it has none of that name. ``version`` rises as with :meth:`label`."""
        ...

    async def delete(self, workspace_id: str, chatflow_id: str, number: int) -> bool:
        """Delete a version that has no label and is not the newest; False for any other."""
        ...


def split_reference(reference: str) -> tuple[str, str | None]:
    """The id of a chatflow, and the version that is named behind it, None where none is. Neither is checked."""
    if len(reference) <= ID_LENGTH:
        return reference, None
    chatflow_id, mark, name = reference.partition("@")
    return chatflow_id, name if mark else None


def version_not_found(chatflow_id: str, name: str | int) -> NotFound:
    return NotFound(Reason.VERSION_NOT_FOUND, f"Chatflow {chatflow_id} has no version {str(name)[:64]}.")


def number_of(name: str) -> int | None:
    """The number that a name of a version is, or None where it is a label."""
    return int(name) if name.isascii() and name.isdigit() and len(name) <= LONGEST_NUMBER else None


def check_label(label: str) -> str:
    """Raises ``InvalidInput(INVALID_ARGUMENT)`` for what is no label."""
    if not LABEL.fullmatch(label):
        raise InvalidInput(
            Reason.INVALID_ARGUMENT,
            "A label begins with a letter and has at most 64 letters, digits, dots, hyphens and underscores.",
        )
    return label


def at_version(newest: Chatflow, version: ChatflowVersion) -> Chatflow:
    """A chatflow as one of its versions had it drawn and set up."""
    texts = {name: getattr(version, name) for name in VERSION_COLUMNS}
    return replace(newest, version_number=version.number, **texts)


class AnsweringVersions:
    """Chooses the version that answers a call."""

    def __init__(self, versions: VersionSearch) -> None:
        self._versions = versions

    async def choose(self, newest: Chatflow, name: str | None = None) -> Chatflow:
        """The chatflow as the named version has it; without a name as the one labelled ``live``, else as it is.

        A chatflow without that label costs no query. Raises ``NotFound(VERSION_NOT_FOUND)``.
        """
        if name is None:
            if newest.live_number is None or newest.live_number == newest.version_number:
                return newest
            name = str(newest.live_number)
        if number_of(name) == newest.version_number:
            return newest
        version = await self._versions.by_name(newest.id, name) if is_name(name) else None
        if version is None:
            raise version_not_found(newest.id, name)
        return newest if version.number == newest.version_number else at_version(newest, version)


def is_name(name: str) -> bool:
    """Whether a text can name a version at all."""
    return number_of(name) is not None or LABEL.fullmatch(name) is not None
