"""Upserts: what reaches the store, and that a failed call leaves nothing there."""

from __future__ import annotations

import asyncio
import itertools
import json
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from tradewind_server.access.ports import ANONYMOUS, Principal
from tradewind_server.chats.ports import ChatMessages
from tradewind_server.errors import (
    InvalidInput,
    NotFound,
    PermissionDenied,
    Reason,
    TradewindError,
    Unauthenticated,
    Unavailable,
)
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.flows.chatflows import Chatflow, Chatflows
from tradewind_server.flows.components import SourceFile, VectorStore
from tradewind_server.flows.flowdata import parse_flow
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.plan import plan_upserts, store_of
from tradewind_server.flows.ports import CollectionSpec, Embedder, EmbedderSpec, Models, Point, VectorIndexes
from tradewind_server.ingest.ports import Progress, UpsertHistory, UpsertHistoryRow
from tradewind_server.ingest.upsert import EMBED_BATCH, WRITE_BATCH, Upserter, UpsertRequest, stop_nodes

FLOW_ID = "6f1c1a52-5c1e-4d53-9d5e-0d6a3d1a7c11"
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
PARAGRAPHS = "First words here.\n\nSecond words here.\n\nThird words here."


def node(node_id: str, category: str, inputs: Mapping[str, Any], params: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    name = node_id.partition("_")[0]
    data = {"id": node_id, "name": name, "label": name, "category": category, "inputs": inputs, "inputParams": params}
    return {"id": node_id, "data": data}


def wire(node_id: str) -> str:
    return f"{{{{{node_id}.data.instance}}}}"


SIZES = [{"label": "Chunk Size", "name": "chunkSize", "type": "number"}]
TEXT_FILE = [{"label": "Txt File", "name": "txtFile", "type": "file", "fileType": ".txt, .md"}]


def drawing(loader: dict[str, Any], *stores: dict[str, Any]) -> str:
    """A splitter, a loader, embeddings, and vector stores that hold what the loader reads."""
    splitter = node("recursiveCharacterTextSplitter_0", "Text Splitters", {"chunkSize": 20, "chunkOverlap": 0}, SIZES)
    embeddings = node("openAIEmbeddings_0", "Embeddings", {"modelName": "small", "openAIApiKey": "sk-canary"})
    return json.dumps({"nodes": [splitter, loader, embeddings, *(stores or (qdrant(),))], "edges": []})


def qdrant(number: int = 0, loader: str = "plainText_0") -> dict[str, Any]:
    inputs = {"document": [wire(loader)], "embeddings": wire("openAIEmbeddings_0"), "qdrantCollection": f"shelf{number}"}
    return node(f"qdrant_{number}", "Vector Stores", inputs)


def in_memory(loader: str = "plainText_0") -> dict[str, Any]:
    inputs = {"document": [wire(loader)], "embeddings": wire("openAIEmbeddings_0")}
    return node("memoryVectorStore_0", "Vector Stores", inputs)


def plain_text(text: str) -> dict[str, Any]:
    inputs = {"text": text, "textSplitter": wire("recursiveCharacterTextSplitter_0")}
    return node("plainText_0", "Document Loaders", inputs)


def text_file(value: str = "") -> dict[str, Any]:
    inputs = {"txtFile": value, "textSplitter": wire("recursiveCharacterTextSplitter_0")}
    return node("textFile_0", "Document Loaders", inputs, TEXT_FILE)


@dataclass
class Index:
    """A collection in memory."""

    name: str
    points: dict[str, Point] = field(default_factory=dict)
    writes: list[int] = field(default_factory=list)
    there: bool = False
    fail_at: int = 0
    """Which write fails, after it has stored half of its points."""

    async def exists(self) -> bool:
        return self.there

    async def upsert(self, points: Sequence[Point]) -> None:
        self.there = True
        self.writes.append(len(points))
        failing = len(self.writes) == self.fail_at
        self.points.update({point.id: point for point in (points[: len(points) // 2] if failing else points)})
        if failing:
            raise Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, "The vector store is away.")

    async def delete(self, ids: Sequence[str]) -> None:
        for one in ids:
            self.points.pop(one, None)

    async def count(self, filters: Mapping[str, Any] | None = None) -> int:
        return len(self.points)

    async def drop(self) -> None:
        self.points.clear()
        self.there = False


@dataclass
class World:
    """An upserter with everything around it in memory, but for the files."""

    blobs: DiskBlobs
    flows: dict[str, Chatflow] = field(default_factory=dict)
    indexes: dict[str, Index] = field(default_factory=dict)
    rows: list[UpsertHistoryRow] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    fail_at: int = 0
    """Which call of the embedder fails."""
    hold: asyncio.Event | None = None
    """Set: embedding waits for it."""
    embedding: asyncio.Event = field(default_factory=asyncio.Event)
    model_name: str = "small"

    async def find(self, chatflow_id: str) -> Chatflow | None:
        return self.flows.get(chatflow_id)

    def check_flow(self, principal: Principal, chatflow: Chatflow) -> None:
        if chatflow.apikeyid and principal.key_id != chatflow.apikeyid:
            raise Unauthenticated(Reason.UNAUTHENTICATED, "This chatflow needs its own API key.")

    async def embedder(self, workspace_id: str, spec: EmbedderSpec) -> Embedder:
        return cast(Embedder, self)

    async def embed_documents(self, texts: Sequence[str]) -> list[Sequence[float]]:
        self.batches.append(len(texts))
        self.embedding.set()
        if self.hold:
            await self.hold.wait()
        if len(self.batches) == self.fail_at:
            raise Unavailable(Reason.MODEL_UNAVAILABLE, "The embedding model is away.")
        return [[float(len(text)), 1.0] for text in texts]

    def index(self, spec: CollectionSpec) -> Index:
        return self.indexes.setdefault(spec.name, Index(spec.name))

    async def add(self, workspace_id: str, row: UpsertHistoryRow) -> None:
        self.rows.append(row)

    def context_of(self, chatflow: Chatflow) -> BuildContext:
        models, indexes = cast(Models, self), cast(VectorIndexes, self)
        return BuildContext(chatflow.workspace_id, chatflow.id, models, indexes, cast(ChatMessages, None))

    def upserter(self) -> Upserter:
        numbers = itertools.count(1)
        return Upserter(
            chatflows=cast(Chatflows, self),
            access=self,
            registry=builtin_registry(),
            context_of=self.context_of,
            blobs=self.blobs,
            history=cast(UpsertHistory, self),
            new_id=lambda: str(uuid.UUID(int=next(numbers))),
            now=lambda: NOW,
        )

    def draw(self, flow_data: str, **changes: Any) -> None:
        fields: dict[str, Any] = {"name": "Shop", "type": "CHATFLOW", "created_date": NOW, "updated_date": NOW}
        self.flows[FLOW_ID] = Chatflow(id=FLOW_ID, workspace_id="w", flow_data=flow_data, **{**fields, **changes})

    def store(self) -> VectorStore:
        """The flow's one vector store, as a prediction has it."""
        chatflow = self.flows[FLOW_ID]
        (plan,) = plan_upserts(parse_flow(chatflow.flow_data), builtin_registry(), ())
        return store_of(plan, self.context_of(chatflow))

    def texts(self, name: str) -> list[str]:
        return [point.content for point in self.indexes[name].points.values()] if name in self.indexes else []


@pytest.fixture
def world(tmp_path: Path) -> World:
    blobs = DiskBlobs(tmp_path)
    blobs.prepare()
    return World(blobs)


async def run(world: World, report: Callable[[Progress], None] | None = None, **request: Any) -> Any:
    upserter = world.upserter()
    who = request.pop("principal", ANONYMOUS)
    return await upserter.run(await upserter.prepare(UpsertRequest(FLOW_ID, **request), who), report)


async def received(world: World, name: str, data: bytes) -> SourceFile:
    async def chunks() -> AsyncIterator[bytes]:
        yield data

    return await world.blobs.receive(name, "", chunks())


async def test_chunks_are_stored_and_told(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)))
    result = await run(world)
    assert (result.num_added, result.num_updated, result.num_skipped, result.num_deleted) == (3, 0, 0, 0)
    assert result.added == [
        {"pageContent": "First words here.", "metadata": {"loc": {"lines": {"from": 1, "to": 1}}}},
        {"pageContent": "Second words here.", "metadata": {"loc": {"lines": {"from": 3, "to": 3}}}},
        {"pageContent": "Third words here.", "metadata": {"loc": {"lines": {"from": 5, "to": 5}}}},
    ]
    points = list(world.indexes["shelf0"].points.values())
    assert [(point.content, point.metadata) for point in points] == [
        (one["pageContent"], one["metadata"]) for one in result.added
    ]
    assert [list(point.vector) for point in points] == [[17.0, 1.0], [18.0, 1.0], [17.0, 1.0]]


async def test_the_same_upsert_again_adds_again(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)))
    upserter = world.upserter()
    for _ in range(2):
        await upserter.run(await upserter.prepare(UpsertRequest(FLOW_ID), ANONYMOUS))
    assert len(world.indexes["shelf0"].points) == 6


