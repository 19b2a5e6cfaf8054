"""API keys in the relational store: digests only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from tradewind_server.access.ports import ApiKey
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository
from tradewind_server.store.tables import ApiKeyRow


class SqlApiKeys(Repository):
    """The port ``ApiKeys`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, ApiKeyRow)
        self._by_digest = select(self._table).where(self._table.c.digest == bindparam("digest"))

    async def by_digest(self, digest: bytes) -> ApiKey | None:
        def work(connection: Connection) -> ApiKey | None:
            row = connection.execute(self._by_digest, {"digest": digest}).first()
            return _key(row) if row else None

        return await self._database.lookup(work)

    async def list(self, workspace_id: str) -> list[ApiKey]:
        oldest_first = (self._table.c.created_date, self._table.c.id)
        statement = select(self._table).where(self._mine(workspace_id)).order_by(*oldest_first).limit(1000)
        return await self._database.read(lambda connection: [_key(row) for row in connection.execute(statement)])

    async def add(self, key: ApiKey) -> None:
        values = {
            "id": key.id,
            "workspace_id": key.workspace_id,
            "name": key.name,
            "prefix": key.prefix,
            "digest": key.digest,
            "permissions": orjson.dumps(sorted(key.permissions)).decode(),
            "created_date": key.created_date,
            "last_used": key.last_used,
        }
        await self._database.write(lambda connection: connection.execute(insert(self._table), values) and None)

    async def note_use(self, key_id: str, when: datetime) -> None:
        statement = update(self._table).where(self._table.c.id == key_id).values(last_used=when)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def revoke(self, workspace_id: str, key_id: str) -> int:
        statement = delete(self._table).where(self._mine(workspace_id), self._table.c.id == key_id)
        return await self._database.write(lambda connection: int(connection.execute(statement).rowcount))


def _key(row: Row[Any]) -> ApiKey:
    values = row._mapping
    return ApiKey(
        id=values["id"],
        workspace_id=values["workspace_id"],
        name=values["name"],
        prefix=values["prefix"],
        digest=bytes(values["digest"]),
        permissions=frozenset(orjson.loads(values["permissions"])),
        created_date=values["created_date"],
        last_used=values["last_used"],
    )
