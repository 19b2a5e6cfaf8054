"""Which chatflows name document stores, read from their drawings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from tradewind_server.document_stores.uses import MENTION, StoreUse, stores_named_in
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository
from tradewind_server.store.tables import ChatflowRow

DRAWINGS_AT_ONCE = 20
MOST_DRAWINGS = 10_000


class SqlStoreUses(Repository):
    """The port ``StoreUses`` over SQL. Drawings are large: a few at a time are in memory."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, ChatflowRow)

    async def by_store(self, workspace_id: str, store_ids: Sequence[str]) -> Mapping[str, Sequence[StoreUse]]:
        columns = self._table.c
        mention = MENTION if len(store_ids) != 1 else store_ids[0]
        candidates = (
            select(columns.id)
            .where(self._mine(workspace_id), columns.flow_data.contains(mention, autoescape=True))
            .order_by(columns.name, columns.id)
            .limit(MOST_DRAWINGS)
        )
        drawings = select(columns.id, columns.name, columns.flow_data).where(self._mine(workspace_id))
        ids = frozenset(store_ids)

        def work(connection: Connection) -> Mapping[str, Sequence[StoreUse]]:
            result: dict[str, list[StoreUse]] = {}
            chatflow_ids = list(connection.execute(candidates).scalars())
            for start in range(0, len(chatflow_ids), DRAWINGS_AT_ONCE):
                some = columns.id.in_(chatflow_ids[start : start + DRAWINGS_AT_ONCE])
                for chatflow_id, name, flow_data in connection.execute(drawings.where(some).order_by(columns.name)):
                    for store_id in stores_named_in(flow_data) & ids:
                        result.setdefault(store_id, []).append(StoreUse(chatflow_id, name))
            return result

        return await self._database.read(work)
