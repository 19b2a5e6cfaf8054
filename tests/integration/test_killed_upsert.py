"""A worker that is killed in the middle of an upsert: the next one puts the vector store back as it was."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
import requests
from tradewind.v1 import vector_upsert_pb2 as pb
from tradewind.v1.vector_upsert_pb2_grpc import VectorUpsertServiceStub

from harness.processes import find
from harness.stack import RunningStack

PATIENCE = 60.0
WORDS = ["bread", "cake", "opens", "closes", "monday", "seven", "croissant", "butter"]


def wire(node_id: str) -> str:
    return f"{{{{{node_id}.data.instance}}}}"


def node(node_id: str, category: str, **inputs: Any) -> dict[str, Any]:
    name = node_id.partition("_")[0]
    return {"id": node_id, "data": {"id": node_id, "name": name, "label": name, "category": category, "inputs": inputs}}


def flow(cleanup: str | None) -> dict[str, Any]:
    records = {"recordManager": wire("SQLiteRecordManager_0")} if cleanup else {}
    nodes = [
        node("recursiveCharacterTextSplitter_0", "Text Splitters", chunkSize=500, chunkOverlap=0),
        node("textFile_0", "Document Loaders", txtFile="", textSplitter=wire("recursiveCharacterTextSplitter_0")),
        node("openAIEmbeddings_0", "Embeddings", modelName="instant", dimensions=8),
        node(
            "qdrant_0",
            "Vector Stores",
            document=[wire("textFile_0")],
            embeddings=wire("openAIEmbeddings_0"),
            qdrantCollection=f"shelf-{cleanup}",
            topK=1000,
            **records,
        ),
        *([node("SQLiteRecordManager_0", "Record Manager", cleanup=cleanup)] if cleanup else []),
        node("chatOpenAI_0", "Chat Models", modelName="echo"),
        node(
            "conversationalRetrievalQAChain_0",
            "Chains",
            model=wire("chatOpenAI_0"),
            vectorStoreRetriever=wire("qdrant_0"),
            returnSourceDocuments=True,
        ),
    ]
    edges = [{"source": "qdrant_0", "target": "conversationalRetrievalQAChain_0"}]
    return {"nodes": nodes, "edges": edges}


def long_text() -> bytes:
    """Some thousand chunks: enough to be in the middle of them."""
    dice = random.Random(1)
    return "\n\n".join(" ".join(dice.choices(WORDS, k=60)) for _ in range(4_000)).encode()


def parts(flow_id: str, data: bytes) -> Iterator[pb.StreamUploadUpsertRequest]:
    yield pb.StreamUploadUpsertRequest(options=pb.UpsertRequest(chatflow_id=flow_id))
    yield pb.StreamUploadUpsertRequest(file={"name": "menu.txt"})
    for start in range(0, len(data), 1 << 20):
        yield pb.StreamUploadUpsertRequest(chunk=data[start : start + (1 << 20)])


def found(stack: RunningStack, flow_id: str) -> list[str]:
    """The chunks that a question finds: all of a small store."""
    answer = requests.post(f"{stack.rest}/api/v1/prediction/{flow_id}", json={"question": "?"}, timeout=30)
    if answer.status_code != 200:
        return []
    return sorted(one["pageContent"] for one in answer.json()["sourceDocuments"])


def unfinished(stack: RunningStack) -> int:
    database = sqlite3.connect(stack.data_dir / "tradewind.db")
    try:
        statement = "SELECT count(*) FROM upsert_run"
        return int(database.execute(statement).fetchone()[0])
    finally:
        database.close()


@pytest.fixture(scope="module")
def stack(breakable: RunningStack) -> RunningStack:
    return breakable


@pytest.mark.parametrize("cleanup", [None, "incremental"])
def test_what_a_killed_worker_wrote_is_taken_out_again(stack: RunningStack, cleanup: str | None) -> None:
    flow_id = stack.create_flow(json.dumps(flow(cleanup)))
    with grpc.insecure_channel(stack.grpc_gate) as channel:
        upload = VectorUpsertServiceStub(channel).StreamUploadUpsert
        *_, last = upload(parts(flow_id, b"The bakery opens at seven.\n\nIt closes at noon."))
        assert last.result.num_added == 1
        before = found(stack, flow_id)
        assert len(before) == 1
        (worker,) = find(stack.process.pid, "tradewind_server.worker")
        alive = True
        with pytest.raises(grpc.RpcError):
            for message in upload(parts(flow_id, long_text())):  # Some of what it told before may still come after its end.
                if message.progress.written and alive:
                    os.kill(worker, signal.SIGKILL)
                    alive = False
    end = time.monotonic() + PATIENCE
    while unfinished(stack) or found(stack, flow_id) != before:
        assert time.monotonic() < end
        time.sleep(0.2)
    # And the next upload of that file is as right as if nothing had happened.
    stack.wait_ready(PATIENCE)
    answer = requests.post(
        f"{stack.rest}/api/v1/vector/upsert/{flow_id}", files={"files": ("menu.txt", b"It is closed.")}, timeout=60
    ).json()
    assert (answer["numAdded"], answer["numDeleted"]) == (1, 1 if cleanup else 0)
    assert found(stack, flow_id) == sorted(["It is closed.", *([] if cleanup else before)])