async def test_long_texts_go_in_bounded_batches(world: World) -> None:
    world.draw(drawing(plain_text("\n\n".join(f"paragraph no {number}" for number in range(700)))))
    seen: list[Progress] = []
    result = await run(world, seen.append)
    assert result.num_added == sum(world.batches) == sum(world.indexes["shelf0"].writes) == 700
    assert max(world.batches) <= EMBED_BATCH
    assert max(world.indexes["shelf0"].writes) <= WRITE_BATCH
    for stage in ("split", "embedded", "written"):
        counts = [step.count for step in seen if step.stage == stage]
        assert counts == sorted(counts)
        assert counts[-1] == 700
    assert {step.node_id for step in seen} == {"qdrant_0"}
    assert seen[0].stage == "split"
    assert seen[-1].stage == "written"


async def test_uploaded_files_are_loaded_and_kept_for_the_flow(world: World) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    file = await received(world, "opening.md", b"We open at seven.")
    result = await run(world, files=[file])
    await world.blobs.discard([file])
    assert result.added[0]["metadata"]["source"] == "opening.md"
    assert await world.blobs.find("w", FLOW_ID, "opening.md") is not None
    world.draw(drawing(text_file('FILE-STORAGE::["opening.md"]'), qdrant(loader="textFile_0")))
    assert (await run(world)).added[0]["pageContent"] == "We open at seven."


