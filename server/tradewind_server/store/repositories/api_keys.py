"""API keys in the relational store: digests only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, update

from tradewind_server.access.api_keys import MOST_KEYS
from tradewind_server.access.ports import ApiKey, KeyedChatflow
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository, table_of
from tradewind_server.store.tables import ApiKeyRow, ChatflowRow

CHANGEABLE = (
    "name",
    "prefix",
    "digest",
    "permissions",
    "updated_date",
    "expires_date",
    "chatflow_ids",
    "previous_digest",
    "previous_until",
)


class SqlApiKeys(Repository):
    """The port ``ApiKeys`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, ApiKeyRow)
        self._max_list = max_list
        self._chatflows = table_of(ChatflowRow)
        columns = self._table.c
        digest: Any = bindparam("digest")
        self._by_digest = select(self._table).where(or_(columns.digest == digest, columns.previous_digest == digest))

    async def by_digest(self, digest: bytes) -> ApiKey | None:
        def work(connection: Connection) -> ApiKey | None:
            row = connection.execute(self._by_digest, {"digest": digest}).first()
            return _key(row) if row else None

        return await self._database.lookup(work)

    async def list(self, workspace_id: str) -> list[ApiKey]:
        oldest_first = (self._table.c.created_date, self._table.c.id)
        statement = select(self._table).where(self._mine(workspace_id)).order_by(*oldest_first).limit(MOST_KEYS)
        return await self._database.read(lambda connection: [_key(row) for row in connection.execute(statement)])

    async def get(self, workspace_id: str, key_id: str) -> ApiKey | None:
        statement = select(self._table).where(self._mine(workspace_id), self._table.c.id == key_id)
        row = await self._database.read(lambda connection: connection.execute(statement).first())
        return _key(row) if row else None

    async def add(self, key: ApiKey) -> None:
        identity = {"id": key.id, "workspace_id": key.workspace_id}
        values = {**identity, "created_date": key.created_date, "last_used": key.last_used, **_changeable(key)}
        await self._database.write(lambda connection: connection.execute(insert(self._table), values) and None)

    async def replace(self, key: ApiKey) -> bool:
        statement = (
            update(self._table).where(self._mine(key.workspace_id), self._table.c.id == key.id).values(**_changeable(key))
        )
        return await self._database.write(lambda connection: connection.execute(statement).rowcount > 0)

    async def note_use(self, key_id: str, when: datetime) -> None:
        statement = update(self._table).where(self._table.c.id == key_id).values(last_used=when)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def revoke(self, workspace_id: str, key_id: str) -> int:
        statement = delete(self._table).where(self._mine(workspace_id), self._table.c.id == key_id)
        return await self._database.write(lambda connection: int(connection.execute(statement).rowcount))

    async def keyed_chatflows(self, workspace_id: str, key_id: str | None = None) -> Sequence[KeyedChatflow]:
        columns = self._chatflows.c
        by_key = columns.apikeyid.is_not(None) if key_id is None else columns.apikeyid == key_id
        statement = (
            select(columns.id, columns.name, columns.category, columns.updated_date, columns.apikeyid)
            .where(columns.workspace_id == workspace_id, by_key)
            .order_by(columns.name, columns.id)
            .limit(self._max_list)
        )
        return await self._database.read(lambda connection: [KeyedChatflow(*row) for row in connection.execute(statement)])

    async def missing_chatflows(self, workspace_id: str, chatflow_ids: Collection[str]) -> Sequence[str]:
        columns = self._chatflows.c
        statement = select(columns.id).where(columns.workspace_id == workspace_id, columns.id.in_(chatflow_ids))
        present = await self._database.read(lambda connection: set(connection.execute(statement).scalars()))
        return sorted(set(chatflow_ids) - present)


def _changeable(key: ApiKey) -> dict[str, Any]:
    values = {name: getattr(key, name) for name in CHANGEABLE}
    values["permissions"] = orjson.dumps(sorted(key.permissions)).decode()
    values["chatflow_ids"] = orjson.dumps(sorted(key.chatflow_ids)).decode() if key.chatflow_ids else None
    return values


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
        updated_date=values["updated_date"] or values["created_date"],
        last_used=values["last_used"],
        expires_date=values["expires_date"],
        chatflow_ids=frozenset(orjson.loads(values["chatflow_ids"] or "[]")),
        previous_digest=bytes(values["previous_digest"]) if values["previous_digest"] is not None else None,
        previous_until=values["previous_until"],
    )
