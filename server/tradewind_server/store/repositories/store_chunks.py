"""Chunks of document stores in the relational store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, literal, select, tuple_

from tradewind_server.document_stores.ports import ChunkPosition, StoreChunk
from tradewind_server.ingest.ports import StaleRecord
from tradewind_server.store.document_store_tables import StoreChunkRow, StoreLoaderRow
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.record_manager import group_digest
from tradewind_server.store.repositories.repository import Repository, chunks, dump, load, storable, table_of
from tradewind_server.store.tables import UpsertionRecordRow


class SqlStoreChunks(Repository):
    """The port ``StoreChunks`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, StoreChunkRow)
        self._loaders = table_of(StoreLoaderRow)
        self._records = table_of(UpsertionRecordRow)

    async def add(self, workspace_id: str, chunks: Sequence[StoreChunk]) -> None:
        rows = [
            {
                "generation": chunk.generation,
                "number": chunk.number,
                "id": chunk.id,
                "workspace_id": workspace_id,
                "store_id": chunk.store_id,
                "loader_id": chunk.loader_id,
                "page_content": storable(chunk.page_content),
                "metadata": dump(chunk.metadata),
                "point_id": chunk.point_id,
            }
            for chunk in chunks
        ]
        await self._database.write(lambda connection: rows and connection.execute(insert(self._table), rows) and None)

    async def page(
        self, workspace_id: str, generations: Sequence[str], after: ChunkPosition | None, limit: int
    ) -> list[StoreChunk]:
        columns = self._table.c
        statement = (
            select(self._table)
            .where(self._mine(workspace_id), columns.generation.in_(generations))
            .order_by(columns.generation, columns.number)
            .limit(limit)
        )
        if after is not None:
            mark = tuple_(literal(after.generation), literal(after.number))
            statement = statement.where(tuple_(columns.generation, columns.number) > mark)
        return await self._rows(statement)

    async def numbered_page(self, workspace_id: str, generations: Sequence[str], offset: int, limit: int) -> list[StoreChunk]:
        columns = self._table.c
        statement = (
            select(self._table)
            .where(self._mine(workspace_id), columns.generation.in_(generations))
            .order_by(columns.number, columns.generation)
            .offset(offset)
            .limit(limit)
        )
        return await self._rows(statement)

    async def get(self, workspace_id: str, generation: str, chunk_id: str) -> StoreChunk | None:
        columns = self._table.c
        rows = await self._rows(
            select(self._table).where(self._mine(workspace_id), columns.id == chunk_id, columns.generation == generation)
        )
        return rows[0] if rows else None

    async def at_points(self, workspace_id: str, store_id: str, point_ids: Sequence[str]) -> list[StoreChunk]:
        columns = self._table.c
        result: list[StoreChunk] = []
        for some in chunks(list(point_ids)):
            statement = select(self._table).where(
                self._mine(workspace_id), columns.point_id.in_(some), columns.store_id == store_id
            )
            result += await self._rows(statement)
        return result

    async def discard(self, workspace_id: str, store_id: str) -> None:
        columns, loaders = self._table.c, self._loaders.c
        complete = select(loaders.id).where(loaders.workspace_id == workspace_id, loaders.generation == columns.generation)
        statement = delete(self._table).where(self._mine(workspace_id), columns.store_id == store_id, ~complete.exists())
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def superfluous(
        self, workspace_id: str, store_id: str, namespace: str, loader_ids: Sequence[str] | None, limit: int
    ) -> list[StaleRecord]:
        """The port ``ChunkRecords``: records whose point belongs to no chunk that counts."""
        columns, loaders, records = self._table.c, self._loaders.c, self._records.c
        chunk_of_record = (
            select(columns.id)
            .join(self._loaders, loaders.generation == columns.generation)
            .where(self._mine(workspace_id), columns.store_id == store_id, columns.point_id == records.point_id)
        )
        statement = (
            select(records.key, records.point_id)
            .where(records.workspace_id == workspace_id, records.namespace == namespace, ~chunk_of_record.exists())
            .limit(limit)
        )
        if loader_ids is not None:
            statement = statement.where(records.group_id.in_([group_digest(one) for one in loader_ids]))

        def work(connection: Connection) -> list[StaleRecord]:
            return [StaleRecord(row[0], row[1]) for row in connection.execute(statement)]

        return await self._database.read(work)

    async def _rows(self, statement: Select[Any]) -> list[StoreChunk]:
        def work(connection: Connection) -> list[StoreChunk]:
            return [_chunk(row) for row in connection.execute(statement)]

        return await self._database.read(work)


def _chunk(row: Row[Any]) -> StoreChunk:
    metadata = load(row._mapping["metadata"])
    return StoreChunk(
        id=row.id,
        store_id=row.store_id,
        loader_id=row.loader_id,
        generation=row.generation,
        number=row.number,
        page_content=row.page_content,
        metadata=metadata if isinstance(metadata, dict) else {},
        point_id=row.point_id,
    )
