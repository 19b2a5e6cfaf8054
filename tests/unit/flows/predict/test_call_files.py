"""Files of a form that the chatflow's own loader takes: read by it, found for one question, and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.texts import DocumentTexts
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.flows.predict import call_files
from tradewind_server.flows.predict.attachments import UploadLimits, Uploads
from tradewind_server.flows.predict.call_files import CallChunks

from fakes.flow_engine import Engine, node, wire

CHAT = "5f0c6b1a-0000-4000-8000-000000000001"


@pytest.fixture
def blobs(tmp_path: Path) -> DiskBlobs:
    disk = DiskBlobs(tmp_path / "files")
    disk.prepare()
    return disk


@pytest.fixture
def engine(blobs: DiskBlobs) -> Engine:
    limits = UploadLimits(files=4, image_bytes=1 << 20, text_chars=200)
    return Engine(uploads=Uploads(blobs=blobs, texts=DocumentTexts(), transcribers=None, limits=limits))  # type: ignore[arg-type]


async def received(blobs: DiskBlobs, name: str, data: bytes) -> SourceFile:
    async def chunks() -> AsyncIterator[bytes]:
        yield data

    return await blobs.receive(name, "", chunks())


def opening(*names: str, label: str = "Text File", status: bool = True) -> dict[str, Any]:
    return {"overrideConfig": {"status": status, "nodes": {label: [{"name": name, "enabled": True} for name in names]}}}


def flow(
    engine: Engine, store: str = "memoryVectorStore", config: Any = None, more: tuple[Any, ...] = (), **inputs: Any
) -> str:
    documents = [wire("textFile"), *(wire(one["data"]["name"]) for one in more)]
    nodes = (
        node("chatOpenAI", modelName="m"),
        node("openAIEmbeddings", modelName="e"),
        node("textFile", txtFile="", _inputParams=[{"name": "txtFile", "type": "file"}]),
        *more,
        node(store, embeddings=wire("openAIEmbeddings"), document=documents, **inputs),
        node("conversationalRetrievalQAChain", model=wire("chatOpenAI"), vectorStoreRetriever=wire(store)),
    )
    return engine.put(*nodes, **({"api_config": config} if config else {}))


def seen(engine: Engine, call: int = -1) -> tuple[str, str]:
    """The passages and the question as the model saw them."""
    messages = engine.model("m").calls[call].messages
    return str(messages[0].content), str(messages[-1].content)


@pytest.mark.parametrize("opened", ["files", "txtFile"])
@pytest.mark.parametrize("streamed", [False, True])
async def test_a_file_that_a_loader_takes_is_found_for_this_question_alone(
    engine: Engine, blobs: DiskBlobs, opened: str, streamed: bool
) -> None:
    engine.indexes.hold("an older chunk")
    flow_id = flow(engine, config=opening(opened))
    file = await received(blobs, "tide.txt", b"High tide is at noon.")
    ask = engine.stream if streamed else engine.ask
    await ask(flow_id, "When?", files=[file], chat_id=CHAT)
    passages, question = seen(engine)
    assert "High tide is at noon." in passages and "an older chunk" not in passages
    assert question == "When?"
    assert engine.messages.of(flow_id)[0].file_uploads == [{"type": "stored-file", "name": "tide.txt", "mime": "text/plain"}]
    await engine.ask(flow_id, "And now?")
    passages, _ = seen(engine)
    assert "High tide" not in passages and "an older chunk" in passages


@pytest.mark.parametrize(
    "config",
    [None, opening("chunkSize"), opening("files", label="Pdf File"), opening("files", status=False), {"overrideConfig": {}}],
)
async def test_what_the_owner_did_not_open_stands_before_the_question(
    engine: Engine, blobs: DiskBlobs, config: dict[str, Any] | None
) -> None:
    flow_id = flow(engine, config=config)
    await engine.ask(flow_id, "When?", files=[await received(blobs, "tide.txt", b"At noon.")])
    assert seen(engine)[1] == "<doc name='tide.txt'>At noon.</doc>\n\n\n\nWhen?"


async def test_a_file_that_no_loader_takes_stands_before_the_question_beside_one_that_is_taken(
    engine: Engine, blobs: DiskBlobs
) -> None:
    flow_id = flow(engine, config=opening("files"))
    files = [await received(blobs, "a.txt", b"Taken."), await received(blobs, "b.csv", b"x,y\n1,2\n")]
    await engine.ask(flow_id, "What?", files=files)
    passages, question = seen(engine)
    assert "Taken." in passages and question == "<doc name='b.csv'>x,y\n1,2\n</doc>\n\n\n\nWhat?"


async def test_a_kept_store_is_asked_too_and_the_nearest_of_both_win(engine: Engine, blobs: DiskBlobs) -> None:
    engine.indexes.hold("a stored chunk", "another", "a third")
    flow_id = flow(engine, "qdrant", opening("files"), qdrantCollection="docs", topK=3)
    await engine.ask(flow_id, "Same?", files=[await received(blobs, "a.txt", b"Equal")])
    passages, question = seen(engine)
    assert "Equal" in passages and "a stored chunk" in passages and question == "Same?"
    assert passages.count("<doc id=") == 3
    assert engine.indexes.searches, "the collection is asked as ever"


async def test_other_loaders_of_an_in_memory_store_load_what_they_are_drawn_with(engine: Engine, blobs: DiskBlobs) -> None:
    flow_id = flow(engine, config=opening("files"), more=(node("plainText", text="Drawn text."),))
    await engine.ask(flow_id, "What?", files=[await received(blobs, "a.txt", b"From the file.")])
    passages, _ = seen(engine)
    assert "Drawn text." in passages and "From the file." in passages


async def test_too_much_for_one_question_is_refused_and_leaves_nothing(
    engine: Engine, blobs: DiskBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_files, "MOST_CHUNKS", 0)
    with pytest.raises(InvalidInput, match="upsert them") as caught:
        await engine.ask(flow(engine, config=opening("files")), "?", files=[await received(blobs, "a.txt", b"words")])
    assert caught.value.reason == Reason.UPLOAD_INVALID
    assert engine.messages.rows == []


@pytest.mark.parametrize(
    ("distance", "order"),
    [("Cosine", ["same way", "near", "far"]), ("Dot", ["far", "same way", "near"]), ("Euclid", ["near", "same way", "far"])],
)
def test_the_nearest_by_the_distance_of_the_store(distance: str, order: list[str]) -> None:
    vectors = {"far": [9.0, 3.0], "near": [1.0, 0.1], "same way": [2.0, 0.0]}
    chunks = CallChunks(
        distance, instead=True, documents=[Document(name, {}) for name in vectors], vectors=list(vectors.values())
    )
    assert [document.content for _, document in chunks.nearest([1.0, 0.0], 3)] == order
    assert len(chunks.nearest([1.0, 0.0], 2)) == 2