async def test_a_file_that_no_loader_takes_is_refused_before_anything_is_written(world: World) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    files = [await received(world, "a.txt", b"words"), await received(world, "sheet.csv", b"a,b\n1,2\n")]
    with pytest.raises(InvalidInput, match=r"sheet\.csv") as caught:
        await run(world, files=files)
    assert caught.value.reason == Reason.FILE_TYPE_NOT_ALLOWED
    assert world.indexes == {}


@pytest.mark.parametrize("text", ["", "  \n\n "])
async def test_nothing_to_upsert_is_an_error(world: World, text: str) -> None:
    world.draw(drawing(plain_text(text)))
    with pytest.raises(InvalidInput) as caught:
        await run(world)
    assert caught.value.reason == Reason.NO_DOCUMENTS
    assert world.rows == []


@pytest.mark.parametrize(("embedding", "writing"), [(1, 0), (6, 0), (0, 1), (0, 2)])
async def test_a_failure_in_the_middle_leaves_nothing(world: World, embedding: int, writing: int) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    world.fail_at = embedding
    world.indexes["shelf0"] = Index("shelf0", fail_at=writing)
    file = await received(world, "long.txt", b"\n\n".join(b"paragraph number %d" % number for number in range(500)))
    with pytest.raises(Unavailable, match="away"):
        await run(world, files=[file])
    assert world.texts("shelf0") == []
    assert world.rows == []
    assert await world.blobs.find("w", FLOW_ID, "long.txt") is None


