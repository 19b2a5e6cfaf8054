"""An upserter with everything around it in memory, but for the files; its process can be killed at any step."""

from __future__ import annotations

import contextlib
import json
import uuid
from asyncio import Event
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from tradewind_server.access.ports import ANONYMOUS, Principal
from tradewind_server.chatflows.ports import Chatflow, Chatflows
from tradewind_server.chatflows.variables import Variables
from tradewind_server.chatflows.versions import ChatflowVersion
from tradewind_server.chats.ports import ChatMessages
from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import Reason, Unavailable
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.files.locks import FileLocks
from tradewind_server.flows.compile.plan import plan_upserts, store_of
from tradewind_server.flows.components import VectorStore
from tradewind_server.flows.drawing import parse_flow
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.ports import Embedder, EmbedderSpec, Models
from tradewind_server.flows.vector_ports import CollectionSpec, Point, VectorIndexes
from tradewind_server.ingest.filled_stores import ChatUpload, FilledStore
from tradewind_server.ingest.journal import OpenRun, PendingChunk, Run
from tradewind_server.ingest.ports import Progress, RecordEntry, RecordManager, StaleRecord, UpsertHistory, UpsertHistoryEntry
from tradewind_server.ingest.upsert import PreparedUpsert, Upserter, UpsertRequest

from fakes.admission import admission_to, caller

FLOW_ID = "6f1c1a52-5c1e-4d53-9d5e-0d6a3d1a7c11"
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
SIZES = [{"label": "Chunk Size", "name": "chunkSize", "type": "number"}]
TEXT_FILE = [{"label": "Txt File", "name": "txtFile", "type": "file", "fileType": ".txt, .md"}]


