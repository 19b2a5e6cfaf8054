"""Stores an export in a workspace: all of it in one transaction, or nothing."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from tradewind_server.chatflows.ids import UUID
from tradewind_server.chatflows.ports import Drawings
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.transfer.draft import ImportDraft
from tradewind_server.transfer.families import EXPORT_LISTS, Family
from tradewind_server.transfer.ids import rewritten
from tradewind_server.transfer.ports import Row, TableRows, TransferStore

MOST_ENTRIES = 200_000
"""Entries of one file: all of them are held in memory, and are one transaction."""
MOST_UNKNOWN_LISTS = 20
"""Lists that an import names because it does not take them; more are counted."""
LONGEST_NAME = 60
"""Characters of such a list's name that are told."""
NAMESPACE = uuid.UUID("b2a7f0c6-5d0e-5f5f-8d0c-7c1f0d6e9a41")
WhenTaken = Literal["new id", "skip"]
"""What becomes of an entry whose id is taken. ``skip`` leaves out what the workspace has already."""
Notes = Callable[[str, Sequence[str]], Awaitable[Sequence[str]]]
"""Sentences about stored chatflows, by workspace and ids."""


@dataclass(slots=True)
class WorkspaceImport:
    """What an import did: entries by list, those that were there already, and sentences about what is different here."""

    counts: dict[str, int] = field(default_factory=dict)
    present: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    new_ids: dict[str, str] = field(default_factory=dict)
    """The id that an entry has here, by the one it has in the file, where they differ."""
    known_ids: dict[str, set[str]] = field(default_factory=dict)
    """What later files of the same source may refer to, by table."""


