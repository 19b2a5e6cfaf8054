"""The repositories over one database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tradewind_server.chatflows.ports import Chatflows
from tradewind_server.chatflows.variables import StoredVariables
from tradewind_server.chatflows.versions import ChatflowVersions
from tradewind_server.settings import Settings
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.api_keys import SqlApiKeys
from tradewind_server.store.repositories.assistants import SqlAssistants
from tradewind_server.store.repositories.chat_messages import SqlChatMessages
from tradewind_server.store.repositories.chatflow_counts import SqlChatflowCounts
from tradewind_server.store.repositories.chatflow_versions import SqlChatflowVersions
from tradewind_server.store.repositories.chatflows import SqlChatflows
from tradewind_server.store.repositories.checkpoints import SqlCheckpoints
from tradewind_server.store.repositories.credentials import SqlCredentials
from tradewind_server.store.repositories.document_stores import SqlDocumentStores
from tradewind_server.store.repositories.executions import SqlExecutions
from tradewind_server.store.repositories.feedback import SqlFeedbacks
from tradewind_server.store.repositories.idempotency_keys import SqlIdempotencyKeys
from tradewind_server.store.repositories.leads import SqlLeads
from tradewind_server.store.repositories.message_edits import SqlMessageEdits
from tradewind_server.store.repositories.rate_windows import SqlRateWindows
from tradewind_server.store.repositories.record_manager import SqlRecordManager
from tradewind_server.store.repositories.runs import SqlRuns, SqlRunWorkers
from tradewind_server.store.repositories.session_places import SqlSessionPlaces
from tradewind_server.store.repositories.store_chunks import SqlStoreChunks
from tradewind_server.store.repositories.store_uses import SqlStoreUses
from tradewind_server.store.repositories.tools import SqlTools
from tradewind_server.store.repositories.transfer import SqlTransfer
from tradewind_server.store.repositories.upsert_history import SqlUpsertHistory
from tradewind_server.store.repositories.upsert_journal import SqlFilledStores, SqlJournal
from tradewind_server.store.repositories.variables import SqlVariables
from tradewind_server.store.repositories.workspaces import SqlWorkspaces
from tradewind_server.store.secret_key import credential_key
from tradewind_server.store.short_cache import CachedChatflows, CachedKeyPresence, CachedVariables, CachedVersions


@dataclass(frozen=True, slots=True)
class Stores:
    """All repositories, over one open database."""

    database: Database
    chatflows: Chatflows
    chatflow_versions: ChatflowVersions
    chat_messages: SqlChatMessages
    message_edits: SqlMessageEdits
    feedbacks: SqlFeedbacks
    leads: SqlLeads
    chatflow_counts: SqlChatflowCounts
    api_keys: SqlApiKeys
    key_presence: CachedKeyPresence
    workspaces: SqlWorkspaces
    credentials: SqlCredentials
    upsert_history: SqlUpsertHistory
    records: SqlRecordManager
    journal: SqlJournal
    filled_stores: SqlFilledStores
    variables: StoredVariables
    tools: SqlTools
    transfer: SqlTransfer
    document_stores: SqlDocumentStores
    store_chunks: SqlStoreChunks
    store_uses: SqlStoreUses
    assistants: SqlAssistants
    executions: SqlExecutions
    checkpoints: SqlCheckpoints
    runs: SqlRuns
    run_workers: SqlRunWorkers
    idempotency_keys: SqlIdempotencyKeys
    session_places: SqlSessionPlaces
    rate_windows: SqlRateWindows
    caches: Mapping[str, Callable[[], tuple[int, int]]]
    """Hits and misses so far of each cache in front of a repository."""

    async def close(self) -> None:
        await self.database.close()


def open_stores(
    settings: Settings,
    secret: bytes,
    now: Callable[[], datetime],
    monotonic: Callable[[], float],
    environment: Mapping[str, str] | None = None,
) -> Stores:
    """Open the configured database; its schema must be up to date (``tradewind migrate``).

    ``environment`` has the values of ``runtime`` variables, by name; none without it.
    """
    database = Database(settings.sql_url, settings.database_pool_size)
    api_keys = SqlApiKeys(database, settings.max_list)
    chatflows = SqlChatflows(database, now, settings.max_list, settings.max_chatflow_versions)
    cached_chatflows = CachedChatflows(chatflows, monotonic)
    versions = CachedVersions(SqlChatflowVersions(database, settings.max_list), monotonic, cached_chatflows.forget)
    variables = CachedVariables(SqlVariables(database, environment or {}, settings.max_list), monotonic)
    key_presence = CachedKeyPresence(api_keys, monotonic)
    return Stores(
        database=database,
        chatflows=cached_chatflows,
        chatflow_versions=versions,
        chat_messages=SqlChatMessages(database, settings.max_history_messages, settings.max_list),
        message_edits=SqlMessageEdits(database),
        feedbacks=SqlFeedbacks(database, settings.max_list),
        leads=SqlLeads(database, settings.max_list),
        chatflow_counts=SqlChatflowCounts(database),
        api_keys=api_keys,
        workspaces=SqlWorkspaces(database, settings.max_list),
        key_presence=key_presence,
        credentials=SqlCredentials(database, credential_key(secret), now, settings.max_list),
        upsert_history=SqlUpsertHistory(database, settings.max_list),
        records=SqlRecordManager(database),
        journal=SqlJournal(database),
        filled_stores=SqlFilledStores(database),
        variables=variables,
        tools=SqlTools(database, settings.max_list),
        transfer=SqlTransfer(database),
        document_stores=SqlDocumentStores(database, settings.max_list),
        store_chunks=SqlStoreChunks(database),
        store_uses=SqlStoreUses(database),
        assistants=SqlAssistants(database, settings.max_list),
        executions=SqlExecutions(database, settings.max_list),
        checkpoints=SqlCheckpoints(database),
        runs=SqlRuns(database, settings.max_list),
        run_workers=SqlRunWorkers(database),
        idempotency_keys=SqlIdempotencyKeys(database),
        session_places=SqlSessionPlaces(database),
        rate_windows=SqlRateWindows(database, now),
        caches={
            "chatflows": cached_chatflows.counts,
            "chatflow_versions": versions.counts,
            "variables": variables.counts,
            "api_keys": key_presence.counts,
        },
    )
