"""``tradewind stores``: each command makes one call of the typed service, and says what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent import futures
from pathlib import Path
from typing import Any

import grpc
import pytest
from tradewind.v1 import document_store_pb2 as pb
from tradewind.v1 import document_store_pb2_grpc

from .conftest import Line

STORE = "4203978e-6109-460f-8ceb-9df363c3d8ab"
LOADER = "3cd84a4f-e3fd-4b1e-ad0c-5a072485fb07"
PROGRESS = pb.StoreProgress(loader_id=LOADER, loaded=1, split=3, embedded=2, written=1)
RESULT = pb.StoreUpsertResult(loader_id=LOADER, store_id=STORE, num_added=3, warnings=["A column has no name."])


class Server(document_store_pb2_grpc.DocumentStoreServiceServicer):
    """Answers, and remembers what it was asked."""

    def __init__(self) -> None:
        self.requests: list[Any] = []
        self.keys: set[str] = set()

    def _note(self, request: Any, context: grpc.ServicerContext) -> None:
        self.requests.append(request)
        self.keys |= {str(value) for name, value in context.invocation_metadata() if name == "authorization"}

    def ListDocumentStores(self, request: Any, context: grpc.ServicerContext) -> pb.ListDocumentStoresResponse:
        self._note(request, context)
        store = pb.DocumentStore(id=STORE, name="Guide", status=pb.DOCUMENT_STORE_STATUS_UPSERTED, total_chunks=3)
        return pb.ListDocumentStoresResponse(document_stores=[store])

    def CreateDocumentStore(self, request: Any, context: grpc.ServicerContext) -> pb.CreateDocumentStoreResponse:
        self._note(request, context)
        return pb.CreateDocumentStoreResponse(document_store=pb.DocumentStore(id=STORE))

    def GetDocumentStore(self, request: Any, context: grpc.ServicerContext) -> pb.GetDocumentStoreResponse:
        self._note(request, context)
        context.abort(grpc.StatusCode.NOT_FOUND, f"Document store {request.id} not found")
        raise AssertionError

    def StreamUploadDocument(self, request_iterator: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        self._note(list(request_iterator), context)
        yield pb.StreamUploadDocumentResponse(progress=PROGRESS)
        yield pb.StreamUploadDocumentResponse(result=RESULT)

    def StreamProcessLoader(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        self._note(request, context)
        yield pb.StreamProcessLoaderResponse(progress=PROGRESS)
        yield pb.StreamProcessLoaderResponse(result={"loader": {"id": LOADER, "name": "Menu", "total_chunks": 3}})

    def StreamInsertVectors(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        self._note(request, context)
        yield pb.StreamInsertVectorsResponse(progress=pb.StoreProgress(split=3, embedded=3, written=2))
        yield pb.StreamInsertVectorsResponse(result=RESULT)

    def RefreshDocumentStore(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        self._note(request, context)
        yield from [pb.RefreshDocumentStoreResponse(progress=PROGRESS), pb.RefreshDocumentStoreResponse(result=RESULT)] * 2

    def QueryDocumentStore(self, request: Any, context: grpc.ServicerContext) -> pb.QueryDocumentStoreResponse:
        self._note(request, context)
        return pb.QueryDocumentStoreResponse(chunks=[pb.FoundChunk(id=LOADER, number=2, page_content="At noon.")])

    def DeleteDocuments(self, request: Any, context: grpc.ServicerContext) -> pb.DeleteDocumentsResponse:
        self._note(request, context)
        return pb.DeleteDocumentsResponse(chunks=2, loader_ids=[LOADER])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    servicer = Server()
    running = grpc.server(futures.ThreadPoolExecutor(1))
    document_store_pb2_grpc.add_DocumentStoreServiceServicer_to_server(servicer, running)  # type: ignore[no-untyped-call]
    monkeypatch.setenv("TRADEWIND_GRPC_PORT", str(running.add_insecure_port("127.0.0.1:0")))
    running.start()
    yield servicer
    running.stop(None).wait()


def test_stores_are_listed_and_made(line: Line, server: Server) -> None:
    assert "Guide" in line("stores", "list").output and "UPSERTED" in line("stores", "list").output
    assert line.json("stores", "list")[0]["id"] == STORE
    vectors = '{"name":"qdrant","config":{"qdrantCollection":"c"}}'
    done = line("stores", "create", "Guide", "--embedding", "openAIEmbeddings", "--vector-store", vectors)
    assert done.output.strip() == STORE
    made = server.requests[-1].document_store
    assert (made.embedding.name, made.vector_store.config["qdrantCollection"]) == ("openAIEmbeddings", "c")
    assert len(server.keys) == 1 and (line.data_dir / "admin.key").read_text().strip() in server.keys.pop()


def test_files_are_sent_one_after_the_other(line: Line, server: Server, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"words of {name}")
    done = line("stores", "upsert", STORE, "a.txt", "b.txt", "--metadata", '{"source":"x"}')
    assert done.exit_code == 0, done.output
    assert [text.partition(":")[0] for text in done.output.splitlines() if "added" in text] == ["a.txt", "b.txt"]
    assert "A column has no name." in done.output
    options, header, piece = server.requests[0]
    assert (options.options.store_id, options.options.metadata["source"]) == (STORE, "x")
    assert (header.file.name, piece.chunk) == ("a.txt", b"words of a.txt")


def test_a_refresh_tells_of_each_loader(line: Line, server: Server) -> None:
    assert line("stores", "refresh", STORE).output.count("3 added") == 2
    assert [one["numAdded"] for one in line.json("stores", "refresh", STORE, LOADER)] == [3, 3]
    assert [item.loader_id for item in server.requests[-1].items] == [LOADER]


def test_progress_goes_to_standard_error_where_it_is_wanted(line: Line, server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    done = line("stores", "upsert", STORE, "a.txt", "--progress")
    assert "a.txt: 1 loaded, 3 split, 2 embedded, 1 written" in done.stderr and "loaded" not in done.stdout
    assert "loaded" not in line("stores", "upsert", STORE, "a.txt").output
    done = line("stores", "process", STORE, LOADER, "--insert", "--progress")
    assert "Menu: 3 chunks" in done.stdout and "the store: 3 added" in done.stdout
    assert f"{LOADER}: 1 loaded" in done.stderr and "the store: 0 loaded, 3 split, 3 embedded, 2 written" in done.stderr
    assert line("stores", "refresh", STORE, "--progress").stderr.count("1 loaded") == 2


def test_questions_and_deletions(line: Line, server: Server) -> None:
    assert "At noon." in line("stores", "query", STORE, "When?", "--top-k", "2").output
    assert server.requests[-1].inputs["topK"] == 2
    assert "Deleted 2 chunks and 1 loaders." in line("stores", "delete", STORE, "--source", "menu").output
    assert (server.requests[-1].source, json.loads("{}")) == ("menu", {})


def test_failures_are_one_sentence(line: Line, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    done = line("stores", "show", STORE)
    assert (done.exit_code, done.stderr.strip()) == (1, f"Document store {STORE} not found")
    monkeypatch.setenv("TRADEWIND_GRPC_PORT", "1")
    done = line("stores", "list")
    assert done.exit_code == 1 and "No server answers on 127.0.0.1:1" in done.stderr and len(done.stderr.splitlines()) == 1
