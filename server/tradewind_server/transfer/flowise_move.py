"""Moves what a running Flowise has into a workspace: reads its database and files, writes nothing there.

Ids stay, so that what refers to each other stays joined, and a second run finds what the first one stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from tradewind_server.access.keys import SHOWN_CHARACTERS, digest_of
from tradewind_server.access.ports import ApiKey, ApiKeys, Credential, StoredCredentials
from tradewind_server.bounded_json import foreign_json
from tradewind_server.errors import InvalidInput
from tradewind_server.files.ports import Blobs
from tradewind_server.transfer.entries import date_of
from tradewind_server.transfer.families import ASSISTANT_TYPES_BY_LIST, CHATFLOW_TYPES_BY_LIST
from tradewind_server.transfer.flowise_files import files_of, is_kept, keep_file, owners_of
from tradewind_server.transfer.flowise_ports import FlowiseDatabase
from tradewind_server.transfer.flowise_secrets import decrypt, is_key
from tradewind_server.transfer.importer import WorkspaceImport, WorkspaceImporter
from tradewind_server.transfer.ports import Entry

ROWS_AT_ONCE = 2000
"""Messages of one transaction."""
WHOLE_TABLES = {
    "tool": "Tool",
    "document_store": "DocumentStore",
    "document_store_file_chunk": "DocumentStoreFileChunk",
    "custom_template": "CustomTemplate",
}
"""Lists of an export by the table that they are read from, of what is stored in one transaction with the chatflows."""
LONG_TABLES = {
    "chat_message": "ChatMessage",
    "chat_message_feedback": "ChatMessageFeedback",
    "lead": "Lead",
    "execution": "Execution",
    "upsert_history": "UpsertHistory",
}
"""The same of what may be long, and is stored in parts, in this order."""
NOT_MOVED = {
    "custom_mcp_server": "MCP servers",
    "dataset": "data sets",
    "evaluation": "evaluations",
    "evaluator": "evaluators",
    "schedule_record": "schedules",
}
"""Tables that have no place here, with their names in sentences."""
ReportMove = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class MoveOptions:
    """``passphrase`` opens credentials; without it none moves. ``storage`` is the folder of uploaded files."""

    passphrase: str | None = None
    storage: Path | None = None
    dry: bool = False


@dataclass(slots=True)
class MoveResult:
    """How many of each kind were stored, how many were there already, what is different, and which keys must be made anew."""

    counts: dict[str, int] = field(default_factory=dict)
    present: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    keys_to_renew: list[str] = field(default_factory=list)

    def add(self, name: str, *, is_new: bool) -> None:
        counts = self.counts if is_new else self.present
        counts[name] = counts.get(name, 0) + 1

    def include(self, result: WorkspaceImport) -> None:
        for own, other in ((self.counts, result.counts), (self.present, result.present)):
            for name, count in other.items():
                own[name] = own.get(name, 0) + count
        self.notes += result.notes


class FlowiseMover:
    """Stores one part after the other: credentials and keys, then chatflows with what they need, then what was said."""

    def __init__(
        self,
        importer: WorkspaceImporter,
        *,
        credentials: StoredCredentials,
        keys: ApiKeys,
        key_secret: bytes,
        permissions: Callable[[], frozenset[str]],
        blobs: Blobs,
        now: Callable[[], datetime],
    ) -> None:
        """``key_secret`` hashes API keys as the server does; ``permissions`` are those that methods ask for."""
        self._importer = importer
        self._credentials = credentials
        self._keys = keys
        self._key_secret = key_secret
        self._permissions = permissions
        self._blobs = blobs
        self._now = now

    async def run(self, workspace_id: str, database: FlowiseDatabase, options: MoveOptions, progress: ReportMove) -> MoveResult:
        """Move everything, or with ``dry`` only count it. A run that broke off is taken up by the next."""
        result = MoveResult()
        await self._move_credentials(workspace_id, database, options, result)
        key_ids = await self._move_keys(workspace_id, database, options, result)
        whole = await self._importer.run(
            workspace_id,
            _whole_export(database),
            when_taken="skip",
            dry=options.dry,
            lenient=True,
            key_ids=key_ids,
        )
        result.include(whole)
        progress("chatflows", database.count("chat_flow"), database.count("chat_flow"))
        earlier = whole
        for table, name in LONG_TABLES.items():
            total, done = database.count(table), 0
            for part in _parts(database.rows(table)):
                earlier = await self._move_part(workspace_id, name, part, options, earlier)
                result.include(earlier)
                done += len(part)
                progress(name, done, total)
        if options.storage is not None:
            await self._move_files(workspace_id, database, options, whole, result)
        for table, plural in NOT_MOVED.items():
            if count := database.count(table):
                result.notes.append(f"The {plural} of Flowise are not moved ({count}): this server does not keep them.")
        return result

    async def _move_part(
        self, workspace_id: str, name: str, part: Sequence[Entry], options: MoveOptions, earlier: WorkspaceImport
    ) -> WorkspaceImport:
        """Store some rows of a long table; what is known after it."""
        result = await self._importer.run(
            workspace_id,
            {"ChatFlow": [], name: part},
            when_taken="skip",
            dry=options.dry,
            lenient=True,
            earlier=earlier,
        )
        result.new_ids = {**earlier.new_ids, **result.new_ids}
        return result

    async def _move_credentials(
        self, workspace_id: str, database: FlowiseDatabase, options: MoveOptions, result: MoveResult
    ) -> None:
        names = {credential.name for credential in await self._credentials.list(workspace_id)}
        for row in database.rows("credential"):
            name, credential_id = str(row["name"]), str(row["id"])
            if await self._credentials.get(workspace_id, credential_id) is not None:
                result.add("Credential", is_new=False)
                continue
            secret = decrypt(str(row["encryptedData"]), options.passphrase) if options.passphrase is not None else None
            if secret is None:
                why = "the secret key does not open it" if options.passphrase is not None else "no secret key was given"
                result.notes.append(f"The credential {name} was not moved: {why}. Set it anew under its id, {credential_id}.")
                continue
            here = name if name not in names else f"{name} {credential_id[:8]}"
            names.add(here)
            credential = Credential(credential_id, workspace_id, here, str(row["credentialName"]), *self._dates(row))
            fields = {key: value if isinstance(value, str) else orjson.dumps(value).decode() for key, value in secret.items()}
            if options.dry or await self._credentials.create(credential, fields):
                result.add("Credential", is_new=True)
            else:
                result.notes.append(f"The credential {name} was not moved: its id belongs to another workspace.")

    async def _move_keys(
        self, workspace_id: str, database: FlowiseDatabase, options: MoveOptions, result: MoveResult
    ) -> list[str]:
        """The ids of all keys that are here afterwards. A key whose text can be checked goes on working."""
        ids: list[str] = []
        for row in database.rows("apikey"):
            key_id, name, text = str(row["id"]), str(row["keyName"]), str(row["apiKey"])
            if await self._keys.get(workspace_id, key_id) is not None:
                result.add("ApiKey", is_new=False)
                ids.append(key_id)
                continue
            digest = digest_of(self._key_secret, text)
            if not is_key(text, str(row["apiSecret"])) or await self._keys.by_digest(digest) is not None:
                result.keys_to_renew.append(name)
                continue
            created, updated = self._dates(row)
            permissions = self._permissions_of(row.get("permissions"))
            if not permissions:
                result.notes.append(f"The API key {name} has no permission that exists here; it opens only its chatflows.")
            key = ApiKey(key_id, workspace_id, name[:255], text[:SHOWN_CHARACTERS], digest, permissions, created, updated)
            if not options.dry:
                await self._keys.add(key)
            result.add("ApiKey", is_new=True)
            ids.append(key_id)
        return ids

    def _permissions_of(self, text: Any) -> frozenset[str]:
        """Those of Flowise's permissions that exist here."""
        try:
            names = foreign_json(text) if isinstance(text, str) else []
        except ValueError:
            names = []
        return frozenset(name for name in names if isinstance(name, str)) & self._permissions()

    async def _move_files(
        self,
        workspace_id: str,
        database: FlowiseDatabase,
        options: MoveOptions,
        whole: WorkspaceImport,
        result: MoveResult,
    ) -> None:
        assert options.storage is not None, "asked for with a folder alone"
        chatflows = {str(row["id"]): whole.new_ids.get(str(row["id"]), str(row["id"])) for row in database.rows("chat_flow")}
        loaders = {str(row["id"]): _loaders(row, whole.new_ids) for row in database.rows("document_store")}
        left_behind = 0
        for file in files_of(options.storage, frozenset(chatflows)):
            owner_ids = owners_of(file, chatflows, loaders)
            left_behind += not owner_ids
            for owner_id in owner_ids:
                is_new = not await is_kept(self._blobs, workspace_id, file, owner_id)
                try:
                    if is_new and not options.dry:
                        await keep_file(self._blobs, workspace_id, file, owner_id)
                    result.add("File", is_new=is_new)
                except InvalidInput as error:
                    result.notes.append(f"The file {file.path.name} was not moved: {error.message}")
        if left_behind:
            result.notes.append(f"Files that no chatflow and no document store names stay behind: {left_behind}.")

    def _dates(self, row: Entry) -> tuple[datetime, datetime]:
        created, updated = (date_of(row.get(name), name) or self._now() for name in ("createdDate", "updatedDate"))
        return created, updated


