"""What is told of chatflows after an import."""

from __future__ import annotations

from collections.abc import Sequence

from tradewind_server.chatflows.service import ChatflowService
from tradewind_server.transfer.draft import MOST_NOTES

MOST_CHATFLOWS = 200
"""Chatflows whose drawings are looked through; of more only the number is told."""


class ChatflowNotes:
    """Sentences about chatflows that were just imported, with the name of each in front."""

    def __init__(self, chatflows: ChatflowService) -> None:
        self._chatflows = chatflows

    async def __call__(self, workspace_id: str, ids: Sequence[str]) -> list[str]:
        notes: list[str] = []
        for chatflow_id in ids[:MOST_CHATFLOWS]:
            chatflow = await self._chatflows.get(workspace_id, chatflow_id)
            notes += (f"{chatflow.name}: {note}" for note in await self._chatflows.notes(workspace_id, chatflow))
            if len(notes) >= MOST_NOTES:
                return notes[:MOST_NOTES]
        if len(ids) > MOST_CHATFLOWS:
            notes.append(f"{len(ids) - MOST_CHATFLOWS} more chatflows were not looked through.")
        return notes
