"""Locks between all servers on one Postgres database: its advisory locks, each on a connection of its own."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator

from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from tradewind_server.errors import Reason, Unavailable

LOOK_AGAIN = 0.1
CONNECT_SECONDS = 5


class AdvisoryLocks:
    """The port ``Locks`` over Postgres, which lets go of a lock when its connection ends, however it ends."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": CONNECT_SECONDS}
        )

    @contextlib.asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        async with self._connection() as connection:
            while not await asyncio.to_thread(self._try_lock, connection, name):  # noqa: ASYNC110 (another process gives no sign)
                await asyncio.sleep(LOOK_AGAIN)
            yield

    @contextlib.asynccontextmanager
    async def attempt(self, name: str) -> AsyncIterator[bool]:
        async with self._connection() as connection:
            yield await asyncio.to_thread(self._try_lock, connection, name)

    @contextlib.asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        try:
            connection = await asyncio.to_thread(self._engine.connect)
        except SQLAlchemyError as error:
            raise self._away() from error
        try:
            yield connection
        finally:
            await asyncio.shield(asyncio.to_thread(_end, connection))

    def _try_lock(self, connection: Connection, name: str) -> bool:
        key = int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big", signed=True)
        try:
            return bool(connection.scalar(select(func.pg_try_advisory_lock(key))))
        except SQLAlchemyError as error:
            raise self._away() from error

    @staticmethod
    def _away() -> Unavailable:
        return Unavailable(Reason.DATABASE_UNAVAILABLE, "The database does not answer right now; try again shortly.")


def _end(connection: Connection) -> None:
    """The locks go first: the server notices the end of a connection a moment after whoever ended it goes on."""
    with contextlib.suppress(SQLAlchemyError):  # A broken connection has let go of them by itself.
        connection.execute(select(func.pg_advisory_unlock_all()))
    connection.close()
