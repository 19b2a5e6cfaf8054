"""Document stores over a SQLite file, with embeddings and vectors in memory; their process can be killed at any step."""

from __future__ import annotations

import functools
import inspect
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.chats.ports import ChatMessages
from tradewind_server.document_stores.parts import StoreParts, StoreSurroundings, join_parts
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.ports import Models
from tradewind_server.flows.vector_ports import VectorIndexes
from tradewind_server.ingest.upsert import Upserter
from tradewind_server.settings import Settings
from tradewind_server.store.stores import open_stores

from fakes.ingest_world import Fate, Index, World

EMBEDDING = {"name": "openAIEmbeddings", "config": {"modelName": "small"}}
VECTORS = {"name": "qdrant", "config": {"qdrantCollection": "shelf"}}
SPLITTER = {"name": "characterTextSplitter", "config": {"chunkSize": 7, "chunkOverlap": 0, "separator": "|"}}
MINE = DEFAULT_WORKSPACE


class Stepping:
    """A part outside of the process: each call of it is a step."""

    def __init__(self, part: Any, world: World) -> None:
        self._part = part
        self._world = world

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        if not inspect.iscoroutinefunction(found):
            return found

        @functools.wraps(found)
        async def call(*arguments: Any, **options: Any) -> Any:
            async with self._world.step():
                return await found(*arguments, **options)

        return call


class SearchIndex(Index):
    """One that finds what holds a word of the question."""

    async def search(self, vector: Any, limit: int, filters: Mapping[str, Any] | None = None) -> list[Any]:
        from tradewind_server.flows.vector_ports import ScoredChunk

        rows = sorted(self.points.values(), key=lambda point: abs(point.vector[0] - vector[0]))
        return [ScoredChunk(one.id, 1.0, one.content, dict(one.metadata)) for one in rows[:limit]]


class StoreWorld(World):
    """What document stores live in. ``parts`` are those of the process that runs now."""

    database: Path

    @classmethod
    def on(cls, folder: Path, template: Path) -> StoreWorld:
        folder.mkdir(exist_ok=True)
        world = cls(folder)
        world.database = folder / "tradewind.db"
        shutil.copy(template, world.database)
        world.restart()
        return world

    def copy(self, folder: Path) -> StoreWorld:
        """What this world holds, in a folder of its own, before a process runs there. Its own stores are closed."""
        folder.mkdir()
        world = StoreWorld(folder)
        world.database = folder / "tradewind.db"
        shutil.copy(self.database, world.database)
        for name, index in self.indexes.items():
            world.indexes[name] = SearchIndex(name, world, dict(index.points), there=index.there)
        world.moment = self.moment
        return world

    def restart(self) -> None:
        """A new process over what the former left. Repositories of the former one may still be open: they hold no state."""
        self.fate = Fate()
        settings = Settings(_env_file=None, database_url=f"sqlite:///{self.database}")
        self.sql = open_stores(settings, b"a secret of the tests", self.now, lambda: 0.0, {})
        self.upserts_of_flows = self.upserter()
        self.parts = self.join()

    async def close(self) -> None:
        await self.sql.close()

    async def embed_query(self, text: str) -> list[float]:
        return [float(len(text)), 1.0]

    def index(self, spec: Any) -> Index:
        self.specs.append(spec)
        return self.indexes.setdefault(spec.name, SearchIndex(spec.name, self))

    def outside(self, part: Any) -> Any:
        return Stepping(part, self)

    def upserter(self) -> Upserter:
        return Upserter(
            chatflows=self.sql.chatflows,
            registry=builtin_registry(),
            context_of=self.context_of,
            blobs=self.blobs,
            history=self.sql.upsert_history,
            records=self.outside(self.sql.records),
            journal=self.outside(self.sql.journal),
            filled_stores=self.outside(self.sql.filled_stores),
            locks=self.locks,
            indexes=cast(VectorIndexes, self),
            variables=self.sql.variables,
            versions=self.sql.chatflow_versions,
            new_id=lambda: str(uuid.uuid4()),
            now=self.now,
            most_added=self.most_added,
            chunk_records=self.outside(self.sql.store_chunks),
        )

    def build_context(self, workspace_id: str, owner_id: str) -> BuildContext:
        models, indexes = cast(Models, self), cast(VectorIndexes, self)
        return BuildContext(workspace_id, owner_id, models, indexes, cast(ChatMessages, None), outbound=self.outbound)

    def join(self) -> StoreParts:
        return join_parts(
            StoreSurroundings(
                stores=self.outside(self.sql.document_stores),
                chunks=self.outside(self.sql.store_chunks),
                chunk_records=self.outside(self.sql.store_chunks),
                uses=self.sql.store_uses,
                journal=self.outside(self.sql.journal),
                records=self.outside(self.sql.records),
                history=self.outside(self.sql.upsert_history),
                variables=self.sql.variables,
                blobs=self.blobs,
                locks=self.locks,
                registry=builtin_registry(),
                upserter=self.upserts_of_flows,
                context_of=self.build_context,
                new_id=lambda: str(uuid.uuid4()),
                now=self.now,
            )
        )

    async def new_store(self, **fields: Any) -> str:
        values = {"name": "Shop", "vectorStoreConfig": VECTORS, "embeddingConfig": EMBEDDING, **fields}
        return (await self.parts.service.create(MINE, values)).id

    async def upsert(self, store_id: str, text: str, **fields: Any) -> Any:
        """Upsert a text whose chunks end in ``|``."""
        values = {"loader": {"name": "plainText", "config": {"text": text}}, "splitter": SPLITTER, **fields}
        return await self.parts.upserts.upsert(MINE, store_id, values)

    async def chunks(self, store_id: str) -> dict[str, list[str]]:
        """The texts of each loader's chunks, in their order."""
        store = await self.parts.service.get(MINE, store_id)
        result = {}
        for loader in store.loaders:
            rows = await self.sql.store_chunks.page(MINE, [loader.generation or ""], None, 1000)
            assert [len(rows), sum(len(row.page_content) for row in rows)] == [loader.total_chunks, loader.total_chars]
            result[loader.id] = [row.page_content for row in rows]
        return result

    def vectors(self) -> dict[str, list[str]]:
        """The texts in the vector store, by loader."""
        result: dict[str, list[str]] = {}
        for point in self.indexes["shelf"].points.values() if "shelf" in self.indexes else ():
            result.setdefault(str(point.metadata["docId"]), []).append(point.content)
        return {loader: sorted(texts) for loader, texts in result.items()}

    async def agree(self, store_id: str) -> bool:
        """Whether the vectors are those of the chunks, each once, and the journal is empty."""
        chunks = {loader: sorted(texts) for loader, texts in (await self.chunks(store_id)).items() if texts}
        return chunks == self.vectors() and await self.sql.journal.open_runs() == []