async def test_a_failure_leaves_what_was_there_before(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)))
    upserter = world.upserter()
    prepared = await upserter.prepare(UpsertRequest(FLOW_ID), ANONYMOUS)
    await upserter.run(prepared)
    world.indexes["shelf0"].fail_at = 2
    with pytest.raises(Unavailable):
        await upserter.run(prepared)
    assert len(world.texts("shelf0")) == 3


async def test_a_failure_in_the_second_store_empties_the_first(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), qdrant(0), qdrant(1)))
    world.indexes["shelf1"] = Index("shelf1", fail_at=1)
    with pytest.raises(Unavailable):
        await run(world, stop_node_ids=["qdrant_0", "qdrant_1"])
    assert world.texts("shelf0") == world.texts("shelf1") == []


async def test_a_caller_who_leaves_leaves_nothing(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), qdrant(0), qdrant(1)))
    upserter = world.upserter()
    prepared = await upserter.prepare(UpsertRequest(FLOW_ID, stop_node_ids=["qdrant_0", "qdrant_1"]), ANONYMOUS)
    first_is_full = asyncio.Event()

    def report(step: Progress) -> None:
        if step.stage == "written":
            first_is_full.set()
            world.hold = asyncio.Event()

    running = asyncio.create_task(upserter.run(prepared, report))
    await first_is_full.wait()
    assert len(world.texts("shelf0")) == 3
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert world.texts("shelf0") == world.texts("shelf1") == []
    assert world.rows == []


async def test_several_stores_need_to_be_named(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), qdrant(0), qdrant(1)))
    with pytest.raises(InvalidInput, match="qdrant_0, qdrant_1") as caught:
        await run(world)
    assert caught.value.reason == Reason.STOP_NODE_REQUIRED
    assert (await run(world, stop_node_ids=["qdrant_1"])).num_added == 3
    assert (world.texts("shelf0"), len(world.texts("shelf1"))) == ([], 3)
    both = await run(world, stop_node_ids=["qdrant_0", "qdrant_1", "qdrant_0"])
    assert (both.num_added, len(both.added)) == (6, 6)
    assert len(world.texts("shelf0")) == 3


async def test_an_unknown_store_is_named(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)))
    with pytest.raises(NotFound, match="qdrant_9") as caught:
        await run(world, stop_node_ids=["qdrant_9"])
    assert caught.value.reason == Reason.STOP_NODE_NOT_FOUND


async def test_a_flow_without_a_store_is_refused(world: World) -> None:
    world.draw(json.dumps({"nodes": [plain_text("x")], "edges": []}).replace(wire("recursiveCharacterTextSplitter_0"), ""))
    with pytest.raises(InvalidInput) as caught:
        await run(world)
    assert caught.value.reason == Reason.NO_VECTOR_STORE


@pytest.mark.parametrize(
    ("chatflow_id", "reason"),
    [("11111111-2222-4333-8444-555555555555", Reason.CHATFLOW_NOT_FOUND), ("../x", Reason.INVALID_CHATFLOW_ID)],
)
async def test_unknown_flows(world: World, chatflow_id: str, reason: Reason) -> None:
    with pytest.raises(TradewindError) as caught:
        await world.upserter().prepare(UpsertRequest(chatflow_id), ANONYMOUS)
    assert caught.value.reason == reason


async def test_a_flow_with_a_key_wants_that_key(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)), apikeyid="k1")
    for who in (ANONYMOUS, Principal("key", "w", "k2", frozenset({"*"}))):
        with pytest.raises(Unauthenticated):
            await run(world, principal=who)
    assert (await run(world, principal=Principal("key", "w", "k1"))).num_added == 3


async def test_pages_of_other_sites_are_refused(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)), chatbot_config='{"allowedOrigins": ["https://shop.example"]}')
    with pytest.raises(PermissionDenied):
        await run(world, origin="https://elsewhere.example")
    assert (await run(world, origin="https://shop.example")).num_added == 3


