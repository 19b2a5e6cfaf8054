"""The parts of document stores, joined: for the server, the command line and the tests alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tradewind_server.chatflows.variables import Variables
from tradewind_server.document_stores.assembly import Assembler
from tradewind_server.document_stores.chunks import StoreChunkService
from tradewind_server.document_stores.loaders import StoreLoaders
from tradewind_server.document_stores.ports import DocumentStore, DocumentStores, StoreChunks
from tradewind_server.document_stores.service import DocumentStoreService
from tradewind_server.document_stores.upkeep import StoreUpkeep
from tradewind_server.document_stores.upserts import StoreUpserts
from tradewind_server.document_stores.uses import StoreUses
from tradewind_server.document_stores.vector_keys import keys_in
from tradewind_server.document_stores.vector_settings import VectorSettings
from tradewind_server.document_stores.vectors import StoreVectors
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.ingest.chunk_fill import ChunkRecords
from tradewind_server.ingest.journal import Journal
from tradewind_server.ingest.ports import Locks, RecordManager, UpsertHistory
from tradewind_server.ingest.upsert import Upserter


@dataclass(frozen=True, slots=True)
class StoreSurroundings:
    """What document stores need of the rest."""

    stores: DocumentStores
    chunks: StoreChunks
    chunk_records: ChunkRecords
    uses: StoreUses
    journal: Journal
    records: RecordManager
    history: UpsertHistory
    variables: Variables
    blobs: Blobs
    locks: Locks
    registry: Registry
    upserter: Upserter
    context_of: Callable[[str, str], BuildContext]
    """Takes the ids of a workspace and of a store."""
    new_id: Callable[[], str]
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class StoreParts:
    """All rules of document stores."""

    assembler: Assembler
    service: DocumentStoreService
    loaders: StoreLoaders
    chunks: StoreChunkService
    settings: VectorSettings
    upserts: StoreUpserts
    upkeep: StoreUpkeep

    def rules(self) -> Mapping[type[Any], Any]:
        """By class, as services ask for them."""
        return {type(one): one for one in (self.service, self.loaders, self.chunks, self.settings, self.upserts, self.upkeep)}


def join_parts(world: StoreSurroundings) -> StoreParts:
    new_id, now = world.new_id, world.now
    assembler = Assembler(world.registry, world.context_of, world.variables, new_id)
    vectors = StoreVectors(
        stores=world.stores,
        chunks=world.chunks,
        assembler=assembler,
        journal=world.journal,
        records=world.records,
        chunk_records=world.chunk_records,
        recovery=world.upserter.recovery,
        targets=world.upserter.targets,
        locks=world.locks,
        new_id=new_id,
        now=now,
    )

    async def clear(store: DocumentStore) -> None:
        await world.upserter.clear_owner(store.id, keys_in(store))

    service = DocumentStoreService(world.stores, world.uses, world.registry, world.blobs, clear=clear, new_id=new_id, now=now)
    loaders = StoreLoaders(
        stores=world.stores,
        chunks=world.chunks,
        assembler=assembler,
        vectors=vectors,
        blobs=world.blobs,
        locks=world.locks,
        new_id=new_id,
        now=now,
    )
    chunks = StoreChunkService(
        stores=world.stores, chunks=world.chunks, loaders=loaders, vectors=vectors, new_id=new_id, now=now
    )
    settings = VectorSettings(
        stores=world.stores, chunks=world.chunks, loaders=loaders, vectors=vectors, assembler=assembler, now=now
    )
    upserts = StoreUpserts(
        stores=world.stores,
        chunks=world.chunks,
        service=service,
        loaders=loaders,
        chunk_service=chunks,
        vectors=vectors,
        assembler=assembler,
        history=world.history,
        new_id=new_id,
        now=now,
    )
    upkeep = StoreUpkeep(world.stores, world.locks, service.delete, loaders.forget_files)
    return StoreParts(
        assembler,
        service,
        loaders,
        chunks,
        settings,
        upserts,
        upkeep,
    )
