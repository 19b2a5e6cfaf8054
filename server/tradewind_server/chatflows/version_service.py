"""What the owner of a chatflow does with its versions."""

from __future__ import annotations

from collections.abc import Sequence

from tradewind_server.chatflows.ids import check_id, not_found
from tradewind_server.chatflows.ports import Chatflow, Chatflows
from tradewind_server.chatflows.versions import (
    MOST_LABELS,
    VERSION_COLUMNS,
    ChatflowVersion,
    ChatflowVersions,
    VersionSummary,
    at_version,
    check_label,
    is_name,
    version_not_found,
)
from tradewind_server.errors import Conflict, InvalidInput, NotFound, Reason


class VersionService:
    """The versions of a workspace's chatflows. A chatflow of another workspace is ``NotFound(CHATFLOW_NOT_FOUND)``, like a
    missing one; an unknown version is ``NotFound(VERSION_NOT_FOUND)``."""

    def __init__(self, versions: ChatflowVersions, chatflows: Chatflows) -> None:
        self._versions = versions
        self._chatflows = chatflows

    async def list(
        self, workspace_id: str, chatflow_id: str, offset: int = 0, limit: int | None = None
    ) -> tuple[Sequence[VersionSummary], int]:
        """Versions, the newest first, and how many there are."""
        chatflow = await self._chatflow(workspace_id, chatflow_id)
        return await self._versions.list(workspace_id, chatflow.id, offset, limit)

    async def get(self, workspace_id: str, chatflow_id: str, name: str) -> ChatflowVersion:
        """The version of this number or label, with its drawing and settings."""
        chatflow = await self._chatflow(workspace_id, chatflow_id)
        version = await self._versions.get(workspace_id, chatflow.id, name) if is_name(name) else None
        if version is None:
            raise version_not_found(chatflow.id, name)
        return version

    async def label(self, workspace_id: str, chatflow_id: str, name: str, label: str) -> ChatflowVersion:
        """Put a label on a version, and take it from another that has it. Raises ``InvalidInput`` for what is no label, and
        for more labels than a chatflow may have."""
        check_label(label)
        version = await self.get(workspace_id, chatflow_id, name)
        outcome = await self._versions.label(workspace_id, check_id(chatflow_id), version.number, label)
        if outcome == "unknown version":
            raise version_not_found(chatflow_id, name)
        if outcome == "too many labels":
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"A chatflow has at most {MOST_LABELS} labels; take one off first.")
        return await self.get(workspace_id, chatflow_id, str(version.number))

    async def unlabel(self, workspace_id: str, chatflow_id: str, name: str, label: str) -> ChatflowVersion:
        """Take a label from a version. Raises ``NotFound(VERSION_NOT_FOUND)`` where it has none of that name."""
        version = await self.get(workspace_id, chatflow_id, name)
        if not await self._versions.unlabel(workspace_id, check_id(chatflow_id), version.number, label):
            raise NotFound(Reason.VERSION_NOT_FOUND, f"Version {version.number} of the chatflow has no label {label[:64]}.")
        return await self.get(workspace_id, chatflow_id, str(version.number))

    async def restore(self, workspace_id: str, chatflow_id: str, name: str) -> Chatflow:
        """Save the drawing and settings of a version again, as the newest version. One that is the newest already stays."""
        version = await self.get(workspace_id, chatflow_id, name)
        texts = {column: getattr(version, column) for column in VERSION_COLUMNS}
        chatflow = await self._chatflows.update(workspace_id, check_id(chatflow_id), texts)
        if chatflow is None:
            raise not_found(chatflow_id)
        return chatflow

    async def delete(self, workspace_id: str, chatflow_id: str, name: str) -> None:
        """Delete a version, which nobody can ask any more. Raises ``Conflict`` for the newest and for one with a label."""
        version = await self.get(workspace_id, chatflow_id, name)
        if not await self._versions.delete(workspace_id, check_id(chatflow_id), version.number):
            raise Conflict(
                Reason.CONFLICT,
                f"Version {version.number} is the newest or has a label; take the label off before you delete it.",
            )

    async def chatflow_at(self, workspace_id: str, chatflow_id: str, name: str) -> tuple[ChatflowVersion, Chatflow]:
        """A version, and the chatflow as it would be with it."""
        version = await self.get(workspace_id, chatflow_id, name)
        return version, at_version(await self._chatflow(workspace_id, chatflow_id), version)

    async def _chatflow(self, workspace_id: str, chatflow_id: str) -> Chatflow:
        chatflow = await self._chatflows.get(workspace_id, check_id(chatflow_id))
        if chatflow is None:
            raise not_found(chatflow_id)
        return chatflow