def _whole_export(database: FlowiseDatabase) -> dict[str, Any]:
    """All but what was said, as an export has it."""
    data: dict[str, Any] = {name: list(database.rows(table)) for table, name in WHOLE_TABLES.items()}
    # Of variables with one name Flowise reads the latest.
    data["Variable"] = sorted(database.rows("variable"), key=lambda row: str(row.get("updatedDate")), reverse=True)
    for table, lists, default in (
        ("chat_flow", CHATFLOW_TYPES_BY_LIST, "ChatFlow"),
        ("assistant", ASSISTANT_TYPES_BY_LIST, "AssistantOpenAI"),
    ):
        names = {type_: name for name, type_ in lists.items()}
        data.update({name: [] for name in lists})
        for row in database.rows(table):
            data[names.get(str(row.get("type")), default)].append(row)
    return data


def _loaders(row: Entry, new_ids: Mapping[str, str]) -> list[tuple[str, str]]:
    """Id here and settings of each loader of a document store."""
    try:
        loaders = foreign_json(row["loaders"]) if row.get("loaders") else []
    except ValueError:
        return []
    entries = [one for one in loaders if isinstance(one, dict) and isinstance(one.get("id"), str)]
    return [(new_ids.get(one["id"], one["id"]), orjson.dumps(one.get("loaderConfig")).decode()) for one in entries]


def _parts(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == ROWS_AT_ONCE:
            yield part
            part = []
    if part:
        yield part
