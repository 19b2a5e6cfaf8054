"""A workspace as the text of an export, in pieces: no more than a page of rows is held at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence

import orjson

from tradewind_server.transfer.families import EXPORT_LISTS, Family
from tradewind_server.transfer.ports import TransferStore

FILE_NAME = "ExportData.json"
PIECE = 64 * 1024
"""Bytes from which a piece is handed on."""


class WorkspaceExporter:
    """Writes what the families read. Credentials and keys have none: they never leave."""

    def __init__(self, store: TransferStore, families: Sequence[Family]) -> None:
        self._store = store
        self._families = {family.name: family for family in families}

    def lists(self, *, with_messages: bool) -> frozenset[str]:
        """The lists that an export of everything fills."""
        names = (name for name, family in self._families.items() if with_messages or not family.of_chats)
        return frozenset(name for name in names if name in EXPORT_LISTS)

    async def pieces(self, workspace_id: str, lists: Collection[str]) -> AsyncIterator[bytes]:
        """The JSON text of an export with these lists filled; the others are there and empty.

        Rows that are written meanwhile may be in it or not: it is read page by page, not at one moment.
        """
        buffer = bytearray(b'{"FileDefaultName":"' + FILE_NAME.encode() + b'"')
        for name in EXPORT_LISTS:
            buffer += b',"' + name.encode() + b'":['
            family, mark = self._families.get(name), b""
            if family is not None and family.read is not None and name in lists:
                async for entry in family.read(self._store, workspace_id):
                    buffer += mark + orjson.dumps(entry)
                    mark = b","
                    if len(buffer) >= PIECE:
                        yield bytes(buffer)
                        buffer.clear()
            buffer += b"]"
        yield bytes(buffer + b"}")
