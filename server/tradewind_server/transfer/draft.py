"""What an import has found out while it goes through the entries of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tradewind_server.chatflows.ports import Drawings

MOST_NOTES = 500
"""Sentences that an import tells; more are counted."""


@dataclass(slots=True)
class ImportDraft:
    """Filled family by family, in the order of ``families.FAMILIES``: later ones refer to earlier ones."""

    now: datetime
    new_id: Callable[[], str]
    drawings: Drawings
    key_owners: Mapping[str, str]
    """The workspace of each API key that a chatflow of the file asks for and that is here."""
    workspace_id: str
    variable_names: set[str] = field(default_factory=set)
    """Names that are taken in the workspace, those of the file included as they come."""
    open_names: frozenset[str] = frozenset()
    """Names that runtime variables may have."""
    chatflows: set[str] = field(default_factory=set)
    stores: set[str] = field(default_factory=set)
    generations: dict[str, str] = field(default_factory=dict)
    """The chunks of each loader of a document store, by the loader's id."""
    messages: set[str] = field(default_factory=set)
    rated_messages: set[str] = field(default_factory=set)
    is_lenient: bool = False
    """Whether an entry that is none is left out and told, where it would be refused."""
    notes: list[str] = field(default_factory=list)
    more_notes: int = 0
    outside: dict[str, int] = field(default_factory=dict)
    """Entries that were left out because what they belong to is not there, by a sentence about them."""

    def known_ids(self) -> dict[str, set[str]]:
        """What later files may refer to, by table."""
        return {"chatflow": self.chatflows, "document_store": self.stores, "chat_message": self.messages}

    def know(self, table: str, ids: Iterable[str]) -> None:
        """Entries that are here already, for those that refer to them."""
        self.known_ids().get(table, set()).update(ids)

    def note(self, sentence: str) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(sentence)
        else:
            self.more_notes += 1

    def leave_out(self, sentence: str) -> None:
        self.outside[sentence] = self.outside.get(sentence, 0) + 1

    def sentences(self) -> list[str]:
        """All that there is to tell."""
        counts = [f"{sentence} ({count})" for sentence, count in self.outside.items()]
        more = [f"{self.more_notes} more notes are not shown."] if self.more_notes else []
        return [*self.notes, *counts, *more]