class WorkspaceImporter:
    """Reads the lists of a file by their families. One bad entry and nothing is stored."""

    def __init__(
        self,
        store: TransferStore,
        families: Sequence[Family],
        *,
        drawings: Drawings,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
        open_names: frozenset[str] = frozenset(),
        notes: Notes | None = None,
    ) -> None:
        """``open_names`` are those that runtime variables may have; ``notes`` tells how imported chatflows behave here."""
        self._store = store
        self._families = families
        self._drawings = drawings
        self._new_id = new_id
        self._now = now
        self._open_names = open_names
        self._notes = notes

    async def run(
        self,
        workspace_id: str,
        data: Any,
        *,
        when_taken: WhenTaken = "new id",
        dry: bool = False,
        lenient: bool = False,
        earlier: WorkspaceImport | None = None,
        key_ids: Collection[str] = (),
    ) -> WorkspaceImport:
        """Store the file ``data``. ``dry`` stores nothing and says what would be; ``lenient`` leaves out an entry that is none,
        and says so. ``earlier`` is what an earlier file of the same source did; ``key_ids`` are API keys that count as here.

        Raises ``InvalidInput`` for a file that is no export, that has more than ``MOST_ENTRIES`` entries, or that holds an
        entry which is none, with its list and place.
        """
        result = WorkspaceImport()
        entries = self._entries(data)
        draft = await self._draft(workspace_id, entries)
        draft.is_lenient = lenient
        draft.key_owners = {**draft.key_owners, **dict.fromkeys(key_ids, workspace_id)}
        if earlier is not None:
            result.new_ids = dict(earlier.new_ids)
            for table, ids in earlier.known_ids.items():
                draft.know(table, ids)
        await self._choose_ids(workspace_id, entries, when_taken, draft, result)
        batches = await asyncio.to_thread(self._batches, entries, draft, result)
        if not dry:
            await self._store.add(workspace_id, batches)
        result.known_ids = draft.known_ids()
        result.notes = [*self._left_out(data), *draft.sentences()]
        if self._notes is not None and not dry:
            chatflows = sorted(row["id"] for batch in batches if batch.table == "chatflow" for row in batch.rows)
            result.notes += await self._notes(workspace_id, chatflows)
        return result

    def _batches(self, entries: Mapping[str, Sequence[Any]], draft: ImportDraft, result: WorkspaceImport) -> list[TableRows]:
        """The rows of all entries, by table. Texts are long, so it runs in a thread."""
        rows: dict[str, list[Row]] = {}
        for family in self._families:
            for position, entry in enumerate(entries.get(family.name, ())):
                with _place(family, position, draft):
                    batches: Sequence[TableRows] = ()
                    batches = family.rows(rewritten(entry, result.new_ids), draft)
                if batches:
                    result.counts[family.name] = result.counts.get(family.name, 0) + 1
                for batch in batches:
                    rows.setdefault(batch.table, []).extend(batch.rows)
        return [TableRows(table, all_rows) for table, all_rows in rows.items()]

    def _entries(self, data: Any) -> dict[str, list[Any]]:
        """The entries of the families, by list; each is an object with an id of its own."""
        if not isinstance(data, dict) or not any(isinstance(data.get(name), list) for name in EXPORT_LISTS):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "The file is no export of a workspace: it has none of its lists.")
        entries = {one.name: list(data[one.name]) for one in self._families if isinstance(data.get(one.name), list)}
        if sum(map(len, entries.values())) > MOST_ENTRIES:
            raise InvalidInput(
                Reason.INVALID_ARGUMENT, f"The file has more than {MOST_ENTRIES} entries; export it in parts, without messages."
            )
        for family in self._families:
            ids = set[str]()
            for position, entry in enumerate(entries.get(family.name, ())):
                with _place(family, position):
                    if not isinstance(entry, dict):
                        raise InvalidInput(Reason.INVALID_ARGUMENT, "it is no object.")
                    if entry.get("id") is None:
                        entry = entries[family.name][position] = {**entry, "id": self._new_id()}
                    if not isinstance(entry["id"], str) or entry["id"].lower() in ids:
                        raise InvalidInput(Reason.INVALID_ARGUMENT, "its id is no text, or stands twice in the list.")
                    ids.add(entry["id"].lower())
        return entries

    async def _choose_ids(
        self,
        workspace_id: str,
        entries: dict[str, list[Any]],
        when_taken: WhenTaken,
        draft: ImportDraft,
        result: WorkspaceImport,
    ) -> None:
        """Fill ``result.new_ids`` for ids that are taken, and take entries that are skipped out of ``entries``.

        With ``skip`` a new id follows from the workspace and the old one, so that the same file finds it again.
        """
        for family in self._families:
            mine = entries.get(family.name)
            if not mine:
                continue
            ids = [entry["id"] for entry in mine]
            owners = await self._add_ids(workspace_id, family.table, ids, when_taken, result.new_ids)
            if when_taken == "skip":
                present = {one for one in ids if owners.get(result.new_ids.get(_key(one), _key(one))) == workspace_id}
                entries[family.name] = mine = [entry for entry in mine if entry["id"] not in present]
                draft.know(family.table, {result.new_ids.get(_key(one), _key(one)) for one in present})
                if present:
                    result.present[family.name] = len(present)
            others: dict[str, list[str]] = {}
            for position, entry in enumerate(mine):
                with _place(family, position, draft):
                    for table, other_id in family.other_ids(entry):
                        others.setdefault(table, []).append(other_id)
            for table, other_ids in others.items():
                await self._add_ids(workspace_id, table, other_ids, when_taken, result.new_ids)

    async def _add_ids(
        self, workspace_id: str, table: str, ids: Sequence[str], when_taken: WhenTaken, new_ids: dict[str, str]
    ) -> Mapping[str, str]:
        """Add a new id for each that is taken or is none; who owns those that are taken, the new ones included."""
        owners = dict(await self._store.owners(table, "id", [_key(one) for one in ids]))
        for text in ids:
            key = _key(text)
            is_foreign = owners.get(key) not in (None, workspace_id)
            if not UUID.fullmatch(text) or is_foreign or (when_taken == "new id" and key in owners):
                alias = str(uuid.uuid5(NAMESPACE, f"{workspace_id}/{key}"))
                new_ids.setdefault(key, alias if when_taken == "skip" else self._new_id())
            elif text != key:
                new_ids.setdefault(key, key)
        aliases = [new_ids[_key(one)] for one in ids if _key(one) in new_ids]
        if when_taken == "skip" and aliases:
            owners.update(await self._store.owners(table, "id", aliases))
        return owners

    async def _draft(self, workspace_id: str, entries: Mapping[str, Sequence[Any]]) -> ImportDraft:
        message_ids = [str(entry.get("messageId")) for entry in entries.get("ChatMessageFeedback", ())]
        flows = (entry for family in self._families if family.table == "chatflow" for entry in entries.get(family.name, ()))
        keys = {str(flow["apikeyid"]) for flow in flows if flow.get("apikeyid")}
        names = {row["name"] async for page in self._store.pages(workspace_id, "variable", {}) for row in page}
        return ImportDraft(
            now=self._now(),
            new_id=self._new_id,
            drawings=self._drawings,
            key_owners=await self._store.owners("api_key", "id", sorted(keys)),
            workspace_id=workspace_id,
            variable_names=names,
            open_names=self._open_names,
            rated_messages=set(await self._store.owners("chat_message_feedback", "message_id", message_ids)),
        )

    def _left_out(self, data: Mapping[str, Any]) -> list[str]:
        """One sentence for each list of the file that no family reads, whatever it is called."""
        names = {family.name for family in self._families}
        lists = [(name, len(value)) for name, value in data.items() if name not in names and isinstance(value, list) and value]
        sentences = [
            f"The file's list {name[:LONGEST_NAME]} is not taken ({count}): this server does not keep such entries."
            for name, count in lists[:MOST_UNKNOWN_LISTS]
        ]
        more = len(lists) - MOST_UNKNOWN_LISTS
        return [*sentences, f"{more} more lists are not taken."] if more > 0 else sentences


def _key(text: str) -> str:
    """An id as it is compared: UUIDs in lower case."""
    return text.lower() if UUID.fullmatch(text) else text


@contextmanager
def _place(family: Family, position: int, draft: ImportDraft | None = None) -> Iterator[None]:
    """Puts the list and the place of an entry in front of what is wrong with it. ``position`` counts from 0.

    A lenient draft notes it instead of raising.
    """
    try:
        yield
    except InvalidInput as error:
        message = f"{family.name}, entry {position + 1}: {error.message}"
        if draft is not None and draft.is_lenient:
            draft.note(f"{message} It was left out.")
            return
        raise InvalidInput(error.reason, message, **error.metadata) from None