OPEN = {"recursiveCharacterTextSplitter": [{"name": "chunkSize", "enabled": True}]}


@pytest.mark.parametrize(
    ("api_config", "chunks"),
    [
        (None, 3),
        ({"overrideConfig": {"status": False, "nodes": OPEN}}, 3),
        ({"overrideConfig": {"status": True, "nodes": {}}}, 3),
        ({"overrideConfig": {"status": True, "nodes": OPEN}}, 1),
    ],
)
async def test_overrides_apply_where_the_owner_allows_them(world: World, api_config: Any, chunks: int) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS)), api_config=json.dumps(api_config) if api_config else None)
    assert (await run(world, override_config={"chunkSize": "500"})).num_added == chunks


async def test_history_tells_what_ran_without_secrets(world: World) -> None:
    world.draw(drawing(text_file(), qdrant(loader="textFile_0")))
    await run(world, files=[await received(world, "a.txt", b"words"), await received(world, "b.md", b"more words")])
    (row,) = world.rows
    assert (row.chatflow_id, row.date) == (FLOW_ID, NOW)
    assert row.result == {"numAdded": 2, "numUpdated": 0, "numSkipped": 0, "numDeleted": 0}
    nodes = {one["id"]: {value["name"]: value for value in one["paramValues"]} for one in row.flow_data}
    size = {"label": "Chunk Size", "name": "chunkSize", "type": "number", "value": 20}
    assert nodes["recursiveCharacterTextSplitter_0"]["chunkSize"] == size
    assert nodes["textFile_0"]["txtFile"]["value"] == "a.txt, b.md"
    assert nodes["qdrant_0"]["qdrantCollection"]["value"] == "shelf0"
    assert "document" not in nodes["qdrant_0"]
    assert nodes["openAIEmbeddings_0"]["modelName"]["value"] == "small"
    assert "sk-canary" not in json.dumps(row.flow_data)


@pytest.mark.parametrize(("given", "ids"), [(None, []), ("", []), ([], []), ("a", ["a"]), (["a", "b"], ["a", "b"])])
def test_stop_nodes_come_as_text_or_list(given: Any, ids: list[str]) -> None:
    assert stop_nodes(given) == ids


@pytest.mark.parametrize("given", [5, {"a": 1}, ["a", 5], ["a", ""], [["a"]]])
def test_other_stop_nodes_are_refused(given: Any) -> None:
    with pytest.raises(InvalidInput, match="stopNodeId"):
        stop_nodes(given)


async def test_an_in_memory_store_fills_itself_once_however_many_ask(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), in_memory()))
    upserter, store = world.upserter(), world.store()
    world.hold = asyncio.Event()
    asking = [asyncio.create_task(upserter.ensure_loaded(store)) for _ in range(5)]
    await world.embedding.wait()
    world.hold.set()
    await asyncio.gather(*asking)
    await upserter.ensure_loaded(store)
    assert len(world.texts(store.collection.name)) == 3
    assert world.batches == [3]


async def test_a_store_that_has_its_chunks_is_left_alone(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), in_memory()))
    await run(world)
    await world.upserter().ensure_loaded(world.store())
    assert world.batches == [3]


async def test_a_first_use_that_fails_is_tried_again(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), in_memory()))
    upserter, store = world.upserter(), world.store()
    world.fail_at = 1
    with pytest.raises(Unavailable):
        await upserter.ensure_loaded(store)
    assert world.texts(store.collection.name) == []
    await upserter.ensure_loaded(store)
    assert len(world.texts(store.collection.name)) == 3


async def test_one_who_asks_and_leaves_does_not_stop_the_filling_for_others(world: World) -> None:
    world.draw(drawing(plain_text(PARAGRAPHS), in_memory()))
    upserter, store = world.upserter(), world.store()
    world.hold = asyncio.Event()
    leaving, staying = (asyncio.create_task(upserter.ensure_loaded(store)) for _ in range(2))
    await world.embedding.wait()
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    world.hold.set()
    await staying
    assert len(world.texts(store.collection.name)) == 3