def node(node_id: str, category: str, inputs: Mapping[str, Any], params: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    name = node_id.partition("_")[0]
    data = {"id": node_id, "name": name, "label": name, "category": category, "inputs": inputs, "inputParams": params}
    return {"id": node_id, "data": data}


def wire(node_id: str) -> str:
    return f"{{{{{node_id}.data.instance}}}}"


def drawing(loader: dict[str, Any], *stores: dict[str, Any], more: Sequence[dict[str, Any]] = ()) -> str:
    """A splitter, a loader, embeddings, and vector stores that hold what the loader reads."""
    splitter = node("recursiveCharacterTextSplitter_0", "Text Splitters", {"chunkSize": 20, "chunkOverlap": 0}, SIZES)
    embeddings = node("openAIEmbeddings_0", "Embeddings", {"modelName": "small", "openAIApiKey": "sk-canary"})
    return json.dumps({"nodes": [splitter, loader, embeddings, *more, *(stores or (qdrant(),))], "edges": []})


def qdrant(number: int = 0, loader: str = "plainText_0", **more: Any) -> dict[str, Any]:
    inputs = {"document": [wire(loader)], "embeddings": wire("openAIEmbeddings_0"), "qdrantCollection": f"shelf{number}"}
    return node(f"qdrant_{number}", "Vector Stores", {**inputs, **more})


def in_memory(loader: str = "plainText_0") -> dict[str, Any]:
    inputs = {"document": [wire(loader)], "embeddings": wire("openAIEmbeddings_0")}
    return node("memoryVectorStore_0", "Vector Stores", inputs)


def faiss(loader: str = "textFile_0", path: str = "/data/faiss") -> dict[str, Any]:
    inputs = {"document": [wire(loader)], "embeddings": wire("openAIEmbeddings_0"), "basePath": path}
    return node("faiss_0", "Vector Stores", inputs)


def recorder(cleanup: str, **more: Any) -> dict[str, Any]:
    return node("SQLiteRecordManager_0", "Record Manager", {"cleanup": cleanup, **more})


RECORDED = {"recordManager": wire("SQLiteRecordManager_0")}


def plain_text(text: str) -> dict[str, Any]:
    inputs = {"text": text, "textSplitter": wire("recursiveCharacterTextSplitter_0")}
    return node("plainText_0", "Document Loaders", inputs)


def text_file(value: str = "", **more: Any) -> dict[str, Any]:
    inputs = {"txtFile": value, "textSplitter": wire("recursiveCharacterTextSplitter_0"), **more}
    return node("textFile_0", "Document Loaders", inputs, TEXT_FILE)


def recorded(cleanup: str, **more: Any) -> str:
    """Files into a Qdrant collection under a record manager."""
    return drawing(text_file(), qdrant(loader="textFile_0", **RECORDED), more=[recorder(cleanup, **more)])


class Killed(BaseException):
    """The process is gone: nothing of it runs on."""


@dataclass
class Fate:
    """When the process dies: at which of its steps outwards, and whether that step still happens."""

    at: int = 0
    happens: bool = False
    steps: int = 0
    dead: bool = False

    def before(self) -> None:
        self.steps += 1
        if self.dead:
            raise Killed
        if self.steps == self.at and not self.happens:
            self.dead = True
            raise Killed

    def after(self) -> None:
        if self.dead or self.steps == self.at:
            self.dead = True
            raise Killed


@dataclass
class Index:
    """A collection in memory."""

    name: str
    world: World
    points: dict[str, Point] = field(default_factory=dict)
    writes: list[int] = field(default_factory=list)
    there: bool = False
    fail_at: int = 0
    """Which write fails, after it has stored half of its points."""
    fail_deletions: bool = False
    asked: int = 0
    """Deletions that were asked for."""

    async def exists(self) -> bool:
        async with self.world.step():
            return self.there

    async def upsert(self, points: Sequence[Point]) -> None:
        async with self.world.step():
            self.there = True
            self.writes.append(len(points))
            failing = len(self.writes) == self.fail_at
            self.points.update({point.id: point for point in (points[: len(points) // 2] if failing else points)})
            if failing:
                raise Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, "The vector store is away.")

    async def delete(self, ids: Sequence[str]) -> None:
        async with self.world.step():
            self.asked += 1
            if self.fail_deletions:
                raise Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, "The vector store is away.")
            for one in ids:
                self.points.pop(one, None)

    async def existing(self, ids: Sequence[str]) -> set[str]:
        async with self.world.step():
            return set(ids) & self.points.keys()

    async def count(self, filters: Mapping[str, Any] | None = None) -> int:
        return len(self.points)

    async def drop(self) -> None:
        async with self.world.step():
            self.points.clear()
            self.there = False


@dataclass
class Records:
    """The records of a server, which outlive its processes."""

    world: World
    rows: dict[tuple[str, str], dict[str, tuple[str | None, str, datetime, str | None]]] = field(default_factory=dict)

    def _of(self, workspace_id: str, namespace: str) -> dict[str, tuple[str | None, str, datetime, str | None]]:
        return self.rows.setdefault((workspace_id, namespace), {})

    async def lookup(self, workspace_id: str, namespace: str, keys: Sequence[str]) -> set[str]:
        async with self.world.step():
            return set(keys) & self._of(workspace_id, namespace).keys()

    async def put(self, workspace_id: str, namespace: str, entries: Sequence[RecordEntry], at: datetime) -> None:
        async with self.world.step():
            self._of(workspace_id, namespace).update(
                {one.key: (one.group_id, one.point_id, at, one.chat_id) for one in entries}
            )

    async def stale(
        self, workspace_id: str, namespace: str, before: datetime, groups: Sequence[str] | None, limit: int
    ) -> list[StaleRecord]:
        async with self.world.step():
            rows = self._of(workspace_id, namespace).items()
            found = [(k, r) for k, r in rows if r[2] < before and (groups is None or r[0] in groups)]
            return [StaleRecord(key, row[1]) for key, row in found[:limit]]

    async def remove(self, workspace_id: str, namespace: str, keys: Sequence[str]) -> None:
        async with self.world.step():
            for key in keys:
                self._of(workspace_id, namespace).pop(key, None)

    async def of_chats(self, workspace_id: str, namespace: str, limit: int) -> list[StaleRecord]:
        async with self.world.step():
            rows = self._of(workspace_id, namespace).items()
            return [StaleRecord(key, row[1]) for key, row in rows if row[3] is not None][:limit]


@dataclass
class Runs:
    """The journal of a server, and what its chatflows have filled; both outlive its processes."""

    world: World
    runs: dict[str, tuple[Run, int, datetime | None]] = field(default_factory=dict)
    chunks: dict[str, dict[str, PendingChunk]] = field(default_factory=dict)
    groups: dict[str, set[str]] = field(default_factory=dict)
    stores: dict[str, FilledStore] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, ChatUpload] = field(default_factory=dict)

    async def begin(self, run: Run, reservation: int, at: datetime) -> None:
        async with self.world.step():
            self.runs[str(run.base)] = (replace(run, collection=replace(run.collection, api_key=None)), reservation, None)
            key = f"{run.chatflow_id} {run.holding} {run.collection.url} {run.collection.name} {run.records}"
            self.stores[key] = FilledStore(
                key, run.workspace_id, run.chatflow_id, run.holding, replace(run.collection, api_key=None), run.records
            )

    async def reserve(self, run: Run, reservation: int) -> None:
        async with self.world.step():
            entered, _, accepted = self.runs[str(run.base)]
            self.runs[str(run.base)] = (entered, reservation, accepted)

    async def accept(self, runs: Sequence[tuple[Run, int]], at: datetime) -> None:
        async with self.world.step():
            for run, written in runs:
                key = str(run.base)
                if key in self.runs:
                    self.runs[key] = (*self.runs[key][:2], at)
                if run.chat_id is not None and run.records is None and written:
                    self.uploads[key] = ChatUpload(key, run.workspace_id, run.chatflow_id, run.collection, written)

    async def end(self, run: Run) -> None:
        async with self.world.step():
            for rows in (self.runs, self.chunks, self.groups):
                rows.pop(str(run.base), None)  # type: ignore[attr-defined]

    async def open_runs(self, upsert_id: str | None = None) -> list[OpenRun]:
        async with self.world.step():
            return [OpenRun(*row) for row in self.runs.values() if upsert_id in (None, row[0].id)]

    async def add_pending(self, run: Run, chunks: Sequence[PendingChunk]) -> None:
        async with self.world.step():
            self.chunks.setdefault(str(run.base), {}).update({chunk.key: chunk for chunk in chunks})

    async def pending(self, run: Run, limit: int) -> list[PendingChunk]:
        async with self.world.step():
            return list(self.chunks.get(str(run.base), {}).values())[:limit]

    async def drop_pending(self, run: Run, keys: Sequence[str]) -> None:
        async with self.world.step():
            for key in keys:
                self.chunks.get(str(run.base), {}).pop(key, None)

    async def add_sources(self, run: Run, groups: Sequence[str]) -> None:
        async with self.world.step():
            self.groups.setdefault(str(run.base), set()).update(groups)

    async def sources(self, run: Run, limit: int) -> list[str]:
        async with self.world.step():
            return sorted(self.groups.get(str(run.base), set()))[:limit]

    async def drop_sources(self, run: Run, groups: Sequence[str]) -> None:
        async with self.world.step():
            self.groups.get(str(run.base), set()).difference_update(groups)

    async def version_of(self, workspace_id: str, chatflow_id: str, collection: str) -> str | None:
        async with self.world.step():
            return self.digests.get(collection)

    async def mark_loaded(self, workspace_id: str, chatflow_id: str, collection: str, digest: str) -> None:
        async with self.world.step():
            self.digests[collection] = digest

    async def orphans(self, limit: int, chatflow_id: str | None = None) -> tuple[Sequence[FilledStore], Sequence[ChatUpload]]:
        def gone(one: FilledStore | ChatUpload) -> bool:
            return one.chatflow_id not in self.world.flows and chatflow_id in (None, one.chatflow_id)

        async with self.world.step():
            stores = [one for one in self.stores.values() if gone(one)]
            return stores[:limit], [one for one in self.uploads.values() if gone(one)][:limit]

    async def fillers(self, workspace_id: str, collection: str) -> Sequence[FilledStore]:
        async with self.world.step():
            return [one for one in self.stores.values() if one.collection.name == collection]

    async def forget(self, store: FilledStore) -> None:
        async with self.world.step():
            del self.stores[store.id]
            if store.records is not None:
                self.world.records.rows.pop((store.workspace_id, store.records), None)

    async def forget_upload(self, upload: ChatUpload) -> None:
        async with self.world.step():
            del self.uploads[upload.id]

    def left_over(self) -> list[str]:
        """Runs that have not ended, and rows of others."""
        return [*self.runs, *(key for rows in (self.chunks, self.groups) for key, found in rows.items() if found)]  # type: ignore[attr-defined]


@dataclass
class World:
    """What upserters live in."""

    folder: Path
    flows: dict[str, Chatflow] = field(default_factory=dict)
    indexes: dict[str, Index] = field(default_factory=dict)
    specs: list[CollectionSpec] = field(default_factory=list)
    """Collections that were asked for, in order."""
    history: list[UpsertHistoryEntry] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    fail_at: int = 0
    """Which call of the embedder fails."""
    hold: Event | None = None
    """Set: embedding waits for it."""
    embedding: Event = field(default_factory=Event)
    model_name: str = "small"
    fate: Fate = field(default_factory=Fate)
    moment: datetime = NOW
    outbound: Any = None
    variables: dict[str, str] = field(default_factory=dict)
    versions: dict[tuple[str, str], ChatflowVersion] = field(default_factory=dict)
    most_added: int = 1000

    def __post_init__(self) -> None:
        self.blobs = DiskBlobs(self.folder / "files")
        self.blobs.prepare()
        self.locks = FileLocks(self.folder / "locks")
        self.locks.prepare()
        self.records = Records(self)
        self.runs = Runs(self)

    @contextlib.asynccontextmanager
    async def step(self) -> AsyncIterator[None]:
        """One step of the process outwards."""
        self.fate.before()
        yield
        self.fate.after()

    def now(self) -> datetime:
        self.moment += timedelta(microseconds=1)
        return self.moment

    async def get_by_id(self, chatflow_id: str) -> Chatflow | None:
        return self.flows.get(chatflow_id)

    async def by_name(self, chatflow_id: str, name: str) -> ChatflowVersion | None:
        return self.versions.get((chatflow_id, name))

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[Chatflow], int]:
        mine = [flow for flow in self.flows.values() if flow.workspace_id == workspace_id]
        return mine[offset:][:limit], len(mine)

    async def embedder(self, workspace_id: str, spec: EmbedderSpec) -> Embedder:
        return cast(Embedder, self)

    async def embed_documents(self, texts: Sequence[str]) -> list[Sequence[float]]:
        async with self.step():
            self.batches.append(len(texts))
            number = len(self.batches)
            self.embedding.set()
            if self.hold:
                await self.hold.wait()
            if number == self.fail_at:
                raise Unavailable(Reason.MODEL_UNAVAILABLE, "The embedding model is away.")
            return [[float(len(text)), 1.0] for text in texts]

    def index(self, spec: CollectionSpec) -> Index:
        self.specs.append(spec)
        return self.indexes.setdefault(spec.name, Index(spec.name, self))

    async def add(self, workspace_id: str, row: UpsertHistoryEntry) -> None:
        self.history.append(row)

    async def values(self, workspace_id: str) -> Mapping[str, str]:
        return self.variables

    def context_of(self, chatflow: Chatflow) -> BuildContext:
        models, indexes = cast(Models, self), cast(VectorIndexes, self)
        messages = cast(ChatMessages, None)
        return BuildContext(chatflow.workspace_id, chatflow.id, models, indexes, messages, self.load_store, self.outbound)

    async def load_store(self, store: VectorStore) -> None:
        await self.upserter().ensure_loaded(store)

    def upserter(self) -> Upserter:
        return Upserter(
            chatflows=cast(Chatflows, self),
            registry=builtin_registry(),
            context_of=self.context_of,
            blobs=self.blobs,
            history=cast(UpsertHistory, self),
            records=cast(RecordManager, self.records),
            journal=self.runs,
            filled_stores=self.runs,
            locks=self.locks,
            indexes=cast(VectorIndexes, self),
            variables=cast(Variables, self),
            versions=self,
            new_id=lambda: str(uuid.uuid4()),
            now=self.now,
            most_added=self.most_added,
        )

    def draw(self, flow_data: str, flow_id: str = FLOW_ID, **changes: Any) -> None:
        fields: dict[str, Any] = {"name": "Shop", "type": "CHATFLOW", "created_date": NOW, "updated_date": NOW}
        values = {"workspace_id": "w", **fields, **changes}
        self.flows[flow_id] = Chatflow(id=flow_id, flow_data=flow_data, **values)

    async def undraw(self, flow_id: str = FLOW_ID) -> None:
        """Delete a chatflow, with what it has left in vector stores."""
        await self.upserter().clear_stores(self.flows.pop(flow_id))

    def store(self, flow_id: str = FLOW_ID) -> VectorStore:
        """The flow's one vector store, as a prediction has it."""
        chatflow = self.flows[flow_id]
        (plan,) = plan_upserts(parse_flow(chatflow.flow_data), builtin_registry(), ())
        return store_of(plan, self.context_of(chatflow))

    def texts(self, name: str = "shelf0") -> list[str]:
        return [point.content for point in self.indexes[name].points.values()] if name in self.indexes else []

    async def received(self, name: str, data: bytes | str) -> SourceFile:
        async def chunks() -> AsyncIterator[bytes]:
            yield data if isinstance(data, bytes) else data.encode()

        return await self.blobs.receive(name, "", chunks())

    async def run(self, report: Callable[[Progress], None] | None = None, **request: Any) -> Any:
        upserter = self.upserter()
        who = request.pop("principal", ANONYMOUS)
        flow_id = request.pop("flow_id", FLOW_ID)
        return await upserter.run(await self.prepare(upserter, flow_id, who, **request), report)

    async def prepare(
        self, upserter: Upserter, flow_id: str = FLOW_ID, who: Principal = ANONYMOUS, origin: str | None = None, **request: Any
    ) -> PreparedUpsert:
        admitted = await admission_to(self).admit(flow_id, caller(who, origin))
        return await upserter.prepare(admitted, UpsertRequest(**request))

    async def upload(self, flow_id: str = FLOW_ID, chat_id: str | None = None, **files: bytes | str) -> Any:
        """Upsert files, by the stem of their names; the counts."""
        received = [await self.received(f"{name}.txt", data) for name, data in files.items()]
        result = await self.run(files=received, flow_id=flow_id, chat_id=chat_id)
        return result.num_added, result.num_updated, result.num_skipped, result.num_deleted
