"""Document stores of a running server, for the command line: the same calls that stub users make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import grpc
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message
from tradewind.v1 import document_store_pb2 as pb
from tradewind.v1 import document_store_pb2_grpc

from tradewind_server.errors import Reason, TradewindError, Unavailable

PIECE = 1 << 20
PAGE = 1000
Tell = Callable[[Mapping[str, Any]], None]
"""Is told counts of running work: ``loaderId``, ``loaded``, ``split``, ``embedded``, ``written``."""


class StoreClient:
    """Each method is one call. Raises ``TradewindError`` with the server's own sentence, and ``Unavailable`` without one."""

    def __init__(self, address: str, key: str) -> None:
        self._address = address
        self._channel = grpc.insecure_channel(address)
        self._stub = document_store_pb2_grpc.DocumentStoreServiceStub(self._channel)
        self._metadata = (("authorization", f"Bearer {key}"),)

    def __enter__(self) -> StoreClient:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._channel.close()

    def _call(self, method: str, request: Message | Iterator[Message]) -> Any:
        try:
            return getattr(self._stub, method)(request, metadata=self._metadata)
        except grpc.RpcError as error:
            raise self._error(error) from None

    def _error(self, error: grpc.RpcError) -> TradewindError:
        if error.code() is grpc.StatusCode.UNAVAILABLE and not error.trailing_metadata():
            return Unavailable(
                Reason.SERVER_UNAVAILABLE,
                f"No server answers on {self._address}; start it with `tradewind up`, then try again.",
            )
        return TradewindError(Reason.INVALID_ARGUMENT, error.details() or "The call failed.")

    def stores(self) -> list[dict[str, Any]]:
        rows, token = [], ""
        while True:
            page = self._call("ListDocumentStores", pb.ListDocumentStoresRequest(page_size=PAGE, page_token=token))
            rows += [as_dict(store) for store in page.document_stores]
            token = page.next_page_token
            if not token:
                return rows

    def store(self, store_id: str) -> dict[str, Any]:
        return as_dict(self._call("GetDocumentStore", pb.GetDocumentStoreRequest(id=store_id)).document_store)

    def create(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        request = pb.CreateDocumentStoreRequest(document_store=ParseDict(dict(fields), pb.DocumentStore()))
        return as_dict(self._call("CreateDocumentStore", request).document_store)

    def delete(self, store_id: str) -> None:
        self._call("DeleteDocumentStore", pb.DeleteDocumentStoreRequest(id=store_id))

    def delete_loader(self, store_id: str, loader_id: str) -> None:
        self._call("DeleteLoader", pb.DeleteLoaderRequest(store_id=store_id, loader_id=loader_id))

    def delete_documents(self, store_id: str, source: str | None, metadata: Mapping[str, Any]) -> dict[str, Any]:
        request = pb.DeleteDocumentsRequest(store_id=store_id, source=source)
        request.metadata.update(dict(metadata))
        return as_dict(self._call("DeleteDocuments", request))

    def process(self, store_id: str, loader_id: str, tell: Tell) -> dict[str, Any]:
        options = pb.ProcessLoaderRequest(store_id=store_id, loader_id=loader_id)
        request = pb.StreamProcessLoaderRequest(options=options)
        (result,) = self._watch("StreamProcessLoader", request, tell)
        return as_dict(result.loader)

    def insert(self, store_id: str, tell: Tell) -> dict[str, Any]:
        request = pb.StreamInsertVectorsRequest(options=pb.InsertVectorsRequest(store_id=store_id))
        (result,) = self._watch("StreamInsertVectors", request, tell)
        return counts(result)

    def upsert(self, store_id: str, fields: Mapping[str, Any], file: Path | None, tell: Tell) -> dict[str, Any]:
        """Upsert one file, or what the fields name."""
        options = ParseDict({**fields, "storeId": store_id}, pb.UpsertDocumentRequest())
        if file is None:
            (result,) = self._watch("StreamUpsertDocument", pb.StreamUpsertDocumentRequest(options=options), tell)
        else:
            (result,) = self._watch("StreamUploadDocument", _upload(options, file), tell)
        return counts(result)

    def refresh(self, store_id: str, loader_ids: list[str], tell: Tell) -> Iterator[dict[str, Any]]:
        items = [pb.UpsertDocumentRequest(loader_id=loader_id) for loader_id in loader_ids]
        request = pb.RefreshDocumentStoreRequest(store_id=store_id, items=items)
        for result in self._watch("RefreshDocumentStore", request, tell):
            yield counts(result)

    def _watch(self, method: str, request: Message | Iterator[Message], tell: Tell) -> Iterator[Any]:
        """The results of a call that tells how far it is; ``tell`` gets the counts."""
        try:
            for answer in self._call(method, request):
                if answer.WhichOneof("event") == "progress":
                    tell(as_dict(answer.progress))
                else:
                    yield answer.result
        except grpc.RpcError as error:
            raise self._error(error) from None

    def query(self, store_id: str, query: str, top_k: int) -> list[dict[str, Any]]:
        request = pb.QueryDocumentStoreRequest(store_id=store_id, query=query)
        request.inputs["topK"] = top_k
        return [as_dict(chunk) for chunk in self._call("QueryDocumentStore", request).chunks]


def _upload(options: pb.UpsertDocumentRequest, file: Path) -> Iterator[pb.StreamUploadDocumentRequest]:
    yield pb.StreamUploadDocumentRequest(options=options)
    yield pb.StreamUploadDocumentRequest(file={"name": file.name})
    with file.open("rb") as source:
        while piece := source.read(PIECE):
            yield pb.StreamUploadDocumentRequest(chunk=piece)


def as_dict(message: Message) -> dict[str, Any]:
    return MessageToDict(message, always_print_fields_with_no_presence=True)


def counts(message: pb.StoreUpsertResult) -> dict[str, Any]:
    """What an upsert did, without the chunks."""
    return {name: value for name, value in as_dict(message).items() if name != "addedDocs"}
