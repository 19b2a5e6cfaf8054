"""The journal of upserts in the relational store, and what chatflows have filled."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, delete, insert, select, update

from tradewind_server.flows.vector_ports import CollectionSpec
from tradewind_server.ingest.filled_stores import ChatUpload, FilledStore
from tradewind_server.ingest.journal import MOST_RUNS, NAMESPACE, OpenRun, PendingChunk, Run
from tradewind_server.store.document_store_tables import DocumentStoreRow
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository, chunks, table_of
from tradewind_server.store.tables import (
    ChatflowRow,
    ChatUploadRow,
    FilledStoreRow,
    PendingChunkRow,
    UpsertionRecordRow,
    UpsertRunRow,
    UpsertSourceRow,
)


def collection_text(collection: CollectionSpec) -> str:
    """A collection as it is stored: without its key, which is a secret."""
    return orjson.dumps(asdict(replace(collection, api_key=None))).decode()


def collection_of(text: str) -> CollectionSpec:
    return CollectionSpec(**orjson.loads(text))


class SqlJournal(Repository):
    """The port ``Journal`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, UpsertRunRow)
        self._pending = PendingChunks(database)
        self._sources = UpsertSources(database)
        self._filled_stores = SqlFilledStores(database)
        self._uploads = table_of(ChatUploadRow)
        self._enter = self._insert_unless_present()

    async def begin(self, run: Run, reservation: int, at: datetime) -> None:
        collection = collection_text(run.collection)
        values = {
            "id": str(run.base),
            "workspace_id": run.workspace_id,
            "chatflow_id": run.chatflow_id,
            "upsert_id": run.id,
            "node_id": run.node_id,
            "collection": collection,
            "records": run.records,
            "cleanup": run.cleanup,
            "fills_empty": run.fills_empty,
            "holding": run.holding,
            "chat_id": run.chat_id,
            "reserved": reservation,
            "begun_date": at,
            "accepted_date": None,
        }

        def work(connection: Connection) -> None:
            connection.execute(self._enter, values)
            self._filled_stores.enter(connection, run, collection)

        await self._database.write(work)

    async def reserve(self, run: Run, reservation: int) -> None:
        statement = update(self._table).where(self._table.c.id == str(run.base)).values(reserved=reservation)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def accept(self, runs: Sequence[tuple[Run, int]], at: datetime) -> None:
        ids = [str(run.base) for run, _ in runs]
        statement = update(self._table).where(self._table.c.id.in_(ids)).values(accepted_date=at)
        uploads = [
            {
                "id": str(run.base),
                "workspace_id": run.workspace_id,
                "chatflow_id": run.chatflow_id,
                "chat_id": run.chat_id,
                "collection": collection_text(run.collection),
                "chunks": chunks,
            }
            for run, chunks in runs
            if run.chat_id is not None and run.records is None and chunks
        ]

        def work(connection: Connection) -> None:
            connection.execute(statement)
            if uploads:
                connection.execute(insert(self._uploads), uploads)

        await self._database.write(work)

    async def end(self, run: Run) -> None:
        run_id = str(run.base)
        statements = [
            self._pending.deletion(run_id),
            self._sources.deletion(run_id),
            delete(self._table).where(self._table.c.id == run_id),
        ]

        def work(connection: Connection) -> None:
            for statement in statements:
                connection.execute(statement)

        await self._database.write(work)

    async def open_runs(self, upsert_id: str | None = None) -> list[OpenRun]:
        statement = select(self._table).order_by(self._table.c.begun_date, self._table.c.id).limit(MOST_RUNS)
        if upsert_id is not None:
            statement = statement.where(self._table.c.upsert_id == upsert_id)
        return await self._database.read(lambda connection: [_open_run(row) for row in connection.execute(statement)])

    async def add_pending(self, run: Run, chunks: Sequence[PendingChunk]) -> None:
        await self._pending.add(str(run.base), chunks)

    async def pending(self, run: Run, limit: int) -> list[PendingChunk]:
        return await self._pending.first(str(run.base), limit)

    async def drop_pending(self, run: Run, keys: Sequence[str]) -> None:
        await self._pending.drop(str(run.base), keys)

    async def add_sources(self, run: Run, groups: Sequence[str]) -> None:
        await self._sources.add(str(run.base), groups)

    async def sources(self, run: Run, limit: int) -> list[str]:
        return await self._sources.first(str(run.base), limit)

    async def drop_sources(self, run: Run, groups: Sequence[str]) -> None:
        await self._sources.drop(str(run.base), groups)


def _open_run(row: Row[Any]) -> OpenRun:
    run = Run(
        id=row.upsert_id,
        node_id=row.node_id,
        workspace_id=row.workspace_id,
        chatflow_id=row.chatflow_id,
        collection=collection_of(row.collection),
        records=row.records,
        cleanup=row.cleanup,
        fills_empty=row.fills_empty,
        holding=row.holding,
        chat_id=row.chat_id,
    )
    return OpenRun(run, row.reserved, row.accepted_date)


class PendingChunks(Repository):
    """Chunks of runs."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, PendingChunkRow)
        self._put = self._insert_or_update(("run_id", "key"), ("group_id", "point_id"))

    async def add(self, run_id: str, entries: Sequence[PendingChunk]) -> None:
        rows = [{"run_id": run_id, **entry._asdict()} for entry in entries]

        def work(connection: Connection) -> None:
            for some in chunks(rows):
                connection.execute(self._put, some)

        await self._database.write(work)

    async def first(self, run_id: str, limit: int) -> list[PendingChunk]:
        columns = self._table.c
        statement = select(columns.key, columns.group_id, columns.point_id).where(columns.run_id == run_id).limit(limit)
        return await self._database.read(lambda connection: [PendingChunk(*row) for row in connection.execute(statement)])

    async def drop(self, run_id: str, keys: Sequence[str]) -> None:
        statements = [self.deletion(run_id).where(self._table.c.key.in_(some)) for some in chunks(list(keys))]

        def work(connection: Connection) -> None:
            for statement in statements:
                connection.execute(statement)

        await self._database.write(work)

    def deletion(self, run_id: str) -> Any:
        return delete(self._table).where(self._table.c.run_id == run_id)


class UpsertSources(Repository):
    """Sources of runs."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, UpsertSourceRow)
        self._put = self._insert_unless_present()

    async def add(self, run_id: str, groups: Sequence[str]) -> None:
        rows = [{"run_id": run_id, "group_id": group} for group in groups]

        def work(connection: Connection) -> None:
            for some in chunks(rows):
                connection.execute(self._put, some)

        await self._database.write(work)

    async def first(self, run_id: str, limit: int) -> list[str]:
        statement = select(self._table.c.group_id).where(self._table.c.run_id == run_id).limit(limit)
        return await self._database.read(lambda connection: list(connection.execute(statement).scalars()))

    async def drop(self, run_id: str, groups: Sequence[str]) -> None:
        statements = [self.deletion(run_id).where(self._table.c.group_id.in_(some)) for some in chunks(list(groups))]

        def work(connection: Connection) -> None:
            for statement in statements:
                connection.execute(statement)

        await self._database.write(work)

    def deletion(self, run_id: str) -> Any:
        return delete(self._table).where(self._table.c.run_id == run_id)


class SqlFilledStores(Repository):
    """The port ``FilledStores`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, FilledStoreRow)
        self._uploads = table_of(ChatUploadRow)
        self._records = table_of(UpsertionRecordRow)
        self._enter = self._insert_unless_present()

    def enter(self, connection: Connection, run: Run, collection: str) -> None:
        """Note within a transaction that a run fills a store."""
        values = {
            "id": filled_id(run.workspace_id, run.chatflow_id, run.holding, run.collection, run.records),
            "workspace_id": run.workspace_id,
            "chatflow_id": run.chatflow_id,
            "holding": run.holding,
            "name": run.collection.name,
            "collection": collection,
            "records": run.records,
            "loaded_digest": None,
        }
        connection.execute(self._enter, values)

    async def version_of(self, workspace_id: str, chatflow_id: str, collection: str) -> str | None:
        statement = select(self._table.c.loaded_digest).where(*self._own(workspace_id, chatflow_id, collection))
        return await self._database.read(lambda connection: connection.execute(statement).scalar())

    async def mark_loaded(self, workspace_id: str, chatflow_id: str, collection: str, digest: str) -> None:
        statement = update(self._table).where(*self._own(workspace_id, chatflow_id, collection)).values(loaded_digest=digest)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    def _own(self, workspace_id: str, chatflow_id: str, collection: str) -> tuple[Any, ...]:
        columns = self._table.c
        of_chatflow = (self._mine(workspace_id), columns.chatflow_id == chatflow_id)
        return *of_chatflow, columns.name == collection, columns.holding == "own"

    async def orphans(self, limit: int, chatflow_id: str | None = None) -> tuple[Sequence[FilledStore], Sequence[ChatUpload]]:
        chatflows, document_stores = table_of(ChatflowRow).c, table_of(DocumentStoreRow).c
        entries = []
        for table in (self._table, self._uploads):
            owners = (
                select(owner.id).where(owner.id == table.c.chatflow_id).exists() for owner in (chatflows, document_stores)
            )
            statement = select(table).where(*(~owner for owner in owners)).order_by(table.c.id).limit(limit)
            entries.append(statement if chatflow_id is None else statement.where(table.c.chatflow_id == chatflow_id))
        stores, uploads = entries

        def work(connection: Connection) -> tuple[Sequence[FilledStore], Sequence[ChatUpload]]:
            return (
                [_filled_store(row) for row in connection.execute(stores)],
                [_upload(row) for row in connection.execute(uploads)],
            )

        return await self._database.read(work)

    async def fillers(self, workspace_id: str, collection: str) -> Sequence[FilledStore]:
        statement = select(self._table).where(self._mine(workspace_id), self._table.c.name == collection)
        return await self._database.read(lambda connection: [_filled_store(row) for row in connection.execute(statement)])

    async def forget(self, store: FilledStore) -> None:
        statements = [delete(self._table).where(self._table.c.id == store.id)]
        if store.records is not None:
            records = self._records.c
            of_workspace = records.workspace_id == store.workspace_id
            namespace = records.namespace == store.records
            statements.append(delete(self._records).where(of_workspace, namespace))

        def work(connection: Connection) -> None:
            for statement in statements:
                connection.execute(statement)

        await self._database.write(work)

    async def forget_upload(self, upload: ChatUpload) -> None:
        statement = delete(self._uploads).where(self._uploads.c.id == upload.id)
        await self._database.write(lambda connection: connection.execute(statement) and None)


def filled_id(workspace_id: str, chatflow_id: str, holding: str, collection: CollectionSpec, records: str | None) -> str:
    """One entry for each chatflow, place and namespace."""
    key = [workspace_id, chatflow_id, holding, collection.url, collection.name, records]
    return str(uuid.uuid5(NAMESPACE, orjson.dumps(key).decode()))


def _filled_store(row: Row[Any]) -> FilledStore:
    return FilledStore(row.id, row.workspace_id, row.chatflow_id, row.holding, collection_of(row.collection), row.records)


def _upload(row: Row[Any]) -> ChatUpload:
    return ChatUpload(row.id, row.workspace_id, row.chatflow_id, collection_of(row.collection), row.chunks)
