"""Document stores and their loaders in the relational store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from tradewind_server.document_stores.ports import (
    DocumentStore,
    StoreChange,
    StoreChunk,
    StoreComponent,
    StoreLoader,
    StoreStatus,
)
from tradewind_server.ingest.journal import Run
from tradewind_server.store.document_store_tables import DocumentStoreRow, StoreChunkRow, StoreLoaderRow
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository, chunks, dump, load, storable, table_of
from tradewind_server.store.tables import UpsertHistoryRow, UpsertRunRow

COMPONENTS = ("vector_store", "embedding", "record_manager")
PLAIN = ("name", "description", "status", "vectors", "updated_date")
SETTINGS = (
    "loader_id",
    "loader_name",
    "loader_config",
    "splitter_id",
    "splitter_name",
    "splitter_config",
    "credential",
    "files",
)
"""Fields of a loader that stand in one JSON column."""
Statements = list[Any]
LOADER_COLUMNS = ("id", "store_id", "position", "status", "total_chunks", "total_chars", "generation")


class SqlDocumentStores(Repository):
    """The port ``DocumentStores`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, DocumentStoreRow)
        self._max_list = max_list
        self._loaders = table_of(StoreLoaderRow)
        self._chunks = table_of(StoreChunkRow)
        self._runs = table_of(UpsertRunRow)
        self._history = table_of(UpsertHistoryRow)
        put = database.dialect.insert(self._loaders)
        new = {name: put.excluded[name] for name in (*LOADER_COLUMNS[2:], "settings")}
        self._put_loader = put.on_conflict_do_update(index_elements=["id"], set_=new)

    async def list(
        self, workspace_id: str, offset: int = 0, limit: int | None = None, status: StoreStatus | None = None
    ) -> tuple[list[DocumentStore], int]:
        conditions = [self._mine(workspace_id), *([self._table.c.status == status] if status else [])]
        count = select(func.count()).select_from(self._table).where(*conditions)
        page = (
            select(self._table)
            .where(*conditions)
            .order_by(self._table.c.updated_date.desc(), self._table.c.id)
            .offset(offset)
            .limit(min(limit or self._max_list, self._max_list))
        )

        def work(connection: Connection) -> tuple[list[DocumentStore], int]:
            rows = list(connection.execute(page))
            loaders = self._loaders_of(connection, workspace_id, [row.id for row in rows])
            return [_store(row, loaders.get(row.id, ())) for row in rows], int(connection.execute(count).scalar_one())

        return await self._database.read(work)

    async def get(self, workspace_id: str, store_id: str) -> DocumentStore | None:
        statement = select(self._table).where(self._mine(workspace_id), self._table.c.id == store_id)

        def work(connection: Connection) -> DocumentStore | None:
            row = connection.execute(statement).first()
            if row is None:
                return None
            return _store(row, self._loaders_of(connection, workspace_id, [store_id]).get(store_id, ()))

        return await self._database.read(work)

    def _loaders_of(
        self, connection: Connection, workspace_id: str, store_ids: Sequence[str]
    ) -> Mapping[str, Sequence[StoreLoader]]:
        columns = self._loaders.c
        result: dict[str, list[StoreLoader]] = {}
        for some in chunks(store_ids):
            statement = (
                select(self._loaders)
                .where(columns.workspace_id == workspace_id, columns.store_id.in_(some))
                .order_by(columns.position, columns.id)
            )
            for row in connection.execute(statement):
                result.setdefault(row.store_id, []).append(_loader(row))
        return result

    async def create(self, store: DocumentStore) -> None:
        values = {
            "id": store.id,
            "workspace_id": store.workspace_id,
            "created_date": store.created_date,
            **_columns({name: getattr(store, name) for name in (*PLAIN, *COMPONENTS)}),
        }
        loaders = [_loader_values(store.workspace_id, loader) for loader in store.loaders]

        def work(connection: Connection) -> None:
            connection.execute(insert(self._table), values)
            if loaders:
                connection.execute(insert(self._loaders), loaders)

        await self._database.write(work)

    async def change(
        self, workspace_id: str, store_id: str, change: StoreChange, accept: tuple[Run, datetime] | None = None
    ) -> bool:
        mine = (self._mine(workspace_id), self._table.c.id == store_id)
        exists = select(self._table.c.id).where(*mine)
        values = _columns(change.values)
        loaders = [_loader_values(workspace_id, loader) for loader in change.loaders]
        statements = [*self._statements(workspace_id, store_id, change)]
        if values:
            statements.append(update(self._table).where(*mine).values(**values))
        if accept is not None:
            run, at = accept
            statements.append(update(self._runs).where(self._runs.c.id == str(run.base)).values(accepted_date=at))

        def work(connection: Connection) -> bool:
            if connection.execute(exists).first() is None:
                return False
            if loaders:
                connection.execute(self._put_loader, loaders)
            for statement in statements:
                connection.execute(statement)
            return True

        return await self._database.write(work)

    def _statements(self, workspace_id: str, store_id: str, change: StoreChange) -> Sequence[Any]:
        """What happens to chunks, and to loaders that go."""
        columns, loaders = self._chunks.c, self._loaders.c
        of_store = (columns.workspace_id == workspace_id, columns.store_id == store_id)
        statements: Statements = []
        for loader in change.loaders:
            former = delete(self._chunks).where(*of_store, columns.loader_id == loader.id)
            statements.append(former if loader.generation is None else former.where(columns.generation != loader.generation))
        for some in chunks(change.dropped_loaders):
            statements.append(delete(self._chunks).where(*of_store, columns.loader_id.in_(some)))
            of_loaders = (loaders.workspace_id == workspace_id, loaders.store_id == store_id, loaders.id.in_(some))
            statements.append(delete(self._loaders).where(*of_loaders))
        for chunk in change.chunks:
            statements.append(
                update(self._chunks)
                .where(*of_store, columns.generation == chunk.generation, columns.number == chunk.number)
                .values(page_content=storable(chunk.page_content), metadata=dump(chunk.metadata), point_id=chunk.point_id)
            )
        numbers = numbers_by_generation(change.dropped_chunks)
        for generation, all_numbers in numbers.items():
            for part in chunks(all_numbers):
                of_generation = (*of_store, columns.generation == generation, columns.number.in_(part))
                statements.append(delete(self._chunks).where(*of_generation))
        return statements

    async def delete(self, workspace_id: str, store_id: str) -> int:
        statement = delete(self._table).where(self._mine(workspace_id), self._table.c.id == store_id)
        dependants = [
            delete(table).where(table.c.workspace_id == workspace_id, column == store_id)
            for table, column in (
                (self._chunks, self._chunks.c.store_id),
                (self._loaders, self._loaders.c.store_id),
                (self._history, self._history.c.chatflow_id),
            )
        ]

        def work(connection: Connection) -> int:
            count = int(connection.execute(statement).rowcount)
            if count:
                for dependant in dependants:
                    connection.execute(dependant)
            return count

        return await self._database.write(work)

    async def busy(self, limit: int) -> Sequence[tuple[str, str]]:
        columns = self._table.c
        statement = (
            select(columns.workspace_id, columns.id)
            .where(columns.status.in_(("UPSERTING", "NEW")))
            .order_by(columns.id)
            .limit(limit)
        )
        return await self._database.read(lambda connection: [(row[0], row[1]) for row in connection.execute(statement)])


def numbers_by_generation(store_chunks: Sequence[StoreChunk]) -> Mapping[str, Sequence[int]]:
    result: dict[str, list[int]] = {}
    for chunk in store_chunks:
        result.setdefault(chunk.generation, []).append(chunk.number)
    return result


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a store's fields."""
    return {name: _component_text(value) if name in COMPONENTS else value for name, value in values.items()}


def _component_text(component: StoreComponent | None) -> str | None:
    return None if component is None else dump({"name": component.name, "config": component.config})


def _component(text: str | None) -> StoreComponent | None:
    value = load(text)
    return StoreComponent(value["name"], value.get("config") or {}) if isinstance(value, dict) else None


def _store(row: Row[Any], loaders: Sequence[StoreLoader]) -> DocumentStore:
    columns = row._mapping
    values: dict[str, Any] = {name: columns[name] for name in PLAIN}
    values |= {name: _component(columns[name]) for name in COMPONENTS}
    return DocumentStore(
        id=row.id,
        workspace_id=row.workspace_id,
        created_date=row.created_date,
        loaders=tuple(loaders),
        **values,
    )


def _loader_values(workspace_id: str, loader: StoreLoader) -> dict[str, Any]:
    values = {name: getattr(loader, name) for name in LOADER_COLUMNS}
    settings = dump({name: getattr(loader, name) for name in SETTINGS})
    return {**values, "workspace_id": workspace_id, "settings": settings}


def _loader(row: Row[Any]) -> StoreLoader:
    return StoreLoader(**{name: row._mapping[name] for name in LOADER_COLUMNS}, **load(row.settings))
