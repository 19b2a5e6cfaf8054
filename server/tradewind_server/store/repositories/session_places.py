"""Places of answers in their sessions in the relational store."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, func, select, update

from tradewind_server.errors import Reason, Unavailable
from tradewind_server.runs.session_places import PlaceView
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository
from tradewind_server.store.run_tables import SessionPlaceRow

MOST_ATTEMPTS = 100
"""Each attempt that fails means that another caller took the number."""


class SqlSessionPlaces(Repository):
    """The port ``SessionTurns`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, SessionPlaceRow)
        columns = self._table.c
        mine = columns.session == bindparam("name")
        self._others = select(func.count().label("places"), func.max(columns.number).label("last")).where(mine)
        self._stop = update(self._table).where(mine, columns.number < bindparam("own")).values(stop=True)
        self._view = select(columns.id, columns.stop).where(mine).order_by(columns.number)

    async def enter(self, place_id: str, session: str, owner: str, *, most: int, stops_others: bool) -> int:
        insert = self._insert_unless_present()

        def work(connection: Connection) -> int:
            for _ in range(MOST_ATTEMPTS):
                others = connection.execute(self._others, {"name": session}).one()
                if others.places >= most:
                    return int(others.places)
                number = (others.last or 0) + 1
                row = {"id": place_id, "session": session, "number": number, "owner": owner, "stop": False}
                if connection.execute(insert, row).rowcount:
                    if stops_others:
                        connection.execute(self._stop, {"name": session, "own": number})
                    return int(others.places)
            raise Unavailable(Reason.OVERLOADED, "Too many questions of this session came at once; try again shortly.")

        return await self._database.write(work)

    async def view(self, place_id: str, session: str) -> PlaceView:
        def work(connection: Connection) -> PlaceView:
            places = connection.execute(self._view, {"name": session}).all()
            for index, place in enumerate(places):
                if place.id == place_id:
                    return PlaceView(index > 0, place.stop)
            return PlaceView(False, False)

        return await self._database.lookup(work)

    async def leave(self, place_id: str) -> None:
        statement = delete(self._table).where(self._table.c.id == place_id)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def release_all(self, owner: str) -> None:
        statement = delete(self._table).where(self._table.c.owner == owner)
        await self._database.write(lambda connection: connection.execute(statement) and None)
