"""Rate-limit windows in the relational store: one count for all workers and servers on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, case, delete

from tradewind_server.access.rate_limits import Window
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository
from tradewind_server.store.tables import RateWindowRow


class SqlRateWindows(Repository):
    """The port ``RateWindows`` over SQL. Whoever begins a window takes away those that have ended."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        super().__init__(database, RateWindowRow)
        self._now = now
        columns = self._table.c
        new = database.dialect.insert(self._table)
        expiry = columns.end_date <= bindparam("moment")
        self._hit = new.on_conflict_do_update(
            index_elements=["workspace_id", "key"],
            set_={
                "hits": case((expiry, 1), else_=columns.hits + 1),
                "end_date": case((expiry, new.excluded.end_date), else_=columns.end_date),
            },
        ).returning(columns.hits, columns.end_date)
        self._remove_ended = delete(self._table).where(columns.end_date <= bindparam("moment"))

    async def hit(self, workspace_id: str, key: str, seconds: float) -> Window:
        moment = self._now()
        row = {"workspace_id": workspace_id, "key": key, "hits": 1, "end_date": moment + timedelta(seconds=seconds)}

        def work(connection: Connection) -> Window:
            hits, end_date = connection.execute(self._hit, {**row, "moment": moment}).one()
            if hits == 1:
                connection.execute(self._remove_ended, {"moment": moment})
            return Window(hits, (end_date - moment).total_seconds())

        return await self._database.write(work)
